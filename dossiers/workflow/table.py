"""The life of a dossier as a table; the order is the order of events.

Effects stand beside it, by who acts: `sending` for the unit.
"""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.workflow import Transition, Workflow
from dossiers.models import Dossier
from dossiers.workflow import sending

State = Dossier.State

DOSSIER = Workflow(
    Transition(
        name="to_head",
        label=_("Hand to the head of the unit"),
        sources=frozenset({State.DRAFT, State.RETURNED}),
        target=State.UNIT_REVIEW,
        perm=Perm.DOSSIER_WRITE,
        blockers=sending.missing,
        effect=sending.hand_over,
        after=sending.tell_the_head,
    ),
    Transition(
        name="back_to_staff",
        label=_("Give back to the staff"),
        sources=frozenset({State.UNIT_REVIEW}),
        target=State.DRAFT,
        perm=Perm.DOSSIER_SUBMIT,
        needs_note=True,
        tone="second",
        applies=sending.never_sent,
        effect=sending.hand_over,
        after=sending.tell_the_staff,
    ),
    Transition(
        name="back_to_mend",
        label=_("Give back to the staff"),
        sources=frozenset({State.UNIT_REVIEW}),
        target=State.RETURNED,
        perm=Perm.DOSSIER_SUBMIT,
        needs_note=True,
        tone="second",
        applies=sending.was_sent,
        effect=sending.hand_over,
        after=sending.tell_the_staff,
    ),
    Transition(
        name="submit",
        label=_("Send the dossier"),
        sources=frozenset({State.UNIT_REVIEW}),
        target=State.SUBMITTED,
        perm=Perm.DOSSIER_SUBMIT,
        blockers=sending.missing,
        effect=sending.send,
        after=sending.keep_what_was_sent,
    ),
    Transition(
        name="withdraw",
        label=_("Withdraw the dossier"),
        sources=frozenset(
            {State.DRAFT, State.UNIT_REVIEW, State.SUBMITTED, State.AGGREGATED, State.RETURNED}
        ),
        target=State.WITHDRAWN,
        perm=Perm.DOSSIER_SUBMIT,
        needs_note=True,
        tone="plain",
        effect=sending.withdraw,
        after=sending.tell_of_withdrawal,
    ),
)
