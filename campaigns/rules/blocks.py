"""Blocks: which units they have, what is missing before their sheets are opened."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.models import Block, BlockMember
from campaigns.rules.campaigns import units_named
from core.clock import clock
from core.findings import Finding, Weight
from criteria.models import CriteriaSet
from criteria.rules import sets


def day_of(year: int) -> date:
    """The day whose names and units count for a year: its last, or today while it runs."""
    return min(date(year, 12, 31), max(clock.today(), date(year, 1, 1)))


def members_named(names: Iterable[str], year: int) -> tuple[list[Unit], list[str]]:
    """Units by the names that they had in the year, and the names that are nobody's."""
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    found = units_named(wanted, day_of(year))
    units = [found[name] for name in wanted if name in found]
    return list(dict.fromkeys(units)), [name for name in wanted if name not in found]


def in_another_block(units: Iterable[Unit], year: int, block: Block | None) -> list[Finding]:
    """Units that stand in another block of the year."""
    rows = BlockMember.objects.filter(year=year, unit__in=list(units)).select_related("block")
    if block and block.pk:
        rows = rows.exclude(block=block)
    text = _("%(unit)s is in “%(block)s” already.")
    return [Finding(text % {"unit": row.unit_name, "block": row.block}) for row in rows]


def with_sheets(members: Iterable[BlockMember], block: Block) -> list[Finding]:
    """Members that cannot leave, since they have a sheet."""
    units = block.sheets.values_list("unit", flat=True)
    held = [member for member in members if member.unit_id in set(units)]
    text = _("%(unit)s has a score sheet in this block, so it stays.")
    return [Finding(text % {"unit": member.unit_name}) for member in held]


def missing_to_open(block: Block) -> Iterable[Finding]:
    """What a block needs before its units score themselves."""
    held = block.criteria_set
    if held is None:
        yield Finding(_("Choose the set of criteria by which the block is scored."))
    elif held.state == CriteriaSet.State.RETIRED:
        yield Finding(_("The set of criteria is no longer used. Choose another one."))
    elif held.state == CriteriaSet.State.DRAFT:
        yield from (finding for finding in sets.missing_to_lock(held) if finding.blocks)
    members = block.members.count()
    if not members:
        yield Finding(_("The block has no members."))
    elif members == block.sheets.count():
        yield Finding(_("All members have their sheet."))
    if block.head_id is None and block.has_peers:
        yield Finding(_("Name the head of the block, who opens the scoring by its members."))
    elif block.head_id is None:
        text = _("The block has no head: sheets go straight to Home Affairs.")
        yield Finding(text, weight=Weight.WARN)


def verifier_of(block: Block, unit_id: int, deputies: list[int]) -> int | None:
    """Who checks a unit's sheet: the head; a deputy for the head's own; else nobody."""
    if block.head_id != unit_id:
        return block.head_id
    return next(iter(deputies), None)
