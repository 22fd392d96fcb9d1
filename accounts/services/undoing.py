"""Taking a reorganisation back that was entered wrongly, while nothing rests on it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Carried, Succession, Unit, UnitChange, UnitVersion
from accounts.services import following
from accounts.services.units import locked
from core.audit import log
from core.audit.models import Entry
from core.clock import clock
from core.documents.models import Document
from core.findings import Finding
from core.text import nfc
from core.workflow import Blocked, act


def missing_to_undo(change: UnitChange, *, acting: bool = False) -> list[Finding]:
    """Why a reorganisation can no longer be taken back: something has been built on it.

    `acting` locks the rows that it carried.
    """
    if change.undone_at:
        return [Finding(_("This reorganisation was taken back already."))]
    if change.at is None:
        return [Finding(_("It was loaded with the history of the units, not entered here."))]
    units = _units_of(change)
    mine = Q(unit__in=units) | Q(successions__predecessor__in=units)
    later = UnitChange.objects.standing().filter(mine, pk__gt=change.pk).distinct()
    later = later.exclude(at=None)  # history that was loaded only names who became whom
    found = [
        Finding(_("A later reorganisation rests on it: %(change)s.") % {"change": each})
        for each in later
    ]
    return found + list(following.built_on(change, acting=acting)) + list(_used(change))


def _units_of(change):
    pairs = change.successions.values_list("predecessor", "successor")
    return {change.unit_id, *(pk for pair in pairs for pk in pair)}


def _used(change):
    """What people have begun in units that the change founded."""
    mine = set(change.carried.values_list("model", "row"))
    founded = change.carried.filter(model=Unit._meta.label_lower, before=None)
    for unit in Unit.objects.filter(pk__in=founded.values_list("row", flat=True)):
        if (
            Unit.objects.get_children(unit)
            .filter(closed_on=None)
            .exclude(pk__in=[row for model, row in mine if model == Unit._meta.label_lower])
        ):
            yield Finding(_("%(unit)s has units of its own since then.") % {"unit": unit})
        for relation in Unit._meta.related_objects:
            model = relation.related_model
            if model in OWN or not relation.field.name:
                continue
            rows = model._base_manager.filter(**{relation.field.name: unit})
            keys = set(rows.values_list("pk", flat=True))
            new = [key for key in keys if (model._meta.label_lower, key) not in mine]
            if new:
                text = _("%(unit)s has rows of its own since then: %(what)s (%(number)s).")
                words = {"what": model._meta.verbose_name, "number": len(new)}
                yield Finding(text % {"unit": unit, **words})


OWN = (UnitChange, Succession, UnitVersion, Document, Entry)


@act
def undo(*, change: UnitChange, because: str, actor: Any) -> UnitChange:
    """Take a reorganisation back that was entered wrongly, while nothing rests on it.

    Rows, roles and places go back as they were. Units that it founded stay, closed from the
    day on which they opened, since the history names them.
    """
    change = UnitChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    units = change.carried.filter(model=Unit._meta.label_lower)
    locked(_units_of(change) | set(units.values_list("row", flat=True)))
    missing = missing_to_undo(change, acting=True)
    if not because.strip():
        missing.append(Finding(_("Write the reason: the people concerned will read it.")))
    if missing:
        raise Blocked(missing)
    following.bring_back(change)
    for each in units.order_by("-pk"):
        _unit_back(each)
    change.undone_at, change.undone_by, change.undone_because = clock.now(), actor, nfc(because)
    change.save(update_fields=["undone_at", "undone_by", "undone_because"])
    log.record_many(
        actor=actor,
        verb="unit.undo",
        label=_("Take the reorganisation back: %(change)s") % {"change": change},
        rows=[(each, each, {}) for each in Unit.objects.filter(pk__in=_units_of(change))],
        note=because,
    )
    return change


def _unit_back(each: Carried) -> None:
    unit = Unit.objects.get(pk=each.row)
    unit.version += 1
    if each.before is None:
        unit.closed_on = unit.opened_on
        unit.save(update_fields=["closed_on", "version"])
        return
    values = dict(each.before)
    superior = values.pop("superior")
    for name, value in values.items():
        setattr(unit, name, Unit._meta.get_field(name).to_python(value))
    unit.save(update_fields=[*values, "version"])
    parent = Unit.objects.get_parent(unit)
    if superior and (parent is None or parent.pk != superior):
        Unit.objects.move(unit, Unit.objects.get(pk=superior), "last-child")
