"""Results over a run of periods, side by side: all targets of one unit, all units of one target.

Each figure stands as it was reported for exactly that period: a quarter is not made of its
months, nor a province of its units.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.figures.results import SUMS, figure_of, goal_of, results_of, units_expected
from campaigns.models import Campaign, ReportDuty, Target, TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules

Frequency = ReportDuty.Frequency
KINDS = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY)
YEARS_BACK = {Frequency.MONTHLY: 0, Frequency.QUARTERLY: 1, Frequency.YEARLY: 4}
FEWEST = 3  # figures from which on a line says more than the table


@dataclass(frozen=True)
class Cell:
    """One figure of a run; `result` is None where nothing was reported."""

    target: Target
    result: TargetResult | None

    @property
    def in_words(self) -> str:
        """What stands in a workbook where there is no one figure."""
        return ""

    @property
    def figure(self) -> str:
        return figure_of(self.target, self.result)

    @property
    def progress(self) -> rules.Progress:
        if self.result is None:
            return rules.progress(self.target, None)
        return rules.progress(self.target, self.result.value, self.result.text)


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


def of_unit(campaign: Campaign, unit: int, keys: Sequence[str]) -> list[Run]:
    """All targets of a campaign over the periods, as one unit reported them: two queries."""
    kept = results_of(unit, campaign, keys)
    return [
        Run(target, goal_of(target), [Cell(target, kept.get((target.pk, key))) for key in keys])
        for target in campaign.targets.order_by("order")
    ]


def reached(runs: Iterable[Run]) -> list[tuple[int, int]]:
    """(targets reached, targets with a figure) of each period."""
    columns = zip(*(run.cells for run in runs), strict=True)
    return [
        (
            sum(cell.progress.met is True for cell in column),
            sum(cell.result is not None for cell in column),
        )
        for column in columns
    ]


def units_of(target: Target, keys: Sequence[str]) -> Any:
    """The units that are to report on a target, and those that did although they are not."""
    rows = TargetResult.objects.filter(target=target, unit=OuterRef("pk"), period__in=keys)
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
    rows = TargetResult.objects.filter(target=target, unit__in=units, period__in=keys)
    kept = {(row.unit_id, row.period): row for row in rows}
    return [
        Run(unit, "", [Cell(target, kept.get((unit.pk, key))) for key in keys]) for unit in units
    ]


def sums_of(target: Target, keys: Sequence[str]) -> list[Sum]:
    """What all units say together, period by period: counted, and added where that makes sense."""
    rows = TargetResult.objects.filter(target=target, period__in=keys)
    rows = rows.exclude(unit=F("target__campaign__unit")).order_by()
    found = {row["period"]: row for row in rows.values("period").annotate(**SUMS)}
    return [_sum(target, found[key]) if key in found else Sum() for key in keys]


def _sum(target, said):
    numbers = target.compare not in Target.WITHOUT_NUMBER
    ends = [rules.said(said["least"]), rules.said(said["most"])] if numbers else []
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
    numbers = [_number(cell.result) for cell in run.cells]
    if sum(number is not None for number in numbers) < FEWEST:
        return []
    goal: list[float | None] = [float(target.value)] * len(numbers)
    return [(_("Reached"), numbers), (_("To be reached"), goal)]


def _number(result):
    return None if result is None or result.value is None else float(result.value)
