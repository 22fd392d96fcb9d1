"""Reports as pages count and show them: what is late, what comes next, what results say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from accounts.permissions import Perm
from campaigns.figures import dues
from campaigns.figures.results import figure_in
from campaigns.figures.runs import Cell
from campaigns.models import Campaign, PeriodicReport, Target, TargetResult
from core.clock import clock

State = PeriodicReport.State
WAITS = dues.REPORT_WAITS
MOST = 20  # reports on a first page


def late_first(rows: QuerySet, moment: datetime) -> QuerySet:
    """Late ones, then those that wait, then those that are sent; each by its day and unit."""
    rank = Case(
        When(state__in=WAITS, due_at__lte=moment, then=Value(0)),
        When(state=State.RETURNED, then=Value(1)),
        When(state=State.OPEN, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "due_at", "unit__path", "pk")


def waiting_for(user: Any) -> list[PeriodicReport]:
    """Reports this person's units still have to send, as far as they are late or due soon."""
    moment = clock.now()
    rows = _soon_owed(user, moment).select_related("duty__campaign", "unit")
    found = list(late_first(rows, moment)[:MOST])
    if len(found) < MOST:
        user._reports_waiting = len(found)
    return found


def count_waiting(user: Any) -> int:
    """For the menu: one query, none on a page that shows them all."""
    if not hasattr(user, "_reports_waiting"):
        user._reports_waiting = _soon_owed(user, clock.now()).count()
    return user._reports_waiting


def _soon_owed(user, moment):
    mine = [m.unit_id for m in user.current_memberships()]
    rows = dues.owed_reports(mine).visible_to(user, Perm.REPORT_WRITE)
    return rows.filter(due_at__lt=moment + dues.SOON)


def counts(rows: QuerySet, moment: datetime) -> dict[str, int]:
    """How many of these reports are late, wait, came back, came in: one query."""
    late = Q(state__in=WAITS, due_at__lte=moment)
    return rows.order_by().aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late),
        waiting=Count("pk", filter=Q(state=State.OPEN) & ~late),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        sent=Count("pk", filter=Q(state=State.SENT)),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
    )


def results_of(unit: Any, campaign: Campaign, period: str) -> dict[int, Cell]:
    """{target id: the unit's figure for the period}, as it was reported or as its months make
    it; of a duty that comes once, the last that was reported. Two queries."""
    rows = TargetResult.objects.filter(
        unit=unit, target__campaign=campaign, period__startswith=period[:4] or "2"
    )
    kept: dict[int, dict[str, TargetResult]] = {}
    for row in rows.order_by("period"):
        kept.setdefault(row.target_id, {})[row.period] = row
    found = {}
    for target in campaign.targets.filter(pk__in=kept):
        said = kept[target.pk]
        made = figure_in(target, period, said, unit) if period else (said[max(said)], None)
        if made[0]:
            made[0].target = target
            found[target.pk] = Cell(target, *made)
    return found


def targets_of(campaign: Campaign) -> Iterable[Target]:
    return campaign.targets.order_by("order")
