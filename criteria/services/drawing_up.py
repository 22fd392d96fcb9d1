"""Acts on a set of criteria while it is drawn up. A set in use is changed by a new edition."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.audit import log
from core.documents.models import Document
from core.findings import Finding
from core.workflow import Blocked, act
from criteria.models import CriteriaSet, Criterion
from criteria.rules.written import Written

COPIED = [
    "place",
    "code",
    "name",
    "role",
    "most",
    "kind",
    "rule",
    "guidance",
    "evidence",
    "responsible",
    "verifier",
    "verifier_unit",
    "data_source",
]


@act
def draw_up(*, unit: Any, actor: Any, rows: Sequence[Written] = (), **values: Any) -> CriteriaSet:
    """Begin a set: `values` are its own fields, `rows` its groups and criteria in order."""
    made = CriteriaSet(unit=unit, **values)
    with log.editing(made, actor=actor, label=_("Draw up a set of criteria")):
        made.save()
    if rows:
        _write(made, rows)
    return made


@act
def change_set(*, criteria_set: CriteriaSet, actor: Any, **values: Any) -> CriteriaSet:
    """Change what is said of the whole set. Raises `Blocked` when it is in use."""
    held = _open(criteria_set)
    with log.editing(held, actor=actor, label=_("Change the set of criteria")):
        for name, value in values.items():
            setattr(held, name, value)
        held.save()
    return held


@act
def fill(
    *, criteria_set: CriteriaSet, rows: Sequence[Written], file: Document | None, actor: Any
) -> int:
    """Put these groups and criteria in the place of all that the set has; answers how many.

    `file` is kept beside the set as it was handed in.
    """
    held = _open(criteria_set)
    before = held.criteria.count()
    held.criteria.all().delete()
    _write(held, rows)
    changes = {"criteria": [str(before), str(len(rows))]}
    if file:
        changes["file"] = ["", f"{file.name} {file.sha256}"]
        Document.objects.filter(pk=file.pk).update(waiting=False)
        CriteriaSet.objects.filter(pk=held.pk).update(file=file)
    _note(held, actor, _("Fill the set from a file"), changes)
    return len(rows)


@act
def add(*, criteria_set: CriteriaSet, actor: Any, **values: Any) -> Criterion:
    """A group or criterion at the end of its group. Raises `Blocked` when the set is in use."""
    held = _open(criteria_set)
    row = Criterion(criteria_set=held, **values)
    last = held.criteria.filter(group=row.group).aggregate(last=Max("place"))["last"]
    row.place = (last or 0) + 1
    row.full_clean(exclude=["criteria_set", "group", "place", "rule"])  # no lines are a rule, too
    row.save()
    _note(held, actor, _("Add a criterion"), {row.code: ["", row.name]})
    return row


@act
def change(*, criterion: Criterion, actor: Any, **values: Any) -> Criterion:
    """Write a group or criterion anew. Raises `Blocked` when the set is in use."""
    held = _open(criterion.criteria_set)
    row = held.criteria.get(pk=criterion.pk)
    before = {"code": row.code, **row.words()}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    after = {"code": row.code, **row.words()}
    changes = {
        f"{row.code} {name}": [_said(before[name]), _said(value)]
        for name, value in after.items()
        if before[name] != value
    }
    if changes:
        _note(held, actor, _("Change a criterion"), changes)
    return row


@act
def remove(*, criterion: Criterion, actor: Any) -> None:
    """Take out a criterion, or a group with all that is in it."""
    held = _open(criterion.criteria_set)
    row = held.criteria.get(pk=criterion.pk)
    _note(held, actor, _("Take a criterion out"), {row.code: [row.name, ""]})
    row.delete()


@act
def move(*, criterion: Criterion, up: bool, actor: Any) -> None:
    """Let a criterion change places with its neighbour; at the end of its group, nothing."""
    held = _open(criterion.criteria_set)
    row = held.criteria.get(pk=criterion.pk)
    beside = held.criteria.filter(group=row.group)
    found = beside.filter(place__lt=row.place) if up else beside.filter(place__gt=row.place)
    other = found.order_by("-place" if up else "place").first()
    if other is None:
        return
    row.place, other.place = other.place, row.place
    Criterion.objects.bulk_update([row, other], ["place"])
    _note(held, actor, _("Move a criterion"), {row.code: ["", other.code]})


@act
def new_edition(*, criteria_set: CriteriaSet, year: int, actor: Any) -> CriteriaSet:
    """A draft with all that the set has, for the same year or a later one.

    Raises `Blocked` when the set has a later edition already.
    """
    held = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    if CriteriaSet.objects.filter(previous=held).exists():
        raise Blocked([Finding(_("This set has a later edition already. Change that one."))])
    made = CriteriaSet(
        unit=held.unit,
        code=held.code,
        year=year,
        edition=held.edition + 1 if year == held.year else 1,
        previous=held,
        title=held.title,
        stated_total=held.stated_total,
        source=held.source,
        note=held.note,
        tie_breaks=held.tie_breaks,
    )
    with log.editing(made, actor=actor, label=_("Begin a new edition")):
        made.save()
    _copy(held, made)
    return made


def _open(criteria_set: CriteriaSet) -> CriteriaSet:
    """The set under its lock, while it may still be changed."""
    held = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    if held.state != CriteriaSet.State.DRAFT:
        text = _("The set is in use and does not change any more. Begin a new edition of it.")
        raise Blocked([Finding(text)])
    return held


def _write(criteria_set: CriteriaSet, rows: Iterable[Written]) -> None:
    """Rows level by level, so that each knows the key of its group."""
    made: dict[str, Criterion] = {}
    waiting = [(place, row) for place, row in enumerate(rows, start=1)]
    while waiting:
        ready = [(place, row) for place, row in waiting if not row.group or row.group in made]
        if not ready:
            lost = ", ".join(row.code for _place, row in waiting)
            raise ValueError(f"no group for {lost}")
        level = [
            Criterion(
                criteria_set=criteria_set,
                group=made[row.group] if row.group else None,
                place=place,
                **row.values(),
            )
            for place, row in ready
        ]
        made |= {row.code: row for row in Criterion.objects.bulk_create(level)}
        waiting = [(place, row) for place, row in waiting if row.code not in made]


def _copy(old: CriteriaSet, new: CriteriaSet) -> None:
    made: dict[int, Criterion] = {}
    rows = list(old.criteria.all())
    while rows:
        ready = [row for row in rows if row.group_id is None or row.group_id in made]
        copies = [
            Criterion(
                criteria_set=new,
                group=made[row.group_id] if row.group_id else None,
                **{name: getattr(row, name) for name in COPIED},
            )
            for row in ready
        ]
        Criterion.objects.bulk_create(copies)
        made |= {row.pk: copy for row, copy in zip(ready, copies, strict=True)}
        rows = [row for row in rows if row.pk not in made]


def _note(held: CriteriaSet, actor: Any, label: str, changes: dict[str, list[str]]) -> None:
    CriteriaSet.objects.filter(pk=held.pk).update(version=F("version") + 1)
    log.record(
        actor=actor,
        verb="criteriaset.edit",
        label=label,
        target=held,
        unit=held.unit,
        changes=changes,
    )


def _said(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")
