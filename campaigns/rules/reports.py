"""Which reports units owe, until when, and what is missing before one may be sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from campaigns.models import Campaign, PeriodicReport, ReportDuty
from campaigns.rules import periods
from campaigns.rules.campaigns import last_day, units_named
from campaigns.rules.permits import permit_for
from campaigns.rules.receivers import receiver_on
from core.audit import log
from core.clock import clock
from core.findings import Finding, Weight


@dataclass(frozen=True)
class Owed:
    """One report that a unit owes; `since` is the day from which it is bound."""

    duty: ReportDuty
    unit: Unit
    period: str
    due_at: datetime | None


def owed(campaign: Campaign, today: date, unit: Unit | None = None) -> Iterator[Owed]:
    """Every report of periods that have begun, last year's as far as it was due later than the
    unit registered. Nothing is owed for a time before the unit took part. With `unit` only its."""
    if campaign.state != Campaign.State.OPEN:
        return
    duties = list(campaign.duties.all())
    named = units_named([duty.who for duty in duties], campaign.signed_on or today)
    for duty in duties:
        reporters = list(_reporters(duty, named.get(duty.who), today, unit))
        for period, day in _periods(duty, today):
            for reporter, since in reporters:
                end = day or (period.last if period else None)
                if end is None or end >= since:
                    key = period.key if period else ""
                    yield Owed(duty, reporter, key, clock.end_of(day) if day else None)


def _reporters(
    duty: ReportDuty, named: Unit | None, today: date, only: Unit | None
) -> Iterator[tuple[Unit, date]]:
    """The one unit that the duty names, or all that take part, each with its first day.

    Where a named one is closed and nobody below the campaign's own unit took over, nobody owes.
    """
    if named:
        unit = unit_rules.answering_for(named, today)
        whole = duty.campaign.unit
        if only in (None, unit) and (unit == named or not whole.path.startswith(unit.path)):
            yield unit, today
        return
    taking_part = duty.campaign.participations.select_related("unit")
    for row in taking_part.filter(unit=only) if only else taking_part:
        if not (row.unit.closed_on and row.unit.closed_on <= today):
            yield row.unit, row.registered_at.astimezone(clock.ZONE).date()


def _periods(duty: ReportDuty, today: date) -> Iterator[tuple[periods.Period | None, date | None]]:
    if duty.frequency == ReportDuty.Frequency.ONCE:
        yield None, due_day(duty, None)
        return
    campaign = duty.campaign
    for year in (today.year - 1, today.year):
        if (campaign.starts_year or year) <= year <= (campaign.ends_year or year):
            for period in periods.of_year(duty.frequency, year):
                if period.first <= today:
                    yield period, due_day(duty, period)


def due_day(duty: ReportDuty, period: periods.Period | None) -> date | None:
    """The last day of a duty's period; it may wait for another duty, a phase or a round."""
    campaign, waited = duty.campaign, {duty.code}

    def day_of(code: str) -> date | None:
        if code in waited:
            return None  # two that wait for each other have no day
        waited.add(code)
        other = campaign.duties.filter(code=code).first()
        if other:
            return periods.due_day(other.due, period, day_of)
        stretch = (
            campaign.phases.filter(code=code).first() or campaign.rounds.filter(code=code).first()
        )
        return last_day(stretch) if stretch else None

    return periods.due_day(duty.due, period, day_of)


def receiver_of(duty: ReportDuty, unit: Unit, today: date) -> Unit:
    """Who takes a report in: the standing agency of today; for its own, whose campaign it is."""
    campaign = duty.campaign
    return receiver_on(today, unit, campaign.steward or campaign.unit, campaign.unit)


def is_late(report: PeriodicReport, moment: datetime) -> bool:
    """Whether the close is over for a report that is not sent; its first instant is too late."""
    waits = report.state in {PeriodicReport.State.OPEN, PeriodicReport.State.RETURNED}
    return waits and report.due_at is not None and moment >= report.due_at


def missing_to_send(report: PeriodicReport, moment: datetime) -> Iterable[Finding]:
    """Why a report cannot be sent at a moment; contents without a word are a warning.

    One that was sent before and came back is not bound by the close any more.
    """
    if report.duty.campaign.state != Campaign.State.OPEN:
        yield Finding(_("The campaign is not running."))
    bound = is_late(report, moment) and report.first_sent_at is None
    if bound and not permit_for(report.unit, moment, duty=report.duty, period=report.period):
        text = _("Reports were taken until %(moment)s. Ask the standing agency for a late permit.")
        yield Finding(text % {"moment": _words(report)}, rule="report_open")
    written = set(report.parts.values_list("content", flat=True))
    if not (written or report.summary.strip()):
        yield Finding(_("The report says nothing yet: write what was done."), part="summary")
    empty = [c.code for c in report.duty.campaign.contents.all() if c.pk not in written]
    if empty and written:
        text = _("Nothing is written for the contents %(codes)s.")
        yield Finding(text % {"codes": ", ".join(empty)}, weight=Weight.WARN)


def _words(report: Any) -> str:
    return date_format(localtime(report.due_at), "DATETIME_FORMAT")


def missing_to_write(report: PeriodicReport) -> Iterable[Finding]:
    """Why the text cannot be changed now."""
    if report.state not in {PeriodicReport.State.OPEN, PeriodicReport.State.RETURNED}:
        text = _("This report is “%(state)s”: its text stands.")
        yield Finding(text % {"state": report.get_state_display()})


def changed_since(row: Any, version: int | None) -> Iterable[Finding]:
    """Whether somebody saved after the page with this version was shown."""
    if version is not None and version != row.version:
        yield Finding(log.changed_meanwhile(row))
