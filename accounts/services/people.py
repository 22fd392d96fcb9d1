"""Acts on users and their rights, on their inbox; and the demo's day."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Membership, Notice, Unit, User
from accounts.permissions import GRANTS, Perm, Role
from core import scoping
from core.audit import log
from core.clock import clock
from core.findings import Finding
from core.workflow import Blocked, act

LAST_DAY = date(2100, 12, 31)  # of the demo's clock: what falls due later must still have a day
CLOSED_ROLES = frozenset({Role.FORMER_STAFF, Role.AUDITOR})


@act
def grant(*, user: User, unit: Unit, role: str, since: date, actor: Any, until=None) -> Membership:
    """Give somebody a role in a unit from a day on; the history says who gave it.

    In a unit that is no more by then, only that of reading its old dossiers; else `Blocked`.
    """
    if unit.closed_on and unit.closed_on <= since and role not in CLOSED_ROLES:
        text = _("%(unit)s was closed on %(day)s: only its old dossiers may be read.")
        words = {"unit": unit, "day": f"{unit.closed_on:%d/%m/%Y}"}
        raise Blocked([Finding(text % words, part="role")])
    membership = Membership(user=user, unit=unit, role=role, from_day=since, until_day=until)
    membership.full_clean()
    membership.save()
    _tell(membership, "grant", _("Give the role"), actor)
    return membership


@act
def end_membership(*, membership: Membership, actor: Any) -> Membership:
    """Take a role back from today on: yesterday was its last day.

    One that was given today, or from a later day on, never had such a day: its row goes, and
    the history says who gave it and who took it back. One that ended before stays as it ended.
    """
    last = clock.today() - timedelta(days=1)
    if membership.until_day and membership.until_day <= last:
        return membership
    if membership.from_day > last:
        undo_membership(membership, actor)
        return membership
    membership.until_day, membership.version = last, membership.version + 1
    membership.save()
    _tell(membership, "end", _("Take the role back"), actor)
    return membership


def undo_membership(membership: Membership, actor: Any) -> None:
    """Remove a role that never was in force; the history says who gave it and who took it back."""
    _tell(membership, "undo", _("Take the role back"), actor)
    membership.delete()


def _tell(membership: Membership, verb: str, label: str, actor: Any) -> None:
    """A line on the person, whose page shows it also when the row is no more: which role, where,
    between which days."""
    span = _span(membership.from_day, membership.until_day)
    log.record(
        actor=actor,
        verb=f"membership.{verb}",
        label=label,
        target=membership.user,
        unit=membership.unit,
        note=f"{membership.get_role_display()}, {membership.unit} ({span})",
    )


def notify(*, users: Iterable[User], text: str, address: str = "") -> None:
    """Put a line into the inbox of each; in the transaction of the act it tells of."""
    Notice.objects.bulk_create(
        Notice(user=user, text=text[:300], address=address) for user in users
    )


def people_who(*, perm: str, obj: Any) -> list[User]:
    """Users who hold a permission on a row today: whom a step should tell. One query."""
    roles = [role for role, perms in GRANTS.items() if perm in perms]
    held = (
        Membership.objects.in_force(clock.today())
        .filter(scoping.places_covering(obj, perm, "unit__path"))
        .filter(role__in=roles, user__is_active=True)
        .select_related("user")
    )
    return list({m.user: None for m in held})


@act
def save_user(*, user: User, actor: Any) -> User:
    """Keep a user's facts; a new one has no password and sets it by mail."""
    label = _("Edit the user") if user.pk else _("Invite the user")
    if not user.pk:
        user.set_unusable_password()
    with log.editing(user, actor=actor, label=label):
        user.save()
    return user


def read_notices(*, notices: Any) -> int:
    """Mark notices as read; returns how many were not."""
    return notices.filter(read_at=None).update(read_at=clock.now())


@act
def move_clock(*, day: date, actor: Any, at: time | None = None) -> None:
    """Put the demo on another day, or stop it at an instant; ClockStands outside the demo.

    `Blocked` for a day on which whoever moves it could not move it back, and past `LAST_DAY`.
    """
    if day > LAST_DAY:
        text = _("The portal reckons with days up to %(last)s. Choose an earlier day.")
        raise Blocked([Finding(text % {"last": f"{LAST_DAY:%d/%m/%Y}"}, part="day")])
    _may_move_back_from(day, actor)
    before = clock.stopped() or clock.today()
    moved = clock.move(day, at=at, actor=actor)
    log.record(
        actor=actor,
        verb="clock.move",
        label=_("Move the day of the demo"),
        target=moved,
        unit=actor.home_unit or Unit.objects.first(),
        changes={"day": [str(before), str(day) if at is None else f"{day} {at}"]},
    )


def _may_move_back_from(day: date, actor: Any) -> None:
    roles = [role for role, perms in GRANTS.items() if Perm.CLOCK_MOVE in perms]
    held = Membership.objects.filter(user=actor, role__in=roles).order_by("from_day")
    if held.in_force(day).exists():
        return
    spans = [_span(row.from_day, row.until_day) for row in held]
    text = _(
        "On %(day)s you have no role that moves the clock, so nobody could move it back. You may choose a day %(spans)s."
    )
    words = {"day": f"{day:%d/%m/%Y}", "spans": "; ".join(spans)}
    raise Blocked([Finding(text % words, part="day")])


def _span(first: date, last: date | None) -> str:
    words = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}" if last else ""}
    return (_("from %(first)s to %(last)s") if last else _("from %(first)s on")) % words
