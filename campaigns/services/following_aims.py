"""What follows of aims when units close: lists that are not decided, and who takes lists in."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing, register
from campaigns.models import AimCall, AimList
from campaigns.services.receiving import receiver_after

TAKERS = ("unit", "call__collector", "call__unit")


@register
def aims_of(closing: Closing) -> Iterator[Carry]:
    """Lists of the year of the closing and later; what went upward stays as it was sent."""
    mine = AimList.objects.filter(unit__in=closing.ids, call__year__gte=closing.on.year)
    mine = mine.filter(roll_up=None).select_related(*TAKERS)
    rows = closing.rows(mine.order_by("call", "unit__path"))
    go, stay = _parted(closing, rows) if closing.heirs else ([], rows)
    what = _("Lists of titles")
    yield Carry(
        what=what,
        becomes=_("pass to the successor"),
        rows=go,
        changed=lambda row: {
            "unit_id": closing.heir(row).pk,
            "unit_name": closing.heir(row).name,
            "receiver_id": _receiver(closing, row),
        },
        told=True,
    )
    yield Carry(what=what, becomes=_("stay under the old name"), stay=len(stay))
    yield from _taken_in(closing, go, stay)


def _parted(closing, rows):
    heirs = {heir.pk for heir in closing.heirs.values() if heir.pk}
    there = AimList.objects.filter(unit__in=heirs).values_list("unit", "call")
    return closing.parted(rows, there, lambda row: row.call_id)


def _receiver(closing, row):
    found = receiver_after(closing, row.unit, row.call.collector, row.call.unit)
    return found.pk if found else row.receiver_id


def _taken_in(closing, go, stay):
    """Calls that the closing unit collects or that are its own, and the lists to be taken in."""
    closed = closing.ids
    near = {*closed, *(heir.pk for heir in closing.heirs.values())}
    lists = AimList.objects.filter(receiver__in=closed, roll_up=None).select_related(*TAKERS)
    lists = lists.exclude(pk__in=[row.pk for row in [*go, *stay]])
    meets = [row for row in stay if row.receiver_id in near]
    yield Carry(
        what=_("Lists of titles that it takes in"),
        becomes=_("go to the successor, or to who stands above it where they are its own"),
        rows=[*closing.rows(lists.order_by("pk")), *meets],
        changed=lambda row: {"receiver_id": _receiver(closing, row)},
    )
    mine = Q(collector__in=closed) | Q(unit__in=closing.heirs)
    calls = AimCall.objects.filter(mine, year__gte=closing.on.year).select_related("unit")
    yield Carry(
        what=_("Registrations of titles that it collects"),
        becomes=_("go to the successor"),
        rows=closing.rows(calls.order_by("pk")),
        changed=lambda row: _call(closing, row),
    )


def _call(closing, row):
    """Where nobody takes over from the collector, whose campaign it is collects."""
    owner = closing.heirs.get(row.unit_id, row.unit)
    collector = row.collector_id
    if collector in closing.ids:
        collector = closing.heirs.get(collector, owner).pk
    return {"unit_id": owner.pk, "collector_id": collector}
