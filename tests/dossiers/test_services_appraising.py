"""Bulk steps, verdicts, returns: what is kept, and what is refused in words."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Role
from core.workflow import Blocked, NotNow
from dossiers.models import Dossier, Verdict
from dossiers.rules import parts
from dossiers.rules.appraisal import Opinion
from dossiers.services import appraising, preparing
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
State = Dossier.State


@pytest.fixture
def sent_in(ward, stewarded, staff):
    of_round = factories.award_round(stewarded)

    def make(state="submitted", **values):
        return sent.dossier(unit=ward, of_round=of_round, by=staff, state=state, **values)

    return make


@pytest.mark.usefixtures("in_english")
def test_the_preview_says_who_goes_and_who_does_not(sent_in, steward):
    going, listed = sent_in(), sent_in("aggregated")

    found = appraising.who_goes(dossiers=[going, listed], step="aggregate", actor=steward)

    assert found.ready == [going]
    assert found.refused == [(listed, "now “On the standing agency's list”")]
    going.refresh_from_db()
    assert going.state == State.SUBMITTED


def test_in_bulk_those_who_can_go_and_the_rest_stay(sent_in, steward):
    going, late = [sent_in(), sent_in()], sent_in("returned")

    done = appraising.take_step(dossiers=[*going, late], step="aggregate", actor=steward)

    assert [dossier.state for dossier in done.ready] == [State.AGGREGATED, State.AGGREGATED]
    assert [dossier for dossier, _why in done.refused] == [late]


def test_one_dossier_out_of_reach_stops_the_whole_act(sent_in, dossier_in, steward):
    mine, foreign = sent_in(), dossier_in()

    with pytest.raises(PermissionDenied):
        appraising.take_step(dossiers=[mine, foreign], step="aggregate", actor=steward)

    mine.refresh_from_db()
    assert mine.state == State.SUBMITTED


# --- verdicts -----------------------------------------------------------------------------


@pytest.fixture
def opened(dossier_in, officer):
    return dossier_in("appraising", nominees=2, officer=officer)


def test_verdicts_are_kept_for_those_who_have_one(opened, officer):
    first, _second = opened.nominations.all()

    appraising.save_verdicts(dossier=opened, opinions={first.pk: Opinion("ok")}, actor=officer)

    assert list(Verdict.objects.values_list("nomination", "opinion", "by")) == [
        (first.pk, "ok", officer.pk)
    ]


def test_dropping_needs_a_remark(opened, officer):
    first = opened.nominations.first()

    with pytest.raises(Blocked):
        appraising.save_verdicts(
            dossier=opened, opinions={first.pk: Opinion("drop")}, actor=officer
        )

    assert not Verdict.objects.exists()


def test_concluding_keeps_all_or_nothing(opened, officer):
    first = opened.nominations.first()

    with pytest.raises(Blocked):
        appraising.save_verdicts(
            dossier=opened, opinions={first.pk: Opinion("ok")}, actor=officer, conclude=True
        )

    assert not Verdict.objects.exists()


def test_a_verdict_changed_meanwhile_is_not_written_over(opened, officer, province):
    colleague = factories.member(Role.OFFICER, province)
    first = opened.nominations.first()
    appraising.save_verdicts(dossier=opened, opinions={first.pk: Opinion("ok")}, actor=officer)
    said = {first.pk: Opinion("drop", "Không đủ điều kiện", version=0)}

    with pytest.raises(NotNow):
        appraising.save_verdicts(dossier=opened, opinions=said, actor=colleague)

    assert Verdict.objects.get().opinion == "ok"


def test_an_opinion_that_rests_on_no_verdict_does_not_write_over_the_first_one(opened, officer):
    first = opened.nominations.first()
    dropped = {first.pk: Opinion("drop", "Không đủ điều kiện")}
    appraising.save_verdicts(dossier=opened, opinions=dropped, actor=officer)

    with pytest.raises(NotNow):
        appraising.save_verdicts(dossier=opened, opinions={first.pk: Opinion("ok")}, actor=officer)

    assert Verdict.objects.get().opinion == "drop"


def test_a_sheet_that_is_closed_takes_no_verdict(dossier_in, officer):
    closed = dossier_in("appraised")
    said = {closed.nominations.get().pk: Opinion("ok")}

    with pytest.raises(NotNow):
        appraising.save_verdicts(dossier=closed, opinions=said, actor=officer)


def test_the_head_writes_no_verdict(opened, section_head):
    with pytest.raises(PermissionDenied):
        appraising.save_verdicts(dossier=opened, opinions={}, actor=section_head)


# --- return -------------------------------------------------------------------------------


def test_only_the_flagged_part_opens(opened, officer):
    nominee = opened.nominations.first()
    key = f"nominee:{nominee.pk}"

    returned = appraising.return_to_unit(
        dossier=opened, note="Thiếu", defects=[(key, "Ghi ngày sinh")], actor=officer
    )

    keys = list(parts.part_names(returned))
    assert [part for part in keys if parts.may_edit(returned, part)] == [key]


def test_a_part_that_is_not_there_is_refused(opened, officer):
    with pytest.raises(Blocked):
        appraising.return_to_unit(
            dossier=opened, note="Thiếu", defects=[("paper:XX", "Gửi lại")], actor=officer
        )


def test_each_returns_with_a_step_of_their_own(sent_in, dossier_in, steward, officer):
    agency, home_affairs = sent_in(), dossier_in("appraising")

    steps = [
        appraising.step_of_return(agency, steward),
        appraising.step_of_return(agency, officer),
        appraising.step_of_return(home_affairs, officer),
        appraising.step_of_return(dossier_in("council"), officer),
    ]

    assert steps == ["return_by_agency", "", "return", ""]


def test_the_server_refuses_the_parts_that_were_not_flagged(opened, officer, staff):
    key = f"nominee:{opened.nominations.first().pk}"
    returned = appraising.return_to_unit(
        dossier=opened, note="Thiếu", defects=[(key, "Ghi ngày sinh")], actor=officer
    )

    with pytest.raises(NotNow):
        preparing.save_general(dossier=returned, actor=staff, contact="0277 999")

    returned.refresh_from_db()
    assert returned.contact == ""
