"""Places that a plan gives as a share: per cent of units or of another title, or so many a block."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from awards.models import Award, AwardType, NomineeKind
from campaigns.models import AwardRound, Block, BlockMember

UNITS = "units"


@dataclass(frozen=True)
class Share:
    """One share as it stands now: `size` places, `used` of them taken, for people in `words`.

    It answers to the names of a `Quota`, so that both are compared and shown alike.
    """

    award_type_id: int
    award: str
    kind: str
    size: int
    used: int

    @property
    def left(self) -> int:
        return self.size - self.used

    def get_kind_display(self) -> str:
        return str(NomineeKind(self.kind).label)


def share_for(award_round: AwardRound, award_type: AwardType, kind: str) -> dict[str, Any] | None:
    """What the plan says of this kind, as the round keeps it; None where it says no share."""
    for said in award_round.shares:
        code = said.get("award") or award_round.award_type.code
        if said["for"] == kind and code == award_type.code:
            return dict(said)
    return None


def size_of(award_round: AwardRound, said: dict[str, Any]) -> int:
    """How many places a share is now. A part of a place is none (the law does not say)."""
    if "per_block" in said:
        return int(said["per_block"])
    return int(Decimal(said["percent"]) * base_of(award_round, said["of"]) / 100)


def base_of(award_round: AwardRound, of: str) -> int:
    """Units registered for the campaign, or those who hold a title of the achievement period."""
    if of == UNITS:
        return award_round.campaign.participations.filter(unit__closed_on=None).count()
    years = (award_round.achieved_from, award_round.achieved_to)
    held = Award.objects.filter(
        award_type__code=of,
        state=Award.State.VALID,
        year__range=years,
        unit__path__startswith=award_round.campaign.unit.path,
    )
    return held.values("kind", "person", "collective", "name").distinct().count()


def block_of(award_round: AwardRound, unit: Unit) -> Block | None:
    """The block in which a unit, or the one above it, stands in the year of the review."""
    year = review_year(award_round)
    above = [unit.path[: len(unit.path) - n] for n in range(0, len(unit.path), unit.steplen)]
    members = BlockMember.objects.filter(year=year, unit__path__in=above)
    nearest = members.select_related("block").order_by("-unit__depth").first()
    return nearest.block if nearest else None


def review_year(award_round: AwardRound) -> int:
    return int(award_round.review_month[:4] or award_round.achieved_to)


def shares_now(award_round: AwardRound) -> list[Share]:
    """The shares of a round as they stand now; those by block are summed over its blocks."""
    if not award_round.shares:
        return []
    codes = {said.get("award") or award_round.award_type.code for said in award_round.shares}
    types = {award.code: award for award in AwardType.objects.filter(code__in=codes)}
    used: Counter = Counter()
    for row in award_round.share_uses.all():
        used[row.award_type_id, row.kind] += row.used
    found = []
    for said in award_round.shares:
        award_type = types.get(said.get("award") or award_round.award_type.code)
        if award_type:
            size = size_of(award_round, said) * _times(award_round, said)
            taken = used[award_type.pk, said["for"]]
            found.append(Share(award_type.pk, award_type.code, said["for"], size, taken))
    return found


def _times(award_round, said):
    if "per_block" not in said:
        return 1
    year = review_year(award_round)
    return Block.objects.filter(year=year, unit=award_round.campaign.unit).count()


def all_taken(award_round: AwardRound, kind: str, size: int, block: Block | None) -> str:
    said = {"round": award_round, "size": size, "kind": NomineeKind(kind).label.lower()}
    if block is None:
        return _("%(round)s: all %(size)s places for %(kind)s are taken.") % said
    text = _("%(round)s: all %(size)s places of %(block)s for %(kind)s are taken.")
    return text % {**said, "block": block}
