"""The sheet, and on to the next in the same queue."""

import pytest
from django.urls import reverse

from campaigns.models import Component
from core.clock import clock
from dossiers.models import Dossier, Verdict
from tests import factories
from tests.factories import sent, writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]
State = Dossier.State
QUEUE = "dossiers:queue"


def address(dossier, query=""):
    return reverse("dossiers:appraise", args=[dossier.pk]) + query


def test_the_sheet_says_its_place_in_the_filtered_queue(due, signed_in, officer):
    first, second, _other = due(-3), due(-2), due(20)

    page = signed_in(officer).get(address(second, "?show=late"))

    place = page.context["place"]
    assert (place.words, place.before, place.after) == (
        "Dossier 2 of 2",
        address(first, "?show=late"),
        "",
    )


def test_saving_leads_to_the_next_of_the_same_queue(due, signed_in, officer):
    first, _other, second = due(-3), due(20), due(-2)
    nominee = first.nominations.get()

    answer = signed_in(officer).post(address(first, "?show=late"), {f"opinion_{nominee.pk}": "ok"})

    assert answer.url == address(second, "?show=late")
    assert Verdict.objects.get().nomination == nominee


def test_concluding_the_last_one_leads_back_to_the_queue(due, signed_in, officer):
    only = due(2)
    nominee = only.nominations.get()

    answer = signed_in(officer).post(
        address(only, "?show=soon"), {f"opinion_{nominee.pk}": "ok", "conclude": "1"}
    )

    assert answer.url == reverse(QUEUE) + "?show=soon"
    assert Dossier.objects.get(pk=only.pk).state == State.APPRAISED


def test_nobody_concludes_with_a_verdict_that_he_has_not_read(due, signed_in, officer):
    """A colleague dropped the nominee meanwhile: the page shows it, and only then concludes."""
    dossier = due(2)
    opinion = f"opinion_{dossier.nominations.get().pk}"
    remark = opinion.replace("opinion", "remark")
    client = signed_in(officer)
    client.post(address(dossier), {opinion: "ok"})
    mine, theirs = (client.get(address(dossier)).context["form"]["seen"].value() for _tab in "12")
    client.post(address(dossier), {opinion: "drop", remark: "Đang bị khiếu nại.", "seen": theirs})
    pressed = {opinion: "ok", remark: "", "conclude": "1"}

    told = client.post(address(dossier), pressed | {"seen": mine})
    held = Dossier.objects.get(pk=dossier.pk).state
    form = told.context["form"]
    read = {opinion: form[opinion].value(), remark: form[remark].value(), "conclude": "1"}
    again = client.post(address(dossier), read | {"seen": form["seen"].value()})

    assert (told.status_code, held) == (422, State.APPRAISING)
    assert "Changed meanwhile by" in told.content.decode()
    assert len(form.taken) == 1
    assert (read[opinion], read[remark]) == ("drop", "Đang bị khiếu nại.")
    assert again.status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).state == State.APPRAISED


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"opinion": "drop", "remark": ""}, 422),
        ({"opinion": "", "remark": "Thiếu"}, 422),
        ({"opinion": "perhaps", "remark": "Thiếu"}, 422),
        ({"opinion": "", "remark": "", "conclude": "1"}, 409),
    ],
)
def test_a_refused_sheet_keeps_everything_typed(typed, status, due, signed_in, officer):
    dossier = due(2, nominees=2)
    first, second = dossier.nominations.all()
    data = {f"{name}_{first.pk}": value for name, value in typed.items() if name != "conclude"}
    data |= {f"opinion_{second.pk}": "ok", f"remark_{second.pk}": "Tốt"}
    data |= {"conclude": "1"} if "conclude" in typed else {}

    page = signed_in(officer).post(address(dossier), data)

    assert page.status_code == status
    assert page.context["form"][f"remark_{second.pk}"].value() == "Tốt"
    assert not Verdict.objects.exists()


def test_what_is_wrong_names_the_nominee(due, signed_in, officer):
    dossier = due(2, nominees=2)
    first, second = dossier.nominations.all()
    data = {f"opinion_{first.pk}": "drop", f"remark_{second.pk}": "Thiếu"}

    errors = signed_in(officer).post(address(dossier), data).context["form"].errors

    assert errors == {
        f"remark_{first.pk}": [f"Write why {first.titled} is dropped."],
        f"opinion_{second.pk}": [f"Choose an opinion on {second.titled}, too."],
    }


@pytest.mark.parametrize(
    ("started", "said"),
    [(None, "starts then."), ("2025-11-24", "runs on from the sending before, until 05/12/2025.")],
)
def test_the_desk_says_from_when_the_clock_runs(dossier_in, signed_in, officer, started, said):
    due_on = "2025-12-05" if started else None
    dossier = dossier_in("submitted", appraisal_from=started, due_on=due_on)

    text = " ".join(signed_in(officer).get(address(dossier)).content.decode().split())

    assert text.count("Take up the appraisal to write verdicts;") == 1
    assert said in text


def test_the_head_reads_the_sheet_and_confirms(due, signed_in, section_head, officer):
    dossier = due(2, state="appraised", appraised_by=officer)
    sent.judge(dossier, by=officer, remark="Đủ căn cứ")

    page = signed_in(section_head).get(address(dossier))
    after = signed_in(section_head).post(
        reverse("dossiers:desk_step", args=[dossier.pk, "confirm"]), {"version": 0}
    )

    assert [offer.step.name for offer in page.context["other_offers"]] == [
        "back_to_officer",
        "confirm",
    ]
    assert page.context["may_write"] is False
    assert after.url == reverse(QUEUE)
    assert Dossier.objects.get(pk=dossier.pk).state == State.COUNCIL


def test_taking_up_stays_on_the_dossier_in_the_same_queue(dossier_in, signed_in, officer):
    dossier = dossier_in("submitted")
    step = reverse("dossiers:desk_step", args=[dossier.pk, "open_appraisal"])

    answer = signed_in(officer).post(f"{step}?q=kh207")

    assert answer.url == address(dossier, "?q=kh207")


def test_what_changed_since_the_sending_before_is_shown(due, signed_in, officer, staff):
    dossier = due(2)
    dossier.contact = "0277 123"
    dossier.save()
    sent.send_again(dossier, by=staff)

    changes = signed_in(officer).get(address(dossier)).context["changes"]

    assert [(part, [(c.before, c.after) for c in found]) for part, found in changes] == [
        ("General data", [("", "0277 123")])
    ]


def test_a_change_of_what_is_gone_has_its_name(due, signed_in, officer, staff, campaign):
    dossier = due(2, nominees=2)
    gone = dossier.nominations.first()
    writing.attach_all(
        draft := writing.draft(unit=dossier.unit, of_round=dossier.round, by=staff), by=staff
    )
    draft.papers.update(dossier=dossier)
    sent.send_again(dossier, by=staff)
    name = gone.name
    gone.delete()
    dossier.papers.filter(component__code="BB").update(number="12/BB")
    sent.send_again(dossier, by=staff)
    component = dossier.campaign.components.get(code="BB")
    Component.objects.filter(pk=component.pk).update(retired_at=clock.now())

    page = signed_in(officer).get(address(dossier))

    changes = [(part, [c.what for c in found]) for part, found in page.context["changes"]]
    assert changes == [(name, ["Nominee"]), (component.name, ["Files"])]


@pytest.mark.parametrize("state", ["draft", "unit_review", "withdrawn"])
def test_what_was_not_sent_is_not_shown(state, dossier_in, signed_in, officer):
    dossier = dossier_in(state)
    Dossier.objects.filter(pk=dossier.pk, state__in=["draft", "unit_review"]).update(
        submitted_at=None, submitted_by=None, number=""
    )

    assert signed_in(officer).get(address(dossier)).status_code == 404


def test_another_province_s_dossier_is_404(due, signed_in, home_affairs):
    elsewhere = factories.unit("Tỉnh khác", kind="province")
    stranger = factories.member("officer", elsewhere)

    assert signed_in(stranger).get(address(due(2))).status_code == 404


def test_only_who_may_take_it_up_is_told_to(dossier_in, signed_in, officer, section_head):
    dossier = dossier_in("aggregated")

    told = [
        signed_in(who).get(address(dossier)).content.decode() for who in (officer, section_head)
    ]

    assert ["Take up the appraisal to write verdicts" in text for text in told] == [True, False]
    assert "Nobody has taken up the appraisal yet" in told[1]


@pytest.mark.parametrize("people", [1, 5])
def test_the_sheet_of_one_sent_again_asks_for_its_sendings_and_flaws_beside(
    people, due, signed_in, officer, staff, django_assert_max_num_queries
):
    """One question more than on a first sending, however many sendings and flaws there were."""
    dossier = due(2, nominees=people)
    first = dossier.submissions.get()
    for part in ("general", "nominees"):
        dossier.defects.create(
            part=part, text="Thiếu", by=officer, submission=first, closed_at=clock.now()
        )
    dossier.contact = "0277 123"
    dossier.save()
    sent.send_again(dossier, by=staff)
    browser = signed_in(officer)
    page = browser.get(address(dossier))
    assert len(page.context["earlier"]) == 2
    assert page.context["changes"]

    with django_assert_max_num_queries(16):
        browser.get(address(dossier))


@pytest.mark.parametrize("people", [1, 5])
def test_the_sheet_asks_as_much_for_five_people_as_for_one(
    people, due, signed_in, officer, ward, django_assert_max_num_queries
):
    dossier = due(2, nominees=0)
    for _number in range(people):
        sent.nominee(dossier, person=factories.person(unit=ward))
    browser = signed_in(officer)
    browser.get(address(dossier))

    with django_assert_max_num_queries(15):
        browser.get(address(dossier))
