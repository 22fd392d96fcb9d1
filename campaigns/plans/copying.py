"""The plan of last year for this one: the same, with every date a number of years later."""

from dataclasses import replace
from datetime import date
from typing import Any

from campaigns.plans.deadlines import Deadline
from campaigns.plans.schema import Plan
from core.yaml.declaring import words
from core.yaml.kinds import YEAR, Day, Many, Month, Record

# What was signed or measured then, and what only that file says of itself.
STAYS = ("bases", "superior", "facts", "sources", "year_themes")
LEFT_OUT = ("number", "signed", "signer", "read_from", "printed", "totals")


def moved(plan: Plan, *, code: str, years: int = 1) -> Plan:
    """The plan under another code, its days, months and years moved; number and signature are
    left out, since nobody has signed it yet."""
    values = {
        attribute.name: _moved(attribute.metadata["kind"], getattr(plan, attribute.name), years)
        for _word, attribute in words(Plan)
        if attribute.name not in STAYS
    }
    nothing = dict.fromkeys(LEFT_OUT)
    return replace(plan, **{**values, **nothing, "code": code})


def _moved(kind: Any, value: Any, years: int) -> Any:
    if value is None:
        return None
    if isinstance(kind, Record):
        parts = {
            attribute.name: _moved(
                attribute.metadata["kind"], getattr(value, attribute.name), years
            )
            for _word, attribute in words(kind.of)
        }
        return replace(value, **parts)
    if isinstance(kind, Many):
        return tuple(_moved(kind.of, member, years) for member in value)
    if isinstance(kind, Day):
        return _later(value, years)
    if kind is YEAR:
        return value + years
    if isinstance(kind, Month) or (isinstance(kind, Deadline) and len(value) == len("2025-12")):
        return f"{int(value[:4]) + years}{value[4:]}" if value[4] == "-" else value
    if isinstance(kind, Deadline) and len(value) == len("2025-12-31") and value[4] == "-":
        return _later(date.fromisoformat(value), years).isoformat()
    return value


def _later(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)
