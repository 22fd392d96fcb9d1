"""Every number is the length of the list that it opens, in the reach of its reader."""

import datetime

import pytest

from campaigns.models import Participation
from core.clock import clock
from dashboard import figures
from dossiers.models import Dossier
from tests import factories
from tests.factories import awards
from tests.factories.dossiers import dossier, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(province, agency):
    return factories.award_round(factories.campaign(unit=province, steward=agency))


@pytest.fixture
def one_of_each(round_, ward, staff):
    return {
        state: dossier(unit=ward, round=round_, by=staff, state=state)
        for state in Dossier.State.values
    }


def test_each_number_is_the_length_of_its_list(round_, one_of_each, leader):
    counts = figures.counts(leader, round_)

    assert counts == {
        name: figures.selected(leader, round_, name).count() for name in figures.SELECTIONS
    }
    assert counts["sent"] == 10


def test_the_funnel_never_widens(round_, one_of_each, leader):
    counts = figures.counts(leader, round_)

    steps = [counts[step.name] for step in figures.FUNNEL]
    assert steps == sorted(steps, reverse=True)


def test_an_overdue_appraisal_is_counted_from_the_day_after(round_, ward, staff, leader, today):
    dossier(unit=ward, round=round_, by=staff, state="appraising", due_on=today)
    dossier(
        unit=ward,
        round=round_,
        by=staff,
        state="appraising",
        due_on=today - datetime.timedelta(days=1),
    )

    assert figures.counts(leader, round_)["late"] == 1


def test_figures_stay_in_the_readers_reach(round_, one_of_each, staff, province):
    elsewhere = factories.unit("Tỉnh khác", kind="province")
    stranger = factories.member("leader_view", elsewhere)

    assert set(figures.counts(stranger, round_).values()) == {0}
    assert set(figures.counts(staff, round_).values()) == {0}


def test_units_without_a_dossier_are_registered_ones_that_sent_nothing(
    round_, ward, agency, staff, leader
):
    for unit in (ward, agency):
        Participation.objects.create(
            campaign=round_.campaign, unit=unit, unit_name=unit.name, registered_by=staff
        )
    dossier(unit=ward, round=round_, by=staff, state="submitted")
    dossier(unit=agency, round=round_, by=staff, state="draft")

    assert [p.unit for p in figures.without_dossier(leader, round_)] == [agency]


def test_quotas_show_what_is_proposed_beside_the_places(round_, ward, staff, leader):
    factories.quota(round_, size=30)
    made = dossier(unit=ward, round=round_, by=staff, state="council")
    nominee(made, stands=True)
    nominee(made, stands=True, result="passed")
    nominee(made, stands=False)

    [row] = figures.quotas(round_, figures.nominees(leader, round_))

    assert (row["size"], row["proposed"], row["agreed"], row["used"]) == (30, 2, 1, 0)


def test_the_council_agreed_to_who_was_left_out_for_want_of_a_place(round_, ward, staff, leader):
    factories.quota(round_, size=1)
    made = dossier(unit=ward, round=round_, by=staff, state="passed")
    nominee(made, stands=True, result="passed")
    nominee(made, stands=False, result="over_quota")

    table = figures.nominees(leader, round_)

    [row] = figures.quotas(round_, table)
    assert (row["agreed"], row["refused"]) == (2, 1)
    assert figures.chosen(leader, round_, "council-agreed").count() == 2


def test_who_was_turned_down_was_proposed_all_the_same(round_, ward, staff, leader):
    made = dossier(unit=ward, round=round_, by=staff, state="council")
    nominee(made, stands=True)
    for result in ("dropped", "failed", "over_quota"):
        nominee(made, stands=False, result=result)
    nominee(dossier(unit=ward, round=round_, by=staff, state="draft"))
    nominee(dossier(unit=ward, round=round_, by=staff, state="withdrawn"))

    [row] = figures.by_kind(figures.nominees(leader, round_))

    assert (row["proposed"], row["turned-down"]) == (4, 3)
    assert figures.chosen(leader, round_, "proposed").count() == 4
    assert figures.chosen(leader, round_, "turned-down").count() == 3


def test_the_share_of_direct_workers_is_of_individuals(round_, ward, staff, leader):
    made = dossier(unit=ward, round=round_, by=staff, state="council")
    for cls in ("direct", "direct", "manager"):
        nominee(made, stands=True, position_class=cls)
    nominee(made, stands=True, kind="collective", position_class="")

    assert figures.direct_workers(figures.nominees(leader, round_)) == {
        "direct": 2,
        "individuals": 3,
        "share": 66.7,
    }


@pytest.fixture
def awarded(round_, ward, staff, officer, province):
    """A function that puts an awarded dossier into the round; its nominees by their awards."""

    def enter(*states):
        made = dossier(unit=ward, round=round_, by=staff, state="awarded")
        for state in states:
            granted = awards.issued(unit=province).awards.get()
            nominee(made, stands=True, result="awarded", award=granted)
            if state == "revoked":
                awards.revoke(granted, actor=factories.member("decider", province))
        return made

    return enter


def test_a_revoked_award_is_none(round_, awarded, leader):
    awarded("valid")
    partly = awarded("valid", "revoked")
    void = awarded("revoked")

    counts, nominees = figures.counts(leader, round_), figures.nominees(leader, round_)

    assert counts["awarded"] == figures.selected(leader, round_, "awarded").count() == 2
    assert void not in figures.selected(leader, round_, "awarded")
    assert partly in figures.selected(leader, round_, "awarded")
    assert counts["agreed"] == 3
    [row] = figures.by_kind(nominees)
    assert (row["proposed"], row["granted"], row["revoked"]) == (4, 2, 2)
    assert figures.chosen(leader, round_, "granted").count() == 2


CLOCKED = {"submitted", "aggregated", "appraising", "appraised"}


@pytest.mark.parametrize("state", [s for s in Dossier.State.values if s != "draft"])
def test_number_list_and_clock_agree_on_what_is_overdue(
    round_, ward, staff, leader, today, state, signed_in
):
    sent = {"number": "KH207-9999", "submitted_at": clock.now(), "submitted_by": staff}
    late = today - datetime.timedelta(days=9)
    made = dossier(unit=ward, round=round_, by=staff, state=state, due_on=late, **sent)
    overdue = state in CLOCKED

    assert figures.counts(leader, round_)["late"] == overdue
    assert figures.selected(leader, round_, "late").count() == overdue
    assert Dossier.objects.late(today).count() == overdue
    page = signed_in(leader).get("/dieu-hanh/sent/").content.decode()
    assert page.count("clock late") == overdue
    assert made.paused == (state in {"returned", "unit_review"})
    assert (made.appraisal_due is not None) == (overdue or made.paused)


def test_units_that_came_after_a_round_owe_it_nothing(round_, ward, agency, staff, leader, today):
    for unit, day in ((ward, 20), (agency, 28)):
        Participation.objects.create(
            campaign=round_.campaign,
            unit=unit,
            unit_name=unit.name,
            registered_by=staff,
            registered_at=clock.as_instant(datetime.date(2025, 11, day)),
        )
    round_.closes_at = clock.end_of(datetime.date(2025, 11, 24))

    assert [row.unit for row in figures.registered(leader, round_)] == [ward]
    assert [row.unit for row in figures.without_dossier(leader, round_)] == [ward]


def test_nothing_is_said_of_units_that_came_after_the_round(round_, leader, today):
    said = figures.sentences(
        counts=figures.counts(leader, round_),
        units=0,
        missing=0,
        quotas=[],
        closes_on=today - datetime.timedelta(days=400),
        link=lambda name, **narrowed: "#",
    )

    assert not [sentence for sentence in said if "đăng ký" in sentence]


@pytest.mark.parametrize(
    ("open_for", "late", "shown"),
    [(None, 0, 11), (3, 0, 4), (3, 6, 7), (30, 0, 11)],
    ids=["no last day", "over", "sent after the last day", "still open"],
)
def test_the_course_of_sending_ends_with_the_round(
    open_for, late, shown, round_, ward, staff, leader, today
):
    """Days shown of a round whose first dossier came ten days ago and whose last `late` later."""
    first = today - datetime.timedelta(days=10)
    if open_for:
        round_.closes_at = clock.as_instant(first + datetime.timedelta(days=open_for + 1))
    for day in (first, first + datetime.timedelta(days=late)):
        dossier(
            unit=ward, round=round_, by=staff, state="submitted", submitted_at=clock.as_instant(day)
        )

    course = figures.sent_by_day(round_, figures.cells(leader, round_))

    assert [course[0][0], course[-1][0]] == [first, first + datetime.timedelta(days=shown - 1)]
    assert course[-1][1] == 2
