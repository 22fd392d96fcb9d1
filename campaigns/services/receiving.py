"""Who takes a list or a report in once units have closed: never its own unit, never a closed one."""

from accounts.models import Unit
from accounts.services.following import Closing


def receiver_after(closing: Closing, unit: Unit, *wanted: Unit | None) -> Unit | None:
    """The first of `wanted`, by who takes over from it, that is another than who answers for `unit`.

    Where none is, the superior does; None for a unit that has nobody above it.
    """
    owner = closing.heirs.get(unit.pk, unit)
    for each in wanted:
        found = each and closing.heirs.get(each.pk, each)
        if found and found != owner and found.closed_on is None and found.pk not in closing.ids:
            return found
    above = Unit.objects.get_parent(owner if owner.pk else unit)
    if above is None:
        return None
    above = closing.heirs.get(above.pk, above)
    return above if above != owner else Unit.objects.get_parent(above)
