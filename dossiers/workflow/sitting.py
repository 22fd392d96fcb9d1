"""The life of a sitting's result: recorded, and withdrawn if it was recorded wrongly.

It is recorded by `services.council`. Withdrawn, its counts and their reasons stand in the history, and its nominees
wait for the council again, so that the right count is recorded anew.
"""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.audit import log
from core.findings import Finding
from core.workflow import Blocked, Transition, Workflow
from dossiers.models import Dossier, Nomination, Sitting
from dossiers.rules import council, duplicates
from dossiers.workflow.table import DOSSIER

State, Result = Sitting.State, Nomination.Result
BACK = ("vote_again", "vote_after_all")


def still_open(sitting: Sitting, actor: Any) -> Iterator[Finding]:
    return council.decided_since(sitting, actor)


def take_back(sitting: Sitting, *, actor: Any) -> None:
    """Nominees wait for the council again, and their dossiers with them."""
    results = list(sitting.results.select_related("nomination__award_type"))
    nominations = [result.nomination for result in results]
    pks = {nomination.dossier_id for nomination in nominations}
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    dossiers = {dossier.pk: dossier for dossier in rows}
    if refused := list(council.decided_since(sitting, actor)):  # again, now that nothing moves
        raise Blocked(refused)
    _keep_in_history(sitting, results, actor)
    sitting.results.all().delete()
    for nomination in nominations:
        _wait_again(nomination, dossiers[nomination.dossier_id])
    for dossier in dossiers.values():
        for name in BACK:
            if DOSSIER.transitions[name].starts_from(dossier):
                DOSSIER.perform(dossier, name, actor=actor, note=str(sitting))


def _wait_again(nomination, dossier):
    nomination.result, nomination.result_reason = Result.OK, ""
    nomination.stands = True
    nomination.version += 1
    try:
        with transaction.atomic():
            nomination.save()
    except IntegrityError:  # proposed again by somebody else after the council had said no
        taken = list(duplicates.elsewhere(dossier, [nomination]))
        raise Blocked(taken or [Finding(_("A nominee stands in this round already."))]) from None


def _keep_in_history(sitting, results, actor):
    log.record(
        actor=actor,
        verb="sitting.counts",
        label=_("Counts that were withdrawn"),
        target=sitting,
        unit=sitting.unit,
        note="\n".join(_counts(result) for result in results),
    )


def _counts(result):
    words = {
        "name": result.nomination.titled,
        "for": result.votes_for,
        "against": result.votes_against,
        "blank": result.votes_blank,
        "recused": result.recused,
    }
    text = _("%(name)s: for %(for)d, against %(against)d, blank %(blank)d, aside %(recused)d")
    said = text % words
    why = result.nomination.result_reason  # the row loses it
    return f"{said}; {result.nomination.get_result_display()}: {why}" if why else said


SITTING = Workflow(
    Transition(
        name="withdraw",
        label=gettext_lazy("Withdraw the recorded result"),
        sources=frozenset({State.RECORDED}),
        target=State.WITHDRAWN,
        perm=Perm.COUNCIL_RECORD,
        needs_note=True,
        tone="second",
        blockers=still_open,
        effect=take_back,
    ),
)
