"""What people write into a score sheet: entries at every stage, each on the version it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models import EntryChange, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import advice, marks, scorers, sheets
from campaigns.services.desk import Change, Desk, put
from core.audit import log
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from criteria.rules.numbers import said
from criteria.rules.totals import Item, criteria_of

SAID = ["given", "points", "answered", "explanation", "answer_to_hints"]
WRITTEN = [*SAID, "scorer", "by", "at", "version"]


class Stale(Exception):
    """A colleague saved in between; `entries` are those that stand there now."""

    def __init__(self, entries: list[ScoreEntry]):
        self.entries = entries
        super().__init__(_("Changed meanwhile by a colleague."))


@dataclass(frozen=True)
class Kept:
    """A sheet right after a saving: all its entries, and what each criterion comes to."""

    sheet: ScoreSheet
    entries: list[ScoreEntry]
    held: Mapping[Any, marks.Standing]


@act
def save_entries(
    *,
    sheet: ScoreSheet,
    stage: str,
    changes: Iterable[Change],
    actor: Any,
    scorer: Unit | None = None,
    groups: tuple[Item, ...] | None = None,
) -> Kept:
    """Keep what was typed at a stage, all of it or nothing, and count the sheet anew.

    `scorer` is the unit that speaks: another of the block for `Stage.PEER`, else it is known
    (for `Stage.ADVISED` criterion by criterion: the department that it names).
    `groups`: the criteria of the sheet's set, if the caller has read them; a set in use is locked.
    Raises `Stale` where an entry has another version, `NotNow` where the sheet has moved on,
    `Blocked` with sentences, `PermissionDenied`. Answers of the unit that cannot be read are
    kept as typed and count as missing.
    """
    locked = ScoreSheet.objects.select_for_update(of=("self",)).select_related("unit")
    held = locked.get(pk=sheet.pk)
    listed = list(changes)
    departments = _departments(held, listed, actor) if stage == Stage.ADVISED else {}
    speaker = 0 if departments else _speaker(held, stage, scorer, actor)
    _must_be_open(held, stage, listed, actor)
    if groups is None or held.criteria_set_id != sheet.criteria_set_id:
        groups = sheets.groups_of(held)
    desk = Desk(held, stage, speaker, actor, groups, list(held.entries.all()), departments)
    _compare(desk, listed)
    items = {item.key: item for item in criteria_of(desk.groups)}
    missing: list[Finding] = []
    for change in listed:
        if change.criterion not in items:
            raise NotNow(_("This criterion is not in the sheet."))
        missing += put(desk, items[change.criterion], change)
    if missing:
        raise Blocked(missing)
    return Kept(held, desk.entries, _write(desk))


def _departments(sheet: ScoreSheet, changes: list[Change], actor: Any) -> dict[int, int]:
    """{criterion: the department that speaks on it}, of those on which the actor may."""
    found = advice.departments(sheet, actor)
    if not found or any(change.criterion not in found for change in changes):
        raise PermissionDenied
    return found


def _speaker(sheet: ScoreSheet, stage: str, scorer: Unit | None, actor: Any) -> int:
    if stage == Stage.OWN:
        if not actor.can(Perm.SHEET_WRITE, sheet):
            raise PermissionDenied
        return sheet.unit_id
    if stage == Stage.PEER:
        if scorer is None or scorer.pk == sheet.unit_id:
            raise PermissionDenied
        inside = sheet.block.members.filter(unit=scorer).exists()
        chosen = scorers.scores(sheet.block, scorer.pk, sheet.unit_id)
        if not inside or not chosen or not actor.can(Perm.SHEET_PEER, scorer):
            raise PermissionDenied
        return int(scorer.pk)
    perm = Perm.SHEET_VERIFY if stage == Stage.VERIFIED else Perm.SHEET_APPRAISE
    if not actor.can(perm, sheet):
        raise PermissionDenied
    return sheet.verifier_id or 0 if stage == Stage.VERIFIED else sheet.block.unit_id


def _must_be_open(sheet: ScoreSheet, stage: str, changes: list[Change], actor: Any) -> None:
    if stage == Stage.OWN and sheet.state == ScoreSheet.State.OPEN:
        opened = True
    elif stage == Stage.OWN:
        returned = [remark.criterion_id for remark in sheets.open_remarks(sheet)]
        opened = all(sheets.may_write(sheet, c.criterion, returned) for c in changes)
    elif stage == Stage.PEER:
        opened = sheet.state == ScoreSheet.State.PEERS
    elif stage == Stage.ADVISED:
        opened = sheet.state in advice.OPEN
    else:
        opened = sheets.stage_open_to(sheet, actor) == stage
        recused = list(sheets.own_sheet(sheet, actor)) if stage == Stage.APPRAISED else []
        if recused:
            raise Blocked(recused)
    if not opened:
        text = _("%(sheet)s is now “%(state)s”; nothing is written into it here.")
        raise NotNow(text % {"sheet": sheet, "state": sheet.get_state_display()})


def _compare(desk: Desk, changes: list[Change]) -> None:
    old = []
    for change in changes:
        entry = desk.entry(change.criterion)
        if change.version is not None and change.version != (entry.version if entry else 0):
            old.append(entry)
    if old:
        raise Stale([entry for entry in old if entry])


def _write(desk: Desk) -> dict[Any, marks.Standing]:
    """Everything into the database; answers what each criterion comes to now."""
    ScoreEntry.objects.bulk_create(desk.new)
    if len(desk.changed) == 1:  # a pause in typing; the statement for many takes longer to write
        desk.changed[0].save(update_fields=WRITTEN)
    else:
        ScoreEntry.objects.bulk_update(desk.changed, WRITTEN)
    EntryChange.objects.bulk_create(
        EntryChange(
            entry=entry,
            old_given=given,
            new_given=entry.given,
            old_points=points,
            new_points=entry.points,
            reason=reason,
            by=desk.actor,
            at=entry.at,
        )
        for entry, given, points, reason in desk.changes
    )
    held = marks.standings(desk.groups, desk.entries)
    _count_anew(desk, held)
    _tell_history(desk)
    return held


def _count_anew(desk: Desk, held: dict[Any, marks.Standing]) -> None:
    """Totals for lists, from the entries as they are now."""
    sheet = desk.sheet
    sheet.own_points = marks.total_at(desk.groups, held, Stage.OWN).points
    peers = marks.peer_totals(desk.groups, held).values()
    sheet.peer_points = marks.mean(total.points for total in peers)
    reached = {row.stage for row in desk.entries}
    for stage, name in ((Stage.VERIFIED, "verified_points"), (Stage.APPRAISED, "appraised_points")):
        if stage in reached or getattr(sheet, name) is not None:
            setattr(sheet, name, marks.total_at(desk.groups, held, stage).points)
    sheet.save(update_fields=["own_points", "peer_points", "verified_points", "appraised_points"])


def _tell_history(desk: Desk) -> None:
    """One line for a saving that changes what was sent; a unit still writing leaves none."""
    if not desk.changes:
        return
    codes = {item.key: item.code for item in criteria_of(desk.groups)}
    log.record(
        actor=desk.actor,
        verb="scoresheet.entries",
        label=f"{_('Change points')}: {Stage(desk.stage).label}",
        target=desk.sheet,
        unit=desk.sheet.unit,
        changes={
            f"{codes[entry.criterion_id]} {entry.stage}": [said(Decimal(old)), said(entry.points)]
            for entry, _given, old, _reason in desk.changes
        },
    )
