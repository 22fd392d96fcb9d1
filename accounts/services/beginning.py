"""The first day of a real province: its units of that day, and who lets everybody else in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import CodeSystem, Membership, Unit, UnitKind, User
from accounts.permissions import Perm, Role
from accounts.rules.reorganising import DISTRICTS_END
from accounts.services.growing import Leaf, plant
from accounts.services.knowing import LONG_AGO
from accounts.services.loading import kind_called, may_load
from accounts.services.people import grant
from accounts.services.units import found_unit
from core.audit import log
from core.clock import clock
from core.text import nfc
from core.workflow import act


def administrators(day: date) -> list[User]:
    """Who administers the whole portal on a day."""
    held = Membership.objects.in_force(day).filter(role=Role.ADMIN, unit__depth=1)
    return [each.user for each in held.select_related("user")]


@act
def begin(*, province: str, communes: Mapping[str, str], agency: str, admin: User) -> bool:
    """Found the province with its communes, {code: name}, and the agency that keeps its awards,
    and let the administrator in, who may be new: kept with the password that is set, or with none.

    A province that somebody administers has begun: it goes on by its pages, and stays as it is.
    Answers whether anything was not there. There is nobody else yet, so the history says that the
    administrator did all this.
    """
    today = clock.today()
    if administrators(today):
        return False
    new = admin.pk is None
    if new:
        admin.save()
    root = Unit.objects.filter(depth=1).first()
    if root is None:
        root = found_unit(
            name=province, kind=UnitKind.PROVINCE, superior=None, since=LONG_AGO, actor=admin
        )
        plant(_leaves(root, communes.items()))
    place = Unit.objects.filter(depth__gt=1, versions__name=nfc(agency)).first()
    if place is None:
        kind = UnitKind.DEPARTMENT
        place = found_unit(name=agency, kind=kind, superior=root, since=LONG_AGO, actor=admin)
    if new:
        with log.editing(admin, actor=admin, label=_("Invite the user")):
            admin.home_unit = root if place.closed_on else place
            admin.save()
    grant(user=admin, unit=root, role=Role.ADMIN, since=today, actor=admin)
    return True


def has_just_begun(user: Any) -> bool:
    """Whether this user manages a province that has no units but those of its first day."""
    if not user.holds(Perm.UNIT_MANAGE) or not may_load(user):
        return False
    local = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL)
    return not Unit.objects.filter(depth__gt=1).exclude(kind__in=local)[1:].exists()


def _leaves(root: Unit, communes: Iterable[tuple[str, str]]) -> Iterable[Leaf]:
    for code, name in communes:
        yield Leaf(
            name=name,
            kind=kind_called(name),
            below=root,
            superior=root,
            code=code,
            code_system=CodeSystem.TWO,
            since=DISTRICTS_END,
            closed_on=None,
        )
