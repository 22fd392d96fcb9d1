"""All sheets of a block counted from their entries: totals stage by stage, and the places.

Reads rows without making objects of them, so that thousands of sheets are counted in seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from campaigns.models import Block, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks, sheets
from criteria.rules.ranking import Place, Runner, rank
from criteria.rules.totals import Item, Role, Total

PIECE = 2_000  # rows read at a time
Groups = dict[int, tuple[Item, ...]]


class Said(NamedTuple):
    """An entry, as far as it is counted."""

    sheet_id: int
    criterion_id: int
    stage: str
    scorer_id: int
    given: Any


@dataclass(frozen=True)
class Counted:
    """What the entries of one sheet come to; None for a stage that nobody has reached."""

    sheet: ScoreSheet
    final: Total
    own_points: Decimal
    peer_points: Decimal | None
    verified_points: Decimal | None
    appraised_points: Decimal | None

    @property
    def differing(self) -> dict[str, tuple[Decimal | None, Decimal | None]]:
        """{name: (kept, counted)} of the totals that the sheet keeps otherwise."""
        found = {}
        for name in KEPT:
            kept, now = getattr(self.sheet, name), getattr(self, name)
            if kept != now and not (kept is None and not now):
                found[name] = (kept, now)
        return found


KEPT = ("own_points", "peer_points", "verified_points", "appraised_points")


def counted(block: Block, known: Groups | None = None) -> list[Counted]:
    """Every sheet of a block, in two queries and one for each set that `known` has not."""
    groups: Groups = {} if known is None else known
    held = list(block.sheets.all())
    rows = entries_of(held)
    for sheet in held:
        if sheet.criteria_set_id not in groups:
            groups[sheet.criteria_set_id] = sheets.groups_of(sheet)
    return [_count(sheet, groups[sheet.criteria_set_id], rows.get(sheet.pk, [])) for sheet in held]


def entries_of(held: Iterable[ScoreSheet], **only: Any) -> dict[int, list[Said]]:
    """{sheet: its entries}, of some stages where `only` says so."""
    rows: dict[int, list[Said]] = {}
    asked = ScoreEntry.objects.filter(sheet__in=[sheet.pk for sheet in held], **only).order_by()
    for row in asked.values_list(*Said._fields).iterator(PIECE):
        rows.setdefault(row[0], []).append(Said(*row))
    return rows


def ranked(block: Block, totals: dict[int, Total]) -> list[Place]:
    """Places by the totals of sheets; ties stay ties unless the block's set says what parts them."""
    why_not = dict(block.members.values_list("unit", "not_ranked"))
    held = list(block.sheets.all())
    breaks = block.criteria_set.tie_breaks if block.criteria_set else []
    return rank((_runner(sheet, totals[sheet.pk], why_not) for sheet in held), breaks)


def _count(sheet: ScoreSheet, groups: tuple[Item, ...], rows: list[Said]) -> Counted:
    held = marks.standings(groups, rows)
    reached = {row.stage for row in rows}
    own = marks.total_at(groups, held, Stage.OWN)
    after = {
        stage: marks.total_at(groups, held, stage) if stage in reached else None
        for stage in marks.OVER
    }
    peers = marks.peer_totals(groups, held).values()
    verified, appraised = (after[stage] for stage in marks.OVER)
    final = appraised or verified or own
    return Counted(
        sheet=sheet,
        final=final,
        own_points=own.points,
        peer_points=marks.mean(total.points for total in peers),
        verified_points=_points(verified, sheet.verified_points, own),
        appraised_points=_points(appraised, sheet.appraised_points, verified or own),
    )


def _points(total: Total | None, kept: Decimal | None, before: Total) -> Decimal | None:
    """A stage where nobody changed anything has the points of the one before."""
    if total is not None:
        return total.points
    return None if kept is None else before.points


def _runner(sheet: ScoreSheet, total: Total, why_not: dict[int, str]) -> Runner:
    base = [group for group in total.groups if group.item.role is Role.BASE]
    main = max(base, key=lambda group: group.item.most or Decimal(0), default=None)
    breaks: dict[str, Any] = {
        "base": total.by(Role.BASE),
        "main": main.points if main else Decimal(0),
    }
    return Runner(sheet.pk, total.points, breaks, why_not.get(sheet.unit_id, ""))
