"""The same points for many cells of a block (a cell is one criterion of one sheet), and the
undoing of the last such act. Every cell goes through `save_entries`, like a single one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from campaigns.models import Block, BulkAct, BulkCell, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.services.desk import Change
from campaigns.services.sheets import Stale, save_entries
from core.audit import log
from core.clock import clock
from core.findings import Finding
from core.text import nfc
from core.ui.components.marks import moment
from core.workflow import Blocked, NotNow, act
from criteria.rules.numbers import said
from criteria.rules.totals import Item

Way = BulkAct.Way
PERMS = {Stage.VERIFIED: Perm.SHEET_VERIFY, Stage.APPRAISED: Perm.SHEET_APPRAISE}
MOST_CELLS = 5_000


@dataclass(frozen=True)
class CellAt:
    """A cell that was chosen; `version` of its entry at the stage as the page showed it, 0: none."""

    sheet: int
    criterion: int
    version: int


@dataclass
class _Heap:
    """The changes for each sheet, and the sentences on cells that are passed over."""

    actor: Any
    stage: str
    changes: dict[int, list[Change]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, sheet: ScoreSheet, change: Change) -> None:
        self.changes.setdefault(sheet.pk, []).append(change)

    def leave(self, sheet: ScoreSheet, code: str, why: str) -> None:
        self.left.append(f"{sheet.unit_name}, {code}: {why}")


@act
def give_many(
    *,
    block: Block,
    stage: str,
    cells: Iterable[CellAt],
    way: str,
    actor: Any,
    points: str = "",
    reason: str = "",
) -> BulkAct:
    """Judge many cells the same way; cells that cannot be taken are named in `left`, the others
    are saved. `points` as typed, for `Way.POINTS`.

    Raises `Blocked` when nothing is chosen, points or their reason are missing, or not one cell
    could be taken; `PermissionDenied` for whoever does not judge at this stage.
    """
    if stage not in PERMS or not actor.holds(PERMS[Stage(stage)]):
        raise PermissionDenied
    chosen = list(cells)
    _must_be_whole(chosen, way, points, reason)
    held = _sheets(block, {cell.sheet for cell in chosen})
    heap = _Heap(actor, stage)
    _fill(heap, held, chosen, way, {"points": points.strip(), "reason": nfc(reason).strip()})
    before = _entries(held, stage)
    _save(heap, held)
    act = BulkAct(
        block=block, stage=stage, way=way, points=points.strip(), reason=nfc(reason).strip()
    )
    act.left, act.by, act.at = heap.left, actor, clock.now()
    made = _changed(before, _entries(held, stage))
    if not made:
        raise Blocked([Finding(text) for text in heap.left or [_("Nothing changes by this.")]])
    act.save()
    BulkCell.objects.bulk_create(
        BulkCell(
            act=act,
            entry=now,
            old_given=old.given if old else {},
            old_explanation=old.explanation if old else "",
            version=now.version,
        )
        for old, now in made
    )
    _record(act, actor, "bulk", _("Judge many criteria at once"), len(made))
    return act


@act
def undo_many(*, act: BulkAct, actor: Any) -> tuple[BulkAct, int]:
    """Put back what stood before one's own last act over many cells; answers how many were.

    A cell that somebody changed since stays and is named in `stuck`. Raises `NotNow` for an act
    that is undone or not the last, `Blocked` where nothing can be put back, `PermissionDenied`
    for another's.
    """
    held_act = BulkAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if held_act.by_id != actor.pk:
        raise PermissionDenied
    newer = BulkAct.objects.filter(block=held_act.block_id, by=actor, pk__gt=held_act.pk)
    if held_act.undone_at or newer.exists():
        raise NotNow(_("Only the last act over many criteria can be undone, once."))
    cells = list(held_act.cells.select_related("entry__criterion"))
    held = _sheets(held_act.block, {cell.entry.sheet_id for cell in cells})
    heap = _Heap(actor, held_act.stage)
    because = _undone(held_act)
    for cell in cells:
        entry, sheet = cell.entry, held[cell.entry.sheet_id]
        if entry.version != cell.version:
            heap.leave(sheet, entry.criterion.code, _("changed since, so it stays."))
            continue
        back = Change(
            entry.criterion_id,
            cell.old_given,
            entry.version,
            cell.old_explanation,
            because=because,
        )
        heap.add(sheet, back)
    before = _entries(held, held_act.stage)
    _save(heap, held)
    number = len(_changed(before, _entries(held, held_act.stage)))
    if not number:
        raise Blocked([Finding(text) for text in heap.left or [_("Nothing changes by this.")]])
    held_act.undone_at, held_act.stuck = clock.now(), heap.left
    held_act.save(update_fields=["undone_at", "stuck"])
    _record(held_act, actor, "bulk_undo", _("Undo the last act over many"), number)
    return held_act, number


def _undone(act: BulkAct) -> str:
    """What the history of a cell says: which act over many it was that no longer counts."""
    way = act.get_way_display()
    if act.points:
        way = f"{way} ({act.points})"
    text = _("Undone: “%(way)s” of %(moment)s, given to many criteria at once.")
    return text % {"way": way, "moment": moment(act.at)}


def _must_be_whole(cells: list[CellAt], way: str, points: str, reason: str) -> None:
    missing = []
    if not cells:
        missing.append(_("Choose at least one criterion of one unit."))
    if len(cells) > MOST_CELLS:
        missing.append(_("Choose fewer criteria at once."))
    if way not in Way.values:
        missing.append(_("Choose what is to be done with the criteria chosen."))
    if way == Way.POINTS and not points.strip():
        missing.append(_("Write the points."))
    if way == Way.POINTS and not reason.strip():
        missing.append(_("Write the reason: the units will read it."))
    if missing:
        raise Blocked([Finding(text) for text in missing])


def _sheets(block: Block, keys: set[int]) -> dict[int, ScoreSheet]:
    """The sheets of this block, locked in their order: whoever comes second waits."""
    rows = ScoreSheet.objects.filter(block=block, pk__in=keys).order_by("pk")
    locked = rows.select_for_update(of=("self",))
    return {row.pk: row for row in locked.select_related("unit", "verifier", "block__unit")}


def _fill(
    heap: _Heap,
    held: Mapping[int, ScoreSheet],
    cells: list[CellAt],
    way: str,
    typed: Mapping[str, str],
) -> None:
    """A change for each cell, or the sentence why there is none."""
    items: dict[int, dict[int, Item]] = {}
    entries: dict[int, list[ScoreEntry]] = {}
    for row in ScoreEntry.objects.filter(sheet__in=held).exclude(stage=Stage.PEER):
        entries.setdefault(row.sheet_id, []).append(row)
    for cell in dict.fromkeys(cells):
        sheet = held.get(cell.sheet)
        if sheet is None:
            continue  # a sheet of another block: not even its name is told
        if sheet.criteria_set_id not in items:
            groups = rules.groups_of(sheet)
            mine = (item for group in groups for item in group.criteria())
            items[sheet.criteria_set_id] = {item.key: item for item in mine}
        item = items[sheet.criteria_set_id].get(cell.criterion)
        if item is None or item.rule is None:
            continue
        rows = [r for r in entries.get(sheet.pk, ()) if r.criterion_id == item.key]
        if way == Way.POINTS and item.rule.kind == "information":
            heap.leave(sheet, item.code, _("is for information only and has no points."))
            continue
        if way == Way.AGREE and _given_other_points(rows, heap.stage, cell.version):
            heap.leave(sheet, item.code, _("other points were given here; they stay."))
            continue
        given, reason = _given(item, heap.stage, rows, way, typed)
        heap.add(sheet, Change(item.key, given, cell.version, reason))


def _given_other_points(rows: list[ScoreEntry], stage: str, version: int) -> bool:
    """Whether points stand here that whoever agrees with many has seen, and does not mean."""
    mine = (row for row in rows if row.stage == stage and row.version == version)
    return any(row.given.get("points") for row in mine)


def _given(
    item: Item, stage: str, rows: list[ScoreEntry], way: str, typed: Mapping[str, str]
) -> tuple[dict[str, str], str]:
    """(what is typed into one cell, its reason)."""
    if way == Way.POINTS:
        return {"points": typed["points"]}, typed["reason"]
    rule: Any = item.rule
    standing = marks.standing(rule, rows)
    before = standing.own if stage == Stage.VERIFIED else standing.after[Stage.VERIFIED]
    if way == Way.AGREE or standing.own.points == before.points:
        return {"agree": "yes"}, typed["reason"]
    return {"points": said(standing.own.points)}, typed["reason"]


def _save(heap: _Heap, held: Mapping[int, ScoreSheet]) -> None:
    """Sheet by sheet; what one cell is refused for does not hold up the others."""
    for pk, changes in heap.changes.items():
        while changes:
            refused = _try(heap, held[pk], changes)
            codes = {change.criterion for change in changes} & refused
            changes = [one for one in changes if one.criterion not in codes] if codes else []


def _try(heap: _Heap, sheet: ScoreSheet, changes: list[Change]) -> set[int]:
    """Save the changes of one sheet; the criteria that were refused and named, or none."""
    codes = dict(sheet.criteria_set.criteria.values_list("pk", "code"))
    try:
        with transaction.atomic():
            save_entries(sheet=sheet, stage=heap.stage, changes=changes, actor=heap.actor)
    except Stale as stale:
        refused = {row.criterion_id for row in stale.entries}
        for key in refused:
            heap.leave(sheet, codes[key], _("changed meanwhile by a colleague."))
        return refused or _all_left(heap, sheet, str(stale))
    except Blocked as blocked:
        by_code = {code: key for key, code in codes.items()}
        refused = {by_code[f.part] for f in blocked.findings if f.part in by_code}
        if not refused:
            return _all_left(heap, sheet, str(blocked))
        heap.left += [f"{sheet.unit_name}, {f}" for f in blocked.findings]
        return refused
    except NotNow as moved_on:
        return _all_left(heap, sheet, str(moved_on))
    except PermissionDenied:
        return _all_left(heap, sheet, _("you do not judge this sheet."))
    return set()


def _all_left(heap: _Heap, sheet: ScoreSheet, why: str) -> set[int]:
    heap.left.append(f"{sheet.unit_name}: {why}")
    return set()


def _entries(held: Mapping[int, ScoreSheet], stage: str) -> dict[tuple[int, int], ScoreEntry]:
    rows = ScoreEntry.objects.filter(sheet__in=held, stage=stage)
    return {(row.sheet_id, row.criterion_id): row for row in rows}


def _changed(
    before: Mapping[Any, ScoreEntry], after: Mapping[Any, ScoreEntry]
) -> list[tuple[ScoreEntry | None, ScoreEntry]]:
    """(as it was, as it is) of the entries that are new or have another version."""
    pairs = [(before.get(key), now) for key, now in after.items()]
    return [(old, now) for old, now in pairs if old is None or old.version != now.version]


def _record(act: BulkAct, actor: Any, verb: str, label: str, number: int) -> None:
    cells = ngettext("%(number)s criterion", "%(number)s criteria", number) % {"number": number}
    log.record(
        actor=actor,
        verb=f"block.{verb}",
        label=label,
        target=act.block,
        unit=act.block.unit,
        note=f"{act.get_way_display()}: {cells}",
    )
