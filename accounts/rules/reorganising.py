"""What a document orders for units, and why that cannot be entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitChange, UnitKind
from core.findings import Finding

Kind = UnitChange.Kind
DISTRICTS_END = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 2025: two levels


@dataclass(frozen=True)
class NewUnit:
    """A unit that the document founds."""

    name: str
    kind: str
    short_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One reorganisation as its document orders it.

    `units` are those that it changes. `other` is the successor of a merger, who takes the
    part, who takes over from a dissolved unit, or the new superior. `new` are units that it
    founds; of a split the first one takes what is unfinished. `renamed` is how a unit is called
    from then on. `people`: who held a role in a unit that closes holds it in the successor.
    """

    kind: str
    on: date
    document: str
    units: tuple[Unit, ...] = ()
    other: Unit | None = None
    new: tuple[NewUnit, ...] = ()
    renamed: NewUnit | None = None
    signed_on: date | None = None
    file: Any = None
    people: bool = False

    @property
    def closes(self) -> bool:
        return self.kind in {Kind.MERGE, Kind.SPLIT, Kind.DISSOLVE}


def missing_to_reorganise(order: Order, today: date) -> Iterator[Finding]:
    """Why an order cannot be entered; each finding names the field of the form as its part."""
    if order.on > today:
        text = _(
            "The day has not come yet. Enter the reorganisation on %(day)s or later: rights and "
            "open work move at once when it is entered."
        )
        yield _at("on", text, day=order.on)
    if order.signed_on and order.signed_on > today:
        yield _at("signed_on", _("The document cannot be signed after today."))
    for unit in order.units:
        yield from _of_unit(order, unit)
    if order.other:
        yield from _of_other(order, order.other)
    yield from _of_new(order)


def _of_unit(order, unit):
    if unit.closed_on:
        yield _at("", _("%(unit)s was closed on %(day)s."), unit=unit, day=unit.closed_on)
        return
    if unit.opened_on and order.on <= unit.opened_on:
        text = _("%(unit)s began on %(day)s; choose a later day.")
        yield _at("on", text, unit=unit, day=unit.opened_on)
        return
    if unit.depth == 1 and order.kind in {Kind.SPLIT, Kind.DISSOLVE, Kind.MOVE}:
        yield _at("", _("%(unit)s is the whole; it can only go into another."), unit=unit)
    later = unit.versions.filter(valid_from__gte=order.on).order_by("valid_from").last()
    if later:
        text = _("%(unit)s already has a name or superior from %(day)s. Choose a day after it.")
        yield _at("on", text, unit=unit, day=later.valid_from)
        return
    crossing = _changes_of(unit).filter(effective_on__gt=order.on).last()
    if crossing:
        text = _("%(unit)s was reorganised from %(day)s: the two would cross.")
        yield _at("on", text, unit=unit, day=crossing.effective_on)


def _changes_of(unit):
    mine = Q(unit=unit) | Q(successions__predecessor=unit) | Q(successions__successor=unit)
    return UnitChange.objects.standing().filter(mine).order_by("effective_on").distinct()


def _of_other(order, other):
    for unit in order.units:
        if other == unit:
            yield _at("other", _("A unit cannot go into itself."))
        elif other.path.startswith(unit.path):
            text = _("%(other)s is below %(unit)s, so %(unit)s cannot go into it.")
            yield _at("other", text, other=other, unit=unit)
    if other.closed_on:
        text = _("%(unit)s was closed on %(day)s.")
        yield _at("other", text, unit=other, day=other.closed_on)
    elif other.opened_on and other.opened_on > order.on:
        text = _("%(unit)s exists only from %(day)s.")
        yield _at("other", text, unit=other, day=other.opened_on)
    if order.kind == Kind.MERGE and _no_districts(order.on, other.kind):
        yield _at("other", _no_district())


def _of_new(order):
    for new in order.new:
        if _no_districts(order.on, new.kind):
            yield _at("kind", _no_district())
            break
    names = [new.name for new in order.new]
    if len(set(names)) < len(names):
        yield _at("names", _("Two of the new units have the same name."))
    if order.kind == Kind.SPLIT and len(names) < 2:
        yield _at("names", _("A unit is split into two units or more."))
    superior = order.other if order.kind == Kind.FOUND else None
    if order.units:
        superior = Unit.objects.get_parent(order.units[0])
    if names and superior:
        standing = Unit.objects.get_children(superior).filter(name__in=names, closed_on=None)
        for unit in standing.exclude(pk__in=[unit.pk for unit in order.units if order.closes]):
            text = _("There is already a unit %(unit)s under %(superior)s.")
            yield _at("names", text, unit=unit, superior=superior)


def _no_districts(day, kind):
    return kind == UnitKind.DISTRICT and day >= DISTRICTS_END


def _no_district():
    return _("From 01/07/2025 on there is no district level: choose another kind of unit.")


def _at(part, text, **words):
    said = {k: f"{v:%d/%m/%Y}" if isinstance(v, date) else v for k, v in words.items()}
    return Finding(text % said, part=part)
