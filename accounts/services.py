"""Acts on units, people and their rights that are more than saving one form."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import (
    Membership,
    Notice,
    Succession,
    Unit,
    UnitChange,
    UnitVersion,
    User,
)
from accounts.permissions import GRANTS
from core import scoping
from core.audit import log
from core.clock import clock
from core.text import fold, nfc


@transaction.atomic
def found_unit(
    *,
    name: str,
    kind: str,
    superior: Unit | None,
    since: date,
    short_name: str = "",
    code: str = "",
    legal_basis: str = "",
    actor: Any = None,
) -> Unit:
    """Open a unit with its first name; without `actor` (loading data) no history is kept."""
    values = {
        "name": nfc(name),
        "short_name": short_name,
        "kind": kind,
        "opened_on": since,
        "search_text": fold(f"{name} {short_name} {code}"),
    }
    unit = (
        Unit.objects.add_child(superior, create_kwargs=values)
        if superior
        else Unit.objects.add_root(values)
    )
    UnitVersion.objects.create(
        unit=unit,
        name=unit.name,
        short_name=short_name,
        kind=kind,
        superior=superior,
        code=code,
        valid_from=since,
        legal_basis=legal_basis,
    )
    if actor:
        log.record(
            actor=actor, verb="unit.found", label=_("Found the unit"), target=unit, unit=unit
        )
    return unit


@transaction.atomic
def rename_unit(
    *, unit: Unit, name: str, since: date, document: str, actor: Any, short_name: str = ""
) -> UnitChange:
    """Give a unit another name from a day on; papers of earlier days keep the old one."""
    last = unit.versions.order_by("-valid_from").first()
    last.valid_to = since - timedelta(days=1)
    last.save(update_fields=["valid_to"])
    UnitVersion.objects.create(
        unit=unit,
        name=nfc(name),
        short_name=short_name,
        kind=unit.kind,
        superior=Unit.objects.get_parent(unit),
        code=last.code,
        valid_from=since,
        legal_basis=document,
    )
    with log.editing(unit, actor=actor, label=_("Rename the unit")):
        unit.search_text = f"{unit.search_text} {fold(name)}"
        unit.name, unit.short_name = nfc(name), short_name
        unit.version += 1
        unit.save()
    return UnitChange.objects.create(
        kind=UnitChange.Kind.RENAME, effective_on=since, document=document, unit=unit
    )


@transaction.atomic
def merge_units(
    *, predecessors: Iterable[Unit], successor: Unit, on: date, document: str, actor: Any
) -> UnitChange:
    """Close units on a day; their work, rows and inferiors go whole to the successor.

    The closed units are hung under the successor, so its people reach what they left.
    """
    change = UnitChange.objects.create(
        kind=UnitChange.Kind.MERGE, effective_on=on, document=document, unit=successor
    )
    for unit in predecessors:
        Succession.objects.create(change=change, predecessor=unit, successor=successor)
        unit.versions.filter(valid_to=None).update(valid_to=on - timedelta(days=1))
        with log.editing(unit, actor=actor, label=_("Merge into %(unit)s") % {"unit": successor}):
            unit.closed_on = on
            unit.version += 1
            unit.save()
        Unit.objects.move(unit, Unit.objects.get(pk=successor.pk), "last-child")
        _end_roles_in(unit, on, actor)
    return change


def _end_roles_in(unit, on, actor):
    """No role in a unit outlives it: the last day is the one before it closes."""
    for membership in Membership.objects.filter(unit=unit, from_day__gte=on):
        _undo(membership, actor)
    left = Membership.objects.filter(unit=unit).exclude(until_day__lt=on)
    left.update(until_day=on - timedelta(days=1))


@transaction.atomic
def move_unit(*, unit: Unit, superior: Unit, actor: Any) -> None:
    """Hang a unit, with everything below it, under another; reach follows at once."""
    label = _("Move under %(unit)s") % {"unit": superior}
    log.record(actor=actor, verb="unit.move", label=label, target=unit, unit=unit)
    Unit.objects.move(unit, superior, "last-child")


@transaction.atomic
def grant(*, user: User, unit: Unit, role: str, since: date, actor: Any, until=None) -> Membership:
    """Give somebody a role in a unit from a day on; the history says who gave it."""
    membership = Membership(user=user, unit=unit, role=role, from_day=since, until_day=until)
    membership.full_clean()
    membership.save()
    log.record(
        actor=actor,
        verb="membership.grant",
        label=_("Give the role"),
        target=membership,
        unit=unit,
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, actor: Any) -> Membership:
    """Take a role back from today on: yesterday was its last day.

    One that was given today, or from a later day on, never had such a day: its row goes, and
    the history says who gave it and who took it back.
    """
    last = clock.today() - timedelta(days=1)
    if membership.from_day > last:
        _undo(membership, actor)
        return membership
    with log.editing(membership, actor=actor, label=_("Take the role back")):
        membership.until_day = last
        membership.version += 1
        membership.save()
    return membership


def _undo(membership, actor):
    log.record(
        actor=actor,
        verb="membership.undo",
        label=_("Take the role back"),
        target=membership,
        unit=membership.unit,
    )
    membership.delete()


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
        .filter(role__in=roles, user__is_active=True)
        .select_related("user", "unit")
    )
    return list({m.user: None for m in held if scoping.covers([m.unit.path], obj, perm)})


@transaction.atomic
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


@transaction.atomic
def move_clock(*, day: date, actor: Any) -> None:
    """Put the demo on another day; raises ClockStands outside the demo."""
    before = clock.today()
    moved = clock.move(day, actor=actor)
    log.record(
        actor=actor,
        verb="clock.move",
        label=_("Move the day of the demo"),
        target=moved,
        unit=actor.home_unit or Unit.objects.first(),
        changes={"day": [str(before), str(day)]},
    )
