"""The life of a mail: proposed, seen by an officer, sent by a job. No step has a button of its
own: officers act on many mails at once (services), the job on one after another."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from campaigns.models import Reminder
from core.clock import clock
from core.workflow import Transition, Workflow

State = Reminder.State


def decide(row: Reminder, *, actor: Any, **data: Any) -> None:
    row.decided_at, row.decided_by = clock.now(), actor
    row.error = ""


def begin(row: Reminder, *, actor: Any, job: Any) -> None:
    row.job = job


def note_sent(row: Reminder, *, actor: Any) -> None:
    row.sent_at, row.error = clock.now(), ""


def note_error(row: Reminder, *, actor: Any, error: str) -> None:
    row.error = error[:300]


def _step(name: str, label: Any, source: set[str], target: str, effect: Any = decide) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset(source),
        target=target,
        perm=Perm.REMINDER_SEND,
        button=False,
        effect=effect,
    )


REMINDER = Workflow(
    _step("take_out", _("Take it out"), {State.PROPOSED}, State.OUT),
    _step("put_back", _("Put back"), {State.OUT}, State.PROPOSED),
    _step("confirm", _("Send"), {State.PROPOSED}, State.WAITING),
    _step("tell", _("Tell in the portal"), {State.PROPOSED}, State.PORTAL),
    _step("stop", _("Stop"), {State.PROPOSED, State.WAITING}, State.STOPPED),
    _step("again", _("Send again"), {State.FAILED}, State.WAITING),
    _step("begin", _("Begin to send"), {State.WAITING}, State.SENDING, begin),
    _step("done", _("Sent"), {State.SENDING}, State.SENT, note_sent),
    _step("fail", _("Could not be sent"), {State.SENDING}, State.FAILED, note_error),
    _step("drop", _("No longer owed"), {State.WAITING}, State.STOPPED, note_error),
)
