"""The life of a unit's list of aims: written, sent, approved or refused with a reason."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns.models import AimList
from campaigns.rules import aims as rules
from core.clock import clock
from core.workflow import Transition, Workflow

State = AimList.State


def missing_to_send(row: AimList, actor: Any) -> Any:
    return rules.missing_to_send(row, clock.now())


def is_here(row: AimList) -> bool:
    """What went upward is not decided again here."""
    return row.roll_up_id is None


def stamp(row: AimList, *, actor: Any) -> None:
    row.sent_at, row.sent_by = clock.now(), actor
    row.first_sent_at = row.first_sent_at or row.sent_at
    row.receiver = rules.receiver_of(row.call, row.unit, clock.today())


def _tell(row: AimList, text: str) -> None:
    people = people_who(perm=Perm.AIM_WRITE, obj=row)
    notify(users=people, text=text % {"call": row.call}, address=row.get_absolute_url())


def tell_refused(row: AimList, *, actor: Any) -> None:
    _tell(row, _("The list of titles for %(call)s was refused: read why, mend it, send it again."))


def tell_approved(row: AimList, *, actor: Any) -> None:
    _tell(row, _("The list of titles for %(call)s is approved."))


AIM_LIST = Workflow(
    Transition(
        name="send",
        label=gettext_lazy("Send the list"),
        sources=frozenset({State.DRAFT, State.REFUSED}),
        target=State.SENT,
        perm=Perm.AIM_SEND,
        blockers=missing_to_send,
        effect=stamp,
    ),
    Transition(
        name="approve",
        label=gettext_lazy("Approve the list"),
        sources=frozenset({State.SENT}),
        target=State.APPROVED,
        perm=Perm.AIM_COLLECT,
        after=tell_approved,
    ),
    Transition(
        name="refuse",
        label=gettext_lazy("Refuse the list"),
        sources=frozenset({State.SENT, State.APPROVED}),
        target=State.REFUSED,
        perm=Perm.AIM_COLLECT,
        applies=is_here,
        needs_note=True,
        tone="second",
        after=tell_refused,
    ),
)
