"""The rule book as its page shows it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.clock import clock
from core.ui.components import marks
from criteria.models import LegalBasis, Parameter
from criteria.rules import law


def bases(day: date) -> list[tuple[LegalBasis, bool]]:
    """Documents with whether they are in force on a day; the newest first."""
    rows = LegalBasis.objects.select_related("replaced_by")
    return [
        (row, row.valid_from <= day and (row.valid_to is None or row.valid_to >= day))
        for row in rows
    ]


def numbers(day: date) -> list[dict[str, Any]]:
    """One entry a key: the row that holds on the day (or the next to come), and the others."""
    keys: dict[str, list[Parameter]] = {}
    for row in Parameter.objects.select_related("basis"):
        keys.setdefault(row.key, []).append(row)
    return [{"now": now, "others": others} for now, others in _split(keys.values(), day)]


def whole(key: str, day: date, *, without: int) -> int:
    """The number in force on a day, as a whole; `without` where there is none."""
    row = law.in_force(day).get(key)
    return int(row.value) if row else without


def soon_for_units() -> int:
    """Working days before a deadline from which it is near for a unit, by today's number."""
    return whole("soon_days.unit", clock.today(), without=marks.SOON)


def _split(groups: Iterable[list[Parameter]], day: date):
    for rows in groups:  # newest first
        holding = [row for row in rows if row.valid_from <= day]
        now = holding[0] if holding else rows[-1]
        yield now, [row for row in rows if row is not now]
