"""How far a result is from its target, in the target's own direction."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Target
from core.findings import Finding

Compare = Target.Compare
UPWARDS = {Compare.AT_LEAST, Compare.MORE_THAN}
SHARES = ("%", "tỷ lệ", "tỉ lệ", "index", "chỉ số", "điểm")


@dataclass(frozen=True)
class Progress:
    """`met` is None where nobody can say (no figure, or words); `share` are whole per cent of the
    way, None where a share means nothing (ranks, upper limits, words)."""

    met: bool | None
    share: int | None
    words: str


def progress(target: Target, value: Decimal | None, text: str = "") -> Progress:
    """A figure against its target. A missing figure is missing, never nought."""
    if target.compare == Compare.TEXT:
        return Progress(None, None, text or _("no figure yet"))
    if value is None:
        return Progress(None, None, _("no figure yet"))
    if target.compare == Compare.YES_NO:
        done = bool(value)
        return Progress(done, None, _("done") if done else _("not done yet"))
    met = is_met(target, value)
    if target.compare == Compare.RANK:
        return Progress(met, None, _("reached") if met else _places(value, target.value))
    words = _("reached") if met else _gap(value, target.value)
    return Progress(met, _share(target, value), words)


def is_met(target: Target, value: Decimal) -> bool:
    """Whether a number reaches the number of the target."""
    goal = target.value
    if goal is None:
        raise ValueError(f"target {target.code} has no number")
    return {
        Compare.AT_LEAST: value >= goal,
        Compare.MORE_THAN: value > goal,
        Compare.AT_MOST: value <= goal,
        Compare.LESS_THAN: value < goal,
        Compare.EQUAL: value == goal,
        Compare.RANK: value <= goal,
    }[Compare(target.compare)]


def _share(target, value):
    upwards = target.compare in UPWARDS or target.compare == Compare.EQUAL
    if not upwards or not target.value or target.value < 0 or value < 0:
        return None
    if target.compare == Compare.EQUAL and value > target.value:
        return None
    return min(100, int(100 * value / target.value))


def _gap(value, goal):
    more = _("%(number)s short") if value < goal else _("%(number)s too much")
    if value == goal:
        return _("must be exceeded or undercut")
    return more % {"number": said(abs(goal - value))}


def _places(value, goal):
    return _("%(number)s places behind") % {"number": said(value - goal)}


def said(value: Decimal | None) -> str:
    """A number as a Vietnamese reader writes it, without the zeros of the database."""
    if value is None:
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _point, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return sign + grouped + (f",{rest}" if rest else "")


def may_be_added(target: Target) -> bool:
    """Whether figures of units add up to one of the province: things that are counted do; shares,
    indexes, ranks, yes or no, and words do not, and are never averaged either."""
    if target.compare in {Compare.RANK, Compare.YES_NO, Compare.TEXT}:
        return False
    measure = target.unit_of_measure.strip().lower()
    return bool(measure) and not measure.startswith(SHARES)


def missing_to_enter(campaign: Campaign) -> Iterable[Finding]:
    """Why results cannot be entered."""
    if campaign.state != Campaign.State.OPEN:
        yield Finding(_("Results are entered while the campaign is running."))


def wrong_with(target: Target, value: Any) -> Iterable[Finding]:
    """What cannot be a figure of this target."""
    if target.compare == Compare.RANK and (value < 1 or value != int(value)):
        yield Finding(_("A rank is a whole number from 1."))
    if target.unit_of_measure.startswith("%") and not -1000 <= value <= 1000:
        yield Finding(_("This is a percentage; such a figure cannot be."))
