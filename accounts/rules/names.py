"""Questions about units and people: how was it called, who answers for it now."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Succession, Unit, UnitVersion


def name_on(unit: Unit, day: date) -> str:
    """The name that a paper of this day uses; the present one when history is silent."""
    version = UnitVersion.objects.on(day).filter(unit=unit).first()
    return version.name if version else unit.name


def names_on(units: Iterable[Unit], day: date) -> dict[int, str]:
    """Names on a day for many units in one query: {unit id: name}."""
    units = list(units)
    versions = UnitVersion.objects.on(day).filter(unit__in=units)
    return {u.pk: u.name for u in units} | {v.unit_id: v.name for v in versions}


def standing_for(unit: Unit, day: date) -> Unit:
    """The unit that does this unit's work on a day: itself, or its whole successor.

    Follows whole successions that took effect by that day (domain D9: Sở Thông tin và
    Truyền thông until 28/02/2025, Sở Khoa học và Công nghệ from 01/03/2025). A part never
    carries a function over by itself.
    """
    seen = {unit.pk}
    while unit.closed_on and unit.closed_on <= day:
        arrow = (
            Succession.objects.standing()
            .filter(
                predecessor=unit,
                extent=Succession.Extent.WHOLE,
                change__effective_on__lte=day,
            )
            .select_related("successor")
            .order_by("change__effective_on")
            .first()
        )
        if arrow is None or arrow.successor_id in seen:
            break
        unit = arrow.successor
        seen.add(unit.pk)
    return unit


def answering_for(unit: Unit, day: date) -> Unit:
    """Who answers on a day for what a unit did: itself, its whole successor, else who stands
    above it.

    A closed unit hangs under the one that took its unfinished work over (the first of those
    that it was split into, whoever was named when it was dissolved), or where it was: so the
    nearest unit above it that exists on the day. Only where none does is it the closed one.
    """
    last = standing_for(unit, day)
    if last.closed_on is None or last.closed_on > day:
        return last
    above = Unit.objects.get_ancestors(last).standing(day).order_by("-depth").first()
    return above or last


def predecessors_of(unit: Unit) -> list[Unit]:
    """Units that went into this one, nearest first (their awards are listed apart, D7)."""
    return predecessors_of_each([unit])[unit]


def predecessors_of_each(units: Iterable[Unit]) -> dict[Unit, list[Unit]]:
    """The same for many units, in one query for each step back in time."""
    found: dict[Unit, list[Unit]] = {unit: [] for unit in units}
    into = {unit.pk: {unit} for unit in found}  # whose predecessor a unit of the last step is
    while into:
        arrows = Succession.objects.standing().filter(successor__in=into)
        arrows = arrows.select_related("predecessor").order_by("-change__effective_on", "pk")
        before: dict[int, set[Unit]] = {}
        for arrow in arrows:
            for unit in into[arrow.successor_id]:
                if arrow.predecessor not in found[unit]:
                    found[unit].append(arrow.predecessor)
                    before.setdefault(arrow.predecessor_id, set()).add(unit)
        into = before
    return found
