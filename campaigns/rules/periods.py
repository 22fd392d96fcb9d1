"""Periods of reports and results, and the day by which a duty falls due in each.

A period is kept as “2025” (a year), “2025-H2”, “2025-Q4” or “2025-11”; a duty that comes once has
the empty one. Keys of one kind sort by time.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.models import ReportDuty
from campaigns.models.report import in_words
from core.workdays import count

Frequency = ReportDuty.Frequency
MONTHS = {"H": 6, "Q": 3}
NUMBER = {Frequency.HALF_YEARLY: ("H", 2), Frequency.QUARTERLY: ("Q", 4)}
YEARLY_FORM = len("12-10")
MONTH_FORM = len("2025-12")


@dataclass(frozen=True)
class Period:
    """First and last day of a period with its key."""

    key: str
    first: date
    last: date

    def __str__(self) -> str:
        return in_words(self.key)


def read(key: str) -> Period:
    """The period of a key. Raises ValueError for what is none."""
    year, _dash, part = key.partition("-")
    if not (year.isdigit() and len(year) == 4):
        raise ValueError(key)
    if not part:
        return Period(key, date(int(year), 1, 1), date(int(year), 12, 31))
    months = MONTHS.get(part[0], 1)
    number = int(part[1:]) if part[0] in MONTHS else int(part)
    if not 1 <= number <= 12 // months or len(part) != 2:
        raise ValueError(key)
    return Period(
        key,
        date(int(year), (number - 1) * months + 1, 1),
        last_of(int(year), number * months),
    )


def of_year(frequency: str, year: int) -> list[Period]:
    """All periods of a year, in order; none for a duty that comes once."""
    if frequency == Frequency.YEARLY:
        return [read(f"{year}")]
    if frequency == Frequency.MONTHLY:
        return [read(f"{year}-{month:02d}") for month in range(1, 13)]
    letter, number = NUMBER.get(Frequency(frequency), ("", 0))
    return [read(f"{year}-{letter}{each}") for each in range(1, number + 1)]


def kind_of(period: Period) -> Frequency:
    """How often a period of this length comes: a month, a quarter, half a year, a year."""
    part = period.key[len("2025-") :]
    letters = {letter: kind for kind, (letter, _number) in NUMBER.items()}
    if not part:
        return Frequency.YEARLY
    return letters.get(part[0], Frequency.MONTHLY)


def beside(period: Period, by: int) -> Period:
    """The period of the same length so many later, or earlier when `by` is below nought.

    Raises ValueError outside the years 1–9999.
    """
    each = len(of_year(kind_of(period), period.first.year))
    before = (period.first.month - 1) * each // 12
    years, place = divmod(before + by, each)
    year = period.first.year + years
    return of_year(kind_of(period), year)[place]


def due_day(due: str, period: Period | None, day_of: Callable[[str], date | None]) -> date | None:
    """The day by which a report of this period is due; None when the plan does not say.

    `due` is as the plan's rows keep it: “12-10” and “20” fall into the period itself (its last
    month, if it has several), “5>code” is 5 working days after the day that `day_of(code)`
    answers, other days are fixed.
    """
    if not due:
        return None
    if ">" in due:
        days, code = due.split(">")
        base = day_of(code)
        return base and count.due(base, int(days))
    if len(due) > MONTH_FORM:
        return date.fromisoformat(due)
    if len(due) == MONTH_FORM:
        return last_of(int(due[:4]), int(due[5:]))
    if period is None:
        return None
    if due.isdigit():
        return _in_month(period.last.year, period.last.month, int(due))
    if len(due) == YEARLY_FORM:
        comes = _in_month(period.first.year, int(due[:2]), int(due[3:]))
        return comes if period.first <= comes <= period.last else None
    return None


def last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_month(year: int, month: int, day: int) -> date:
    """That day, or the last of the month where the month is shorter."""
    return min(last_of(year, month), date(year, month, 1) + timedelta(days=day - 1))
