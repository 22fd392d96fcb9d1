"""Years beside each other: units as they were, or what they went into by today (domain D14)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Succession, Unit

AS_WAS = "was"
AS_TODAY = "today"


@dataclass
class Standing:
    """One unit of today and those whose figures stand for it.

    `whole` are ids of units that went into it undivided, itself among them: their sums may be
    added. `parts` are units of which only a part came: how much is not known, so they are
    named beside the sum and never added.
    """

    unit: Unit
    whole: list[int] = field(default_factory=list)
    parts: list[Unit] = field(default_factory=list)


def as_today(units: Iterable[Unit], day: date) -> dict[int, Standing]:
    """{id of a unit of `day`: its standing} for all that these units are by that day.

    A unit that was divided or dissolved without a successor stays a line of its own, so that
    no figure is lost, and is named as a part of each that took of it. One query, whatever
    the number of units.
    """
    arrows = _arrows(day)
    found: dict[int, Standing] = {}
    for unit in units:
        last, divided = _last(unit, arrows, day)
        found.setdefault(last.pk, Standing(last)).whole.append(unit.pk)
        for part in divided:
            standing = found.setdefault(part.pk, Standing(part))
            if unit not in standing.parts:
                standing.parts.append(unit)
    return found


def _arrows(day):
    rows = Succession.objects.standing().filter(change__effective_on__lte=day)
    found: dict[int, list[Succession]] = {}
    for arrow in rows.select_related("successor").order_by("change__effective_on", "pk"):
        found.setdefault(arrow.predecessor_id, []).append(arrow)
    return found


def _last(unit, arrows, day):
    """The unit that stands for all of it, and those that took only a part on the way."""
    seen = {unit.pk}
    divided: list[Unit] = []
    while True:
        mine = arrows.get(unit.pk, [])
        divided += [a.successor for a in mine if a.extent == Succession.Extent.PART]
        closed = unit.closed_on and unit.closed_on <= day
        whole = [a.successor for a in mine if a.extent == Succession.Extent.WHOLE]
        if not closed or not whole or whole[0].pk in seen:
            return unit, divided
        unit = whole[0]
        seen.add(unit.pk)
