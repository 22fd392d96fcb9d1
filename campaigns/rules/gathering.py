"""How figures of months make one of a quarter or a year, where a target says that they may.

Nothing is averaged, and nothing missing is nought: a sum says of how many months it is, a last
value from when it is. What was reported for exactly a period stands before what is gathered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.models import Target
from campaigns.models.report import in_words
from campaigns.rules import periods
from campaigns.rules.results import may_be_added

Gather = Target.Gather


class Figure(Protocol):
    """What is kept of one period."""

    value: Decimal | None
    text: str


@dataclass(frozen=True)
class Gathered:
    """A figure of a longer period that nobody reported as such.

    `months` of the `of` that the unit stood in the period are covered; of a last value, `last`
    is the period that it was reported for.
    """

    value: Decimal | None
    text: str
    months: int
    of: int
    last: str = ""

    @property
    def partial(self) -> bool:
        """Whether something is missing, so that it is no figure of the whole period yet."""
        return self.months < self.of

    @property
    def words(self) -> str:
        if self.last:
            return _("of %(period)s") % {"period": in_words(self.last)}
        if self.partial:
            return _("only %(n)s of %(all)s months") % {"n": self.months, "all": self.of}
        return _("added from %(n)s months") % {"n": self.months}


def way_of(target: Target) -> str:
    """How a target gathers: as its plan says, else by its kind.

    The default is ours, unconfirmed: what is counted is added; of shares, indexes, ranks, yes or
    no and words the last one stands.
    """
    return target.gather or (Gather.SUM if may_be_added(target) else Gather.LAST)


def said_of(target: Target) -> str:
    """The way in words, and whether the plan says so."""
    words = str(Gather(way_of(target)).label)
    return words if target.gather else _("%(way)s (by default, not confirmed)") % {"way": words}


@cache
def within(key: str) -> tuple[str, ...]:
    """The keys of a period and of all shorter ones in it."""
    return (key, *(each for part in _parts(key) for each in within(part)))


def all_within(keys: Iterable[str]) -> list[str]:
    """The same for several periods, each key once."""
    return list(dict.fromkeys(each for key in keys for each in within(key)))


@cache
def _parts(key):
    """The next shorter periods: halves of a year, quarters of a half, months of a quarter."""
    year, _dash, part = key.partition("-")
    if not part:
        return (f"{year}-H1", f"{year}-H2")
    number = int(part[1:]) if part[0] in periods.MONTHS else 0
    if part[0] == "H":
        return tuple(f"{year}-Q{at}" for at in (2 * number - 1, 2 * number))
    return tuple(f"{year}-{at:02d}" for at in range(3 * number - 2, 3 * number + 1) if number)


@cache
def _months(key):
    """The months of a period, as keys."""
    parts = _parts(key)
    return tuple(month for part in parts for month in _months(part)) if parts else (key,)


def gathered(
    target: Target, key: str, kept: Mapping[str, Figure], unit: Unit | None = None
) -> Gathered | None:
    """What figures of shorter periods say of one; None where there are none, or none may.

    `kept` is {period: figure} of one unit. With `unit` only months count in which it existed.
    """
    way = way_of(target)
    pieces = [] if way == Gather.NONE or not _parts(key) else list(_pieces(key, kept))
    if not pieces:
        return None
    expected = [month for month in _months(key) if unit is None or _stood(unit, month)]
    if way == Gather.SUM:
        covered = {month for piece in pieces for month in _months(piece)}
        total = sum((kept[piece].value or Decimal(0) for piece in pieces), Decimal(0))
        return Gathered(total, "", len(covered), max(len(expected), len(covered)))
    last = pieces[-1]
    whole = not expected or _months(last)[-1] >= expected[-1]
    found = kept[last]
    return Gathered(found.value, found.text, int(whole), 1, last)


def stands_at_end(unit: Unit, key: str) -> bool:
    """Whether a unit stood in the last month of a period: what stood with one that closed
    before stands with its successor by then."""
    return _stood(unit, _months(key)[-1])


def _pieces(key: str, kept: Mapping[str, Figure]) -> Iterator[str]:
    """The longest reported periods that lie within one, in order, none twice."""
    for part in _parts(key):
        if part in kept:
            yield part
        else:
            yield from _pieces(part, kept)


def _stood(unit, month):
    period = periods.read(month)
    begun = unit.opened_on is None or unit.opened_on <= period.last
    return begun and not (unit.closed_on and unit.closed_on <= period.first)
