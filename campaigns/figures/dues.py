"""What units have to do by a day: the one place that reckons it.

The home page, the calendar of a unit and the reminders all read it here. Apps above register
what lies with them when they are ready, so that nothing here knows them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.permissions import GRANTS, Perm
from campaigns.models import (
    AimCall,
    AimList,
    Assignment,
    AwardRound,
    BlockMember,
    Campaign,
    LatePermit,
    Participation,
    PeriodicReport,
    ScoreSheet,
    SheetRemark,
    Target,
    TargetResult,
)
from campaigns.rules import aims as aim_rules
from core.clock import clock

Units = Collection[int] | None  # keys; None: all units
REPORT_WAITS = (PeriodicReport.State.OPEN, PeriodicReport.State.RETURNED)
RUNS = Campaign.State.OPEN
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """One thing of one unit. `key` is the same every day; `words` are Vietnamese, as papers are.
    Only who holds `perm` at the unit can do it, and is reminded of it."""

    key: str
    unit: int
    day: date
    words: str
    address: str
    about: str = ""  # what it is of, without the words
    perm: Perm = Perm.REPORT_WRITE

    @property
    def kind(self) -> str:
        """“report”, “result”, “task”, “aim”, “sheet”, “round” or “dossier”."""
        return self.key.partition("-")[0]


_above: list[Callable[[Units], list[Due]]] = []


def register(kind: Callable[[Units], list[Due]]) -> Callable[[Units], list[Due]]:
    """Have what this function answers be owed, too."""
    _above.append(kind)
    return kind


def open_dues(units: Units = None) -> list[Due]:
    """All that units still owe by a day, the nearest first: some ten queries for any number."""
    owed = list(_owed(units))
    found = [_report(row) for row in owed] + _results(owed)
    found += [*_tasks(units), *_aims(units), *_sheets(units)]
    found += [due for kind in _above for due in kind(units)]
    return sorted(found, key=lambda due: (due.day, due.key))


def soon_due(user: Any) -> list[Due]:
    """Tasks and lists of titles of this person's units that are late or due within a month."""
    mine = [m.unit_id for m in user.current_memberships() if Perm.REPORT_WRITE in GRANTS[m.role]]
    until = clock.today() + SOON
    found = [due for due in (*_tasks(mine), *_aims(mine)) if due.day <= until] if mine else []
    return sorted(found, key=lambda due: (due.day, due.key))


def marked_days(unit: Any) -> list[Due]:
    """The days of a unit's calendar: what it owes, reports that are sent, rounds of awards."""
    sent = _of(PeriodicReport.objects.filter(duty__campaign__state=RUNS), [unit.pk])
    sent = sent.filter(due_at__isnull=False).exclude(state__in=REPORT_WAITS)
    mine = Campaign.objects.filter(state=RUNS, participations__unit=unit)
    rounds = AwardRound.objects.filter(campaign__in=mine, closes_at__isnull=False)
    return [
        *[due for due in open_dues([unit.pk]) if due.kind != "round"],  # all rounds stand below
        *[_report(row) for row in _with_permits(sent).select_related("duty__campaign")],
        *[_round(row, unit.pk) for row in rounds.select_related("campaign")],
    ]


def owed_reports(units: Units = None) -> Any:
    """Reports that are with their unit: not sent yet, or sent back."""
    rows = PeriodicReport.objects.filter(state__in=REPORT_WAITS, duty__campaign__state=RUNS)
    return _of(rows, units)


def sheets_with_units(units: Units = None) -> Any:
    """Score sheets that units have not sent, and those with a criterion sent back."""
    back = Q(remarks__kind=SheetRemark.Kind.RETURNED, remarks__closed_at=None)
    rows = ScoreSheet.objects.filter(Q(state=ScoreSheet.State.OPEN) | back)
    return _of(rows.exclude(state=ScoreSheet.State.PUBLISHED), units).distinct()


def _of(rows: Any, units: Units) -> Any:
    return rows if units is None else rows.filter(unit__in=units)


def _owed(units):
    """Reports with their day, and whether their campaign has targets (`measured`)."""
    rows = _with_permits(owed_reports(units).filter(due_at__isnull=False))
    targets = Target.objects.filter(campaign=OuterRef("duty__campaign"))
    return rows.annotate(measured=Exists(targets)).select_related("duty__campaign")


def _with_permits(rows):
    """Reports with `permitted_until`: the end of the unit's longest late permit that still holds."""
    permits = LatePermit.objects.filter(
        unit=OuterRef("unit"),
        duty=OuterRef("duty"),
        period=OuterRef("period"),
        until__gt=clock.now(),
        withdrawn_at=None,
    )
    longest = permits.order_by("-until").values("until")[:1]
    return rows.annotate(permitted_until=Subquery(longest))


def _last_day(report):
    """The day by which a report is due, or by which a late permit lets its unit send it."""
    until = report.permitted_until
    if until and until > report.due_at:
        return clock.last_day_before(until)
    return report.last_day


def _report(row):
    return Due(
        f"report-{row.pk}",
        row.unit_id,
        _last_day(row),
        f"Hạn gửi báo cáo {row.period_words}: {row.duty.campaign}",
        row.get_absolute_url(),
    )


def _results(reports):
    """Results of a period are due with its report; the plan names no day of their own."""
    owed = [row for row in reports if row.measured and row.period and not row.first_sent_at]
    if not owed:
        return []
    kept = TargetResult.objects.filter(
        target__campaign__in={row.duty.campaign_id for row in owed},
        unit__in={row.unit_id for row in owed},
    )
    there = set(kept.values_list("target__campaign", "unit", "period").distinct())
    return [_result(row) for row in owed if not _has_result(row, there)]


def _has_result(row, there):
    mine = (period for c, u, period in there if (c, u) == (row.duty.campaign_id, row.unit_id))
    return any(period.startswith(row.period) for period in mine)


def _result(row):
    args = [row.duty.campaign_id, row.unit_id, row.period]
    return Due(
        f"result-{row.pk}",
        row.unit_id,
        _last_day(row),
        f"Nhập kết quả chỉ tiêu {row.period_words}: {row.duty.campaign}",
        reverse("campaigns:results_entry", args=args),
    )


def _tasks(units):
    rows = _of(Assignment.objects.filter(due_on__isnull=False), units)
    rows = rows.filter(task__group__campaign__state=RUNS).exclude(state=Assignment.State.DONE)
    return [
        Due(
            f"task-{row.pk}",
            row.unit_id,
            row.due_on,
            f"Hạn nhiệm vụ {row}",
            row.get_absolute_url(),
            str(row),
        )
        for row in rows.select_related("task")
    ]


def _aims(units):
    """Lists of titles that were not sent or came back, of calls that run: four queries, and one
    for late permits where a call is over."""
    calls = list(_calls().select_related("campaign", "block"))
    if not calls:
        return []
    kept = _of(AimList.objects.filter(call__in=calls), units)
    states = {
        (call, unit): state for call, unit, state in kept.values_list("call", "unit", "state")
    }
    asked = _asked(calls, units)
    pairs = {(call, unit): None for call in calls for unit in asked.get(_subject(call), ())}
    by_key = {call.pk: call for call in calls}
    pairs |= {(by_key[call], unit): None for call, unit in states}
    permits = _late_until(calls, units)
    return [
        _aim(call, unit, permits.get((call.pk, unit)))
        for call, unit in pairs
        if states.get((call.pk, unit), AimList.State.DRAFT) in aim_rules.WAITS
        and (call.recent or (call.pk, unit) in permits)
    ]


def _late_until(calls, units):
    """{(call, unit): last day of the late permit} for calls that are over."""
    now = clock.now()
    over = [call.pk for call in calls if call.due_at <= now]
    if not over:
        return {}
    rows = LatePermit.objects.filter(call__in=over, until__gt=now, withdrawn_at=None)
    ends = _of(rows, units).order_by("until").values_list("call", "unit", "until")
    return {(call, unit): clock.last_day_before(until) for call, unit, until in ends}


def _calls():
    """Calls of this year on, and older ones whose last day is not long over, as `recent`; of
    others those to which some unit may send late."""
    rows = AimCall.objects.filter(Q(campaign__state=RUNS) | Q(block__isnull=False))
    now = clock.now()
    recent = Q(year__gte=clock.today().year) | Q(due_at__gt=now - SOON)
    permits = LatePermit.objects.filter(call=OuterRef("pk"), until__gt=now, withdrawn_at=None)
    rows = rows.annotate(recent=ExpressionWrapper(recent, BooleanField()))
    return rows.filter(Q(recent=True) | Exists(permits))


def _subject(call):
    return ("campaign", call.campaign_id) if call.campaign_id else ("block", call.block_id)


def _asked(calls, units):
    """{campaign or block: keys of the units that take part}."""
    found: dict[tuple[str, int], list[int]] = {}
    for kind, model in (("campaign", Participation), ("block", BlockMember)):
        keys = {key for name, key in map(_subject, calls) if name == kind}
        rows = _of(model.objects.filter(**{f"{kind}__in": keys}), units)
        for key, unit in rows.order_by().values_list(kind, "unit"):
            found.setdefault((kind, key), []).append(unit)
    return found


def _aim(call, unit, permitted):
    return Due(
        f"aim-{call.pk}-{unit}",
        unit,
        permitted or call.last_day,
        f"Hạn gửi đăng ký danh hiệu: {call}",
        AimList(call=call, unit_id=unit).get_absolute_url(),
        str(call),
    )


def _sheets(units):
    rows = sheets_with_units(units).filter(block__score_by__isnull=False)
    return [
        Due(
            f"sheet-{row.pk}",
            row.unit_id,
            row.block.score_by,
            f"Hạn tự chấm điểm: {row.block}",
            row.get_absolute_url(),
            perm=Perm.SHEET_WRITE,
        )
        for row in rows.select_related("block")
    ]


def _round(row, unit):
    address = reverse("campaigns:campaign", args=[row.campaign_id])
    return Due(f"round-{row.pk}", unit, row.last_day, f"Hạn hồ sơ: {row}", address)
