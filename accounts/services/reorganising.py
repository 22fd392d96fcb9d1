"""Reorganisations: what one would do, and doing it in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit, UnitChange
from accounts.permissions import Perm
from accounts.rules import NewUnit, Order, missing_to_reorganise
from accounts.services import changing, following
from accounts.services.following import Carry
from accounts.services.units import found_unit, locked
from core.clock import clock
from core.documents.models import Document
from core.findings import Finding, blocking
from core.workflow import Blocked, act

Kind = UnitChange.Kind


@dataclass(frozen=True)
class Foreseen:
    """What an order would do: why it cannot, or a line for each kind of rows that follows."""

    order: Order
    findings: list[Finding]
    lines: list[Carry]
    below: list[Unit]  # units below those that close, which go over to the heir

    @property
    def digest(self) -> str:
        """Another one as soon as the order or what would follow is not what was shown."""
        order = vars(self.order) | {"file": None}
        said = [order, [(line.what, line.becomes, line.number) for line in self.lines], self.below]
        return sha256(repr(said).encode()).hexdigest()


def foresee(order: Order, *, actor: Any = None) -> Foreseen:
    """What would follow if the order were entered now, by `actor` if told; nothing is written."""
    missing = [*missing_to_reorganise(order, clock.today()), *_missing_right(order, actor)]
    if not order.closes or blocking(missing):
        return Foreseen(order, missing, [], [])
    closing = changing.closing_of(order, _heir_of(order), acting=False)
    lines, below = list(following.all_that_follow(closing)), changing.below(order.units)
    return Foreseen(order, missing + _left_behind(order, lines, below), lines, below)


def _missing_right(order, actor):
    """A new unit is founded under its superior, so the right is needed there, too."""
    superior = _superior_of(order) if order.new else None
    if actor and superior and not actor.can(Perm.UNIT_MANAGE, superior):
        text = _("A new unit comes under %(unit)s, where you do not manage units.")
        yield Finding(text % {"unit": superior})


def _superior_of(order):
    return Unit.objects.get_parent(order.units[0]) if order.units else order.other


def _heir_of(order: Order) -> Unit | None:
    if order.kind == Kind.SPLIT:
        return Unit(name=order.new[0].name, kind=order.new[0].kind)
    return order.other


def _left_behind(order, lines, below):
    if order.kind != Kind.DISSOLVE or order.other:
        return []
    left = [line.what for line in lines if line.needs_heir]
    if below:
        left.append(_("units below it"))
    if not left:
        return []
    text = _("Say who takes over: %(what)s.")
    return [Finding(text % {"what": ", ".join(map(str, left))}, part="other")]


@act
def reorganise(*, order: Order, actor: Any) -> UnitChange:
    """Enter one reorganisation with all that follows; `Blocked` says why it cannot be.

    The units are locked first, so that two that cross are refused, whoever comes second.
    """
    order = _locked(order)
    missing = blocking(foresee(order, actor=actor).findings)
    if missing:
        raise Blocked(missing)
    if order.file:
        Document.objects.filter(pk=order.file.pk).update(waiting=False)
    new = [_found(order, each) for each in order.new]
    change = UnitChange.objects.create(
        kind=order.kind,
        effective_on=order.on,
        document=order.document,
        signed_on=order.signed_on,
        file=order.file,
        unit=_where(order, new),
        by=actor,
        at=clock.now(),
    )
    for unit in new:
        following.note(change, unit, None, {})
        version = unit.versions.get()
        following.note(change, version, None, {})
    changing.ACTS[order.kind](order, change, new, actor)
    return change


def _locked(order):
    rows = locked({unit.pk for unit in (*order.units, *filter(None, [order.other]))})
    other = rows[order.other.pk] if order.other else None
    return Order(
        **{
            **vars(order),
            "units": tuple(rows[unit.pk] for unit in order.units),
            "other": other,
        }
    )


def _found(order, new):
    return found_unit(
        name=new.name,
        short_name=new.short_name,
        kind=new.kind,
        superior=_superior_of(order),
        since=order.on,
        legal_basis=order.document,
    )


def _where(order, new):
    if order.kind == Kind.MERGE:
        return order.other
    return new[0] if order.kind == Kind.FOUND else order.units[0]


def rename_unit(
    *, unit: Unit, name: str, since: date, document: str, actor: Any, short_name: str = ""
) -> UnitChange:
    """Give a unit another name from a day on; papers of earlier days keep the old one."""
    order = Order(
        kind=Kind.RENAME,
        on=since,
        document=document,
        units=(unit,),
        renamed=NewUnit(name=name, short_name=short_name, kind=unit.kind),
    )
    return reorganise(order=order, actor=actor)


def merge_units(
    *, predecessors: Iterable[Unit], successor: Unit, on: date, document: str, actor: Any
) -> UnitChange:
    """Close units on a day; their open work, rows and inferiors go whole to the successor.

    The closed units are hung under the successor, so its people reach what they left.
    """
    order = Order(
        kind=Kind.MERGE, on=on, document=document, units=tuple(predecessors), other=successor
    )
    return reorganise(order=order, actor=actor)
