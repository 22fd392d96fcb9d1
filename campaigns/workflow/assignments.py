"""Where a task stands: the unit moves it, and the agency may settle it or give it back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from campaigns.models import Assignment
from core.clock import clock
from core.workflow import Transition, Workflow

State = Assignment.State


def stamp(row: Assignment, *, actor: Any) -> None:
    row.moved_at = clock.now()


def _step(name, label, sources, target, perm=Perm.REPORT_WRITE, **more):
    return Transition(
        name=name,
        label=label,
        sources=frozenset(sources),
        target=target,
        perm=perm,
        effect=stamp,
        **more,
    )


ASSIGNMENT = Workflow(
    _step("begin", _("Begin"), {State.TODO, State.STUCK}, State.DOING),
    _step(
        "finish",
        _("Say it is done, with the result"),
        {State.TODO, State.DOING, State.STUCK},
        State.DONE,
        needs_note=True,
        tone="second",
    ),
    _step(
        "hold",
        _("Say what holds it up"),
        {State.TODO, State.DOING},
        State.STUCK,
        needs_note=True,
        tone="second",
    ),
    _step(
        "settle",
        _("Note that it is done"),
        {State.TODO, State.DOING, State.STUCK},
        State.DONE,
        Perm.REPORT_COLLECT,
        needs_note=True,
        tone="second",
    ),
    _step(
        "give_back",
        _("Not done yet: give it back"),
        {State.DONE},
        State.DOING,
        Perm.REPORT_COLLECT,
        needs_note=True,
        tone="second",
    ),
)
