"""The standing agency's list and bulk act; the page of a return."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from dossiers.models import Defect, Dossier
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]
State = Dossier.State


@pytest.fixture
def came_in(ward, stewarded, staff):
    of_round = factories.award_round(stewarded)

    def make(state="submitted", **values):
        return sent.dossier(unit=ward, of_round=of_round, by=staff, state=state, **values)

    return make


def numbers(response):
    return [row.record.number for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["submitted"]),
        ("?show=listed", ["aggregated", "council"]),
        ("?show=returned", ["returned"]),
        ("?show=sent", ["submitted", "aggregated", "council", "returned"]),
    ],
)
def test_the_list_shows_what_was_sent(query, shown, came_in, signed_in, steward):
    made = {state: came_in(state) for state in ("submitted", "aggregated", "council", "returned")}

    page = signed_in(steward).get(reverse("dossiers:incoming") + query)

    assert sorted(numbers(page)) == sorted(made[state].number for state in shown)
    assert page.context["table"].paginator.count == len(shown)


def test_another_agency_sees_nothing(came_in, signed_in, province):
    came_in()
    stranger = factories.member(Role.CAMPAIGN_AGENCY, factories.unit(superior=province))

    assert numbers(signed_in(stranger).get(reverse("dossiers:incoming"))) == []


def test_the_unit_has_no_such_page(signed_in, staff):
    assert signed_in(staff).get(reverse("dossiers:incoming")).status_code == 404


def test_the_list_asks_as_much_for_one_row_as_for_five(
    came_in, signed_in, steward, django_assert_max_num_queries
):
    came_in(nominees=2)
    browser, counts = signed_in(steward), []
    browser.get(reverse("dossiers:incoming"))
    for _more in range(2):
        with django_assert_max_num_queries(12) as asked:
            browser.get(reverse("dossiers:incoming"))
        counts.append(len(asked))
        for _n in range(4):
            came_in(nominees=3)

    assert counts[0] == counts[1]


def test_the_preview_changes_nothing_and_names_who_stays(came_in, signed_in, steward):
    going, staying = came_in(), came_in("aggregated")

    page = signed_in(steward).get(reverse("dossiers:list_up"), {"row": [going.pk, staying.pk]})

    found = page.context["found"]
    assert (found.ready, [dossier for dossier, _why in found.refused]) == ([going], [staying])
    assert Dossier.objects.get(pk=going.pk).state == State.SUBMITTED


def test_listing_says_how_many_went(came_in, signed_in, steward):
    rows = [came_in().pk, came_in().pk]

    page = signed_in(steward).post(reverse("dossiers:list_up"), {"row": rows}, follow=True)

    assert [str(message) for message in page.context["messages"]] == ["2 dossiers are on the list."]
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.AGGREGATED}


def test_what_is_out_of_reach_is_no_choice(came_in, dossier_in, signed_in, steward):
    foreign = dossier_in()

    page = signed_in(steward).post(reverse("dossiers:list_up"), {"row": [foreign.pk]})

    assert page.status_code == 422
    assert Dossier.objects.get(pk=foreign.pk).state == State.SUBMITTED


# --- return -------------------------------------------------------------------------------


def rows(*defects, note="Thiếu số quyết định"):
    data = {
        "note": note,
        "defects-TOTAL_FORMS": len(defects),
        "defects-INITIAL_FORMS": 0,
    }
    for number, (part, text) in enumerate(defects):
        data |= {f"defects-{number}-part": part, f"defects-{number}-text": text}
    return data


def test_the_officer_returns_with_all_defects(dossier_in, signed_in, officer):
    dossier = dossier_in("appraising")
    part = f"nominee:{dossier.nominations.get().pk}"
    sent_form = rows(("general", "Ghi số tờ trình"), (part, "Ghi ngày sinh"))

    page = signed_in(officer).post(reverse("dossiers:return", args=[dossier.pk]), sent_form)

    assert page.url == reverse("dossiers:queue")
    assert list(Defect.objects.values_list("part", "text")) == [
        ("general", "Ghi số tờ trình"),
        (part, "Ghi ngày sinh"),
    ]


@pytest.mark.parametrize(
    "form",
    [
        rows(("general", "Ghi số tờ trình"), note=""),
        rows(),
        rows(("", "")),
        rows(("", "Ghi số tờ trình")),
        rows(("general", "")),
        rows(("paper:XX", "Gửi lại")),
    ],
)
def test_a_return_that_says_too_little_comes_back(form, dossier_in, signed_in, officer):
    dossier = dossier_in("appraising")

    page = signed_in(officer).post(reverse("dossiers:return", args=[dossier.pk]), form)

    assert page.status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).state == State.APPRAISING


def test_a_stale_page_does_not_return(dossier_in, signed_in, officer):
    dossier = dossier_in("appraising")
    Dossier.objects.filter(pk=dossier.pk).update(version=5)
    form = rows(("general", "Ghi số tờ trình")) | {"version": 1}

    page = signed_in(officer).post(reverse("dossiers:return", args=[dossier.pk]), form)

    assert page.status_code == 409
    assert page.context["form"]["note"].value() == "Thiếu số quyết định"


def test_earlier_defects_are_offered_as_reasons(dossier_in, signed_in, officer):
    before, dossier = dossier_in("returned"), dossier_in("appraising")
    Defect.objects.create(
        dossier=before,
        submission=before.submissions.get(),
        part="general",
        text="Ghi số",
        by=officer,
    )

    page = signed_in(officer).get(reverse("dossiers:return", args=[dossier.pk]))

    assert page.context["reasons"] == ["Ghi số"]


def test_the_agency_of_another_campaign_cannot_return(dossier_in, signed_in, steward):
    page = signed_in(steward).get(reverse("dossiers:return", args=[dossier_in().pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("key", ["²", "9" * 5000, "9" * 30])
def test_a_key_that_is_none_lists_nothing_up(came_in, signed_in, steward, key):
    came_in()

    page = signed_in(steward).get(reverse("dossiers:list_up"), {"row": key})

    assert (page.status_code, page.context["chosen"]) == (200, [])
