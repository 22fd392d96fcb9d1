"""Score sheets: what is missing before each step, and what may still be written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks
from core.clock import clock
from core.findings import Finding, Weight
from core.ui.components.marks import day as in_words
from core.workdays import count
from criteria.models import Criterion
from criteria.rules import sets
from criteria.rules.scoring import State as Answered
from criteria.rules.totals import Item, Role, criteria_of

State = ScoreSheet.State
MOST_NAMED = 8  # criteria that a sentence names


def groups_of(sheet: ScoreSheet) -> tuple[Item, ...]:
    """The groups of the sheet's set, in one query."""
    return sets.items(Criterion.objects.filter(criteria_set=sheet.criteria_set_id))


def open_remarks(sheet: ScoreSheet, kind: str = SheetRemark.Kind.RETURNED) -> list[SheetRemark]:
    rows = sheet.remarks.filter(closed_at=None, kind=kind).select_related("criterion", "by")
    return list(rows)


def may_write(sheet: ScoreSheet, criterion: Any, returned: Iterable[Any]) -> bool:
    """Whether the unit may still answer a criterion; `returned`: keys of those sent back."""
    if sheet.state == State.OPEN:
        return True
    return criterion in set(returned) and sheet.state != State.PUBLISHED


def stage_open_to(sheet: ScoreSheet, user: Any) -> str:
    """The stage at which somebody may give points now; an empty text when there is none."""
    if sheet.state in {State.SCORED, State.PEERS} and user.can(Perm.SHEET_VERIFY, sheet):
        return Stage.VERIFIED
    to_appraise = {State.VERIFIED, State.OBJECTED}
    if sheet.verifier_id is None:
        to_appraise |= {State.SCORED, State.PEERS}
    if sheet.state in to_appraise and user.can(Perm.SHEET_APPRAISE, sheet):
        return Stage.APPRAISED
    return ""


def missing_to_send(sheet: ScoreSheet) -> Iterable[Finding]:
    """What a unit must still answer; bonus and penalties may stay open, with a word on it."""
    groups = groups_of(sheet)
    held = marks.standings(groups, sheet.entries.filter(stage=Stage.OWN))
    page = reverse("campaigns:sheet", args=[sheet.pk])
    base: list[Item] = []
    beside: list[Item] = []
    bare: list[Item] = []
    used = set(sheet.evidence_uses.values_list("criterion", flat=True))
    asked = set(_asked_for_evidence(sheet).values_list("pk", flat=True))
    for item in criteria_of(groups):
        mark = held[item.key].own
        if mark.state is Answered.MISSING:
            (base if item.role is Role.BASE else beside).append(item)
        elif item.key in asked and item.key not in used and mark.points > 0:
            bare.append(item)
    yield from _named(base, _no_answer, f"{page}?show=open", Weight.BLOCK)
    yield from _named(beside, _no_bonus, f"{page}?show=open", Weight.WARN)
    yield from _named(bare, _no_evidence, f"{page}?show=bare", Weight.WARN)


def _asked_for_evidence(sheet: ScoreSheet) -> QuerySet:
    rows = Criterion.objects.filter(criteria_set=sheet.criteria_set_id)
    return rows.exclude(evidence="")


def _named(items: list[Item], say: Any, href: str, weight: Weight) -> Iterable[Finding]:
    if items:
        codes = ", ".join(item.code for item in items[:MOST_NAMED])
        more = "…" if len(items) > MOST_NAMED else ""
        text = say(len(items)) % {"number": len(items), "codes": f"{codes}{more}"}
        yield Finding(text, weight=weight, href=href)


def _no_answer(number: int) -> str:
    return ngettext(
        "%(number)s criterion has no answer: %(codes)s.",
        "%(number)s criteria have no answer: %(codes)s.",
        number,
    )


def _no_bonus(number: int) -> str:
    return ngettext(
        "%(number)s bonus or penalty is not answered and counts as none: %(codes)s.",
        "%(number)s bonuses or penalties are not answered and count as none: %(codes)s.",
        number,
    )


def _no_evidence(number: int) -> str:
    return ngettext(
        "%(number)s criterion with points has no evidence: %(codes)s.",
        "%(number)s criteria with points have no evidence: %(codes)s.",
        number,
    )


def waiting_for_unit(sheet: ScoreSheet) -> Iterable[Finding]:
    """Criteria that were sent back alone and are not mended yet."""
    codes = ", ".join(remark.criterion.code for remark in open_remarks(sheet))
    if codes:
        text = _("Criteria sent back to the unit are not mended yet: %(codes)s.")
        yield Finding(text % {"codes": codes})


def not_looked_at(
    groups: Iterable[Item], held: Mapping[Any, marks.Standing], stage: str
) -> list[Item]:
    """The criteria on which nobody said anything at a stage, so that the points stand silently.

    Information has no points, and of a bonus or penalty without an answer there is nothing to see.
    """
    return [
        item
        for group in groups
        for item in group.criteria()
        if item.rule
        and item.rule.kind != "information"
        and stage not in held[item.key].looked
        and (item.role is Role.BASE or held[item.key].own.state is not Answered.MISSING)
    ]


def silent(sheet: ScoreSheet, stage: str) -> Iterable[Finding]:
    """A word before a stage is concluded on what its judge never looked at; it blocks nothing."""
    groups = groups_of(sheet)
    held = marks.standings(groups, sheet.entries.filter(stage__in=[Stage.OWN, *marks.OVER]))
    items = not_looked_at(groups, held, stage)
    yield from _named(items, _unseen, f"{sheet.judging_url}?show=new", Weight.WARN)


def _unseen(number: int) -> str:
    return ngettext(
        "%(number)s criterion was not looked at, so its points stand as they are: %(codes)s.",
        "%(number)s criteria were not looked at, so their points stand as they are: %(codes)s.",
        number,
    )


def own_sheet(sheet: ScoreSheet, actor: Any) -> Iterable[Finding]:
    """Nobody judges the sheet of the unit where they work (R25)."""
    if actor.works_in(sheet.unit):
        yield Finding(_("You belong to the unit of this sheet; somebody else judges it."))


def last_day_to_object(sheet: ScoreSheet) -> date | None:
    """The last day of the objection; None before the appraisal, or where none is taken."""
    if not sheet.appraised_at or not sheet.block.objection_days:
        return None
    day = sheet.appraised_at.astimezone(clock.ZONE).date()
    return count.due(day, sheet.block.objection_days)


def missing_to_object(sheet: ScoreSheet) -> Iterable[Finding]:
    """Why a unit may not object: the block takes none, it did already, or the days are over."""
    last = last_day_to_object(sheet)
    if sheet.objected_at:
        yield Finding(_("The unit has objected already; it may do so once."))
    elif last is None:
        yield Finding(_("This block takes no objections."))
    elif clock.today() > last:
        yield Finding(_("The last day to object was %(day)s.") % {"day": in_words(last)})


def missing_to_publish(sheet: ScoreSheet) -> Iterable[Finding]:
    """A sheet is published once the unit can no longer object."""
    last = last_day_to_object(sheet)
    if last and not sheet.objected_at and clock.today() <= last:
        text = _("%(unit)s may object until %(day)s.")
        yield Finding(text % {"unit": sheet.unit_name, "day": in_words(last)})


def last_year(sheet: ScoreSheet) -> dict[str, Any]:
    """{number of the criterion: points} of the unit's sheet a year ago, as they stood at the end."""
    before = (
        ScoreSheet.objects.filter(unit=sheet.unit_id, block__year=sheet.block.year - 1)
        .exclude(state=State.OPEN)
        .first()
    )
    if before is None:
        return {}
    groups = groups_of(before)
    held = marks.standings(groups, before.entries.exclude(stage=Stage.PEER))
    codes = {item.key: item.code for item in criteria_of(groups)}
    return {codes[key]: one.final for key, one in held.items()}
