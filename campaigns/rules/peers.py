"""Members of a block score each other (N10): who scores whom, and how fair it came out.

Pure. Nothing here changes a point: what a correction would come to is shown beside what was
given. The model is additive: a total is what the unit is worth, plus how lenient its scorer
is, plus chance. Leniency is shrunk towards none, the more so the less it stands out of chance.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from campaigns.rules.hints import median
from criteria.rules.numbers import to_points
from criteria.rules.ranking import Place, Runner, rank

ZERO = Decimal(0)
FEWEST = 4  # scorers, below which nobody is called strict or lenient
MOST_ROUNDS = 200
SETTLED = Decimal("0.0001")
Given = Mapping[tuple[Any, Any], Decimal]


def design(units: Sequence[Hashable], each: int | None = None) -> dict[Any, tuple[Any, ...]]:
    """{scorer: those it scores}. All the others, or `each` of them: then every unit is scored
    by `each` others too, nobody scores itself, and the block hangs together.
    """
    number = len(units)
    if each is None or each >= number - 1:
        return {unit: tuple(other for other in units if other != unit) for unit in units}
    steps = [1 + place * (number - 1) // each for place in range(each)]
    return {
        unit: tuple(units[(place + step) % number] for step in steps)
        for place, unit in enumerate(units)
    }


@dataclass(frozen=True)
class Row:
    """What one unit was given. `distances` of each scorer's points from the row's median."""

    unit: Any
    given: dict[Any, Decimal]
    median: Decimal | None
    distances: dict[Any, Decimal]
    mean: Decimal | None


@dataclass(frozen=True)
class Fairness:
    """`shifts` {scorer: points more (or fewer) than others would give}; empty where there are
    too few scorers. `plain` and `corrected` are places by the mean, without and with them."""

    rows: list[Row]
    shifts: dict[Any, Decimal] = field(default_factory=dict)
    plain: list[Place] = field(default_factory=list)
    corrected: list[Place] = field(default_factory=list)
    own_favour: dict[Any, Decimal] = field(default_factory=dict)
    pairs: list[tuple[Any, Any, Decimal]] = field(default_factory=list)

    @property
    def moved(self) -> list[tuple[Any, int | None, int | None]]:
        """(unit, place, place with correction) of those whose place would change."""
        after = {place.runner.key: place.number for place in self.corrected}
        return [
            (place.runner.key, place.number, after[place.runner.key])
            for place in self.plain
            if self.corrected and after[place.runner.key] != place.number
        ]


def fairness(
    units: Sequence[Any], given: Given, own: Mapping[Any, Decimal] | None = None
) -> Fairness:
    """All that the matrix of a block shows. `given` are totals by (unit, scorer); `own` what
    each unit gave itself, which counts for nothing but is compared."""
    rows = [_row(unit, given) for unit in units]
    scored = [row for row in rows if row.mean is not None]
    plain = rank(Runner(row.unit, row.mean or ZERO) for row in scored)
    found = shifts(given)
    corrected = []
    if found:
        means = {row.unit: _mean([v - found[s] for s, v in row.given.items()]) for row in scored}
        corrected = rank(Runner(unit, to_points(mean)) for unit, mean in means.items())
    return Fairness(rows, found, plain, corrected, _own_favour(rows, own or {}), _pairs(rows))


def shifts(given: Given) -> dict[Any, Decimal]:
    """{scorer: how many points more it gives than the others}, adding up to about nothing.

    Empty for fewer than `FEWEST` scorers: then nobody can be told from chance.
    """
    scorers = sorted({scorer for _unit, scorer in given}, key=str)
    if len(scorers) < FEWEST:
        return {}
    by_scorer: dict[Any, list[tuple[Any, Decimal]]] = {}
    for (unit, scorer), points in given.items():
        by_scorer.setdefault(scorer, []).append((unit, points))
    raw, left = _solve(given, by_scorer, ZERO)
    weight = _weight(raw, left, by_scorer)
    if weight is None:
        return dict.fromkeys(scorers, ZERO)
    shrunk, _left = _solve(given, by_scorer, weight)
    return {scorer: to_points(shrunk[scorer]) for scorer in scorers}


def _solve(
    given: Given, by_scorer: Mapping[Any, list[tuple[Any, Decimal]]], weight: Decimal
) -> tuple[dict[Any, Decimal], Decimal]:
    """(shifts, sum of squares left over), worth and leniency in turn until they settle.

    `weight` is added to the number of marks of a scorer: how much more is needed to trust it.
    """
    found = dict.fromkeys(by_scorer, ZERO)
    worth: dict[Any, Decimal] = {}
    for _round in range(MOST_ROUNDS):
        bare: dict[Any, list[Decimal]] = {}
        for (unit, scorer), points in given.items():
            bare.setdefault(unit, []).append(points - found[scorer])
        worth = {unit: _mean(values) for unit, values in bare.items()}
        before = found
        found = {
            scorer: sum((points - worth[unit] for unit, points in marks), ZERO)
            / (len(marks) + weight)
            for scorer, marks in by_scorer.items()
        }
        middle = _mean(list(found.values()))
        found = {scorer: shift - middle for scorer, shift in found.items()}
        if max(abs(found[scorer] - before[scorer]) for scorer in found) < SETTLED:
            break
    left = (points - worth[unit] - found[scorer] for (unit, scorer), points in given.items())
    return found, sum((rest * rest for rest in left), ZERO)


def _weight(
    raw: Mapping[Any, Decimal], left: Decimal, by_scorer: Mapping[Any, list[tuple[Any, Decimal]]]
) -> Decimal | None:
    """Chance over leniency, from the spread of both; None where leniency is no more than chance."""
    marks = sum(len(each) for each in by_scorer.values())
    units = len({unit for each in by_scorer.values() for unit, _points in each})
    free = marks - units - len(raw) + 1
    if free <= 0:
        return None
    chance = left / free
    spread = sum((shift * shift for shift in raw.values()), ZERO) / (len(raw) - 1)
    leniency = spread - chance * len(raw) / marks
    return chance / leniency if leniency > 0 else None


def _row(unit: Any, given: Given) -> Row:
    mine = {scorer: points for (scored, scorer), points in given.items() if scored == unit}
    if not mine:
        return Row(unit, {}, None, {}, None)
    middle = median(mine.values())
    distances = {scorer: points - middle for scorer, points in mine.items()}
    return Row(unit, mine, middle, distances, to_points(_mean(list(mine.values()))))


def _own_favour(rows: Iterable[Row], own: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    """Points that a unit gave itself beyond the median of what the others gave it."""
    return {
        row.unit: own[row.unit] - row.median
        for row in rows
        if row.median is not None and row.unit in own
    }


def _pairs(rows: list[Row]) -> list[tuple[Any, Any, Decimal]]:
    """Two units that each gave the other more than anybody else did: (one, other, the less)."""
    above = {
        (row.unit, scorer): distance
        for row in rows
        for scorer, distance in row.distances.items()
        if distance > 0 and len(row.given) >= FEWEST - 1 and _is_highest(row, scorer)
    }
    return [
        (unit, scorer, min(distance, above[scorer, unit]))
        for (unit, scorer), distance in above.items()
        if (scorer, unit) in above and str(unit) < str(scorer)
    ]


def _is_highest(row: Row, scorer: Any) -> bool:
    return all(row.given[scorer] > points for other, points in row.given.items() if other != scorer)


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values)
