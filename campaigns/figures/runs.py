"""Results over a run of periods, side by side: all targets of one unit, all units of one target.

A figure stands as it was reported for exactly that period; where nobody did, as its months make
it, if the target says that they may (rules/gathering.py). No province is made of its units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.figures.results import (
    SUMS,
    figure_in,
    figure_of,
    goal_of,
    progress_of,
    results_of,
    units_expected,
)
from campaigns.models import Campaign, ReportDuty, Target, TargetResult
from campaigns.rules import gathering, periods
from campaigns.rules import results as rules
from campaigns.rules.gathering import Gathered

Frequency = ReportDuty.Frequency
KINDS = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY)
YEARS_BACK = {Frequency.MONTHLY: 0, Frequency.QUARTERLY: 1, Frequency.YEARLY: 4}
FEWEST = 3  # figures from which on a line says more than the table


@dataclass(frozen=True)
class Cell:
    """One figure of a run; `result` is None where nothing was reported. `gathered` says how it
    comes of shorter periods."""

    target: Target
    result: TargetResult | None
    gathered: Gathered | None = None

    @property
    def note(self) -> str:
        """How the figure comes about; empty for one that was reported as it stands."""
        return self.gathered.words if self.gathered else ""

    @property
    def whole(self) -> bool:
        """Whether there is a figure and nothing of the period is missing in it."""
        return self.result is not None and not (self.gathered and self.gathered.partial)

    @property
    def in_words(self) -> str:
        """What stands in a workbook where there is no one figure."""
        return ""

    @property
    def figure(self) -> str:
        return figure_of(self.target, self.result)

    @property
    def progress(self) -> rules.Progress:
        return progress_of(self.target, self.result, self.gathered)


@dataclass(frozen=True)
class Run:
    """One row of the table: a target of a unit, or a unit for a target."""

    head: Any
    goal: str
    cells: Sequence[Cell]

    @property
    def title(self) -> str:
        """The head as a workbook says it."""
        return str(self.head)

    @property
    def empty(self) -> bool:
        """Whether nothing was reported in any of the periods."""
        return all(cell.result is None for cell in self.cells)


@dataclass(frozen=True)
class Sum:
    """What all units say of one target in one period; the ends of the spread are words."""

    reported: int = 0
    met: int | None = None
    total: str = ""
    spread: str = ""


def shown(kind: str, year: int, today: date) -> list[periods.Period]:
    """The periods that stand side by side: the months of a year, the quarters of it and of the
    year before, the last five years; those that have begun."""
    first = year - YEARS_BACK[Frequency(kind)]
    found = [each for at in range(first, year + 1) for each in periods.of_year(kind, at)]
    return [each for each in found if each.first <= today]


def of_unit(campaign: Campaign, unit: Unit, keys: Sequence[str]) -> list[Run]:
    """All targets of a campaign over the periods, as one unit reported them: two queries."""
    kept = results_of(unit.pk, campaign, keys)
    return [
        Run(target, goal_of(target), cells_of(target, keys, kept.get(target.pk, {}), unit))
        for target in campaign.targets.order_by("order")
    ]


def cells_of(
    target: Target,
    keys: Sequence[str],
    kept: Mapping[str, TargetResult],
    unit: Unit,
) -> list[Cell]:
    """The figures of one unit, period by period."""
    return [Cell(target, *figure_in(target, key, kept, unit)) for key in keys]


def reached(runs: Iterable[Run]) -> list[tuple[int, int]]:
    """(targets reached, targets with a whole figure) of each period."""
    columns = zip(*(run.cells for run in runs), strict=True)
    return [
        (
            sum(cell.progress.met is True for cell in column),
            sum(cell.whole for cell in column),
        )
        for column in columns
    ]


def units_of(target: Target, keys: Sequence[str]) -> Any:
    """The units that are to report on a target, and those that did although they are not."""
    wanted = gathering.all_within(keys)
    rows = TargetResult.objects.filter(target=target, unit=OuterRef("pk"), period__in=wanted)
    reporting = Unit.objects.filter(Exists(rows)).exclude(pk=target.campaign.unit_id)
    return (units_expected(target.campaign) | reporting).order_by("path")


def units_in(campaign: Campaign) -> Any:
    """The units that are to report in a campaign, and those that did although they are not."""
    rows = TargetResult.objects.filter(target__campaign=campaign, unit=OuterRef("pk"))
    reporting = Unit.objects.filter(Exists(rows)).exclude(pk=campaign.unit_id)
    return (units_expected(campaign) | reporting).order_by("path")


def of_units(target: Target, units: Iterable[Unit], keys: Sequence[str]) -> list[Run]:
    """One target over the periods, unit by unit: one query for all of these units."""
    units = list(units)
    kept = kept_of(target, units, keys)
    return [Run(unit, "", cells_of(target, keys, kept.get(unit.pk, {}), unit)) for unit in units]


def kept_of(
    target: Target, units: Iterable[Any], keys: Sequence[str]
) -> dict[int, dict[str, TargetResult]]:
    """{unit id: {period: result}} of one target, shorter periods too: one query."""
    wanted = gathering.all_within(keys)
    rows = TargetResult.objects.filter(target=target, unit__in=units, period__in=wanted)
    found: dict[int, dict[str, TargetResult]] = {}
    for row in rows:
        found.setdefault(row.unit_id, {})[row.period] = row
    return found


def sums_of(target: Target, keys: Sequence[str]) -> list[Sum]:
    """What all units say together, period by period: counted, and added where that makes sense.

    One query. Of months the database counts; longer periods are gathered unit by unit.
    """
    wanted = gathering.all_within(keys)
    rows = TargetResult.objects.filter(target=target, period__in=wanted)
    rows = rows.exclude(unit=F("target__campaign__unit")).order_by()
    if len(wanted) > len(keys):
        return _sums_gathered(target, keys, rows)
    found = {row["period"]: row for row in rows.values("period").annotate(**SUMS)}
    return [_sum(target, found[key]) if key in found else Sum() for key in keys]


class _Said(NamedTuple):
    """A figure without its row: years of many units are some hundred thousand of them."""

    value: Any
    text: str


class _Figure(NamedTuple):
    """One unit's figure of a period; `whole`: nothing is missing in it. `stands`: it is not the
    stock of a unit that was no more at the end, which its successor holds by then."""

    value: Any
    whole: bool = True
    stands: bool = True


def _sums_gathered(target, keys, rows):
    kept: dict[int, tuple[Unit, dict[str, _Said]]] = {}
    fields = ("unit", "unit__opened_on", "unit__closed_on", "period", "value", "text")
    for pk, opened, closed, period, value, text in rows.values_list(*fields):
        if pk not in kept:
            kept[pk] = Unit(pk=pk, opened_on=opened, closed_on=closed), {}
        kept[pk][1][period] = _Said(value, text)
    return [_sum_of(target, key, kept.values()) for key in keys]


def _of(target, key, unit, said):
    """One unit's figure; None where it reported nothing."""
    if key in said:
        return _Figure(said[key].value)
    made = gathering.gathered(target, key, said, unit)
    if made is None:
        return None
    stock = gathering.way_of(target) == Target.Gather.LAST
    stands = not stock or gathering.stands_at_end(unit, key)
    return _Figure(made.value, not made.partial, stands)


def _sum_of(target, key, kept):
    """`met` and the spread count whole figures alone; the sum says what was reported, and of a
    stock only what stands at the end of the period, unless nothing does."""
    figures = [each for unit, said in kept if (each := _of(target, key, unit, said))]
    known = [each for each in figures if each.value is not None]
    values = [each.value for each in known if each.stands] or [each.value for each in known]
    whole = [each.value for each in known if each.whole]
    if not figures:
        return Sum()
    said = {
        "reported": len(figures),
        "met": sum(rules.progress(target, value).met is True for value in whole),
        "total": sum(values),
        "least": min(whole, default=None),
        "most": max(whole, default=None),
    }
    return _sum(target, said)


def _sum(target, said):
    numbers = target.compare not in Target.WITHOUT_NUMBER
    known = numbers and said["least"] is not None
    ends = [rules.said(said["least"]), rules.said(said["most"])] if known else []
    return Sum(
        reported=said["reported"],
        met=None if target.compare == Target.Compare.TEXT else said["met"],
        total=rules.said(said["total"]) if rules.may_be_added(target) else "",
        spread=" – ".join(dict.fromkeys(ends)),
    )


def drawn(run: Run) -> list[tuple[Any, list[float | None]]]:
    """The series of a chart: the figures and what is to be reached; none where a line would say
    no more than the table. A gap stays a gap."""
    target = run.cells[0].target if run.cells else None
    if target is None or target.compare in Target.WITHOUT_NUMBER or target.value is None:
        return []
    numbers = [_number(cell.result) if cell.whole else None for cell in run.cells]
    if sum(number is not None for number in numbers) < FEWEST:
        return []
    goal: list[float | None] = [float(target.value)] * len(numbers)
    return [(_("Reached"), numbers), (_("To be reached"), goal)]


def _number(result):
    return None if result is None or result.value is None else float(result.value)
