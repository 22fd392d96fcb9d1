"""How points are counted: every way of scoring is one function and one line of `KINDS`.

Pure: no database, no clock, `Decimal` throughout (shares of the most points are fractions, since
a third has no end), divided once and rounded half up to two places at the criterion, and summed
after that (domain 2.5). A function answers the points together with its working, so that what is
explained is what was computed. `static/js/points.js` counts the same while one types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from criteria.rules.answers import Ask, Form
from criteria.rules.numbers import ONE, at_most, shown, to_points

ZERO = Decimal(0)
HUNDRED = Decimal(100)
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """An option, a part or an event: worth `points`, or a `share` (0–1) of the most points."""

    label: str
    points: Decimal | None = None
    share: Fraction | Decimal | None = None

    def worth(self, most: Decimal) -> Fraction:
        """Exactly; rounded where the criterion is."""
        if self.points is not None:
            return Fraction(self.points)
        return Fraction(most) * Fraction(self.share or 0)

    def working(self, most: Decimal) -> str:
        if self.points is not None:
            return f"{self.label}: {shown(self.points)}"
        if self.share == 1:
            return f"{self.label}: {at_most(most)}"
        return f"{self.label}: {shown(Fraction(self.share or 0))} × {shown(most)}"


@dataclass(frozen=True)
class Band:
    """From `least` on, and below `below` where that is said."""

    least: Decimal
    below: Decimal | None = None
    points: Decimal | None = None
    share: Fraction | Decimal | None = None

    def holds(self, value: Decimal, per: Decimal = ONE) -> bool:
        """Whether `value` / `per` (above 0) is in it, without dividing."""
        if value < self.least * per:
            return False
        return self.below is None or value < self.below * per

    def line(self, unit: str = "") -> Line:
        label = gettext("band from %(least)s") % {"least": f"{shown(self.least)}{unit}"}
        if self.below is not None:
            label += gettext(" to below %(below)s") % {"below": f"{shown(self.below)}{unit}"}
        return Line(label, self.points, self.share)


class NotAssigned(StrEnum):
    """What becomes of a criterion that was not the unit's to fulfil."""

    NO = ""
    FULL = "full"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Rule:
    """How one criterion is scored; `most` and every worth are points, `target` is per cent."""

    kind: str
    most: Decimal = ZERO
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    target: Decimal | None = None
    on_zero: str = "zero"  # of a ratio: zero | full | exclude
    each: Decimal | None = None  # points taken off for each occurrence
    floor: Decimal | None = None  # the lowest that may come of it, 0 or less
    least: Decimal = ZERO
    step: Decimal | None = None
    not_assigned: NotAssigned = NotAssigned.NO

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What its way of scoring asks for, in order; put together once a rule."""
        return KINDS[self.kind].asks(self)


class State(StrEnum):
    COUNTED = "counted"
    MISSING = "missing"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Mark:
    """Points of one criterion and how they came about. Missing is not the same as nothing."""

    points: Decimal = ZERO
    working: str = ""
    state: State = State.COUNTED


@dataclass(frozen=True)
class Kind:
    """A way of scoring: what it asks for, what its rule must say, how it counts."""

    title: Any
    count: Callable[[Rule, Given], Mark]
    asks: Callable[[Rule], tuple[Ask, ...]]
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = field(default=())
    takes_away: bool = False


def asks(rule: Rule) -> tuple[Ask, ...]:
    """What a unit fills in for this rule, in order."""
    own = rule.asks
    if rule.not_assigned:
        return (Ask("not_assigned", Form.YES, _("Not assigned to this unit"), must=False), *own)
    return own


def mark(rule: Rule, given: Given) -> Mark:
    """Points for what was given (typed values by the names of `asks`).

    What is not given at all leaves the criterion missing: no points, and it says so.
    """
    if given.get("not_assigned") and rule.not_assigned is NotAssigned.FULL:
        return Mark(to_points(rule.most), f"{gettext('not assigned')}: {shown(rule.most)}")
    if given.get("not_assigned") and rule.not_assigned is NotAssigned.EXCLUDE:
        return Mark(working=gettext("not assigned: does not count"), state=State.EXCLUDED)
    kind = KINDS[rule.kind]
    if any(given.get(ask.name) is None for ask in rule.asks if ask.must):
        return Mark(state=State.MISSING)
    counted = kind.count(rule, given)
    return Mark(to_points(counted.points), counted.working, counted.state)


def _all_or_nothing(rule: Rule, given: Given) -> Mark:
    if given["yes"]:
        return Mark(rule.most, f"{gettext('fulfilled')}: {shown(rule.most)}")
    return Mark(ZERO, f"{gettext('not fulfilled')}: 0")


def _options(rule: Rule, given: Given) -> Mark:
    line = rule.lines[given["choice"]]
    return Mark(to_points(line.worth(rule.most)), line.working(rule.most))


def _parts(rule: Rule, given: Given) -> Mark:
    true = [line for place, line in enumerate(rule.lines) if given[f"part{place}"]]
    points = to_points(sum((line.worth(rule.most) for line in true), Fraction(0)))
    working = "; ".join(line.working(rule.most) for line in true)
    return Mark(min(points, rule.most), working or f"{gettext('no part fulfilled')}: 0")


def _count_bands(rule: Rule, given: Given) -> Mark:
    return _in_bands(rule, given["count"], ONE, shown(given["count"]), "")


def _percent_bands(rule: Rule, given: Given) -> Mark:
    if given["b"] == 0:
        return _on_zero(rule)
    a, b = HUNDRED * given["a"], given["b"]
    working = f"{shown(given['a'])} : {shown(b)} = {shown(to_points(a, b))} %"
    return _in_bands(rule, a, b, working, " %")


def _in_bands(rule: Rule, value: Decimal, per: Decimal, said: str, unit: str) -> Mark:
    reached = [band for band in rule.bands if band.holds(value, per)]
    if not reached:
        return Mark(ZERO, f"{said}, {gettext('in no band')}: 0")
    best = max(reached, key=lambda band: band.least)
    line = best.line(unit)
    return Mark(to_points(line.worth(rule.most)), f"{said}, {line.working(rule.most)}")


def _ratio(rule: Rule, given: Given) -> Mark:
    if given["b"] == 0:
        return _on_zero(rule)
    reached, aimed = HUNDRED * given["a"], (rule.target or HUNDRED) * given["b"]
    aim = "" if rule.target is None else f" : {shown(rule.target)} %"
    working = f"{shown(given['a'])} : {shown(given['b'])}{aim} × {shown(rule.most)}"
    if reached >= aimed:
        return Mark(rule.most, f"{working}, {at_most(rule.most)}")
    return Mark(to_points(rule.most * reached, aimed), working)


def _on_zero(rule: Rule) -> Mark:
    if rule.on_zero == "exclude":
        return Mark(working=gettext("out of nothing: does not count"), state=State.EXCLUDED)
    points = rule.most if rule.on_zero == "full" else ZERO
    return Mark(points, f"{gettext('out of nothing')}: {shown(points)}")


def _manual(rule: Rule, given: Given) -> Mark:
    points = min(max(given["points"], rule.least), rule.most)
    return Mark(points, f"{gettext('given by hand')}: {shown(points)}")


def _information(rule: Rule, given: Given) -> Mark:
    return Mark(ZERO, gettext("information only"))


def _per_occurrence(rule: Rule, given: Given) -> Mark:
    each, count = rule.each or ZERO, given["count"]
    points, working = -count * each, f"{shown(count)} × −{shown(each)}"
    if rule.floor is not None and points < rule.floor:
        return Mark(rule.floor, f"{working}, {gettext('at most taken off')} {shown(-rule.floor)}")
    return Mark(points, working)


def _penalty(rule: Rule, given: Given) -> Mark:
    points = -(rule.each or ZERO) if given["yes"] else ZERO
    word = gettext("it happened") if given["yes"] else gettext("did not happen")
    return Mark(points, f"{word}: {shown(points)}")


def _bonus(rule: Rule, given: Given) -> Mark:
    events = [(given[f"event{place}"], line) for place, line in enumerate(rule.lines)]
    exact = sum((int(count) * line.worth(rule.most) for count, line in events), Fraction(0))
    said = [f"{shown(count)} × {line.working(rule.most)}" for count, line in events if count]
    if exact > Fraction(rule.most):
        said.append(at_most(rule.most))
    return Mark(min(to_points(exact), rule.most), "; ".join(said) or f"{gettext('none')}: 0")


def _yes(label: Any) -> Callable[[Rule], tuple[Ask, ...]]:
    return lambda rule: (Ask("yes", Form.YES, label),)


def _pair(rule: Rule) -> tuple[Ask, ...]:
    return Ask("a", Form.NUMBER, _("Achieved (a)")), Ask("b", Form.NUMBER, _("Out of (b)"))


def _count(rule: Rule) -> tuple[Ask, ...]:
    return (Ask("count", Form.COUNT, _("How many")),)


def _choice(rule: Rule) -> tuple[Ask, ...]:
    labels = tuple(line.label for line in rule.lines)
    return (Ask("choice", Form.CHOICE, _("What holds"), options=labels),)


def _each_part(rule: Rule) -> tuple[Ask, ...]:
    return tuple(Ask(f"part{n}", Form.YES, line.label) for n, line in enumerate(rule.lines))


def _each_event(rule: Rule) -> tuple[Ask, ...]:
    return tuple(Ask(f"event{n}", Form.COUNT, line.label) for n, line in enumerate(rule.lines))


def _points(rule: Rule) -> tuple[Ask, ...]:
    return (
        Ask("points", Form.POINTS, _("Points"), least=rule.least, most=rule.most, step=rule.step),
    )


def _words(rule: Rule) -> tuple[Ask, ...]:
    return (Ask("value", Form.TEXT, _("Value"), must=False),)


KINDS: dict[str, Kind] = {
    "all_or_nothing": Kind(_("All or nothing"), _all_or_nothing, _yes(_("Fulfilled"))),
    "options": Kind(_("One of several options"), _options, _choice, needs=("lines",)),
    "parts": Kind(_("Parts that add up"), _parts, _each_part, needs=("lines",)),
    "count_bands": Kind(_("Bands of a count"), _count_bands, _count, needs=("bands",)),
    "percent_bands": Kind(
        _("Bands of a percentage"), _percent_bands, _pair, needs=("bands",), may=("on_zero",)
    ),
    "ratio": Kind(_("Ratio of two numbers"), _ratio, _pair, may=("target", "on_zero")),
    "manual": Kind(_("Points given by hand"), _manual, _points, may=("least", "step")),
    "information": Kind(_("Information only"), _information, _words),
    "per_occurrence": Kind(
        _("Taken off for each occurrence"),
        _per_occurrence,
        _count,
        needs=("each",),
        may=("floor",),
        takes_away=True,
    ),
    "penalty": Kind(
        _("Taken off once"), _penalty, _yes(_("It happened")), needs=("each",), takes_away=True
    ),
    "bonus": Kind(_("Bonus for events"), _bonus, _each_event, needs=("lines",)),
}
