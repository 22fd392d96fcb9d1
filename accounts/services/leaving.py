"""People of a unit that closes: their roles end, and begin anew in the successor (D6, D12)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Employment, Membership, Person, User
from accounts.services.following import Carry, Closing, register


@register
def people_of(closing: Closing) -> Iterator[Carry]:
    last = closing.on - timedelta(days=1)
    units = [unit.pk for unit in closing.units]
    held = Membership.objects.filter(unit__in=units, from_day__lt=closing.on)
    held = held.filter(Q(until_day=None) | Q(until_day__gte=closing.on)).select_related("user")
    roles = closing.rows(held.order_by("pk"))
    anew = _anew(closing, roles) if closing.people else []
    yield Carry(
        what=_("Roles in the unit"),
        becomes=_("end on %(day)s") % {"day": f"{last:%d/%m/%Y}"},
        rows=roles,
        changed=lambda row: {"until_day": last},
        told=True,
    )
    yield Carry(
        what=_("Roles in the successor"),
        becomes=_("the same people hold them from %(day)s") % {"day": f"{closing.on:%d/%m/%Y}"},
        made=anew,
    )
    yield from _later_roles(closing, anew)
    heirs = list(closing.heirs)
    yield Carry(
        what=_("People who sign in"),
        becomes=_("work in the successor"),
        rows=closing.rows(User.objects_in_scope.filter(home_unit__in=heirs)),
        changed=lambda row: {"home_unit_id": closing.heirs[row.home_unit_id].pk},
    )
    yield from _employed(closing, heirs, last)


def _later_roles(closing, anew):
    """Roles given since the day, of an act that is entered late: none is lost.

    They go over where the people do. Else they are taken away, since no role outlives its unit;
    the ledger keeps them.
    """
    given = Membership.objects.filter(unit__in=closing.ids, from_day__gte=closing.on)
    rows = closing.rows(given.select_related("user").order_by("pk"))
    mine = [row for row in rows if closing.people and row.unit_id in closing.heirs]
    heirs = [heir.pk for heir in closing.heirs.values() if heir.pk]
    there = Membership.objects.filter(unit__in=heirs)
    taken: list[tuple[Any, tuple[Any, ...]]] = [
        (unit, tuple(rest)) for unit, *rest in there.values_list("unit", "user", "role", "from_day")
    ]
    taken += [(row.unit.pk or f"new {row.unit}", _role(row)) for row in anew]
    go, _met = closing.parted(mine, taken, _role, first=True)
    gone = {row.pk for row in go}
    what = _("Roles given since that day")
    yield Carry(
        what=what,
        becomes=_("pass to the successor"),
        rows=go,
        changed=lambda row: {"unit_id": closing.heir(row).pk},
        told=True,
    )
    yield Carry(
        what=what,
        becomes=_("are taken away; they come back if the reorganisation is taken back"),
        removed=[row for row in rows if row.pk not in gone],
        label=_("Take the role back"),
        told=True,
    )


def _role(row):
    return row.user_id, row.role, row.from_day


def _anew(closing, roles):
    """The same roles in the heir, except those that the person holds there already."""
    mine = [role for role in roles if role.unit_id in closing.heirs]
    there = Membership.objects.filter(user__in={role.user_id for role in mine}).in_force(closing.on)
    have = set(there.values_list("user", "unit", "role"))
    found = {}
    for role in mine:
        heir = closing.heir(role)
        if (role.user_id, heir.pk, role.role) not in have:
            found[role.user_id, str(heir), role.role] = Membership(
                user=role.user,
                unit=heir,
                role=role.role,
                from_day=closing.on,
                until_day=role.until_day,
            )
    return list(found.values())


def _employed(closing, heirs, last):
    people = closing.rows(Person.objects.filter(unit__in=heirs).order_by("pk"))
    before = {person.pk: person.unit_id for person in people}
    jobs = closing.rows(
        Employment.objects.filter(unit__in=heirs, until_day=None)
        .filter(Q(from_day=None) | Q(from_day__lt=closing.on))
        .order_by("pk")
    )
    yield Carry(
        what=_("People put forward for awards"),
        becomes=_("belong to the successor; their awards go with them"),
        rows=people,
        changed=lambda row: {"unit_id": closing.heirs[before[row.pk]].pk},
    )
    goes_on = [
        Employment(
            person_id=job.person_id,
            unit=closing.heirs[job.unit_id],
            position=job.position,
            from_day=closing.on,
        )
        for job in jobs
    ]
    yield Carry(
        what=_("Places of work"),
        becomes=_("end on %(day)s and go on in the successor") % {"day": f"{last:%d/%m/%Y}"},
        rows=jobs,
        changed=lambda row: {"until_day": last},
    )
    yield Carry(
        what=_("Places of work in the successor"),
        becomes=_("begin on %(day)s") % {"day": f"{closing.on:%d/%m/%Y}"},
        made=goes_on,
    )
    since = Employment.objects.filter(unit__in=heirs, from_day__gte=closing.on)
    yield Carry(
        what=_("Places of work begun since that day"),
        becomes=_("pass to the successor"),
        rows=closing.rows(since.order_by("pk")),
        changed=lambda row: {"unit_id": closing.heir(row).pk},
    )
