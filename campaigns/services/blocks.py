"""Acts on blocks: drawn up, changed, carried over to the next year, their sheets opened."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns.models import AimCall, Block, BlockMember, Pledge, ScoreSheet
from campaigns.rules import blocks as rules
from campaigns.rules import scorers
from core.audit import log
from core.documents.models import Document
from core.findings import Finding, blocking
from core.text import nfc
from core.workflow import Blocked, act
from criteria.models import CriteriaSet
from criteria.workflow import CRITERIA_SET


@act
def save_block(*, block: Block, members: Iterable[Unit], actor: Any) -> Block:
    """Keep a block, new or changed, with exactly these members by the names of its year.

    Raises `Blocked` for units of another block of the year, for members that have a sheet and
    would leave, and for a set that changes once sheets are open.
    """
    units = list(members)
    missing = rules.in_another_block(units, block.year, block) + _fixed(block)
    if missing:
        raise Blocked(missing)
    label = _("Change the block") if block.pk else _("Draw up a block")
    with log.editing(block, actor=actor, label=label):
        block.save()
    _set_members(block, units, actor)
    return block


def _fixed(block: Block) -> list[Finding]:
    if not block.pk or not block.sheets.exists():
        return []
    before = Block.objects.get(pk=block.pk)
    if (before.criteria_set_id, before.year) == (block.criteria_set_id, block.year):
        return []
    return [Finding(_("Sheets are open, so the year and the set of criteria stay."))]


def _set_members(block: Block, units: list[Unit], actor: Any) -> None:
    held = {row.unit_id: row for row in block.members.all()}
    gone = [row for pk, row in held.items() if pk not in {unit.pk for unit in units}]
    stays = rules.with_sheets(gone, block)
    if stays:
        raise Blocked(stays)
    names = unit_rules.names_on(units, rules.day_of(block.year))
    new = [unit for unit in units if unit.pk not in held]
    BlockMember.objects.filter(pk__in=[row.pk for row in gone]).delete()
    BlockMember.objects.bulk_create(
        BlockMember(block=block, unit=unit, unit_name=names[unit.pk], year=block.year)
        for unit in new
    )
    if block.head_id in {row.unit_id for row in gone}:
        Block.objects.filter(pk=block.pk).update(head=None)
        block.head = None
    if new or gone:
        changes = {
            "members": [
                ", ".join(row.unit_name for row in gone),
                ", ".join(names[unit.pk] for unit in new),
            ]
        }
        _record(block, actor, "members", _("Change the members of the block"), changes)


@act
def name_heads(*, block: Block, head: Unit | None, deputies: Iterable[Unit], actor: Any) -> Block:
    """Choose the head and the deputies among the members; their sheets to check move along.

    Raises `Blocked` for a unit that is no member.
    """
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    chosen = {unit.pk for unit in deputies} - {head.pk if head else None}
    members = {row.unit_id: row for row in held.members.all()}
    if not chosen <= members.keys() or (head and head.pk not in members):
        raise Blocked([Finding(_("Head and deputies are members of the block."))])
    with log.editing(held, actor=actor, label=_("Name the head of the block")):
        held.head = head
        held.save()
    for row in members.values():
        row.is_deputy = row.unit_id in chosen
    BlockMember.objects.bulk_update(members.values(), ["is_deputy"])
    for sheet in held.sheets.exclude(state=ScoreSheet.State.PUBLISHED):
        verifier = rules.verifier_of(held, sheet.unit_id, sorted(chosen))
        ScoreSheet.objects.filter(pk=sheet.pk).update(verifier=verifier)
    AimCall.objects.filter(block=held).update(collector=head or held.unit)
    return held


@act
def leave_unranked(*, block: Block, reasons: Mapping[int, str], actor: Any) -> Block:
    """Say which members are not ranked, and why: {unit id: reason}, without one it is ranked.

    Raises `Blocked` once the ranking is published: it no longer changes (domain 2.6).
    """
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    if held.sheets.filter(state=ScoreSheet.State.PUBLISHED).exists():
        raise Blocked([Finding(_("The ranking is published; it no longer changes."))])
    members = list(held.members.all())
    changes = {}
    for member in members:
        reason = nfc(reasons.get(member.unit_id, "")).strip()
        if reason != member.not_ranked:
            changes[member.unit_name] = [member.not_ranked, reason]
            member.not_ranked = reason
    BlockMember.objects.bulk_update(members, ["not_ranked"])
    if changes:
        _record(held, actor, "unranked", _("Say which members are not ranked"), changes)
    return held


@act
def share_out_scoring(*, block: Block, each: int | None, actor: Any) -> Block:
    """By how many members each sheet is scored (None: by all the others), and that they do.

    Raises `Blocked` for a number that the block has not, and once the scoring is open.
    """
    if not actor.can(Perm.BLOCK_MANAGE, block):
        raise PermissionDenied
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    others = held.members.count() - 1
    if scorers.is_fixed(held):
        text = _("The scoring is open or over; who scores whom no longer changes.")
        raise Blocked([Finding(text)])
    if each is not None and not 1 <= each <= others:
        text = _("Write a number from 1 to %(most)s.") % {"most": max(others, 1)}
        raise Blocked([Finding(text)])
    with log.editing(held, actor=actor, label=_("Share out the scoring by the members")):
        held.scorers_each, held.has_peers = each, True
        held.save()
    return held


@act
def copy_block(*, block: Block, year: int, actor: Any) -> Block:
    """The same block for another year: members that still stand, no head, no pledge, no set.

    Heads rotate and are named anew. Raises `Blocked` when a member stands elsewhere that year.
    """
    made = Block(
        unit=block.unit,
        year=year,
        kind=block.kind,
        name=block.name,
        has_peers=block.has_peers,
        blind=block.blind,
        scorers_each=block.scorers_each,
        objection_days=block.objection_days,
        previous=block,
    )
    day = rules.day_of(year)
    former = [row.unit for row in block.members.select_related("unit")]
    units = dict.fromkeys(unit_rules.standing_for(unit, day) for unit in former)
    standing = [unit for unit in units if not (unit.closed_on and unit.closed_on <= day)]
    return save_block(block=made, members=standing, actor=actor)


@act
def keep_pledge(*, block: Block, signed_on: date, file: Document, actor: Any) -> Pledge:
    """Put the signed pledge (or a better scan of it) to the block."""
    Document.objects.filter(pk=file.pk).update(waiting=False)
    pledge, _made = Pledge.objects.update_or_create(
        block=block, defaults={"signed_on": signed_on, "file": file}
    )
    changes = {"file": ["", f"{file.name} {file.sha256}"], "signed_on": ["", str(signed_on)]}
    _record(block, actor, "pledge", _("Keep the pledge"), changes)
    return pledge


@act
def open_sheets(*, block: Block, actor: Any) -> list[ScoreSheet]:
    """A sheet for each member that has none, in one act; the set is in use from now on.

    Raises `Blocked` with what is missing, `PermissionDenied` for whoever does not manage it.
    """
    if not actor.can(Perm.BLOCK_MANAGE, block):
        raise PermissionDenied
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    missing = blocking(rules.missing_to_open(held))
    if missing:
        raise Blocked(missing)
    chosen: Any = held.criteria_set
    if chosen.state == CriteriaSet.State.DRAFT:
        CRITERIA_SET.perform(chosen, "lock", actor=actor)
    have = set(held.sheets.values_list("unit", flat=True))
    members = list(held.members.select_related("unit"))
    deputies = [row.unit_id for row in members if row.is_deputy]
    made = ScoreSheet.objects.bulk_create(
        ScoreSheet(
            block=held,
            unit=row.unit,
            unit_name=row.unit_name,
            criteria_set=chosen,
            verifier_id=rules.verifier_of(held, row.unit_id, deputies),
        )
        for row in members
        if row.unit_id not in have
    )
    Block.objects.filter(pk=held.pk).update(version=F("version") + 1)
    changes = {"sheets": [str(len(have)), str(len(have) + len(made))]}
    _record(held, actor, "open", _("Open the score sheets"), changes)
    _tell(made)
    return made


def _tell(made: list[ScoreSheet]) -> None:
    for sheet in made:
        people = people_who(perm=Perm.SHEET_WRITE, obj=sheet)
        text = _("The score sheet of %(unit)s is open.") % {"unit": sheet.unit_name}
        notify(users=people, text=text, address=sheet.get_absolute_url())


def _record(block: Block, actor: Any, verb: str, label: str, changes: dict) -> None:
    log.record(
        actor=actor,
        verb=f"block.{verb}",
        label=label,
        target=block,
        unit=block.unit,
        changes=changes,
    )
