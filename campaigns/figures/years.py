"""Figures over years when units have been reorganised: as they were, or as they are today (D14).

`accounts.rules.as_today` says who stands for whom. Figures that may be added are added over
those that went in undivided; others are listed beside each other. A part is named, never added.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.rules import AS_TODAY, AS_WAS, Standing
from campaigns.figures.results import figure_in, figure_of, unkept
from campaigns.figures.runs import Cell, Run, kept_of, of_units, units_of
from campaigns.models import Target
from campaigns.rules import gathering
from campaigns.rules import results as rules
from campaigns.rules.gathering import Gathered


@dataclass(frozen=True)
class Together(Cell):
    """A figure of a unit of today. `of`: how many units it is added from; `apart`: (unit,
    figure) of those that cannot be added."""

    of: int = 0
    apart: list[tuple[str, str]] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        return "; ".join(f"{name}: {figure}" for name, figure in self.apart)


@dataclass(frozen=True)
class RunToday(Run):
    """A row of a unit of today; `before` went into it whole, of `parts` an unknown share did."""

    cells: Sequence[Together]
    before: list[Unit] = field(default_factory=list)
    parts: list[Unit] = field(default_factory=list)

    @property
    def title(self) -> str:
        """With those that are added, and those of which a part came, for a workbook."""
        said = [str(self.head)]
        if self.before:
            said.append(_("with %(names)s") % {"names": ", ".join(map(str, self.before))})
        if self.parts:
            text = _("not added, only a part: %(names)s")
            said.append(text % {"names": ", ".join(map(str, self.parts))})
        return "; ".join(said)

    @property
    def empty(self) -> bool:
        return all(cell.result is None and not cell.apart for cell in self.cells)


def chosen(text: str) -> str:
    """How an address asks for the comparison; as it was, unless it says otherwise."""
    return AS_TODAY if text == AS_TODAY else AS_WAS


def compared(how: str, url: Callable[[str], str]) -> list[dict[str, Any]]:
    """Pills: units as they were, or as they are today. `url` takes AS_WAS or AS_TODAY."""
    labels = {AS_WAS: _("Units as they were"), AS_TODAY: _("By units of today")}
    return [{"label": label, "url": url(code), "on": code == how} for code, label in labels.items()]


class Table:
    """The units of a run, and their rows, in the way that the address asks for."""

    def __init__(self, target: Target, keys: Sequence[str], how: str, today: date):
        self.target, self.keys, self.how = target, keys, how
        self.found = standings(target, keys, today) if how == AS_TODAY else {}

    def units(self) -> Any:
        if self.how == AS_TODAY:
            return Unit.objects.filter(pk__in=self.found.keys())
        return units_of(self.target, self.keys)

    def rows(self, units: Iterable[Unit]) -> Sequence[Run]:
        if self.how == AS_TODAY:
            return of_today(self.target, units, self.found, self.keys)
        return of_units(self.target, units, self.keys)


def standings(target: Target, keys: Sequence[str], today: date) -> dict[int, Standing]:
    """Units of today for those that report, or reported, on a target: two queries."""
    return unit_rules.as_today(units_of(target, keys), today)


def of_today(
    target: Target, units: Iterable[Unit], found: dict[int, Standing], keys: Sequence[str]
) -> list[RunToday]:
    """One target over the periods, by units of today: two queries for all of these units."""
    chosen_units = list(units)
    members = {pk for unit in chosen_units for pk in found[unit.pk].whole}
    kept = kept_of(target, members, keys)
    names = Unit.objects.in_bulk(members)
    return [_run(target, unit, found[unit.pk], keys, kept, names) for unit in chosen_units]


def _run(target, unit, standing, keys, kept, names):
    cells = [
        _together(target, key, [(names[pk], kept.get(pk, {})) for pk in standing.whole])
        for key in keys
    ]
    before = [names[pk] for pk in standing.whole if pk != unit.pk]
    return RunToday(unit, "", cells, before=before, parts=standing.parts)


def _together(target, key, of):
    """`of`: [(unit, {period: its result})] of all that stand for one."""
    figures = [(unit, *figure_in(target, key, kept, unit)) for unit, kept in of]
    found = [(unit, result, how) for unit, result, how in figures if result]
    if len(found) < 2:
        result, how = found[0][1:] if found else (None, None)
        return Together(target, result, how, of=len(found))
    if not rules.may_be_added(target):
        apart = [(unit.name, figure_of(target, result)) for unit, result, _how in found]
        return Together(target, None, apart=apart)
    if gathering.way_of(target) == Target.Gather.LAST:
        found = [each for each in found if gathering.stands_at_end(each[0], key)] or found
    total = sum((result.value or Decimal(0) for _unit, result, _how in found), Decimal(0))
    made = unkept(target, key, total)
    return Together(target, made, _together_how(total, found), of=len(found))


def _together_how(total, found):
    """Months of all of them; None where each reported exactly the period."""
    hows = [how for _unit, _result, how in found if how]
    if not hows:
        return None
    last = max(how.last for how in hows)
    if last:
        return Gathered(total, "", int(not any(how.partial for how in hows)), 1, last)
    return Gathered(total, "", sum(how.months for how in hows), sum(how.of for how in hows))


def last_year_of(units: Iterable[Unit], before: Iterable[Any], today: date) -> dict[int, list[Any]]:
    """{id of a unit of this year: last year's rows of all that went whole into it}.

    `before` are rows with a `unit`, such as score sheets of the year before; they keep their order.
    """
    rows = list(before)
    found = unit_rules.as_today({row.unit for row in rows}, today)
    whole = {unit.pk: set(found[unit.pk].whole) if unit.pk in found else set() for unit in units}
    return {pk: [row for row in rows if row.unit_id in theirs] for pk, theirs in whole.items()}
