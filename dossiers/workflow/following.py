"""A decision and its dossiers move together: what follows for nominees when it is issued or not.

The decision's table does not know dossiers; it calls what follows its steps, inside its own
transaction (awards.workflow.follow).
"""

from collections.abc import Iterable
from typing import Any

from awards import workflow as awards_workflow
from awards.models import Decision
from campaigns import services as campaign_services
from dossiers.models import Dossier, Nomination
from dossiers.workflow.table import DOSSIER

Result = Nomination.Result
ONWARD = ("propose", "award", "settle", "leave_out")


@awards_workflow.follow("issue")
def award_nominees(decision: Decision, *, actor: Any) -> None:
    """The nominees of an issued decision are awarded, and so are dossiers that wait for no more."""
    dossiers, nominations = _held(decision)
    for nomination in nominations:
        nomination.result = Result.AWARDED
        nomination.version += 1
        nomination.save()
    move_on(dossiers, actor=actor)


@awards_workflow.follow("cancel")
def take_nominees_back(decision: Decision, *, actor: Any) -> None:
    """The nominees of a draft that is given up wait again; their places are free again."""
    dossiers, nominations = _held(decision)
    for nomination in nominations:
        campaign_services.give_back_place(
            award_round=nomination.round,
            award_type=nomination.award_type,
            kind=nomination.kind,
            unit=nomination.dossier.unit,
        )
        nomination.award, nomination.result = None, Result.PASSED
        nomination.version += 1
        nomination.save()
    for dossier in dossiers:
        if DOSSIER.transitions["take_back"].starts_from(dossier):
            DOSSIER.perform(dossier, "take_back", actor=actor, note=str(decision))


def move_on(dossiers: Iterable[Dossier], *, actor: Any) -> None:
    """Take the step that the results of the nominees ask for, if they ask for one."""
    for dossier in sorted(dossiers, key=lambda dossier: dossier.pk):
        for name in ONWARD:
            step = DOSSIER.transitions[name]
            if step.starts_from(dossier) and actor.can(step.perm, dossier):
                DOSSIER.perform(dossier, name, actor=actor)
                break


def _held(decision):
    """Dossiers and nominees of a decision; all rows are locked before the first moves."""
    rows = Nomination.objects.filter(award__decision=decision)
    dossiers = Dossier.objects.select_for_update(of=("self",)).order_by("pk")
    held = list(dossiers.filter(pk__in=rows.values("dossier")))
    nominations = rows.select_related("round", "award_type").order_by("kind", "pk")
    return held, list(nominations)
