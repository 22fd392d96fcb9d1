"""Another edition of the criteria while a block scores itself: what is the same, who is affected.

A sheet that was sent stays with the edition by which it was filled in (domain 6.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Block, ScoreEntry, ScoreSheet, Stage
from core.findings import Finding
from criteria.models import CriteriaSet, Criterion

SAME = ("name", "most", "kind", "rule")  # what an answer rests on


@dataclass(frozen=True)
class Difference:
    """`same`: {key of a criterion: its key in the new edition}, by what is asked and how it is
    scored, wherever it stands now. The others by their numbers: `changed` keeps its number and is
    asked otherwise, {old key: new key}; `new` and `gone`."""

    same: dict[int, int] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    changed_codes: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affected:
    """A sheet that goes over: answers that come along, and numbers that are to be answered anew."""

    sheet: ScoreSheet
    carried: int
    again: tuple[str, ...]


def edition_for(block: Block) -> CriteriaSet | None:
    """The later edition of the block's criteria for the same year, if one was begun."""
    rows = CriteriaSet.objects.filter(previous=block.criteria_set_id, year=block.year)
    return rows.exclude(state=CriteriaSet.State.RETIRED).first() if block.criteria_set_id else None


def compare(old: Iterable[Criterion], new: Iterable[Criterion]) -> Difference:
    """What becomes of each criterion of the old edition."""
    before = [row for row in old if not row.is_group]
    after = [row for row in new if not row.is_group]
    by_code = {row.code: row for row in after}
    pairs = {row: by_code[row.code] for row in before if row.code in by_code}
    same = {row.pk: other.pk for row, other in pairs.items() if _asks(row) == _asks(other)}
    same |= _moved([row for row in before if row.pk not in same], after, set(same.values()))
    taken = set(same.values())
    changed = {
        row.pk: other.pk
        for row, other in pairs.items()
        if row.pk not in same and other.pk not in taken
    }
    there = taken | set(changed.values())
    return Difference(
        same,
        changed,
        tuple(row.code for row in after if row.pk in set(changed.values())),
        tuple(row.code for row in after if row.pk not in there),
        tuple(row.code for row in before if row.pk not in same and row.pk not in changed),
    )


def sheets_to_move(block: Block) -> QuerySet[ScoreSheet]:
    """Sheets of the old edition that no unit has sent yet."""
    rows = block.sheets.filter(criteria_set=block.criteria_set_id, sent_at=None)
    return rows.filter(state=ScoreSheet.State.OPEN).select_related("unit")


def affected(sheets: Iterable[ScoreSheet], difference: Difference) -> list[Affected]:
    """What each of these sheets keeps and loses, in one query."""
    held = list(sheets)
    answered: dict[int, dict[int, str]] = {}
    rows = ScoreEntry.objects.filter(sheet__in=held, stage=Stage.OWN).exclude(given={})
    for sheet, key, code in rows.order_by().values_list("sheet", "criterion", "criterion__code"):
        answered.setdefault(sheet, {})[key] = code
    return [
        Affected(
            sheet,
            sum(key in difference.same for key in answered.get(sheet.pk, ())),
            tuple(
                sorted(
                    code
                    for key, code in answered.get(sheet.pk, {}).items()
                    if key in difference.changed
                )
            ),
        )
        for sheet in held
    ]


def missing_to_adopt(block: Block, edition: CriteriaSet) -> Iterable[Finding]:
    """Why the sheets cannot go over to this edition yet."""
    if edition.state != CriteriaSet.State.LOCKED:
        text = _("“%(edition)s” is still being drawn up. Take it into use first.")
        yield Finding(text % {"edition": edition}, href=edition.get_absolute_url())


def _asks(row: Criterion) -> tuple:
    return tuple(str(getattr(row, name)) for name in SAME)


def _moved(left: list[Criterion], after: list[Criterion], taken: set[int]) -> dict[int, int]:
    """Criteria that stand under another number now, where there is no doubt which they are."""
    free: dict[tuple, list[int]] = {}
    for row in after:
        if row.pk not in taken:
            free.setdefault(_asks(row), []).append(row.pk)
    mine = [_asks(row) for row in left]
    return {
        row.pk: free[_asks(row)][0]
        for row in left
        if len(free.get(_asks(row), ())) == 1 and mine.count(_asks(row)) == 1
    }
