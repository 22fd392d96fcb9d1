"""A decision and its dossiers move together: what follows for nominees when it is issued or not.

The decision's table does not know dossiers; it calls what follows its steps, inside its own
transaction (awards.workflow.follow).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import notify
from awards import workflow as awards_workflow
from awards.models import Award, Decision
from campaigns import services as campaign_services
from core.findings import Finding
from dossiers.models import Dossier, Nomination, Sitting
from dossiers.workflow.appraising import unit_people
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


@awards_workflow.follow("revoke")
def tell_the_unit(award: Award, *, actor: Any) -> None:
    """Who prepared and sent the dossier hears that its nominee's award is revoked."""
    nominee = Nomination.objects.select_related("dossier").filter(award=award).first()
    if nominee is None:
        return
    text = _("%(dossier)s: the award of %(name)s is revoked by decision %(number)s of %(day)s.")
    dossier = nominee.dossier
    words = {"number": award.revoked_by, "day": f"{award.revoked_on:%d/%m/%Y}"}
    said = text % (words | {"dossier": dossier, "name": award.name})
    notify(users=unit_people(dossier), text=said, address=dossier.get_absolute_url())


@awards_workflow.also_ask
def voted_before_signing(decision: Decision) -> Iterator[Finding]:
    """The council votes, then the decision is signed: never the other way round."""
    sittings = Sitting.objects.filter(results__nomination__award__decision=decision)
    last = sittings.order_by("-held_on").first() if decision.signed_on else None
    if last and decision.signed_on < last.held_on:
        text = _(
            "Signed on %(day)s, but the council voted on its nominees only on %(voted)s; "
            "enter the day on which it was signed."
        )
        words = {"day": f"{decision.signed_on:%d/%m/%Y}", "voted": f"{last.held_on:%d/%m/%Y}"}
        form = reverse("awards:decision_signing", args=[decision.pk])
        yield Finding(text % words, href=form, part="signed_on")


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
