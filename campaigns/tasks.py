"""What the portal does for running campaigns by itself: reports fall due, and are no longer owed."""

from django.utils.translation import gettext_noop

from accounts import rules as unit_rules
from accounts.models import Unit
from campaigns.models import Campaign, PeriodicReport
from campaigns.rules import reports as rules
from core.clock import clock
from core.jobs.background import background, every_day


@every_day
@background(gettext_noop("Reports fall due"))
def reports_of_today(job):
    """Each day, and when a campaign is launched or a unit registers."""
    for campaign in job.track(Campaign.objects.filter(state=Campaign.State.OPEN)):
        fall_due(campaign)


def fall_due(campaign: Campaign, unit: Unit | None = None) -> int:
    """Make the reports that are owed today and not there yet; returns how many.

    Asked for when a unit registers, when the campaign is launched and each day; asking again
    changes nothing but days that the plan has moved for reports that were not sent.
    """
    today = clock.today()
    wanted = list(rules.owed(campaign, today, unit))
    kept = {(row.duty_id, row.unit_id, row.period): row for row in _of(campaign, unit)}
    names = unit_rules.names_on([row.unit for row in wanted], today)
    new, moved = [], []
    for each in wanted:
        row = kept.get((each.duty.pk, each.unit.pk, each.period))
        if row is None:
            new.append(
                PeriodicReport(
                    duty=each.duty,
                    unit=each.unit,
                    unit_name=names[each.unit.pk],
                    receiver=rules.receiver_of(each.duty, each.unit, today),
                    period=each.period,
                    due_at=each.due_at,
                )
            )
        elif row.due_at != each.due_at and row.first_sent_at is None:
            row.due_at = each.due_at
            moved.append(row)
    PeriodicReport.objects.bulk_create(new, ignore_conflicts=True)
    PeriodicReport.objects.bulk_update(moved, ["due_at"])
    return len(new)


def no_longer_owed(campaign: Campaign, unit: Unit) -> None:
    """A unit that leaves owes what it has not sent no more; what it sent stays."""
    _of(campaign, unit).filter(first_sent_at=None).delete()


def _of(campaign, unit):
    rows = PeriodicReport.objects.filter(duty__campaign=campaign)
    return rows.filter(unit=unit) if unit else rows
