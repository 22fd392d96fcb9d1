"""Acts on units: founding one, and hanging one elsewhere in the tree."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit, UnitVersion
from core.audit import log
from core.text import fold, nfc
from core.workflow import act


@act
def found_unit(
    *,
    name: str,
    kind: str,
    superior: Unit | None,
    since: date,
    short_name: str = "",
    code: str = "",
    code_system: str = "",
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
        code_system=code_system,
        valid_from=since,
        legal_basis=legal_basis,
    )
    if actor:
        log.record(
            actor=actor, verb="unit.found", label=_("Found the unit"), target=unit, unit=unit
        )
    return unit


@act
def move_unit(*, unit: Unit, superior: Unit, actor: Any) -> None:
    """Hang a unit, with everything below it, under another; reach follows at once."""
    label = _("Move under %(unit)s") % {"unit": superior}
    log.record(actor=actor, verb="unit.move", label=label, target=unit, unit=unit)
    Unit.objects.move(unit, superior, "last-child")


def locked(keys: Iterable[int]) -> dict[int, Unit]:
    """Lock these units until the transaction ends, always in the order of their keys."""
    rows = Unit.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    return {unit.pk: unit for unit in rows}
