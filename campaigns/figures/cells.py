"""Many units beside each other: a row a sheet, a column a criterion, points stage beside stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from campaigns.models import EvidenceUse, ScoreEntry, ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks
from criteria.models import Criterion
from criteria.rules.scoring import State
from criteria.rules.totals import Item

AFTER = frozenset(
    {ScoreSheet.State.APPRAISED, ScoreSheet.State.OBJECTED, ScoreSheet.State.PUBLISHED}
)
CONCLUDED = {Stage.VERIFIED: AFTER | {ScoreSheet.State.VERIFIED}, Stage.APPRAISED: AFTER}


@dataclass(frozen=True)
class Cell:
    """One criterion of one sheet. Points are None where that stage has neither looked nor been
    concluded, or the unit has not answered. `version` is that of the entry at the stage that judges now; 0: none."""

    sheet: int
    criterion: int
    own: Decimal | None
    verified: Decimal | None
    appraised: Decimal | None
    version: int
    looked: bool
    bare: bool
    returned: bool
    writable: bool

    @property
    def key(self) -> str:
        """The same in every language: names the cell in an address."""
        return f"{self.sheet}-{self.criterion}"

    @property
    def value(self) -> str:
        """What comes back when the cell is chosen."""
        return f"{self.key}-{self.version}"

    @property
    def differs(self) -> bool:
        """Whether somebody gave other points than the unit gave itself."""
        given = {self.own, self.verified, self.appraised} - {None}
        return len(given) > 1


@dataclass
class Row:
    """One sheet with its cells in the order of the columns."""

    sheet: ScoreSheet
    writable: bool
    cells: list[Cell] = field(default_factory=list)


def rows(
    sheets: Iterable[ScoreSheet], columns: Iterable[Item], stage: str, writable: set[int]
) -> list[Row]:
    """The cells of these sheets, in four queries; `writable`: sheets that may be judged now."""
    held, items = list(sheets), list(columns)
    keys = [item.key for item in items]
    entries: dict[tuple[int, int], list[ScoreEntry]] = {}
    for entry in (
        ScoreEntry.objects.filter(sheet__in=held, criterion__in=keys)
        .exclude(stage=Stage.PEER)
        .order_by()
    ):
        entries.setdefault((entry.sheet_id, entry.criterion_id), []).append(entry)
    asked = set(
        Criterion.objects.filter(pk__in=keys).exclude(evidence="").values_list("pk", flat=True)
    )
    used = _pairs(EvidenceUse.objects.filter(sheet__in=held, criterion__in=keys))
    returned = _pairs(
        SheetRemark.objects.filter(sheet__in=held, kind=SheetRemark.Kind.RETURNED, closed_at=None)
    )
    found = []
    for sheet in held:
        row = Row(sheet, sheet.pk in writable)
        for item in items:
            at = sheet.pk, item.key
            bare = item.key in asked and at not in used
            row.cells.append(
                _cell(row, item, entries.get(at, []), stage, bare=bare, returned=at in returned)
            )
        found.append(row)
    return found


def _pairs(queryset: Any) -> set[tuple[int, int]]:
    return set(queryset.order_by().values_list("sheet", "criterion"))


def _cell(
    row: Row, item: Item, entries: list[ScoreEntry], stage: str, *, bare: bool, returned: bool
) -> Cell:
    rule: Any = item.rule
    standing = marks.standing(rule, entries)
    own = None if standing.own.state is State.MISSING else standing.own.points
    over = {
        late: standing.after[late].points
        if late in standing.looked or row.sheet.state in CONCLUDED[late]
        else None
        for late in marks.OVER
    }
    mine = next((entry.version for entry in entries if entry.stage == stage), 0)
    return Cell(
        sheet=row.sheet.pk,
        criterion=item.key,
        own=own,
        verified=over[Stage.VERIFIED],
        appraised=over[Stage.APPRAISED],
        version=mine,
        looked=stage in standing.looked,
        bare=bare and bool(own),
        returned=returned,
        writable=row.writable,
    )
