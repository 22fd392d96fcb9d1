"""What follows of aims when units close: lists that are not decided, and who takes lists in."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing, register
from campaigns.models import AimCall, AimList


@register
def aims_of(closing: Closing) -> Iterator[Carry]:
    """Lists of the year of the closing and later; what went upward stays as it was sent."""
    mine = AimList.objects.filter(unit__in=closing.ids, call__year__gte=closing.on.year)
    rows = closing.rows(mine.filter(roll_up=None).order_by("call", "unit__path"))
    heirs = {heir.pk for heir in closing.heirs.values() if heir.pk}
    there = AimList.objects.filter(unit__in=heirs).values_list("unit", "call")
    go, stay = closing.parted(rows, there, lambda row: row.call_id) if closing.heirs else ([], rows)
    what = _("Lists of titles")
    yield Carry(
        what=what,
        becomes=_("pass to the successor"),
        rows=go,
        changed=lambda row: {
            "unit_id": closing.heir(row).pk,
            "unit_name": closing.heir(row).name,
        },
        told=True,
    )
    yield Carry(what=what, becomes=_("stay under the old name"), stay=len(stay))
    yield from _taken_in(closing, {row.pk for row in go})


def _parted(closing, rows):
    heirs = {heir.pk for heir in closing.heirs.values() if heir.pk}
    there = AimList.objects.filter(unit__in=heirs).values_list("unit", "call")
    return closing.parted(rows, there, lambda row: row.call_id)


def _taken_in(closing, going):
    """Calls that the closing unit collects or that are its own, and the lists that it takes in."""
    closed = list(closing.heirs)
    mine = Q(collector__in=closed) | Q(unit__in=closed)
    calls = closing.rows(AimCall.objects.filter(mine, year__gte=closing.on.year).order_by("pk"))
    if not calls:
        return
    lists = AimList.objects.filter(receiver__in=closed, roll_up=None).exclude(pk__in=going)
    yield Carry(
        what=_("Lists of titles that it takes in"),
        becomes=_("go to the successor"),
        rows=closing.rows(lists.order_by("pk")),
        changed=lambda row: {"receiver_id": closing.heirs[row.receiver_id].pk},
    )
    yield Carry(
        what=_("Registrations of titles that it collects"),
        becomes=_("go to the successor"),
        rows=calls,
        changed=lambda row: {
            name: closing.heirs[getattr(row, name)].pk
            for name in ("collector_id", "unit_id")
            if getattr(row, name) in closing.heirs
        },
    )
