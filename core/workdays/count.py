"""Working days: Monday to Friday, less days off, with the Saturdays worked in exchange.

A day that starts a time limit does not count itself (Civil Code 2015, Article 147): all
stretches here run from after `start` to the end of `end`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
        """Working days after `start` up to and with `end`; 0 if `end` is not later."""
        return sum(self.works(start + DAY * n) for n in range(1, (end - start).days + 1))

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
