"""Which member of a block scores which others: worked out until the scoring opens, fixed then."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from accounts.permissions import Perm
from campaigns.models import Block, BlockMember, ScoreSheet
from campaigns.rules import peers


def design_of(block: Block, each: int | None = None) -> dict[int, tuple[int, ...]]:
    """{unit: those it would score} by the members as they are, or as it was fixed.

    `each` instead of the block's own number, for trying it out.
    """
    if block.design:
        return {int(unit): tuple(chosen) for unit, chosen in block.design.items()}
    units = list(block.members.order_by("pk").values_list("unit", flat=True))
    return peers.design(units, each or block.scorers_each)


def is_fixed(block: Block) -> bool:
    """Whether the scoring by the members is open, or the sheets have gone past it."""
    before = [ScoreSheet.State.OPEN, ScoreSheet.State.SCORED]
    return bool(block.design) or block.sheets.exclude(state__in=before).exists()


def kept(design: Mapping[int, Iterable[int]]) -> dict[str, list[int]]:
    """A design as the block keeps it."""
    return {str(unit): list(chosen) for unit, chosen in design.items()}


def scores(block: Block, scorer: int, unit: int) -> bool:
    """Whether one unit scores another. A block that began before designs were fixed has none:
    there everybody scores all the others."""
    if scorer == unit:
        return False
    return not block.design or unit in block.design.get(str(scorer), ())


def to_score(user: Any) -> QuerySet[ScoreSheet]:
    """The sheets of other members that a visitor may score now, in the name of a member."""
    mine = BlockMember.objects.visible_to(user, Perm.SHEET_PEER).select_related("block")
    chosen = Q(pk__in=[])
    for member in mine.filter(block__sheets__state=ScoreSheet.State.PEERS).distinct():
        here = Q(block=member.block_id) & ~Q(unit=member.unit_id)
        if member.block.design:
            here &= Q(unit__in=member.block.design.get(str(member.unit_id), ()))
        chosen |= here
    return ScoreSheet.objects.filter(chosen, state=ScoreSheet.State.PEERS)
