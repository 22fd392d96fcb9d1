"""Acts of the standing agency and Home Affairs: list in bulk, return, judge each nominee."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.audit import log
from core.clock import clock
from core.findings import Finding, blocking
from core.workflow import Blocked, NotNow, act
from dossiers.models import Dossier, Nomination, Verdict
from dossiers.rules import appraisal, parts
from dossiers.rules.appraisal import Opinion
from dossiers.workflow import DOSSIER


@dataclass
class Sorted:
    """Dossiers that can take a step, and those that cannot, each with the sentence why."""

    ready: list[Dossier] = field(default_factory=list)
    refused: list[tuple[Dossier, str]] = field(default_factory=list)


def who_goes(*, dossiers: Iterable[Dossier], step: str, actor: Any) -> Sorted:
    """What a bulk act would do, without doing it."""
    found = Sorted()
    transition = DOSSIER.transitions[step]
    for dossier in dossiers:
        if not transition.starts_from(dossier):
            found.refused.append((dossier, _("now “%s”") % dossier.get_state_display()))
        elif missing := blocking(transition.blockers(dossier, actor)):
            found.refused.append((dossier, " ".join(map(str, missing))))
        else:
            found.ready.append(dossier)
    return found


@act
def take_step(*, dossiers: Iterable[Dossier], step: str, actor: Any) -> Sorted:
    """One step on many dossiers in one transaction; who cannot go any more stays, with why."""
    pks = [dossier.pk for dossier in dossiers]
    held = list(Dossier.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    done = Sorted()
    for dossier in held:
        try:
            done.ready.append(DOSSIER.perform(dossier, step, actor=actor))
        except (NotNow, Blocked) as refusal:
            done.refused.append((dossier, str(refusal)))
    return done


def step_of_return(dossier: Dossier, actor: Any) -> str:
    """Which return this person may press on this dossier now; "" for none."""
    for name in ("return", "return_by_agency"):
        step = DOSSIER.transitions[name]
        if step.starts_from(dossier) and actor.can(step.perm, dossier):
            return name
    return ""


@act
def return_to_unit(
    *,
    dossier: Dossier,
    note: str,
    defects: Iterable[tuple[str, str]],
    actor: Any,
    version: int | None = None,
) -> Dossier:
    """Send it back with its defects: (key of a part, what must be mended)."""
    defects = list(defects)
    known = parts.part_names(dossier)
    if unknown := [part for part, _text in defects if part not in known]:
        raise Blocked([Finding(_("There is no such part: %s.") % ", ".join(unknown))])
    name = step_of_return(dossier, actor) or "return"
    return DOSSIER.perform(dossier, name, actor=actor, note=note, version=version, defects=defects)


@act
def save_verdicts(
    *, dossier: Dossier, opinions: dict[int, Opinion], actor: Any, conclude: bool = False
) -> Dossier:
    """Keep what the officer says of each nominee ({id of the nominee: opinion}).

    With `conclude` the appraisal is closed in the same transaction, or nothing is kept. A
    verdict that a colleague changed meanwhile is not written over.
    """
    held = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if not actor.can(Perm.DOSSIER_APPRAISE, held):
        raise PermissionDenied
    if held.state != Dossier.State.APPRAISING:
        state = held.get_state_display()
        raise NotNow(_("%(dossier)s is now “%(state)s”.") % {"dossier": held, "state": state})
    if missing := blocking(appraisal.own_unit(held, actor)):
        raise Blocked(missing)
    for nomination in held.nominations.select_related("verdict").filter(pk__in=opinions):
        _write_verdict(nomination, opinions[nomination.pk], actor)
    return DOSSIER.perform(held, "appraise", actor=actor) if conclude else held


def _write_verdict(nomination: Nomination, said: Opinion, actor: Any) -> None:
    verdict = getattr(nomination, "verdict", None) or Verdict(nomination=nomination)
    if said.version != verdict.version:
        raise NotNow(log.changed_meanwhile(verdict))
    if (verdict.opinion, verdict.remark) == (said.opinion, said.remark):
        return
    if said.opinion == Verdict.Opinion.DROP and not said.remark.strip():
        part = f"nominee:{nomination.pk}"
        raise Blocked([Finding(_("Write why the nominee is dropped."), part=part)])
    with log.editing(verdict, actor=actor, label=_("Say what is thought of the nominee")):
        verdict.opinion, verdict.remark = said.opinion, said.remark
        verdict.by, verdict.at = actor, clock.now()
        verdict.save()
