"""Whether a set of criteria is drawn up soundly, before anybody is scored by it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from core.findings import Finding, Weight
from criteria.rules.numbers import said, to_points
from criteria.rules.scoring import KINDS, ZERO, Band, Line, NotAssigned, Rule
from criteria.rules.totals import Item, Role

ON_ZERO = ("zero", "full", "exclude")
HAVE = ("lines", "bands", "target", "each", "floor", "step")


def faults_in(groups: tuple[Item, ...], stated_total: Decimal | None) -> list[Finding]:
    """All that must (BLOCK) or should (WARN) be mended; `part` is the code of the item."""
    found = [finding for group in groups for finding in _item(group)]
    found += _twice(groups)
    base = [group for group in groups if group.role is Role.BASE]
    points = sum((group.most or ZERO for group in base), ZERO)
    if stated_total is not None and points != stated_total:
        text = _("The groups add up to %(sum)s points; the set says %(stated)s.")
        found.append(Finding(text % {"sum": said(points), "stated": said(stated_total)}))
    if not any(True for group in groups for _item_below in group.criteria()):
        found.append(Finding(_("The set has no criteria yet.")))
    return found


def _item(item: Item) -> Iterator[Finding]:
    if item.rule:
        for text in _rule(item.rule):
            yield _finding(item, text)
        return
    if not item.members:
        yield _finding(item, _("The group is empty."))
    inside = sum((member.most or ZERO for member in item.members), ZERO)
    if item.most is not None and item.role is Role.BASE:
        words = {"inside": said(inside), "most": said(item.most)}
        if inside > item.most:
            text = _("What is inside adds up to %(inside)s points; the group has %(most)s at most.")
            yield _finding(item, text % words)
        elif inside < item.most:
            text = _("What is inside adds up to %(inside)s points of the group's %(most)s.")
            yield _finding(item, text % words, Weight.WARN)
    for member in item.members:
        yield from _item(member)


def _rule(rule: Rule) -> Iterator[str]:
    kind = KINDS.get(rule.kind)
    if kind is None:
        yield _("There is no way of scoring “%(kind)s”.") % {"kind": rule.kind}
        return
    names = {"lines": _("options"), "bands": _("bands"), "each": _("points each time")}
    for need in kind.needs:
        if not getattr(rule, need):
            yield _("This way of scoring needs %(what)s.") % {"what": names[need]}
    for name in HAVE:
        if getattr(rule, name) not in (None, ()) and name not in kind.needs + kind.may:
            yield _("“%(name)s” has no meaning for this way of scoring.") % {"name": name}
    yield from _amounts(rule)
    for line in rule.lines:
        yield from _worth(line, rule)
    yield from _bands(rule)
    yield from _sums(rule)


def _amounts(rule: Rule) -> Iterator[str]:
    takes_away = KINDS[rule.kind].takes_away
    if rule.most < 0:
        yield _("Most points cannot be less than 0.")
    if rule.kind == "information" and rule.most:
        yield _("A criterion for information only has no points.")
    if rule.kind != "information" and not takes_away and rule.most == 0:
        yield _("Say how many points can be had at most.")
    if takes_away and rule.most:
        yield _("What takes points off has no most points.")
    if rule.each is not None and rule.each <= 0:
        yield _("Write the points that are taken off as a number above 0.")
    if rule.floor is not None and rule.floor > 0:
        yield _("The floor is 0 or less, such as −10.")
    if rule.target is not None and not 0 < rule.target <= 100:
        yield _("The target is a percentage above 0 and up to 100.")
    if rule.on_zero not in ON_ZERO:
        yield _("When the denominator is 0: zero, full or exclude.")
    if rule.least > rule.most and rule.kind == "manual":
        yield _("The least points are more than the most points.")
    if rule.step is not None and (rule.step <= 0 or (rule.most - rule.least) % rule.step):
        yield _("The most points cannot be reached in steps of %(step)s.") % {
            "step": said(rule.step)
        }
    if rule.not_assigned and (takes_away or rule.most == 0):
        yield _("“Not assigned” has no meaning where no points can be had.")
    if rule.not_assigned not in tuple(NotAssigned):
        yield _("What is not assigned is full or exclude.")


def _worth(line: Line | Band, rule: Rule) -> Iterator[str]:
    if (line.points is None) == (line.share is None):
        yield _("Give each option and band either points or a share.")
        return
    if line.share is not None and not 0 <= line.share <= 1:
        yield _("A share is from 0 to 1.")
    if line.points is not None and not 0 <= line.points <= rule.most:
        text = _("%(points)s points are not between 0 and the most of %(most)s.")
        yield text % {"points": said(line.points), "most": said(rule.most)}


def _bands(rule: Rule) -> Iterator[str]:
    for band in rule.bands:
        yield from _worth(band, rule)
        if band.least < 0:
            yield _("A band begins at 0 or more.")
        if band.below is not None and band.below <= band.least:
            text = _("The band from %(least)s ends before it begins.")
            yield text % {"least": said(band.least)}
    ordered = sorted(rule.bands, key=lambda band: band.least)
    for lower, upper in pairwise(ordered):
        words = {"end": said(lower.below or ZERO), "start": said(upper.least)}
        if lower.least == upper.least:
            yield _("Two bands begin at %(start)s.") % words
        elif lower.below is not None and lower.below > upper.least:
            yield _("The bands overlap between %(start)s and %(end)s.") % words
        elif lower.below is not None and lower.below < upper.least:
            yield _("Between %(end)s and %(start)s there is no band.") % words
    highest = ordered[-1] if ordered else None
    if highest and highest.below is not None:
        reaches = rule.kind == "percent_bands" and highest.below > 100
        if not reaches:
            yield _("From %(end)s on there is no band.") % {"end": said(highest.below)}


def _sums(rule: Rule) -> Iterator[str]:
    if rule.kind == "parts":
        points = sum((line.worth(rule.most) for line in rule.lines), Fraction(0))
        if points > Fraction(rule.most):
            text = _("The parts add up to %(sum)s points, more than the most of %(most)s.")
            yield text % {"sum": said(to_points(points)), "most": said(rule.most)}


def _twice(groups: tuple[Item, ...]) -> Iterator[Finding]:
    seen: dict[str, Any] = {}
    waiting = list(groups)
    while waiting:
        item = waiting.pop(0)
        if item.code in seen:
            text = _("The code “%(code)s” stands twice.") % {"code": item.code}
            yield Finding(text, part=item.code)
        seen[item.code] = item
        waiting += item.members


def _finding(item: Item, text: str, weight: Weight = Weight.BLOCK) -> Finding:
    words = {"code": item.code, "text": text}
    return Finding(_("%(code)s: %(text)s") % words, weight, part=item.code)
