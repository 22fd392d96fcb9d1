"""Each kind of reorganisation, once nothing stands in its way: arrows, names, places, history."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Succession, Unit, UnitChange, UnitVersion
from accounts.rules import Order
from accounts.services import following
from accounts.services.following import Closing
from core.audit import log
from core.text import fold, nfc

Kind = UnitChange.Kind
LABELS = {
    Kind.MERGE: gettext_lazy("Merge into %(unit)s"),
    Kind.SPLIT: gettext_lazy("Split into %(unit)s"),
    Kind.DISSOLVE: gettext_lazy("Dissolve the unit"),
    Kind.SEPARATE: gettext_lazy("Part separated to %(unit)s"),
    Kind.MOVE: gettext_lazy("Move under %(unit)s"),
    Kind.RENAME: gettext_lazy("Rename the unit"),
}


def closing_of(order: Order, heir: Unit | None, *, acting: bool) -> Closing:
    """What closes by an order, and who takes over."""
    return Closing(
        on=order.on,
        units=order.units,
        heirs={unit.pk: heir for unit in order.units} if heir else {},
        people=order.people,
        acting=acting,
    )


def below(units: Iterable[Unit]) -> list[Unit]:
    """Units that stand right below these and do not close with them."""
    gone = {unit.pk for unit in units}
    found = [child for unit in units for child in Unit.objects.get_children(unit)]
    return [unit for unit in found if unit.closed_on is None and unit.pk not in gone]


def _rename(order, change, new, actor):
    unit, called = order.units[0], order.renamed
    last = unit.versions.order_by("-valid_from").first()
    _end_version(change, unit, order.on)
    _version(change, unit, last, order, superior=Unit.objects.get_parent(unit), called=called)
    text = f"{unit.search_text} {fold(called.name)} {fold(called.short_name)}"
    before = unit.name
    _set(change, unit, name=nfc(called.name), short_name=called.short_name, search_text=text)
    log.record(
        actor=actor,
        verb="unit.rename",
        label=str(LABELS[Kind.RENAME]),
        target=unit,
        unit=unit,
        changes={"name": [before, unit.name]},
        note=order.document,
    )


def _close(order, change, new, actor):
    heir = new[0] if order.kind == Kind.SPLIT else order.other
    for arrow in _arrows(order, change, new):
        arrow.save()
    following.carry(change, closing_of(order, heir, acting=True), actor=actor)
    for unit in order.units:
        _end_version(change, unit, order.on)
        _set(change, unit, closed_on=order.on)
    if heir:
        for unit in below(order.units):
            _hang(change, unit, heir, order)
        for unit in order.units:
            _place(unit, heir)
    _tell(order, change, [*order.units, *new, *filter(None, [order.other])], new, actor)


def _arrows(order, change, new):
    """Whole for a merger; of a split, and of what a dissolved unit leaves, never more than a part."""
    whole, part = Succession.Extent.WHOLE, Succession.Extent.PART
    extent = whole if order.kind == Kind.MERGE else part
    for unit in order.units:
        for heir in new or filter(None, [order.other]):
            yield Succession(change=change, predecessor=unit, successor=heir, extent=extent)


def _separate(order, change, new, actor):
    for heir in new or [order.other]:
        Succession.objects.create(
            change=change,
            predecessor=order.units[0],
            successor=heir,
            extent=Succession.Extent.PART,
        )
    _tell(order, change, [*order.units, *new, *filter(None, [order.other])], new, actor)


def _move(order, change, new, actor):
    _hang(change, order.units[0], order.other, order)
    _tell(order, change, order.units, new, actor)


def _just_founded(order, change, new, actor):
    for unit in new:
        log.record(
            actor=actor,
            verb="unit.found",
            label=_("Found the unit"),
            target=unit,
            unit=unit,
            note=order.document,
        )


ACTS: dict[str, Callable[..., None]] = {
    Kind.RENAME: _rename,
    Kind.MERGE: _close,
    Kind.SPLIT: _close,
    Kind.DISSOLVE: _close,
    Kind.SEPARATE: _separate,
    Kind.MOVE: _move,
    Kind.FOUND: _just_founded,
}


def _end_version(change, unit, on):
    for version in unit.versions.filter(valid_to=None):
        before, version.valid_to = {"valid_to": None}, on - timedelta(days=1)
        version.save(update_fields=["valid_to"])
        following.note(change, version, before, {"valid_to": version.valid_to})


def _set(change, unit, **values):
    """Change plain fields of a unit and keep what they were, beside its place in the tree."""
    parent = Unit.objects.get_parent(unit)
    before = {name: getattr(unit, name) for name in values}
    for name, value in values.items():
        setattr(unit, name, value)
    unit.version += 1
    unit.save(update_fields=[*values, "version"])
    following.note(
        change, unit, {**before, "superior": parent.pk if parent else None}, dict(values)
    )


def _hang(change, unit, superior, order):
    """Put a standing unit under another superior from the day on."""
    last = unit.versions.order_by("-valid_from").first()
    _end_version(change, unit, order.on)
    _version(change, unit, last, order, superior=superior, called=unit)
    _set(change, unit)
    _place(unit, superior)


def _version(change, unit, last, order, *, superior, called):
    made = UnitVersion.objects.create(
        unit=unit,
        name=nfc(called.name),
        short_name=called.short_name,
        kind=unit.kind,
        superior=superior,
        code=last.code if last else "",
        code_system=last.code_system if last else "",
        valid_from=order.on,
        legal_basis=order.document,
    )
    following.note(change, made, None, {})


def _place(unit, superior):
    Unit.objects.move(Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=superior.pk), "last-child")


def _tell(order, change, units, new, actor):
    into = ", ".join(each.name for each in new) or str(order.other or "")
    log.record_many(
        actor=actor,
        verb=f"unit.{order.kind}",
        label=(LABELS[order.kind] % {"unit": into})[:200],
        rows=[(unit, unit, {}) for unit in units],
        note=order.document,
    )
