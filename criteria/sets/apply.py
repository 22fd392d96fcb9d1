"""Make the database follow the file of a set: in one transaction, only where they differ.

A set in use does not change: the file of one that is in use begins its next edition.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from core.clock import clock
from core.documents.models import Document
from core.workflow import act
from core.yaml.nodes import Fault
from criteria import services
from criteria.models import CriteriaSet, Criterion
from criteria.rules.written import TEXTS, Written
from criteria.sets.agreement import parents
from criteria.sets.difference import Change, compare
from criteria.sets.export import set_of, settled
from criteria.sets.reading import Reading
from criteria.sets.schema import SetFile


@dataclass(frozen=True)
class Applied:
    """`changes` is empty where the set says all that already, and then nothing was written."""

    criteria_set: CriteriaSet
    changes: list[Change]


def faults_here(reading: Reading) -> list[Fault]:
    """Faults that only the database can find: units that nothing here is called."""
    if reading.said is None:
        return []
    names = {row.verifier_unit for row in reading.said.criteria if row.verifier_unit}
    found: dict[str, int] = dict.fromkeys(names, 0)
    for name in Unit.objects.standing(clock.today()).filter(name__in=names).values_list("name"):
        found[name[0]] += 1
    text = _("One unit must be called “%(name)s” here; %(number)s are.")
    return [
        reading.fault_at(
            ("criteria", place, "verifier_unit"),
            text % {"name": row.verifier_unit, "number": found[row.verifier_unit]},
        )
        for place, row in enumerate(reading.said.criteria)
        if row.verifier_unit and found[row.verifier_unit] != 1
    ]


def latest(said: SetFile, *, owner: Unit) -> CriteriaSet | None:
    """The edition that the file would change or follow."""
    held = CriteriaSet.objects.filter(unit=owner, code=said.code, year=said.year)
    return held.order_by("-edition").first()


def difference(said: SetFile, *, owner: Unit) -> list[Change]:
    """What applying the file would change."""
    held = latest(said, owner=owner)
    return compare(held and set_of(held), said)


@act
def apply(said: SetFile, *, owner: Unit, actor: Any, file: Document | None = None) -> Applied:
    """Draw up the set, fill the draft there is, or begin the next edition of one in use.

    `said` is without faults (`reading.read`, `faults_here`). Raises `Blocked` where the set
    of the year before is continued by another one already.
    """
    said = settled(said)
    held = latest(said, owner=owner)
    changes = compare(held and set_of(held), said)
    if held and not changes:
        return Applied(held, [])
    draft = _draft(held, said, owner, actor)
    services.change_set(criteria_set=draft, actor=actor, **_values(said))
    services.fill(criteria_set=draft, rows=_rows(said), file=file, actor=actor)
    _give_units(draft, said)
    draft.refresh_from_db()
    return Applied(draft, changes)


def _draft(held: CriteriaSet | None, said: SetFile, owner: Unit, actor: Any) -> CriteriaSet:
    if held and held.state == CriteriaSet.State.DRAFT:
        return held
    before = held or _year_before(said, owner)
    if before:
        return services.new_edition(criteria_set=before, year=said.year, actor=actor)
    return services.draw_up(
        unit=owner, actor=actor, code=said.code, year=said.year, title=said.title
    )


def _year_before(said: SetFile, owner: Unit) -> CriteriaSet | None:
    """The last edition of an earlier year, where nothing replaces it yet."""
    earlier = CriteriaSet.objects.filter(
        unit=owner, code=said.code, year__lt=said.year, next__isnull=True
    )
    return earlier.order_by("-year", "-edition").first()


def _values(said: SetFile) -> dict[str, Any]:
    return {
        "title": said.title,
        "stated_total": said.total,
        "source": said.source or "",
        "note": said.note or "",
        "tie_breaks": list(said.tie_breaks),
    }


def _rows(said: SetFile) -> list[Written]:
    above = parents(said)
    return [
        Written(
            code=row.code,
            name=row.name,
            group=above[row.code],
            role=row.role or Criterion.Role.BASE,
            most=row.most,
            kind=row.kind or "",
            rule=tuple((row.rule or "").splitlines()),
            **{name: getattr(row, name) or "" for name in TEXTS},
        )
        for row in said.criteria
    ]


def _give_units(draft: CriteriaSet, said: SetFile) -> None:
    names = {row.code: row.verifier_unit for row in said.criteria if row.verifier_unit}
    standing = Unit.objects.standing(clock.today()).filter(name__in=names.values())
    units = {unit.name: unit for unit in standing}
    rows = list(draft.criteria.filter(code__in=names))
    for row in rows:
        row.verifier_unit = units[names[row.code]]
    Criterion.objects.bulk_update(rows, ["verifier_unit"])
