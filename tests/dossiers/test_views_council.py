"""Pages of the council: sittings, a new one, its result."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from criteria.models import Parameter
from dossiers.models import CouncilResult, Dossier, Nomination, Sitting
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]


@pytest.fixture
def waiting(dossier_in, today):
    Parameter.objects.create(key="vote_share.BKT", value=80, meaning="x", valid_from=today)
    dossier = dossier_in("council", nominees=2)
    dossier.nominations.update(result=Nomination.Result.OK)
    return dossier


def form(dossier, *votes, **values):
    data = {
        "held_on": "01/12/2025",
        "chair": "Trần Hoàng Nam",
        "members_total": "15",
        "members_present": "13",
        "written_opinions": "2",
    }
    for nomination, count in zip(dossier.nominations.all(), votes, strict=False):
        names = ("for", "against", "blank", "recused")
        data |= {
            f"{name}_{nomination.pk}": str(number)
            for name, number in zip(names, count, strict=False)
        }
    return data | values


@pytest.fixture
def address(award_round):
    return reverse("dossiers:new_sitting", args=[award_round.pk])


def test_the_list_names_rounds_that_wait(waiting, award_round, signed_in, council_secretary):
    page = signed_in(council_secretary).get(reverse("dossiers:sittings"))

    rounds = [(each, each.waiting) for each in page.context["rounds"]]
    assert (rounds, page.context["may_record"]) == ([(award_round, 2)], True)


def test_a_sitting_is_recorded_and_shown(waiting, address, signed_in, council_secretary):
    answer = signed_in(council_secretary).post(address, form(waiting, (12, 3), (11, 4)))
    page = signed_in(council_secretary).get(answer.url)

    assert [(r.votes_for, r.passed) for r in page.context["results"]] == [(12, True), (11, False)]
    assert Dossier.objects.get(pk=waiting.pk).state == Dossier.State.PASSED


def test_each_sitting_names_its_campaign(waiting, address, signed_in, council_secretary):
    client = signed_in(council_secretary)
    client.post(address, form(waiting, (12, 3), (11, 4)))

    page = client.get(reverse("dossiers:sittings"))

    assert list(page.context["rounds"]) == []
    [sitting] = page.context["object_list"]
    assert f"{sitting.round}<small>{sitting.round.campaign}</small>" in page.content.decode()


def test_an_empty_row_was_not_voted_on(waiting, address, signed_in, council_secretary):
    signed_in(council_secretary).post(address, form(waiting, (15,)))

    assert Sitting.objects.get().results.count() == 1


@pytest.mark.parametrize("voted", [1, 2])
def test_a_result_recorded_meanwhile_is_named_and_what_was_typed_stays(
    voted, waiting, address, signed_in, council_secretary, province, home_affairs
):
    colleague = factories.member("council_secretary", province, "Lê Thị Hoa", home=home_affairs)
    first, second = waiting.nominations.all()
    signed_in(council_secretary).post(address, form(waiting, *[(12, 3), (11, 4)][:voted]))
    sitting = Sitting.objects.get()

    page = signed_in(colleague).post(address, form(waiting, (13, 2), (14, 1)))

    when = f"{localtime(sitting.recorded_at):%H:%M, %d/%m/%Y}"
    assert (page.status_code, Sitting.objects.count()) == (409, 1)
    said = f"{council_secretary} recorded a result of these nominees at {when}: {sitting}."
    (error,) = page.context["form"].non_field_errors()
    assert error == f"{said} Nothing of this page was kept; compare what you typed with it."
    assert f'href="{sitting.get_absolute_url()}"' in page.content.decode()
    typed = [page.context["form"][f"for_{one.pk}"].value() for one in (first, second)]
    assert typed == ["13", "14"]
    done = [row["done"] and row["done"].votes_for for row in page.context["rows"]]
    assert done == [[12, None], [12, 11]][voted - 1]


def test_who_records_another_row_meanwhile_is_not_in_the_way(
    waiting, address, signed_in, council_secretary
):
    client = signed_in(council_secretary)
    client.post(address, form(waiting, (12, 3)))

    client.post(address, form(waiting, ("", "", "", ""), (11, 4)))

    results = CouncilResult.objects.order_by("pk").values_list("votes_for", flat=True)
    assert list(results) == [12, 11]


@pytest.mark.parametrize(
    ("votes", "values", "status"),
    [
        ([(14, 2)], {}, 409),
        ([("mười",)], {}, 422),
        ([("", 3)], {}, 422),
        ([(12,)], {"members_total": ""}, 422),
        ([(12,)], {"members_present": "16"}, 409),
        ([], {}, 409),
    ],
)
def test_a_refused_count_keeps_everything_typed(
    votes, values, status, waiting, address, signed_in, council_secretary
):
    data = form(waiting, *votes, recusals="Ông A", **values)

    page = signed_in(council_secretary).post(address, data)

    assert page.status_code == status
    shown = page.context["form"]
    assert {name: shown[name].value() for name in data if name in shown.fields} == data
    assert not Sitting.objects.exists()


def test_a_wrong_count_is_said_at_its_row(waiting, address, signed_in, council_secretary):
    page = signed_in(council_secretary).post(address, form(waiting, (15,), (14, 2)))

    assert [len(row["errors"]) for row in page.context["rows"]] == [0, 1]


def test_sending_twice_records_once(waiting, address, signed_in, council_secretary):
    key = signed_in(council_secretary).get(address).context["form"].initial["once"]
    data = form(waiting, (15,), (15,), once=key)

    answers = [signed_in(council_secretary).post(address, data) for _twice in range(2)]

    assert answers[0].url == answers[1].url
    assert Sitting.objects.count() == 1


def test_an_officer_reads_sittings_but_records_none(
    waiting, address, signed_in, council_secretary, officer
):
    signed_in(council_secretary).post(address, form(waiting, (15,), (15,)))

    seen = [
        signed_in(officer).get(url).status_code
        for url in (reverse("dossiers:sittings"), Sitting.objects.get().get_absolute_url(), address)
    ]

    assert seen == [200, 200, 404]


def test_the_unit_reads_no_sitting(waiting, address, signed_in, council_secretary, staff):
    signed_in(council_secretary).post(address, form(waiting, (15,), (15,)))

    seen = [
        signed_in(staff).get(url).status_code
        for url in (reverse("dossiers:sittings"), Sitting.objects.get().get_absolute_url())
    ]

    assert seen == [404, 404]


def test_the_list_asks_as_much_for_one_sitting_as_for_five(
    waiting,
    address,
    signed_in,
    council_secretary,
    today,
    award_round,
    django_assert_max_num_queries,
):
    browser, pages, counts = signed_in(council_secretary), reverse("dossiers:sittings"), []
    for number in (1, 4):
        for _n in range(number):
            Sitting.objects.create(
                unit=award_round.campaign.unit,
                round=award_round,
                held_on=today,
                members_total=15,
                members_present=15,
                chair="Trần Hoàng Nam",
                recorded_by=council_secretary,
            )
        browser.get(pages)
        with django_assert_max_num_queries(12) as asked:
            browser.get(pages)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_ballots_that_do_not_add_up_are_asked_about_once(
    waiting, address, signed_in, council_secretary
):
    browser, data = signed_in(council_secretary), form(waiting, (12,))

    asked = browser.post(address, data)
    answer = browser.post(address, data | {"fewer": "on"})

    assert (asked.status_code, answer.status_code) == (422, 302)
    (error,) = asked.context["rows"][0]["errors"]
    assert error == "12 ballots of 15 members who took part: 3 are missing."
    assert 'name="fewer"' in asked.content.decode()
    assert Sitting.objects.get().results.get().votes_for == 12


def test_ballots_that_add_up_are_not_asked_about(waiting, address, signed_in, council_secretary):
    page = signed_in(council_secretary).get(address)

    assert 'name="fewer"' not in page.content.decode()


def test_the_summary_names_a_nominee_once_a_line(waiting, address, signed_in, council_secretary):
    name = waiting.nominations.first().name

    page = signed_in(council_secretary).post(address, form(waiting, (14, 2))).content.decode()

    summary = page[page.index('class="summary"') : page.index("</ul>", page.index("summary-title"))]
    assert summary.count(name) == 1
