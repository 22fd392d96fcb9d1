"""The steps after sending, from every state, by the one who may and by the one who may not."""

import threading
from contextlib import closing

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.models import Notice
from accounts.permissions import Role
from core.audit.models import Entry
from core.workflow import Blocked, NotNow
from criteria.models import Parameter
from dossiers.models import Dossier, Nomination
from dossiers.workflow import DOSSIER
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
State = Dossier.State

# step: (the states it starts from, where it leads), on the way without a standing agency
STEPS = {
    "open_appraisal": ({"submitted", "aggregated"}, "appraising"),
    "return": ({"submitted", "aggregated", "appraising"}, "returned"),
    "appraise": ({"appraising"}, "appraised"),
    "back_to_officer": ({"appraised"}, "appraising"),
    "confirm": ({"appraised"}, "council"),
}
AGENCY_STEPS = {
    "aggregate": ({"submitted"}, "aggregated"),
    "return_by_agency": ({"submitted"}, "returned"),
}
DATA = {
    "return": {"note": "Thiếu số quyết định", "defects": [("general", "Ghi số tờ trình")]},
    "return_by_agency": {"note": "Thiếu", "defects": [("general", "Ghi số tờ trình")]},
    "back_to_officer": {"note": "Xem lại người thứ hai"},
}


def reasons(caught):
    return [str(finding) for finding in caught.value.findings]


@pytest.fixture
def actors(officer, section_head):
    return {
        "open_appraisal": officer,
        "return": officer,
        "appraise": officer,
        "back_to_officer": section_head,
        "confirm": section_head,
    }


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_starts_from_its_states_alone(step, state, dossier_in, actors, officer):
    sources, target = STEPS[step]
    dossier = dossier_in(state, officer=officer, nominees=2)
    sent.judge(dossier, by=officer)
    perform = lambda: DOSSIER.perform(dossier, step, actor=actors[step], **DATA.get(step, {}))

    if state in sources:
        assert perform().state == target
    else:
        with pytest.raises(NotNow):
            perform()


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("step", AGENCY_STEPS)
def test_the_agency_s_steps_start_from_a_sent_dossier_alone(
    step, state, ward, stewarded, staff, steward
):
    sources, target = AGENCY_STEPS[step]
    of_round = factories.award_round(stewarded)
    dossier = sent.dossier(unit=ward, of_round=of_round, by=staff, state=state)
    perform = lambda: DOSSIER.perform(dossier, step, actor=steward, **DATA.get(step, {}))

    if state in sources:
        assert perform().state == target
    else:
        with pytest.raises(NotNow):
            perform()


@pytest.mark.parametrize("step", [*STEPS, *AGENCY_STEPS])
def test_the_unit_takes_none_of_these_steps(step, dossier_in, unit_leader):
    dossier = dossier_in("submitted")

    with pytest.raises(PermissionDenied):
        DOSSIER.perform(dossier, step, actor=unit_leader, **DATA.get(step, {}))


# --- the standing agency ------------------------------------------------------------------


@pytest.fixture
def listed(ward, stewarded, staff):
    return sent.dossier(unit=ward, of_round=factories.award_round(stewarded), by=staff)


def test_a_campaign_without_an_agency_has_no_such_step(dossier_in, agency):
    steward = factories.member(Role.CAMPAIGN_AGENCY, agency)

    with pytest.raises(PermissionDenied):
        DOSSIER.perform(dossier_in("submitted"), "aggregate", actor=steward)


def test_home_affairs_waits_for_the_agency(listed, officer):
    with pytest.raises(NotNow):
        DOSSIER.perform(listed, "open_appraisal", actor=officer)


def test_the_officers_hear_of_what_the_agency_lists(listed, steward, officer):
    DOSSIER.perform(listed, "aggregate", actor=steward)

    assert [notice.user for notice in Notice.objects.all()] == [officer]


def test_what_home_affairs_returned_comes_back_to_it_alone(listed, officer, steward, today):
    Dossier.objects.filter(pk=listed.pk).update(appraisal_from=today, officer=officer)

    with pytest.raises(NotNow):
        DOSSIER.perform(listed, "aggregate", actor=steward)

    assert DOSSIER.perform(listed, "open_appraisal", actor=officer).state == State.APPRAISING


def test_the_successor_of_the_agency_aggregates(province, ward, staff, today):
    old = factories.unit("Sở Thông tin và Truyền thông", superior=province)
    new = factories.unit("Sở Khoa học và Công nghệ", superior=province)
    campaign = factories.campaign(unit=province, steward=old)
    clerk = factories.member(Role.CAMPAIGN_AGENCY, new)
    factories.people.services.merge_units(
        predecessors=[old], successor=new, on=today, document="Nghị quyết", actor=clerk
    )
    dossier = sent.dossier(unit=ward, of_round=factories.award_round(campaign), by=staff)

    assert DOSSIER.perform(dossier, "aggregate", actor=clerk).state == State.AGGREGATED


# --- appraisal ----------------------------------------------------------------------------


def test_opening_starts_the_clock_and_names_the_officer(dossier_in, officer, today):
    dossier = DOSSIER.perform(dossier_in("submitted"), "open_appraisal", actor=officer)

    assert (dossier.officer, dossier.appraisal_from) == (officer, today)
    assert dossier.due_on.isoformat() == "2026-01-05"  # 25 working days, no holidays loaded


def test_the_province_s_number_of_days_stands_in_for_the_round_s(dossier_in, officer, today):
    dossier = dossier_in("submitted")
    dossier.round.appraisal_days = None
    dossier.round.save()
    Parameter.objects.create(key="appraisal_days.BKT", value=10, meaning="x", valid_from=today)

    opened = DOSSIER.perform(dossier, "open_appraisal", actor=officer)

    assert opened.due_on.isoformat() == "2025-12-15"


@pytest.mark.parametrize("step", ["open_appraisal", "return", "appraise"])
def test_nobody_appraises_their_own_unit(step, ward, province, dossier_in, officer):
    colleague = factories.member(Role.OFFICER, province, home=ward)
    dossier = dossier_in("appraising" if step == "appraise" else "submitted")
    sent.judge(dossier, by=colleague)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(dossier, step, actor=colleague, **DATA.get(step, {}))

    assert [finding.rule for finding in caught.value.findings] == ["R25"]


@pytest.fixture
def colleague(ward, province):
    """The only officer, at home in the unit that proposes; as all are in Home Affairs itself."""
    return factories.member(Role.OFFICER, province, home=ward)


def test_where_all_officers_belong_to_the_unit_one_of_them_appraises(dossier_in, colleague):
    dossier = dossier_in("appraising")
    sent.judge(dossier, by=colleague)

    offer = next(o for o in DOSSIER.offers(dossier, colleague) if o.step.name == "appraise")
    appraised = DOSSIER.perform(dossier, "appraise", actor=colleague)

    assert [finding.rule for finding in offer.findings] == ["R25"]
    assert appraised.state == "appraised"


@pytest.mark.parametrize("hand", ["wrote", "sent", "nominated"])
def test_who_had_a_hand_in_a_dossier_appraises_it_in_no_case(dossier_in, colleague, hand):
    dossier = dossier_in("appraising")
    sent.judge(dossier, by=colleague)
    if hand == "wrote":
        dossier.created_by = colleague
    elif hand == "sent":
        dossier.submitted_by = colleague
    else:
        dossier.nominations.update(kind="individual", name=str(colleague))
    dossier.save()

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(dossier, "appraise", actor=colleague)

    assert "R25" in [finding.rule for finding in caught.value.findings]


def test_every_nominee_needs_a_verdict(dossier_in, officer):
    dossier = dossier_in("appraising", nominees=3)
    sent.judge(dossier, by=officer)
    left = dossier.nominations.last()
    left.verdict.delete()

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(dossier, "appraise", actor=officer)

    assert [finding.part for finding in caught.value.findings] == [f"nominee:{left.pk}"]


def test_a_nominee_under_review_needs_a_word_of_what_lifts_it(dossier_in, officer):
    dossier = dossier_in("appraising")
    dossier.nominations.update(under_review=True)
    sent.judge(dossier, by=officer)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(dossier, "appraise", actor=officer)

    assert [finding.rule for finding in caught.value.findings] == ["R14"]


# --- return -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "defects"),
    [("", [("general", "Ghi số tờ trình")]), ("Thiếu", []), ("Thiếu", [("general", "  ")])],
)
def test_a_return_needs_a_reason_and_a_defect(note, defects, dossier_in, officer):
    dossier = dossier_in("appraising")

    with pytest.raises(Blocked):
        DOSSIER.perform(dossier, "return", actor=officer, note=note, defects=defects)

    dossier.refresh_from_db()
    assert (dossier.state, dossier.defects.count()) == (State.APPRAISING, 0)


def test_a_return_keeps_the_defects_with_what_was_sent(dossier_in, officer, staff, today):
    Parameter.objects.create(key="mend_days", value=5, meaning="x", valid_from=today)
    dossier = DOSSIER.perform(dossier_in("submitted"), "open_appraisal", actor=officer)

    returned = DOSSIER.perform(dossier, "return", actor=officer, **DATA["return"])

    defect = returned.defects.get()
    assert (defect.part, defect.submission.ordinal, defect.by) == ("general", 1, officer)
    assert (returned.mend_by.isoformat(), returned.paused) == ("2025-12-08", True)
    assert returned.stops.get().until_day is None
    assert list(Notice.objects.values_list("user", flat=True)) == [staff.pk]


# --- four eyes ----------------------------------------------------------------------------


@pytest.fixture
def both_hats(province, home_affairs):
    """Somebody who may appraise and confirm."""
    user = factories.member(Role.OFFICER, province, home=home_affairs)
    factories.people.Membership.objects.create(
        user=user, unit=province, role=Role.SECTION_HEAD, from_day=factories.people.LONG_AGO
    )
    return user


@pytest.mark.usefixtures("in_english")
def test_whoever_appraised_does_not_confirm(dossier_in, both_hats):
    dossier = dossier_in("appraising")
    sent.judge(dossier, by=both_hats)
    appraised = DOSSIER.perform(dossier, "appraise", actor=both_hats)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(appraised, "confirm", actor=both_hats)

    assert reasons(caught) == ["You appraised this dossier; somebody else confirms it."]


def test_the_database_holds_to_four_eyes_too(dossier_in, both_hats):
    dossier = dossier_in("appraised", appraised_by=both_hats)

    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(confirmed_by=both_hats)


def test_confirming_makes_verdicts_into_results(dossier_in, officer, section_head):
    dossier = dossier_in("appraised", nominees=2, appraised_by=officer)
    kept, dropped = dossier.nominations.all()
    sent.judge(dossier, by=officer)
    dropped.verdict.opinion, dropped.verdict.remark = "drop", "Trùng thành tích"
    dropped.verdict.save()

    confirmed = DOSSIER.perform(dossier, "confirm", actor=section_head)

    rows = confirmed.nominations.values_list("pk", "result", "result_reason", "stands")
    assert list(rows) == [
        (kept.pk, Nomination.Result.OK, "", True),
        (dropped.pk, Nomination.Result.DROPPED, "Trùng thành tích", False),
    ]


def test_a_dossier_without_a_nominee_left_ends_here(dossier_in, officer, section_head, staff):
    dossier = dossier_in("appraised", nominees=2, appraised_by=officer)
    sent.judge(dossier, by=officer, opinion="drop", remark="Không đủ điều kiện")

    with pytest.raises(NotNow):
        DOSSIER.perform(dossier, "confirm", actor=section_head)
    ended = DOSSIER.perform(dossier, "confirm_nobody", actor=section_head)

    assert ended.state == State.NOT_APPROVED
    assert list(Notice.objects.values_list("user", flat=True)) == [staff.pk]


def test_the_unit_does_not_read_what_home_affairs_says_to_itself(
    dossier_in, officer, section_head, staff
):
    dossier = dossier_in("appraising")
    sent.judge(dossier, by=officer)
    for step, actor in [("appraise", officer), ("back_to_officer", section_head)]:
        dossier = DOSSIER.perform(dossier, step, actor=actor, note="Riêng trong Sở")

    read = {
        user: [entry.verb for entry in Entry.objects.about(dossier, user)]
        for user in (officer, section_head, staff)
    }

    both = ["dossier.back_to_officer", "dossier.appraise"]
    assert read == {officer: both, section_head: both, staff: []}


# --- two at once --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_leave_one_outcome(dossier_in, officer, section_head):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; the race is for PostgreSQL.")
    dossier = dossier_in("appraising")
    sent.judge(dossier, by=officer)
    steps = {"appraise": {}, "return": DATA["return"]}
    ready, outcomes = threading.Barrier(2), []

    def press(step):
        with closing(connection):
            ready.wait()
            try:
                outcomes.append(DOSSIER.perform(dossier, step, actor=officer, **steps[step]).state)
            except NotNow:
                outcomes.append("not now")

    threads = [threading.Thread(target=press, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("not now") == 1
    assert Entry.objects.filter(target_type="dossiers.dossier").count() == 1
