"""What follows of reports when units close: those that are owed, and who takes reports in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing
from campaigns.models import PeriodicReport
from campaigns.services.passing import apart, heirs_of, left_behind, parted, to_heir
from campaigns.services.receiving import receiver_after
from core.clock import clock

State = PeriodicReport.State
OWED = [State.OPEN, State.RETURNED]
TAKERS = ("unit", "duty__campaign__unit", "duty__campaign__steward")


def reports_of(closing: Closing) -> Iterator[Carry]:
    """Reports that a closing unit owes, and those that it takes in; days stay as they are."""
    mine = PeriodicReport.objects.filter(unit__in=closing.ids, state__in=OWED)
    rows = closing.rows(mine.select_related(*TAKERS).order_by("duty", "period", "unit__path"))
    what, receiver, names = _("Open reports"), _receivers(closing), to_heir(closing)
    if not closing.heirs:
        yield left_behind(what, rows)
        yield _taken_in(closing, rows, [], receiver)
        return
    there = PeriodicReport.objects.filter(unit__in=heirs_of(closing))
    go, stay = parted(
        closing,
        rows,
        there.values_list("unit", "duty", "period"),
        lambda row: (row.duty_id, row.period),
    )
    yield Carry(
        what=what,
        becomes=_("pass to the successor; their last days stay"),
        rows=go,
        changed=lambda row: names(row) | {"receiver_id": receiver(row)},
        told=True,
    )
    yield apart(what, stay)
    yield _taken_in(closing, rows, stay, receiver)


def _taken_in(closing, owed, stay, receiver):
    """Reports of others, and those that stay under the old name with the successor above them."""
    taken_in = PeriodicReport.objects.filter(receiver__in=closing.ids).exclude(state=State.ACCEPTED)
    taken_in = taken_in.exclude(pk__in=[row.pk for row in owed]).select_related(*TAKERS)
    near = {*closing.ids, *heirs_of(closing)}
    return Carry(
        what=_("Reports that it takes in"),
        becomes=_("go to the successor, or to who stands above it where they are its own"),
        rows=[
            *closing.rows(taken_in.order_by("pk")),
            *(row for row in stay if row.receiver_id in near),
        ],
        changed=lambda row: {"receiver_id": receiver(row)},
    )


def _receivers(closing):
    """A function from a report to the id of who takes it in afterwards; each campaign asks once."""
    stewards = {}
    today = clock.today()

    def receiver(row):
        campaign = row.duty.campaign
        if campaign.pk not in stewards:
            stewards[campaign.pk] = campaign.steward_on(today)
        found = receiver_after(closing, row.unit, stewards[campaign.pk], campaign.unit)
        return found.pk if found else row.receiver_id

    return receiver
