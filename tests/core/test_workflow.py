"""The engine alone, on a decision-like table over units."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Perm
from awards.models import Decision
from core.audit.models import Entry
from core.findings import Finding, Weight
from core.workflow import Blocked, NotNow, Transition, Workflow

pytestmark = pytest.mark.django_db
State = Decision.State


def needs_a_place(decision, actor):
    if not decision.place:
        yield Finding("Name the place.")
    yield Finding("Look at the subject once more.", weight=Weight.WARN)


def name_the_day(decision, *, actor, signed_on):
    decision.signed_on = signed_on


TABLE = Workflow(
    Transition(
        name="cancel",
        label="Give the draft up",
        sources=frozenset({State.DRAFT}),
        target=State.CANCELLED,
        perm=Perm.DECISION_DRAFT,
        blockers=needs_a_place,
    ),
    Transition(
        name="reopen",
        label="Take it up again",
        sources=frozenset({State.CANCELLED}),
        target=State.DRAFT,
        perm=Perm.DECISION_DRAFT,
        needs_note=True,
        private=True,
    ),
    Transition(
        name="date",
        label="Name the day",
        sources=frozenset({State.DRAFT}),
        target=State.DRAFT,
        perm=Perm.DECISION_DRAFT,
        effect=name_the_day,
        button=False,
    ),
)


@pytest.fixture
def decision(province, officer):
    return Decision.objects.create(
        unit=province, subject="Tặng Bằng khen", reason="…", place="Cao Lãnh", created_by=officer
    )


def test_a_step_changes_the_state_with_one_entry(decision, officer):
    after = TABLE.perform(decision, "cancel", actor=officer)

    entry = Entry.objects.get()
    assert after.state == State.CANCELLED
    assert after.version == decision.version + 1
    assert entry.words.changes == {"state": ["draft", "cancelled"]}
    assert (entry.verb, entry.words.label) == ("decision.cancel", "Give the draft up")


def test_a_step_is_refused_while_something_is_missing(decision, officer):
    Decision.objects.filter(pk=decision.pk).update(place="")

    with pytest.raises(Blocked) as refused:
        TABLE.perform(decision, "cancel", actor=officer)

    assert [str(f) for f in refused.value.findings] == ["Name the place."]
    assert not Entry.objects.exists()


def test_a_step_out_of_order_is_refused(decision, officer):
    with pytest.raises(NotNow):
        TABLE.perform(decision, "reopen", actor=officer, note="x")


def test_a_step_without_the_permission_is_refused(decision, staff):
    with pytest.raises(PermissionDenied):
        TABLE.perform(decision, "cancel", actor=staff)


def test_a_step_back_needs_a_reason(decision, officer):
    TABLE.perform(decision, "cancel", actor=officer)

    with pytest.raises(Blocked):
        TABLE.perform(decision, "reopen", actor=officer, note="  ")


def test_a_stale_page_is_refused_with_the_name_of_the_colleague(decision, officer, section_head):
    seen = decision.version
    TABLE.perform(decision, "date", actor=section_head, signed_on="2025-12-20")

    with pytest.raises(NotNow, match=str(section_head)):
        TABLE.perform(decision, "cancel", actor=officer, version=seen)


def test_data_reaches_the_effect(decision, officer):
    after = TABLE.perform(decision, "date", actor=officer, signed_on="2025-12-20")

    assert str(Decision.objects.get(pk=after.pk).signed_on) == "2025-12-20"


def test_offers_show_the_reasons_of_a_greyed_button(decision, officer):
    decision.place = ""

    [offer] = TABLE.offers(decision, officer)

    assert not offer.ready
    assert [str(f) for f in offer.findings] == ["Name the place.", "Look at the subject once more."]


def test_a_warning_does_not_grey_a_button(decision, officer):
    [offer] = TABLE.offers(decision, officer)

    assert offer.ready


def test_a_private_line_is_not_read_by_others(decision, officer, leader):
    TABLE.perform(decision, "cancel", actor=officer)
    TABLE.perform(decision, "reopen", actor=officer, note="nhầm")

    assert [e.verb for e in Entry.objects.about(decision, officer)] == [
        "decision.reopen",
        "decision.cancel",
    ]
    assert [e.verb for e in Entry.objects.about(decision, leader)] == ["decision.cancel"]
