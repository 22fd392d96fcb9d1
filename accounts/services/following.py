"""What follows when units close: the rows of each app that go along, and how to bring them back.

An app says it once, as a function from the closing to its rows; the preview counts them, the
act carries them, and the same rows are what a correcting act brings back. Apps above
register theirs when they are ready, so that nothing here knows them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import DateField, Model, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Carried, Unit, UnitChange
from core.audit import log
from core.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Units that close on a day, and who takes over from each.

    `heirs` is {id of a unit that closes: who takes its open work}; in a preview the heir may
    be a unit that is not founded yet. A unit without an heir is not in it. `acting` tells
    whether rows are to be locked.
    """

    on: date
    units: tuple[Unit, ...]
    heirs: Mapping[int, Unit]
    people: bool = False
    acting: bool = False

    @property
    def ids(self) -> list[int]:
        return [unit.pk for unit in self.units]

    def rows(self, queryset: QuerySet) -> list[Any]:
        return list(queryset.select_for_update(of=("self",)) if self.acting else queryset)

    def heir(self, row: Any) -> Unit:
        return self.heirs[row.unit_id]

    def parted(
        self,
        rows: Iterable[Any],
        taken: Iterable[tuple],
        key: Callable[[Any], Any],
        *,
        first: bool = False,
    ) -> tuple[list[Any], list[Any]]:
        """(rows that may go over, rows that stay since the heir has one of that key already).

        `taken` are pairs (unit id, key) that are there. Of two that would meet, both stay, or
        the `first` goes.
        """
        had = set(taken)
        wanted: dict[tuple, list[Any]] = {}
        for row in rows:
            heir = self.heir(row)
            wanted.setdefault((heir.pk or f"new {heir}", key(row)), []).append(row)
        go, stay = [], []
        for place, same in wanted.items():
            may = 0 if place in had else 1
            going = same[:may] if first or len(same) == 1 else []
            go += going
            stay += same[len(going) :]
        return go, stay


@dataclass
class Carry:
    """Rows of one kind and what becomes of them; one line of the preview.

    `changed` gives the new values of a row by field (“unit_id”). `made` are rows that the act
    adds, `removed` rows that it takes away and keeps in the ledger alone. `stay` counts rows that are left as they are, for a line that only tells. `told`
    writes a line into the history of each row, `label` says it otherwise. `needs_heir`: these cannot be left behind.
    """

    what: str
    becomes: str
    rows: list[Any] = field(default_factory=list)
    changed: Callable[[Any], dict[str, Any]] = lambda row: {}
    made: Sequence[Model] = ()
    removed: Sequence[Model] = ()
    stay: int = 0
    label: str = ""
    told: bool = False
    needs_heir: bool = False

    @property
    def number(self) -> int:
        return len(self.rows) or len(self.made) or len(self.removed) or self.stay


REMOVED = {"pk": None}  # what stands after in the ledger for a row that was taken away

Follower = Callable[[Closing], Iterable[Carry]]
_followers: list[Follower] = []


def register(follower: Follower) -> Follower:
    """Ask this function at every closing, after those registered before it."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def all_that_follow(closing: Closing) -> Iterator[Carry]:
    """Each line of what follows, as far as there is anything."""
    for follower in _followers:
        yield from (each for each in follower(closing) if each.number)


def carry(change: UnitChange, closing: Closing, *, actor: Any) -> None:
    """Carry out what follows, each kind of rows in a few statements, and keep what stood before."""
    for each in list(all_that_follow(closing)):  # all are found before the first is written
        kept = write(each)
        Carried.objects.bulk_create(_ledger(change, kept, each.what))
        if each.told:
            text = _("Goes over to the successor: %(change)s")
            log.record_many(
                actor=actor,
                verb="unit.carry",
                label=each.label or text % {"change": change.document},
                rows=_lines(kept),
            )


def _lines(kept):
    """(row, its unit now, units before and after) for the history; one query for all."""
    places = {row.unit_id for row, _before, _after in kept}
    places |= {before["unit_id"] for _row, before, _after in kept if before and "unit_id" in before}
    units = Unit.objects.in_bulk(places)
    for row, before, after in kept:
        row.unit = units[row.unit_id]
        gone = before.get("unit_id") if before and "unit_id" in after else None
        yield row, row.unit, {"unit": [units[gone].name, row.unit.name]} if gone else {}


def write(each: Carry) -> list[tuple[Any, dict | None, dict]]:
    """Save one line; (row, values before or None for a new row, values after) of each row."""
    kept: list[tuple[Any, dict | None, dict]] = []
    names: set[str] = set()
    for row in each.rows:
        after = each.changed(row)
        before = {name: getattr(row, name) for name in after}
        for name, value in after.items():
            setattr(row, name, value)
        if hasattr(row, "version"):
            row.version += 1
            names.add("version")
        names |= {row._meta.get_field(name).name for name in after}
        kept.append((row, before, after))
    if each.rows:
        manager = type(each.rows[0])._base_manager
        manager.bulk_update(each.rows, sorted(names), batch_size=200)
    for row in type(each.made[0])._base_manager.bulk_create(each.made) if each.made else ():
        kept.append((row, None, {}))
    for row in each.removed:
        fields = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
        kept.append((row, {name: getattr(row, name) for name in fields}, REMOVED))
    if each.removed:
        manager = type(each.removed[0])._base_manager
        manager.filter(pk__in=[row.pk for row in each.removed]).delete()
    return kept


def note(change: UnitChange, row: Any, before: dict | None, after: dict) -> None:
    """Keep what an act of this package changed in one row."""
    Carried.objects.bulk_create(_ledger(change, [(row, before, after)]))


def _ledger(change, kept, what=""):
    return [
        Carried(
            change=change,
            model=row._meta.label_lower,
            row=row.pk,
            what=(f"{what}: {row}" if what else str(row))[:300],
            before=before if before is None else _plain(before),
            after=_plain(after),
            row_version=getattr(row, "version", None),
        )
        for row, before, after in kept
    ]


def _plain(values):
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def built_on(change: UnitChange, *, acting: bool = False) -> Iterator[Finding]:
    """Rows that somebody saved since the change carried them, so that it cannot be taken back.

    `acting` locks them, so that nobody saves one between the look and the act.
    """
    for model, kept in _by_model(change):
        rows = _rows_of(model, kept, acting=acting)
        for each in kept:
            row = rows.get(each.row)
            if each.after == REMOVED:
                continue
            if row is None or getattr(row, "version", None) != each.row_version:
                yield Finding(_("Worked on since then: %(what)s.") % {"what": each.what})
            elif any(_differs(row, name, value) for name, value in each.after.items()):
                yield Finding(_("Changed since then: %(what)s.") % {"what": each.what})


def bring_back(change: UnitChange) -> int:
    """Put every carried row back as it was and remove the rows that the change made."""
    number = 0
    for model, kept in _by_model(change):
        rows = _rows_of(model, kept, acting=True)
        made = [each.row for each in kept if each.before is None]
        gone = [each for each in kept if each.after == REMOVED]
        stood = [each for each in kept if each.before is not None and each not in gone]
        back = [(rows[each.row], each.before) for each in stood]
        names: set[str] = set()
        for row, before in back:
            for name, value in before.items():
                setattr(row, name, _read(model, name, value))
                names.add(model._meta.get_field(name).name)
            if hasattr(row, "version"):
                row.version += 1
                names.add("version")
        if back:
            model._base_manager.bulk_update([row for row, _b in back], sorted(names), 200)
        model._base_manager.filter(pk__in=made).delete()
        model._base_manager.bulk_create(
            model(pk=each.row, **{k: _read(model, k, v) for k, v in each.before.items()})
            for each in gone
        )
        number += len(kept)
    return number


def _read(model, name, value):
    kind = model._meta.get_field(name)
    return kind.to_python(value) if isinstance(kind, DateField) else value


def _rows_of(model, kept, *, acting):
    """The rows of the ledger by id; locked in the order of their keys."""
    rows = model._base_manager.order_by("pk")
    if acting:
        rows = rows.select_for_update(of=("self",))
    return rows.in_bulk([each.row for each in kept])


def _by_model(change):
    """(model, its rows of the ledger), the last carried first; places of units are not here."""
    found: dict[str, list[Carried]] = {}
    for each in change.carried.exclude(model=Unit._meta.label_lower).order_by("-pk"):
        found.setdefault(each.model, []).append(each)
    for label, kept in found.items():
        yield apps.get_model(label), kept


def _differs(row, name, value):
    now = getattr(row, name)
    return (now.isoformat() if isinstance(now, date) else now) != value
