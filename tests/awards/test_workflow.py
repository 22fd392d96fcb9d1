import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Perm
from awards import workflow
from awards.models import Award, Decision, NomineeKind
from awards.workflow import AWARD, DECISION
from core.audit.models import Entry
from core.jobs.models import Job
from core.workflow import Blocked, NotNow
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def ready(province):
    """A signed draft with three awards that its chairman may grant."""
    factory.authority()
    return factory.decision(unit=province, awards=3, signed=True)


def reasons(refused):
    return [str(finding) for finding in refused.value.findings]


def test_issuing_makes_every_award_valid(ready, decider):
    issued = DECISION.perform(ready, "issue", actor=decider)

    assert issued.state == Decision.State.ISSUED
    assert set(issued.awards.values_list("state", flat=True)) == {Award.State.VALID}


def test_issuing_gives_golden_numbers_in_the_order_of_the_book(province, decider):
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    put = {"unit": province, "actor": officer}
    factory.award(draft, name="Bà Hai", **put)
    factory.award(draft, name="Phòng Một", kind=NomineeKind.COLLECTIVE, **put)
    factory.award(draft, name="Bà Ba", **put)
    factory.sign(draft, actor=officer)

    issued = DECISION.perform(draft, "issue", actor=decider)

    assert [(a.name, a.golden_entry) for a in issued.awards.in_book_order()] == [
        ("Phòng Một", "01/BKT-2025"),
        ("Bà Hai", "02/BKT-2025"),
        ("Bà Ba", "03/BKT-2025"),
    ]


def test_the_next_decision_of_the_year_goes_on_counting(province, ready, decider):
    DECISION.perform(ready, "issue", actor=decider)
    second = factory.decision(unit=province, awards=2, signed=True)

    issued = DECISION.perform(second, "issue", actor=decider)

    assert sorted(issued.awards.values_list("golden_number", flat=True)) == [4, 5]


def test_each_type_and_year_is_a_series_of_its_own(province, decider):
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    other = factory.award_type("CSTDT", short_name="Chiến sĩ thi đua cấp tỉnh")
    for of_type in (factory.award_type(), other):
        factory.authority(of_type)
        factory.award(draft, name="Bà Hai", unit=province, actor=officer, of_type=of_type)
    factory.sign(draft, actor=officer, signed_on=datetime.date(2024, 12, 30))

    issued = DECISION.perform(draft, "issue", actor=decider)

    entries = [award.golden_entry for award in issued.awards.in_book_order()]
    assert entries == ["01/BKT-2024", "01/CSTDT-2024"]


def test_issuing_starts_the_certificates_and_the_paper(ready, decider):
    DECISION.perform(ready, "issue", actor=decider)

    assert sorted(Job.objects.values_list("task", "params")) == [
        ("awards.tasks.render_certificates", {"decision_id": ready.pk}),
        ("awards.tasks.render_decision", {"decision_id": ready.pk}),
    ]


def test_issuing_writes_one_line_of_history(ready, decider):
    DECISION.perform(ready, "issue", actor=decider)

    assert Entry.objects.filter(actor=decider).count() == 1


def test_a_draft_without_anything_says_all_that_is_missing(province, decider):
    draft = factory.decision(unit=province)
    Decision.objects.filter(pk=draft.pk).update(place="")

    with pytest.raises(Blocked) as refused:
        DECISION.perform(draft, "issue", actor=decider)

    assert reasons(refused) == [
        "Nhập số quyết định.",
        "Nhập ngày ký.",
        "Nhập người ký và chức vụ.",
        "Nhập địa danh.",
        "Quyết định chưa có trường hợp khen thưởng nào.",
    ]
    assert not Job.objects.exists()


def test_a_day_that_has_not_come_is_refused(province, decider):
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer, awards=1)
    factory.sign(draft, actor=officer, signed_on=datetime.date(2025, 12, 2))

    with pytest.raises(Blocked) as refused:
        DECISION.perform(draft, "issue", actor=decider)

    said = "02/12/2025 là ngày sau hôm nay (01/12/2025); ghi ngày đã ký quyết định."
    assert reasons(refused) == [said]


def test_an_office_without_authority_is_refused(province, decider):
    draft = factory.decision(unit=province, awards=2, signed=True)

    with pytest.raises(Blocked) as refused:
        DECISION.perform(draft, "issue", actor=decider)

    assert [finding.rule for finding in refused.value.findings] == ["R02"]


def test_whoever_draws_up_does_not_issue(ready):
    with pytest.raises(PermissionDenied):
        DECISION.perform(ready, "issue", actor=ready.created_by)


def test_an_issued_decision_is_not_issued_again(ready, decider):
    DECISION.perform(ready, "issue", actor=decider)

    with pytest.raises(NotNow):
        DECISION.perform(ready, "issue", actor=decider)


def test_giving_up_a_draft_removes_its_awards(ready):
    DECISION.perform(ready, "cancel", actor=ready.created_by, note="Lập nhầm.")

    assert not Award.objects.exists()


def test_giving_up_a_draft_needs_a_reason(ready):
    with pytest.raises(Blocked):
        DECISION.perform(ready, "cancel", actor=ready.created_by)


@pytest.mark.parametrize(("step", "note"), [("issue", ""), ("cancel", "Lập nhầm.")])
def test_those_who_follow_a_step_move_with_it(ready, decider, monkeypatch, step, note):
    actor = decider if step == "issue" else ready.created_by
    seen = []
    monkeypatch.setitem(workflow._followers, step, [])
    workflow.follow(step)(lambda decision, *, actor: seen.append((decision, actor)))

    DECISION.perform(ready, step, actor=actor, note=note)

    assert seen == [(ready, actor)]


def test_a_follower_that_fails_stops_the_step(ready, decider, monkeypatch):
    monkeypatch.setitem(workflow._followers, "issue", [])

    @workflow.follow("issue")
    def refuse(decision, *, actor):
        raise NotNow("Not all may go along.")

    with pytest.raises(NotNow):
        DECISION.perform(ready, "issue", actor=decider)

    assert set(Award.objects.values_list("state", "golden_number")) == {("pending", None)}


@pytest.mark.parametrize("table", [DECISION, AWARD])
def test_every_step_is_labelled_and_granted(table):
    for step in table:
        assert str(step.label)
        assert step.perm in set(Perm)
