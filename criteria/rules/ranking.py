"""Places in a block: ties are shown as ties unless the set says how they are broken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

TIE_BREAKS = ("base", "main")  # higher base without bonus; higher score of the main group


@dataclass(frozen=True)
class Runner:
    """Somebody to be ranked; `why_not` keeps one out of the order (“bị kỷ luật”)."""

    key: Any
    points: Decimal
    breaks: dict[str, Decimal] = field(default_factory=dict)
    why_not: str = ""


@dataclass(frozen=True)
class Place:
    """`number` is None for who is not ranked; `tied` where another has the same place.

    `broken_by` names the tie-break that parted this one from another with equal points.
    """

    runner: Runner
    number: int | None
    tied: bool = False
    broken_by: str = ""


def rank(runners: Iterable[Runner], tie_breaks: Iterable[str] = ()) -> list[Place]:
    """Highest first: 1, 2, 2, 4. Those who are not ranked stand at the end, by points.

    `tie_breaks` are asked one after the other (domain 2.6); what is still equal stays a tie.
    """
    breaks = tuple(tie_breaks)
    everybody = list(runners)
    ranked = [runner for runner in everybody if not runner.why_not]
    keys = {runner.key: _order(runner, breaks) for runner in ranked}
    ranked.sort(key=lambda runner: keys[runner.key], reverse=True)
    places = []
    for runner in ranked:
        mine = keys[runner.key]
        ahead = sum(other > mine for other in keys.values())
        tied = sum(other == mine for other in keys.values()) > 1
        parted = _broken_by(mine, keys.values(), breaks)
        places.append(Place(runner, ahead + 1, tied, parted))
    left_out = [runner for runner in everybody if runner.why_not]
    left_out.sort(key=lambda runner: runner.points, reverse=True)
    return places + [Place(runner, None) for runner in left_out]


def _order(runner: Runner, breaks: tuple[str, ...]) -> tuple[Decimal, ...]:
    return (runner.points, *(runner.breaks.get(name, Decimal(0)) for name in breaks))


def _broken_by(mine: tuple, others: Iterable[tuple], breaks: tuple[str, ...]) -> str:
    rivals = [other for other in others if other[0] == mine[0] and other != mine]
    depths = [
        next(place for place, (a, b) in enumerate(zip(mine, other, strict=True)) if a != b)
        for other in rivals
    ]
    return breaks[min(depths) - 1] if depths else ""
