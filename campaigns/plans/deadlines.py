"""Deadlines as plans write them: a day, a month, each year, each month, or after another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.text import nfc
from core.workdays import count
from core.yaml.kinds import Day, DayOfYear, Month, Wrong

AFTER = re.compile(r"([0-9]{1,3})\s+ngày làm việc sau\s+([A-Za-z0-9][A-Za-z0-9_-]{0,29})")
FORMS = ((DayOfYear, r"[0-9]{1,2}/[0-9]{1,2}"), (Month, r"[0-9]{4}-[0-9]{2}|[0-9]{1,2}/[0-9]{4}"))


@dataclass(frozen=True)
class Deadline:
    """Kept as “12-10” (each year), “2025-12-10”, “2025-12”, “20” (day of each month), or
    “5>code”: 5 working days after the duty, phase or round of that code."""

    def read(self, raw: str) -> str:
        after = AFTER.fullmatch(nfc(raw))
        if after:
            return f"{int(after[1])}>{after[2]}"
        if re.fullmatch(r"[0-9]{1,2}", raw):
            if not 1 <= int(raw) <= 31:
                raise Wrong(_("There is no day “%(value)s”.") % {"value": raw})
            return str(int(raw))
        for kind, form in FORMS:
            if re.fullmatch(form, raw):
                return kind().read(raw)
        try:
            return Day().read(raw).isoformat()
        except Wrong:
            raise Wrong(
                _(
                    "Write the time as 10/12 (each year), 10/12/2025, 12/2025, 20 (of each "
                    "month) or “5 ngày làm việc sau CODE”."
                )
            ) from None

    def write(self, value: str) -> Any:
        if ">" in value:
            days, code = value.split(">")
            return f"{days} ngày làm việc sau {code}"
        if value.isdigit():
            return int(value)
        if len(value) == len("12-10"):
            return DayOfYear().write(value)
        return date.fromisoformat(value) if len(value) > len("2025-12") else value


def waits_for(due: str | None) -> str | None:
    """The code that a deadline is reckoned from, if it is."""
    return due.partition(">")[2] or None if due else None


def in_words(due: str) -> str:
    """A deadline for people; what it waits for is named by its code."""
    if ">" in due:
        days, code = due.split(">")
        return _("%(days)s working days after %(code)s") % {"days": days, "code": code}
    if due.isdigit():
        return _("on day %(day)s of the month") % {"day": due}
    return "/".join(part for part in reversed(due.split("-")))


def next_due(due: str, today: date, ends_year: int | None) -> date | None:
    """The next day on which a deadline comes; None when it is over, or waits for another.

    One that comes each year or month stops with the campaign's last year.
    """
    if not due or ">" in due:
        return None
    numbers = [int(part) for part in due.split("-")]
    if len(due) > len("12-10"):
        day = date(*numbers) if len(numbers) == len("ymd") else _last_of(*numbers)
        return day if day >= today else None
    comes = _monthly(numbers[0], today) if due.isdigit() else _yearly(*numbers, today)
    return comes if ends_year is None or comes.year <= ends_year else None


def next_days(plan: Any, today: date) -> dict[str, date | None]:
    """The next day of each duty of a plan, by its code; one that comes so many working days
    after another is reckoned from that one. None: over, or the plan does not say."""
    return {duty.code: _next_of(plan, duty, today, ()) for duty in plan.duties}


def _next_of(plan, duty, today, asked):
    last = plan.period.last if plan.period else None
    if not duty.due or ">" not in duty.due:
        return next_due(duty.due, today, last)
    number, code = duty.due.split(">")
    if code in asked:  # two that wait for each other
        return None
    start = today - timedelta(days=2 * int(number) + 30)  # its day may be over, ours not
    while True:
        base = _day_of(plan, code, start, (*asked, code))
        if base is None:
            return None
        comes = count.due(base, int(number))
        if comes >= today:
            return comes
        start = base + timedelta(days=1)


def _day_of(plan, code, start, asked):
    """The first day from `start` on that a duty, phase or round of this code ends."""
    for duty in plan.duties:
        if duty.code == code:
            return _next_of(plan, duty, start, asked)
    set_by_agency = (
        {each.round: each.last_day for each in plan.agency.rounds} if plan.agency else {}
    )
    phases = (*plan.phases, *(plan.agency.phases if plan.agency else ()))
    days = {each.code: each.last_day or set_by_agency.get(each.code) for each in plan.rounds}
    day = days.get(code) or {phase.code: phase.last_day for phase in phases}.get(code)
    return day if day and day >= start else None


def _yearly(month: int, day: int, today: date) -> date:
    comes = _on(today.year, month, day)
    return comes if comes >= today else _on(today.year + 1, month, day)


def _monthly(day: int, today: date) -> date:
    comes = _on(today.year, today.month, day)
    if comes >= today:
        return comes
    following = _last_of(today.year, today.month) + timedelta(days=1)
    return _on(following.year, following.month, day)


def _on(year: int, month: int, day: int) -> date:
    """That day, or the last of its month where the month is shorter."""
    return min(_last_of(year, month), date(year, month, min(day, 28)) + timedelta(max(0, day - 28)))


def _last_of(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
