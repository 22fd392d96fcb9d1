"""From marks to a total that can be taken apart: groups, caps, what was not assigned."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from criteria.rules.numbers import to_points
from criteria.rules.scoring import ZERO, Mark, Rule, State


class Role(StrEnum):
    """What a group of a sheet is for: its sign in the total."""

    BASE = "base"
    BONUS = "bonus"
    PENALTY = "penalty"
    INFORMATION = "information"


ROLES = {
    Role.BASE: _("Points"),
    Role.BONUS: _("Bonus"),
    Role.PENALTY: _("Taken off"),
    Role.INFORMATION: _("Information"),
}


@dataclass(frozen=True)
class Item:
    """A group, or with a `rule` a criterion. `most`: points; of a penalty group, what it may take
    at most. None: not limited."""

    key: Any
    code: str
    name: str
    most: Decimal | None = None
    role: Role = Role.BASE
    rule: Rule | None = None
    members: tuple["Item", ...] = ()

    def criteria(self) -> Iterator["Item"]:
        """All criteria at or below, in the order of the sheet."""
        if self.rule:
            yield self
        for member in self.members:
            yield from member.criteria()


def criteria_of(groups: Iterable[Item]) -> list[Item]:
    """All criteria of a set, in the order of the sheet."""
    return [item for group in groups for item in group.criteria()]


@dataclass(frozen=True)
class Score:
    """What an item came to. `points` = sum of the parts + `rescaled` + `cut`.

    `rescaled`: points that members which were taken out passed on to the others.
    `cut`: 0 or less for a bonus above its cap, 0 or more for penalties beyond theirs.
    `out_of`: the points that could be had by what was counted.
    """

    item: Item
    points: Decimal
    out_of: Decimal
    parts: tuple["Score", ...] = ()
    mark: Mark | None = None
    rescaled: Decimal = ZERO
    cut: Decimal = ZERO
    missing: int = 0

    @property
    def is_out(self) -> bool:
        """Whether nothing of it is counted, because nothing was assigned."""
        if self.mark:
            return self.mark.state is State.EXCLUDED
        return bool(self.parts) and all(part.is_out for part in self.parts)

    def of(self, key: Any) -> "Score | None":
        """The score of one item at or below."""
        if self.item.key == key:
            return self
        found = (part.of(key) for part in self.parts)
        return next((score for score in found if score), None)


@dataclass(frozen=True)
class Total:
    """A sheet's total: base + bonus + taken off (which is 0 or less)."""

    groups: tuple[Score, ...]

    def by(self, role: Role) -> Decimal:
        """Points of all groups of a role."""
        return sum((group.points for group in self.groups if group.item.role is role), ZERO)

    @property
    def points(self) -> Decimal:
        return sum((group.points for group in self.groups), ZERO)

    @property
    def missing(self) -> int:
        """Criteria without an answer."""
        return sum(group.missing for group in self.groups)


def total(groups: tuple[Item, ...], marks: Mapping[Any, Mark]) -> Total:
    """Add up a sheet; `marks` by the keys of its criteria. None for a criterion: missing."""
    return Total(tuple(_score(group, marks) for group in groups))


def _score(item: Item, marks: Mapping[Any, Mark]) -> Score:
    if item.rule:
        mark = marks.get(item.key, Mark(state=State.MISSING))
        out_of = ZERO if mark.state is State.EXCLUDED else item.most or ZERO
        missing = int(mark.state is State.MISSING)
        return Score(item, mark.points, out_of, mark=mark, missing=missing)
    parts = tuple([_score(member, marks) for member in item.members])
    points = sum((part.points for part in parts), ZERO)
    rescaled = _rescaled(parts, points) if item.role is Role.BASE else ZERO
    cut = _cut(item, points)
    return Score(
        item=item,
        points=points + rescaled + cut,
        out_of=ZERO if all(part.is_out for part in parts) else _possible(parts),
        parts=parts,
        rescaled=rescaled,
        cut=cut,
        missing=sum(part.missing for part in parts),
    )


def _possible(parts: tuple[Score, ...]) -> Decimal:
    return sum((part.item.most or ZERO for part in parts), ZERO)


def _rescaled(parts: tuple[Score, ...], points: Decimal) -> Decimal:
    """What the others gain when members were taken out: the group keeps its weight."""
    left = sum((part.item.most or ZERO for part in parts if not part.is_out), ZERO)
    whole = _possible(parts)
    if left in (ZERO, whole):
        return ZERO
    return to_points(points * whole, left) - points


def _cut(item: Item, points: Decimal) -> Decimal:
    if item.most is None:
        return ZERO
    if item.role is Role.BONUS:
        return min(ZERO, item.most - points)
    if item.role is Role.PENALTY:
        return max(ZERO, -item.most - points)
    return ZERO
