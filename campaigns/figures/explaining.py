"""A sheet's total taken apart: group, criterion, rule with its inputs, evidence, who changed what.

Everything is counted from the entries as they are; nothing that is shown was kept as a sum.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from campaigns.models import EntryChange, EvidenceUse, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.rules.marks import Standing
from criteria.rules import answers, wording
from criteria.rules.answers import Form
from criteria.rules.numbers import shown
from criteria.rules.scoring import asks
from criteria.rules.totals import Item, Score, Total

COUNTED = (Stage.OWN, Stage.VERIFIED, Stage.APPRAISED)


@dataclass
class Row:
    """A group or a criterion, with its points after each stage; None before its stage.

    `notes` are of the last stage: why a group differs from the sum of its parts, or how the
    points of a criterion came about.
    """

    item: Item
    depth: int
    points: dict[str, Decimal | None]
    notes: list[str] = field(default_factory=list)
    rule: list[str] = field(default_factory=list)
    answers: list[tuple[Any, str]] = field(default_factory=list)
    workings: list[tuple[Any, str]] = field(default_factory=list)
    peers: Decimal | None = None
    explanation: str = ""
    evidence: list[EvidenceUse] = field(default_factory=list)
    changes: list[EntryChange] = field(default_factory=list)

    @property
    def own(self) -> Decimal | None:
        return self.points[Stage.OWN]

    @property
    def verified(self) -> Decimal | None:
        return self.points[Stage.VERIFIED]

    @property
    def appraised(self) -> Decimal | None:
        return self.points[Stage.APPRAISED]


@dataclass(frozen=True)
class Explained:
    """The whole sheet: rows in their order, the total after each stage, and the groups with
    the standing of each criterion from which both were made. `ahead` are stages to come."""

    rows: list[Row]
    totals: dict[str, Total]
    standings: tuple[tuple[Item, ...], dict[Any, Standing]]
    ahead: tuple[str, ...] = ()

    def points(self, stage: str) -> Decimal | None:
        """The total after a stage; None before it, though the count would come to something."""
        return None if stage in self.ahead else self.totals[stage].points


def explain(sheet: ScoreSheet) -> Explained:
    """Take the total of a sheet apart, in four queries."""
    entries = list(sheet.entries.select_related("by", "scorer"))
    changes: dict[int, list[EntryChange]] = {}
    told = EntryChange.objects.filter(entry__sheet=sheet).select_related("by", "entry")
    for change in told:
        changes.setdefault(change.entry.criterion_id, []).append(change)
    uses: dict[int, list[EvidenceUse]] = {}
    for use in sheet.evidence_uses.select_related("evidence__file"):
        uses.setdefault(use.criterion_id, []).append(use)
    found = take_apart(rules.groups_of(sheet), entries, ahead=_ahead(sheet))
    for row in found.rows:
        row.changes = changes.get(row.item.key, [])
        row.evidence = uses.get(row.item.key, [])
    return found


def _ahead(sheet: ScoreSheet) -> tuple[str, ...]:
    """Nobody has given points there yet: what the unit claims must not look like a verdict."""
    kept = {Stage.VERIFIED: sheet.verified_points, Stage.APPRAISED: sheet.appraised_points}
    return tuple(str(stage) for stage, points in kept.items() if points is None)


def take_apart(
    groups: tuple[Item, ...], entries: list[ScoreEntry], *, ahead: tuple[str, ...] = ()
) -> Explained:
    """The same from groups and entries, without the database."""
    held = marks.standings(groups, entries)
    totals = {str(stage): marks.total_at(groups, held, stage) for stage in COUNTED}
    own = {row.criterion_id: row for row in entries if row.stage == Stage.OWN}
    advice = {row.criterion_id: row for row in entries if row.stage == Stage.ADVISED}
    scores = [totals[stage].groups for stage in COUNTED]
    rows = [row for column in zip(*scores, strict=True) for row in _rows(column, 0, held, own)]
    for row in rows:
        if row.item.key in advice:
            row.workings[1:1] = _advised(advice[row.item.key], held[row.item.key])
        row.points |= dict.fromkeys(ahead)
    return Explained(rows, totals, (groups, held), ahead)


def _rows(
    column: tuple[Score, ...], depth: int, held: dict[Any, Standing], own: dict[Any, ScoreEntry]
) -> Iterator[Row]:
    """One item in all stages, then what is in it."""
    item = column[0].item
    points: dict[str, Decimal | None] = {
        str(stage): score.points for stage, score in zip(COUNTED, column, strict=True)
    }
    row = Row(item, depth, points, notes=list(_notes(column[-1])))
    if item.rule:
        _tell(row, held[item.key], own.get(item.key))
    yield row
    for parts in zip(*(score.parts for score in column), strict=True):
        yield from _rows(parts, depth + 1, held, own)


def _notes(score: Score) -> Iterator[str]:
    """Vietnamese always: these lines stand on paper, too."""
    if score.rescaled:
        yield f"{gettext('what was not assigned, made up for')}: +{shown(score.rescaled)}"
    if score.cut < 0:
        yield f"{gettext('above the most of the group')}: {shown(score.cut)}"
    if score.cut > 0:
        yield f"{gettext('taken off down to the most of the group')}: +{shown(score.cut)}"
    if score.is_out:
        yield "không tính"


def _tell(row: Row, standing: Standing, entry: ScoreEntry | None) -> None:
    rule: Any = row.item.rule
    row.rule = wording.write_rule(rule).splitlines()
    given = entry.given if entry else {}
    row.answers = list(_in_words(rule, given))
    row.explanation = entry.explanation if entry else ""
    row.workings = [(Stage.OWN.label, standing.own.working)]
    before = standing.own
    for stage in marks.OVER:
        now = standing.after[stage]
        if stage in standing.looked:
            agreed = now is before
            row.workings.append((stage.label, gettext("agreed") if agreed else now.working))
        before = now
    row.peers = marks.mean(mark.points for mark in standing.peers.values())


def _advised(entry: ScoreEntry, standing: Standing) -> Iterator[tuple[Any, str]]:
    """The opinion of the department, beside the unit's own points; it counts nowhere."""
    if not entry.speaks:
        return
    agreed = gettext("agreed") if entry.given.get("agree") else ""
    working = agreed or (standing.advice.working if standing.advice else "")
    said = " – ".join(filter(None, [working, entry.explanation]))
    yield f"{Stage.ADVISED.label} ({entry.scorer})", said


def _in_words(rule: Any, given: dict[str, str]) -> Iterator[tuple[Any, str]]:
    values, _faults = answers.read_all(asks(rule), given)
    for ask in asks(rule):
        typed, value = given.get(ask.name, ""), values.get(ask.name)
        if not typed:
            continue
        if ask.form is Form.YES and value is not None:
            yield ask.label, "có" if value else "không"
        elif ask.form is Form.CHOICE and value is not None:
            yield ask.label, ask.options[value]
        else:
            yield ask.label, typed
