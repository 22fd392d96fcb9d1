"""What follows in campaigns and blocks when units close (domain D10, D11, D13)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.services.following import Carry, Closing, register
from campaigns.models import (
    Assignment,
    Block,
    BlockMember,
    Campaign,
    Handout,
    LatePermit,
    Participation,
    ScoreSheet,
    TargetResult,
)
from campaigns.services.following_reports import reports_of
from campaigns.services.passing import going, heirs_of, left_behind, to_heir
from core.clock import clock

CLOSED = Campaign.State.CLOSED


@register
def campaigns_of(closing: Closing) -> Iterator[Carry]:
    """Campaigns that a closing unit leads, and those in which it takes part."""
    lead = Campaign.objects.filter(unit__in=closing.ids).exclude(state=CLOSED).order_by("pk")
    led = closing.rows(lead)
    if led and not closing.heirs:
        yield left_behind(_("Campaigns that it leads"), led)
    elif led:
        yield Carry(
            what=_("Campaigns that it leads"),
            becomes=_("are led by the successor"),
            rows=led,
            changed=lambda row: {"unit_id": closing.heir(row).pk},
            told=True,
        )
    steward = Campaign.objects.filter(steward__in=closing.ids).exclude(state=CLOSED)
    yield Carry(
        what=_("Campaigns of which it is the standing agency"),
        becomes=_("the plan keeps the name; the work is the successor's from that day")
        if closing.heirs
        else _("the plan keeps the name; who stands above it does the work from that day"),
        stay=steward.count(),
    )
    yield from _participations(closing)


def _participations(closing):
    rows = Participation.objects.filter(unit__in=closing.ids).exclude(campaign__state=CLOSED)
    mine = closing.rows(rows.order_by("campaign", "unit__path"))
    what = _("Registrations for campaigns")
    if not closing.heirs:
        yield Carry(what=what, becomes=_("end; nothing more is owed"), stay=len(mine))
        return
    heirs = [heir.pk for heir in closing.heirs.values() if heir.pk]
    there = Participation.objects.filter(unit__in=heirs).values_list("unit", "campaign")
    go, stay = closing.parted(mine, there, lambda row: row.campaign_id, first=True)
    yield Carry(
        what=what,
        becomes=_("pass to the successor"),
        rows=go,
        changed=to_heir(closing),
        told=True,
    )
    yield Carry(
        what=what,
        becomes=_("the successor is registered itself; the old one stays as history"),
        stay=len(stay),
    )
    handed = closing.rows(
        Handout.objects.filter(unit__in=closing.ids)
        .exclude(campaign__state=CLOSED)
        .order_by("campaign", "unit__path")
    )
    with_heirs = Handout.objects.filter(unit__in=heirs).values_list("unit", "campaign")
    go, _stay = closing.parted(handed, with_heirs, lambda row: row.campaign_id, first=True)
    yield Carry(
        what=_("Campaigns on its desk, with its own plans"),
        becomes=_("lie on the successor's desk"),
        rows=go,
        changed=lambda row: {"unit_id": closing.heir(row).pk},
    )


@register
def work_of(closing: Closing) -> Iterator[Carry]:
    """Reports that it owes or takes in, tasks, late permits; days stay as they are."""
    yield from reports_of(closing)
    tasks = Assignment.objects.filter(unit__in=closing.ids)
    tasks = tasks.exclude(state=Assignment.State.DONE).select_related("task")
    yield from going(
        closing,
        _("Tasks that are not done"),
        _("pass to the successor; their last days stay"),
        closing.rows(tasks.order_by("task", "unit__path")),
        Assignment.objects.filter(unit__in=heirs_of(closing)).values_list("unit", "task"),
        lambda row: row.task_id,
    )
    permits = LatePermit.objects.filter(
        unit__in=list(closing.heirs), withdrawn_at=None, until__gt=clock.now()
    )
    yield Carry(
        what=_("Late permits"),
        becomes=_("hold for the successor, until the same day"),
        rows=closing.rows(permits.order_by("pk")),
        changed=lambda row: {"unit_id": closing.heir(row).pk},
    )
    yield Carry(
        what=_("Figures reported"),
        becomes=_("stay under the old name; comparisons can add them to the successor"),
        stay=TargetResult.objects.filter(unit__in=closing.ids).count(),
    )


@register
def blocks_of(closing: Closing) -> Iterator[Carry]:
    """Blocks from the year of the closing on; those of earlier years keep who was in them."""
    year = closing.on.year
    sheets = ScoreSheet.objects.filter(unit__in=closing.ids, block__year__gte=year)
    done = set(sheets.filter(state=ScoreSheet.State.PUBLISHED).values_list("block", "unit"))
    members = closing.rows(
        BlockMember.objects.filter(unit__in=closing.ids, year__gte=year).order_by("unit__path")
    )
    open_to = [row for row in members if (row.block_id, row.unit_id) not in done]
    there = BlockMember.objects.filter(unit__in=heirs_of(closing), year__gte=year)
    go, stay = (
        closing.parted(open_to, there.values_list("unit", "year"), lambda m: m.year, first=True)
        if closing.heirs
        else ([], open_to)
    )
    goes = {(row.block_id, row.unit_id) for row in go}
    yield from _scored(closing, sheets, goes)
    yield from _headed(closing, goes, there)
    yield Carry(
        what=_("Places in blocks"),
        becomes=_("pass to the successor"),
        rows=go,
        changed=to_heir(closing),
        told=True,
    )
    reason = _("reorganised from %(day)s") % {"day": f"{closing.on:%d/%m/%Y}"}
    yield Carry(
        what=_("Places in blocks"),
        becomes=_("stay under the old name and are not ranked"),
        rows=stay,
        changed=lambda row: {"not_ranked": row.not_ranked or reason},
        told=True,
    )


def _scored(closing, sheets, goes):
    waiting = sheets.exclude(state=ScoreSheet.State.PUBLISHED).select_related("block")
    rows = closing.rows(waiting.order_by("pk"))
    go = [row for row in rows if (row.block_id, row.unit_id) in goes]
    yield Carry(
        what=_("Score sheets"),
        becomes=_("are scored on by the successor"),
        rows=go,
        changed=to_heir(closing),
        told=True,
    )
    yield Carry(
        what=_("Score sheets"),
        becomes=_("stay under the old name, for the successor to read"),
        stay=len(rows) - len(go),
    )
    checked = ScoreSheet.objects.filter(verifier__in=list(closing.heirs))
    checked = checked.exclude(state=ScoreSheet.State.PUBLISHED).exclude(
        pk__in=[row.pk for row in go]
    )
    yield Carry(
        what=_("Score sheets that it checks"),
        becomes=_("are checked by the successor"),
        rows=closing.rows(checked.order_by("pk")),
        changed=lambda row: {"verifier_id": closing.heirs[row.verifier_id].pk},
    )


def _headed(closing, goes, there):
    """The heir heads a block only where it is a member, or becomes one now."""
    rows = closing.rows(
        Block.objects.filter(head__in=closing.ids, year__gte=closing.on.year).order_by("pk")
    )
    members = set(there.values_list("block", "unit"))

    def head_of(block):
        heir = closing.heirs.get(block.head_id)
        joins = heir and ((block.pk, block.head_id) in goes or (block.pk, heir.pk) in members)
        return {"head_id": heir.pk if joins else None}

    yield Carry(
        what=_("Blocks that it heads"),
        becomes=_("are headed by the successor where it is a member, else by nobody yet"),
        rows=rows,
        changed=head_of,
    )
