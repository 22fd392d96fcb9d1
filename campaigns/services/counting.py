"""Counting sheets anew from what stands in their entries; nothing but the totals is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from campaigns.figures import counting
from campaigns.models import Block, ScoreSheet
from criteria.rules.ranking import Place


@dataclass
class Recount:
    """`wrong`: (sheet, {total: (kept, counted)}) of sheets that kept another total."""

    sheets: int = 0
    wrong: list[tuple[ScoreSheet, dict[str, tuple[Decimal | None, Decimal | None]]]] = field(
        default_factory=list
    )
    places: dict[int, list[Place]] = field(default_factory=dict)


def recount(*, blocks: Iterable[Block], mend: bool = False) -> Recount:
    """Count and rank every sheet of these blocks, and compare with what the sheets keep.

    `mend` puts the counted totals into sheets that are not published; what was published
    stays as it was made known, and is only told.
    """
    told = Recount()
    groups: counting.Groups = {}
    for block in blocks:
        with transaction.atomic():
            _block(block, told, groups, mend)
    return told


def _block(block: Block, told: Recount, groups: counting.Groups, mend: bool) -> None:
    found = counting.counted(block, groups)
    told.sheets += len(found)
    told.places[block.pk] = counting.ranked(block, {one.sheet.pk: one.final for one in found})
    wrong = [(one, one.differing) for one in found if one.differing]
    told.wrong += [(one.sheet, differing) for one, differing in wrong]
    mended = []
    for one, differing in wrong:
        if one.sheet.state != ScoreSheet.State.PUBLISHED:
            for name, (_kept, now) in differing.items():
                setattr(one.sheet, name, now)
            mended.append(one.sheet)
    if mend and mended:
        ScoreSheet.objects.bulk_update(mended, counting.KEPT)
