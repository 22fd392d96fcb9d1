"""Many units put into the tree at once, closed ones of the past among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Unit, UnitVersion
from core.text import fold, nfc


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A unit without units below it, with the one name that it had."""

    name: str
    kind: str
    below: Unit
    superior: Unit | None  # to whom it answered; another than `below` for one that is closed
    code: str
    code_system: str
    since: date
    closed_on: date | None
    legal_basis: str = ""


def plant(leaves: Iterable[Leaf]) -> list[Unit]:
    """Put these under their units, in their order: five queries for any number."""
    wanted = list(leaves)
    parents = {leaf.below.pk: leaf.below for leaf in wanted}
    steps = _last_steps(parents.values())
    units = []
    for leaf in wanted:
        steps[leaf.below.pk] += 1
        parent = parents[leaf.below.pk]
        units.append(
            Unit(
                path=parent.path + Unit._int2str(steps[leaf.below.pk]).rjust(Unit.steplen, "0"),
                depth=parent.depth + 1,
                name=nfc(leaf.name),
                kind=leaf.kind,
                opened_on=leaf.since,
                closed_on=leaf.closed_on,
                search_text=fold(f"{leaf.name} {leaf.code}"),
            )
        )
        parent.numchild += 1
    made = Unit._base_manager.bulk_create(units)
    Unit._base_manager.bulk_update(parents.values(), ["numchild"])
    UnitVersion.objects.bulk_create(
        _version(unit, leaf) for unit, leaf in zip(made, wanted, strict=True)
    )
    return made


def _last_steps(parents):
    """{parent id: number of its last child}; nought where it has none."""
    by_path = {parent.path: parent.pk for parent in parents}
    steps = dict.fromkeys(by_path.values(), 0)
    depths = {parent.depth + 1 for parent in parents}
    for path in Unit._base_manager.filter(depth__in=depths).values_list("path", flat=True):
        parent = by_path.get(path[: -Unit.steplen])
        if parent:
            steps[parent] = max(steps[parent], Unit._str2int(path[-Unit.steplen :]))
    return steps


def _version(unit, leaf):
    return UnitVersion(
        unit=unit,
        name=unit.name,
        kind=leaf.kind,
        superior=leaf.superior,
        code=leaf.code,
        code_system=leaf.code_system,
        valid_from=leaf.since,
        valid_to=leaf.closed_on and date.fromordinal(leaf.closed_on.toordinal() - 1),
        legal_basis=leaf.legal_basis,
    )
