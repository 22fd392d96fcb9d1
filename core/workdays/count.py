"""Working days: Monday to Friday, less days off, with the Saturdays worked in exchange.

A day that starts a time limit does not count itself (Civil Code 2015, Article 147): all
stretches here run from after `start` to the end of `end`.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from core.clock import clock
from core.workdays.models import Holiday

SATURDAY = 5
DAY = timedelta(days=1)
# No time limit of the portal comes near; a calendar without a working day must not hang.
LONGEST = 3660


@dataclass(frozen=True)
class Calendar:
    off: frozenset[date]
    working: frozenset[date]

    def works(self, day: date) -> bool:
        return day in self.working or (day.weekday() < SATURDAY and day not in self.off)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 if `end` is not later.

        Whole weeks at once: a list asks it for every row, and some days are a year away.
        """
        weeks, rest = divmod(max((end - start).days, 0), 7)
        if not (weeks or rest):
            return 0
        first = start.weekday() + 1
        days = 5 * weeks + sum([day % 7 < SATURDAY for day in range(first, first + rest)])
        return days - _among(self._lost, start, end) + _among(self._won, start, end)

    @cached_property
    def _lost(self) -> list[date]:
        """Days off that would be worked by their place in the week, in order."""
        return sorted(day for day in self.off - self.working if day.weekday() < SATURDAY)

    @cached_property
    def _won(self) -> list[date]:
        """Days of weekends that are worked, in order."""
        return sorted(day for day in self.working if day.weekday() >= SATURDAY)

    def due(self, start: date, n: int) -> date:
        """The n-th working day after `start`; `start` itself for 0."""
        day = start
        for _step in range(LONGEST):
            if n <= 0:
                return day
            day += DAY
            n -= self.works(day)
        raise ValueError(f"no {n} working days within {LONGEST} days of {start}")

    def left(self, today: date, due: date) -> int:
        """Working days left until the end of `due`: 0 on the day, less than 0 when late."""
        return self.between(today, due) if today <= due else -self.between(due, today)

    def spent(self, intervals: Iterable[tuple[date, date]]) -> int:
        """Working days on a clock that ran only during these (start, end) stretches.

        Days covered twice count once, so a clock stopped and started on one day is right.
        """
        total, reached = 0, date.min
        for start, end in sorted(intervals):
            total += self.between(max(start, reached), end)
            reached = max(reached, end)
        return total


def _among(days: list[date], start: date, end: date) -> int:
    """How many of these days, which are in order, come after `start` and not after `end`."""
    return bisect_right(days, end) - bisect_right(days, start)


def calendar() -> Calendar:
    """The holidays we know, in one query; a page that asks again asks the same calendar."""
    return clock.once("calendar", _read)


def between(start: date, end: date) -> int:
    return calendar().between(start, end)


def due(start: date, n: int) -> date:
    return calendar().due(start, n)


def left(today: date, due: date) -> int:
    return calendar().left(today, due)


def spent(intervals: Iterable[tuple[date, date]]) -> int:
    return calendar().spent(intervals)


def _read():
    days: dict[str, set[date]] = {kind: set() for kind in Holiday.Kind.values}
    for day, kind in Holiday.objects.values_list("day", "kind"):
        days[kind].add(day)
    return Calendar(frozenset(days[Holiday.Kind.OFF]), frozenset(days[Holiday.Kind.WORKING]))
