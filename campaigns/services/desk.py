"""One saving of a score sheet under way: what is typed, laid over the entries that stand there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks
from core.clock import clock
from core.findings import Finding
from core.text import nfc
from criteria.rules import answers
from criteria.rules.scoring import Mark, State
from criteria.rules.totals import Item

MOST_TEXT = 4_000  # characters of an explanation


@dataclass(frozen=True)
class Change:
    """What somebody typed at one criterion, by the names of what it asks.

    `version` is that of the entry on which it rests: 0 where there was none, None to take it
    whatever stands there. For whoever looks after the unit, `explanation` is the reason; `because`
    is what the history says instead, where the explanation is not why it changes now.
    """

    criterion: int
    given: Mapping[str, str]
    version: int | None
    explanation: str = ""
    answer_to_hints: str = ""
    because: str = ""


@dataclass
class Desk:
    """All that one saving needs, read once under the lock of the sheet."""

    sheet: ScoreSheet
    stage: str
    scorer: int
    actor: Any
    groups: tuple[Item, ...]
    entries: list[ScoreEntry]
    departments: Mapping[int, int] = field(default_factory=dict)  # who advises on a criterion
    new: list[ScoreEntry] = field(default_factory=list)
    changed: list[ScoreEntry] = field(default_factory=list)
    changes: list[tuple[ScoreEntry, dict[str, Any], Any, str]] = field(default_factory=list)

    def entry(self, criterion: int) -> ScoreEntry | None:
        """What stands there at this stage; only peers speak for themselves."""
        for row in self.entries:
            mine = self.stage != Stage.PEER or row.scorer_id == self.scorer
            if mine and (row.stage, row.criterion_id) == (self.stage, criterion):
                return row
        return None

    def speaker(self, criterion: int) -> int:
        """The unit in whose name something is said of a criterion."""
        return self.departments.get(criterion, self.scorer)

    def of(self, criterion: int) -> list[ScoreEntry]:
        return [row for row in self.entries if row.criterion_id == criterion]


def put(desk: Desk, item: Item, change: Change) -> Iterable[Finding]:
    """One change into the desk; sentences if it cannot be taken."""
    rule: Any = item.rule
    given = _clean(rule, desk.stage, change.given)
    before = _before(desk, item)
    mark = marks.mark_of(rule, desk.stage, given, before)
    explanation = nfc(change.explanation).strip()[:MOST_TEXT]
    if desk.stage != Stage.OWN:
        faults = answers.read_all(marks.asks_at(rule, desk.stage), given)[1]
        if faults:
            return [Finding(f"{item.code}: {fault}", part=item.code) for fault in faults.values()]
        if given.get("points") and mark.points != before.points and not explanation:
            text = _("%(code)s: write why the points change.") % {"code": item.code}
            return [Finding(text, part=item.code)]
    if desk.stage == Stage.ADVISED and mark.state is State.MISSING:
        mark = replace(before, state=State.MISSING)  # words alone change no points
    _keep(desk, item, replace(change, given=given, explanation=explanation), mark)
    return []


def _clean(rule: Any, stage: str, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed under known names, without empty answers."""
    typed = {ask.name: nfc(given.get(ask.name, "")).strip() for ask in marks.asks_at(rule, stage)}
    kept = {name: text[: answers.MOST_TEXT] for name, text in typed.items() if text}
    if kept.get("points"):
        kept.pop("agree", None)  # who gives points does not merely agree
    return kept


def _before(desk: Desk, item: Item) -> Mark:
    rule: Any = item.rule
    held = marks.standing(rule, desk.of(item.key))
    return held.after[Stage.VERIFIED] if desk.stage == Stage.APPRAISED else held.own


def _keep(desk: Desk, item: Item, change: Change, mark: Mark) -> None:
    """The change, cleaned, into its entry; what stood there before into the history."""
    given, explanation = dict(change.given), change.explanation
    hints = nfc(change.answer_to_hints).strip()[:MOST_TEXT]
    entry = desk.entry(item.key)
    if entry is None:
        entry = ScoreEntry(
            sheet=desk.sheet,
            criterion_id=item.key,
            stage=desk.stage,
            scorer_id=desk.speaker(item.key),
        )
        entry.version = 0
        old_given, old_points = {}, _before(desk, item).points if desk.stage != Stage.OWN else 0
        desk.entries.append(entry)
        desk.new.append(entry)
    else:
        same = (entry.given, entry.explanation, entry.answer_to_hints)
        if same == (given, explanation, hints):
            return
        old_given, old_points = entry.given, entry.points
        desk.changed.append(entry)
    answered = old_given != given
    reworded = desk.stage != Stage.OWN and entry.explanation != explanation
    entry.given, entry.explanation, entry.answer_to_hints = given, explanation, hints
    _stamp(desk, entry, mark)
    if reworded or (answered and (desk.stage != Stage.OWN or desk.sheet.sent_at)):
        reason = change.because or (explanation if desk.stage != Stage.OWN else "")
        desk.changes.append((entry, old_given, old_points, reason))
    if answered and desk.stage == Stage.OWN:
        _look_again(desk, item)


def _look_again(desk: Desk, item: Item) -> None:
    """The unit answered anew: what others said of its former answer no longer stands."""
    rule: Any = item.rule
    for entry in desk.of(item.key):
        if entry.stage in (Stage.ADVISED, *marks.OVER) and entry.speaks:
            old = entry.given, entry.points
            entry.given, entry.explanation = {}, ""
            _stamp(desk, entry, marks.mark_of(rule, entry.stage, {}))
            desk.changed.append(entry)
            desk.changes.append((entry, *old, _("The unit has answered anew.")))


def _stamp(desk: Desk, entry: ScoreEntry, mark: Mark) -> None:
    entry.points, entry.answered = mark.points, str(mark.state)
    entry.by, entry.at = desk.actor, clock.now()
    if entry.stage == desk.stage:
        entry.scorer_id = desk.speaker(entry.criterion_id)
    entry.version += 1
