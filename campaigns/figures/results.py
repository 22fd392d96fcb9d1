"""Results put together by the database: what the province sees in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from accounts.models import Unit
from campaigns.models import Campaign, Target, TargetResult
from campaigns.rules import results as rules

Compare = Target.Compare
MET = (
    Q(target__compare="at_least", value__gte=F("target__value"))
    | Q(target__compare="more_than", value__gt=F("target__value"))
    | Q(target__compare__in=["at_most", "rank"], value__lte=F("target__value"))
    | Q(target__compare="less_than", value__lt=F("target__value"))
    | Q(target__compare="equal", value=F("target__value"))
    | Q(target__compare="yes_no", value=1)
)
SUMS = {
    "reported": Count("target"),  # stands in the index of the period, so no row is looked up
    "met": Count("target", filter=MET),
    "total": Sum("value"),
    "least": Min("value"),
    "most": Max("value"),
}


@dataclass(frozen=True)
class Line:
    """One target in one period: the province's own figure, and what its units say."""

    target: Target
    goal: str
    own: TargetResult | None
    progress: rules.Progress
    reported: int
    met: int | None
    total: Decimal | None
    least: Decimal | None
    most: Decimal | None
    before: TargetResult | None

    @property
    def figure(self) -> str:
        """The province's own figure as it is read."""
        return figure_of(self.target, self.own)

    @property
    def earlier(self) -> str:
        """The one of the period before."""
        return figure_of(self.target, self.before)

    @property
    def sum(self) -> str:
        return rules.said(self.total)

    @property
    def spread(self) -> str:
        """From the least to the most of the units; empty where nothing was reported."""
        if self.least is None:
            return ""
        ends = [rules.said(self.least), rules.said(self.most)]
        return " – ".join(dict.fromkeys(ends))


def lines(campaign: Campaign, period: str, before: str = "") -> list[Line]:
    """All targets of a campaign in one period: three queries, however many units report. `before`
    is the period to compare with."""
    own = results_of(campaign.unit_id, campaign, [period, before])
    sums = _sums(campaign, period)
    return [
        _line(
            target,
            own.get((target.pk, period)),
            own.get((target.pk, before)),
            sums.get(target.pk, {}),
        )
        for target in campaign.targets.order_by("order")
    ]


def _line(target, own, before, said):
    value, text = (own.value, own.text) if own else (None, "")
    numbers = target.compare not in Target.WITHOUT_NUMBER
    return Line(
        target=target,
        goal=goal_of(target),
        own=own,
        progress=rules.progress(target, value, text),
        reported=said.get("reported", 0),
        met=None if target.compare == Compare.TEXT else said.get("met", 0),
        total=said.get("total") if rules.may_be_added(target) else None,
        least=said.get("least") if numbers else None,
        most=said.get("most") if numbers else None,
        before=before,
    )


def figure_of(target: Target, result: TargetResult | None) -> str:
    """A figure as it is read; empty where nothing is known."""
    if result is None:
        return ""
    if target.compare == Compare.YES_NO:
        return rules.progress(target, result.value).words
    return result.text or rules.said(result.value)


def results_of(
    unit: int, campaign: Campaign, keys: Iterable[str]
) -> dict[tuple[int, str], TargetResult]:
    """{(target id, period): what one unit says, or the province by its own unit}."""
    rows = TargetResult.objects.filter(target__campaign=campaign, unit=unit, period__in=keys)
    return {(row.target_id, row.period): row for row in rows}


def _sums(campaign, period):
    """What the units say, one row a target. Nothing is averaged."""
    rows = TargetResult.objects.filter(target__campaign=campaign, period=period)
    found = rows.exclude(unit=campaign.unit_id).order_by().values("target").annotate(**SUMS)
    return {row["target"]: row for row in found}


def goal_of(target: Target) -> str:
    """“≥ 30 % GRDP”, “trong nhóm 20”, or the words of the plan; what it asks in words beside a
    number stands after it and is not reckoned."""
    if target.compare in Target.WITHOUT_NUMBER:
        return target.text or str(target.get_compare_display())
    signs = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}
    sign = signs.get(target.compare) or str(target.get_compare_display())
    measure = "" if target.compare == Compare.RANK else target.unit_of_measure
    number = " ".join(filter(None, [sign, rules.said(target.value), measure]))
    return f"{number}; {target.text}" if target.text else number


def units_expected(campaign: Campaign) -> Any:
    """The units that may report: those that take part; for a programme, those next below."""
    if campaign.kind == Campaign.Kind.PROGRAMME:
        return Unit.objects.filter(
            path__startswith=campaign.unit.path, depth=campaign.unit.depth + 1, closed_on=None
        )
    taking_part = campaign.participations.values("unit")
    return Unit.objects.filter(pk__in=taking_part, closed_on=None)


def units_reporting(campaign: Campaign) -> int:
    """How many units may report."""
    return units_expected(campaign).count()


def of_units(target: Target, period: str) -> Any:
    """The results of units for one target and period, with how each stands to the goal."""
    rows = TargetResult.objects.filter(target=target, period=period)
    return rows.exclude(unit=target.campaign.unit_id).select_related("unit", "target", "evidence")


def entered(unit: Unit, campaign: Campaign, period: str) -> dict[int, TargetResult]:
    """{target id: the unit's result of exactly this period}."""
    rows = TargetResult.objects.filter(unit=unit, target__campaign=campaign, period=period)
    return {row.target_id: row for row in rows.select_related("target", "evidence")}


def how_many(unit: Unit, campaign: Campaign, keys: Iterable[str]) -> dict[str, int]:
    """{period: how many of the unit's figures are there}."""
    rows = TargetResult.objects.filter(unit=unit, target__campaign=campaign, period__in=keys)
    return dict(rows.order_by().values_list("period").annotate(number=Count("pk")))
