"""Appraisal: what must be said of each nominee, by whom, within how many days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import people_who
from awards import rules as award_rules
from awards.models import NomineeKind
from core.findings import Finding, Weight
from core.text import fold
from core.workdays import count
from criteria.rules import law
from dossiers.models import Dossier, Nomination, Verdict
from dossiers.rules import conditions, contents, submission


@dataclass(frozen=True)
class Opinion:
    """What the sheet says of one nominee; `version` is that of the verdict it rests on, 0 where
    there was none."""

    opinion: str
    remark: str = ""
    version: int = 0


def days_to_appraise(dossier: Dossier, day: date) -> int | None:
    """Working days for the appraisal: the plan's for the round, else the province's."""
    code = dossier.round.award_type.code
    return dossier.round.appraisal_days or _days(f"appraisal_days.{code}", day)


def mend_by(day: date) -> date | None:
    """Until when a unit mends what is returned to it today; None if no number is in force."""
    days = _days("mend_days", day)
    return count.due(day, days) if days else None


def has_steward(dossier: Dossier) -> bool:
    """Whether its way leads over a standing agency first."""
    return dossier.campaign.steward_id is not None


def first_to_the_steward(dossier: Dossier) -> bool:
    """Whether the standing agency has it before Home Affairs.

    What Home Affairs has begun to appraise comes back to it alone: only who asked looks again
    (product D1).
    """
    return has_steward(dossier) and dossier.appraisal_from is None


def ready_to_open(dossier: Dossier) -> bool:
    """Whether Home Affairs may take it up: listed by the agency, or sent past it."""
    return dossier.state != Dossier.State.SUBMITTED or not first_to_the_steward(dossier)


def somebody_stands(dossier: Dossier) -> bool:
    """Whether the officer lets at least one nominee go on."""
    return dossier.nominations.filter(verdict__opinion=Verdict.Opinion.OK).exists()


def nobody_stands(dossier: Dossier) -> bool:
    return not somebody_stands(dossier)


def own_unit(dossier: Dossier, actor: Any, weight: Weight = Weight.BLOCK) -> Iterator[Finding]:
    """R25: nobody judges a dossier of the unit to which they belong while somebody else can.

    Home Affairs appraises its own dossiers too, and all its officers belong to it: there the
    rule warns only (domain 2, R25: "WARN/BLOCK by setting"), but who wrote the dossier, sent
    it or is nominated in it stands aside in any case.
    """
    if not actor.works_in(dossier.unit):
        return
    if had_a_hand_in(dossier, actor):
        text = _("You wrote or sent this dossier or are nominated in it: somebody else judges it.")
        yield Finding(text, rule="R25")
    else:
        weight = weight if others_can_appraise(dossier) else Weight.WARN
        yield Finding(
            _("You belong to %(unit)s, which proposes this dossier: somebody else appraises it.")
            % {"unit": dossier.unit_name},
            weight,
            rule="R25",
        )


def had_a_hand_in(dossier: Dossier, actor: Any) -> bool:
    """Whether they wrote or sent the dossier, or a nominee of their unit bears their name."""
    if actor.pk in (dossier.created_by_id, dossier.submitted_by_id):
        return True
    name = fold(str(actor))
    nominees = dossier.nominations.filter(kind=NomineeKind.INDIVIDUAL)
    return any(fold(nominee) == name for nominee in nominees.values_list("name", flat=True))


def others_can_appraise(dossier: Dossier) -> bool:
    """Whether an officer from outside the proposing unit may appraise the dossier."""
    officers = people_who(perm=Perm.DOSSIER_APPRAISE, obj=dossier)
    return any(not officer.works_in(dossier.unit) for officer in officers)


def missing_to_appraise(dossier: Dossier, actor: Any) -> Iterator[Finding]:
    """What the officer still owes before the appraisal is concluded."""
    yield from own_unit(dossier, actor)
    nominations = contents.rows_of(dossier).nominations
    if not nominations:
        yield Finding(_("There is no nominee to appraise."))
    for nomination in nominations:
        verdict = getattr(nomination, "verdict", None)
        part = f"nominee:{nomination.pk}"
        if verdict is None:
            text = _("Say whether %(name)s meets the conditions.")
            yield Finding(text % {"name": nomination.titled}, part=part)
        elif nomination.under_review and verdict.opinion == "ok" and not verdict.remark:
            text = _("%(name)s is under discipline, inspection or complaint: say what lifts it.")
            yield Finding(text % {"name": nomination.titled}, rule="R14", part=part)
    yield from conditions.refused_by(dossier, [row for row in nominations if _let_through(row)])


def _let_through(nomination):
    verdict = getattr(nomination, "verdict", None)
    return verdict is not None and verdict.opinion == Verdict.Opinion.OK


def missing_to_confirm(dossier: Dossier, actor: Any) -> Iterator[Finding]:
    """Four eyes: whoever appraised does not confirm (domain 6.3, 6)."""
    if dossier.appraised_by_id == actor.pk:
        yield Finding(_("You appraised this dossier; somebody else confirms it."), rule="R25")
    yield from own_unit(dossier, actor, Weight.WARN)


def look_again(dossier: Dossier, past: conditions.Past | None = None) -> Iterator[Finding]:
    """Everything the rules say of a dossier that was sent; `part` says of whom or what.

    `past` is what `past_awards_of` says of its nominees, for a page that has asked already.
    """
    rows = contents.rows_of(dossier)
    past = conditions.past_awards_of(rows.nominations) if past is None else past
    yield from submission.judge(dossier, *rows, past)
    for nomination in rows.nominations:
        yield from awarded_before(nomination, dossier, past[nomination.pk])


def awarded_before(
    nomination: Nomination, dossier: Dossier, past: award_rules.PastAwards
) -> Iterator[Finding]:
    """R04: one achievement is rewarded once; what the register holds beside this round."""
    found = award_rules.already_awarded(
        reason=dossier.round.name,
        achieved_from=dossier.round.achieved_from,
        achieved_to=dossier.round.achieved_to,
        past=past,
    )
    for finding in found:
        yield replace(finding, part=f"nominee:{nomination.pk}")


def _days(key: str, day: date) -> int | None:
    row = law.in_force(day).get(key)
    return int(row.value) if row else None
