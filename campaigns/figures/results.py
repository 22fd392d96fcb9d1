"""Results put together by the database: what the province sees in a few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum

from accounts.models import Unit
from campaigns.models import Campaign, Target, TargetResult
from campaigns.rules import gathering
from campaigns.rules import results as rules
from campaigns.rules.gathering import Gathered

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
    gathered: Gathered | None = None  # how `own` comes of shorter periods
    before_gathered: Gathered | None = None  # and how `before` does

    @property
    def missing(self) -> bool:
        """Whether there is no figure of the whole period."""
        return self.own is None or bool(self.gathered and self.gathered.partial)

    @property
    def figure(self) -> str:
        """The province's own figure as it is read."""
        return figure_of(self.target, self.own)

    @property
    def earlier(self) -> str:
        """The one of the period before, with how it comes of shorter ones."""
        figure = figure_of(self.target, self.before)
        return f"{figure} ({self.before_gathered.words})" if self.before_gathered else figure

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
    is the period to compare with. The province's own figure may be gathered from its months;
    what units say is what they reported for exactly this period."""
    unit = campaign.unit
    own = results_of(unit.pk, campaign, [period, before])
    sums = _sums(campaign, period)
    return [
        _line(target, unit, (period, before), own.get(target.pk, {}), sums.get(target.pk, {}))
        for target in campaign.targets.order_by("order")
    ]


def _line(target, unit, keys, kept, said):
    period, earlier = keys
    own, found = figure_in(target, period, kept, unit)
    before, made = figure_in(target, earlier, kept, unit) if earlier else (None, None)
    numbers = target.compare not in Target.WITHOUT_NUMBER
    return Line(
        target=target,
        goal=goal_of(target),
        own=own,
        progress=progress_of(target, own, found),
        reported=said.get("reported", 0),
        met=None if target.compare == Compare.TEXT else said.get("met", 0),
        total=said.get("total") if rules.may_be_added(target) else None,
        least=said.get("least") if numbers else None,
        most=said.get("most") if numbers else None,
        before=before,
        gathered=found,
        before_gathered=made,
    )


def figure_of(target: Target, result: TargetResult | None) -> str:
    """A figure as it is read; empty where nothing is known."""
    if result is None:
        return ""
    if target.compare == Compare.YES_NO:
        return rules.progress(target, result.value).words
    return result.text or rules.said(result.value)


def figure_in(
    target: Target, key: str, kept: Mapping[str, TargetResult], unit: Unit
) -> tuple[TargetResult | None, Gathered | None]:
    """What was reported for exactly a period, else what shorter ones make of it, and how.

    `kept` is {period: result} of one unit, as `results_of` says them.
    """
    if key in kept:
        return kept[key], None
    found = gathering.gathered(target, key, kept, unit)
    if found is None:
        return None, None
    return unkept(target, key, found.value, found.text), found


def unkept(target: Target, key: str, value: Decimal | None, text: str = "") -> TargetResult:
    """A figure that nobody reported, as a row that is never saved."""
    said: dict[str, Any] = {"value": value, "text": text}
    said["at"] = None  # given, since its default asks the database for the time
    return TargetResult(target=target, period=key, **said)


def progress_of(
    target: Target, result: TargetResult | None, found: Gathered | None
) -> rules.Progress:
    """How a figure stands to its target; one of which months are missing does not stand yet."""
    if found and found.partial:
        return rules.Progress(None, None, found.words)
    if result is None:
        return rules.progress(target, None)
    return rules.progress(target, result.value, result.text)


def results_of(
    unit: int, campaign: Campaign, keys: Iterable[str]
) -> dict[int, dict[str, TargetResult]]:
    """{target id: {period: what one unit says}} for periods and all shorter ones in them."""
    wanted = gathering.all_within(key for key in keys if key)
    rows = TargetResult.objects.filter(target__campaign=campaign, unit=unit, period__in=wanted)
    found: dict[int, dict[str, TargetResult]] = {}
    for row in rows:
        found.setdefault(row.target_id, {})[row.period] = row
    return found


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
