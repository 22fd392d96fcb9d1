"""Hints on what a unit scored itself, before it sends the sheet (N9). No hint ever blocks.

Pure: what is compared comes in as values. A hint is one plain sentence about one criterion;
the unit may answer it, and the appraiser sees both.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campaigns.rules import quoted
from criteria.rules.numbers import shown, to_points
from criteria.rules.scoring import HUNDRED, ZERO, Mark, State
from criteria.rules.totals import Item

# The spread of a normal distribution is 1.4826 times its median absolute deviation.
SPREAD = Decimal("1.4826")


@dataclass(frozen=True)
class Limits:
    """From where on something is worth a hint. Shares are of the most points, 0–1."""

    jump: Decimal = Decimal("0.3")
    spreads: Decimal = Decimal(3)  # distance from the median, in spreads of the block
    nearest: Decimal = Decimal("0.1")  # never a hint below this distance
    fewest: int = 5  # units that a block must have to be compared with


@dataclass(frozen=True)
class Answer:
    """What a unit said of one criterion, and what it is compared with.

    `given`: typed values; `others`: points of the other units of the block; `papers`: names
    and days of its evidence, the day None where it is not known.
    """

    item: Item
    mark: Mark
    given: Mapping[str, Any]
    text: str = ""
    asks_evidence: bool = False
    papers: tuple[tuple[str, date | None], ...] = ()
    last_year: Decimal | None = None
    others: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Hint:
    """`rule` names the rule, `key` and `code` the criterion."""

    key: Any
    code: str
    rule: str
    text: str


@dataclass(frozen=True)
class Frame:
    """What all criteria of a sheet share: the period that is scored, and the limits."""

    first: date
    last: date
    limits: Limits = Limits()


def hints(answers: Iterable[Answer], frame: Frame) -> list[Hint]:
    """All hints on a sheet, criterion by criterion. What is not answered has none."""
    return [
        Hint(answer.item.key, answer.item.code, name, text)
        for answer in answers
        if answer.mark.state is State.COUNTED
        for name, rule in RULES.items()
        for text in rule(answer, frame)
    ]


def median(values: Iterable[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle. Raises `ValueError` of none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("a median needs a value")
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _bare(answer: Answer, frame: Frame) -> Iterator[str]:
    most = answer.item.most or ZERO
    full = most > 0 and answer.mark.points == most
    if full and answer.asks_evidence and not answer.papers:
        yield _("The most points (%(most)s) are claimed without evidence.") % {"most": shown(most)}


def _jump(answer: Answer, frame: Frame) -> Iterator[str]:
    most = answer.item.most or ZERO
    if answer.last_year is None or not most:
        return
    change = answer.mark.points - answer.last_year
    if abs(change) > most * frame.limits.jump:
        words = {
            "now": shown(answer.mark.points),
            "before": shown(answer.last_year),
            "change": shown(abs(change)),
        }
        if change > 0:
            yield _("%(now)s points, %(change)s more than last year (%(before)s).") % words
        else:
            yield _("%(now)s points, %(change)s fewer than last year (%(before)s).") % words


def _far(answer: Answer, frame: Frame) -> Iterator[str]:
    limits, most = frame.limits, answer.item.most or ZERO
    block = [*answer.others, answer.mark.points]
    if len(block) < limits.fewest or not most:
        return
    middle = median(block)
    spread = median(abs(value - middle) for value in block) * SPREAD
    distance = abs(answer.mark.points - middle)
    if distance > max(limits.spreads * spread, limits.nearest * most):
        yield _(
            "%(points)s points are far from what is usual in the block: half of its %(number)s "
            "units have %(median)s or less."
        ) % {
            "points": shown(answer.mark.points),
            "median": shown(to_points(middle)),
            "number": len(block),
        }


def _outside(answer: Answer, frame: Frame) -> Iterator[str]:
    for name, day in answer.papers:
        if day and not frame.first <= day <= frame.last:
            yield _("The evidence “%(name)s” is of %(day)s, outside %(first)s – %(last)s.") % {
                "name": name[:80],
                "day": day.strftime("%d/%m/%Y"),
                "first": frame.first.strftime("%d/%m/%Y"),
                "last": frame.last.strftime("%d/%m/%Y"),
            }


def _other_numbers(answer: Answer, frame: Frame) -> Iterator[str]:
    """The text says another number than the field; what the text does not say is no hint."""
    given = answer.given
    if given.get("a") is not None and given.get("b"):
        pair = (given["a"], given["b"])
        shares = quoted.shares(answer.text)
        if shares and pair not in shares:
            yield _differs(
                "/".join(map(shown, shares[0])), f"a = {shown(pair[0])}, b = {shown(pair[1])}"
            )
        percent = to_points(HUNDRED * given["a"] / given["b"])
        percents = quoted.percents(answer.text)
        if percents and not any(quoted.rounds_to(percent, one) for one in percents):
            yield _differs(f"{shown(percents[0])} %", f"{shown(percent)} %")
    if given.get("count") is not None:
        counts = quoted.counts(answer.text)
        if counts and given["count"] not in counts:
            yield _differs(shown(counts[0]), shown(given["count"]))
    points = quoted.points(answer.text)
    if points and answer.mark.points not in points:
        yield _differs(_points(points[0]), _points(answer.mark.points))


def _points(number: Decimal) -> str:
    return _("%(number)s points") % {"number": shown(number)}


def _differs(text: str, field: str) -> str:
    return _("The explanation says %(text)s, the fields say %(field)s.") % {
        "text": text,
        "field": field,
    }


def _parts(answer: Answer, frame: Frame) -> Iterator[str]:
    given = answer.given
    a, b = given.get("a"), given.get("b")
    if a is not None and b is not None and a > b:
        yield _("The part (a = %(a)s) is more than the whole (b = %(b)s).") % {
            "a": shown(a),
            "b": shown(b),
        }
    for parts, total in quoted.sums(answer.text):
        if sum(parts, ZERO) != total:
            yield _("The explanation adds up %(parts)s to %(total)s; it is %(sum)s.") % {
                "parts": " + ".join(map(shown, parts)),
                "total": shown(total),
                "sum": shown(sum(parts, ZERO)),
            }


RULES: dict[str, Callable[[Answer, Frame], Iterator[str]]] = {
    "bare": _bare,
    "jump": _jump,
    "far": _far,
    "outside": _outside,
    "numbers": _other_numbers,
    "parts": _parts,
}
