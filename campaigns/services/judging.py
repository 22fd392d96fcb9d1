"""Acts of judging a sheet beside its entries: a criterion sent back alone, objections, and the
steps that a whole block takes at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns import figures
from campaigns.models import Block, ScoreSheet, SheetRemark, Stage
from campaigns.rules import scorers
from campaigns.rules import sheets as rules
from campaigns.workflow import SHEET
from core.audit import log
from core.clock import clock
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from criteria.models import Criterion

State = ScoreSheet.State


@act
def return_criterion(
    *, sheet: ScoreSheet, criterion: Criterion, reason: str, actor: Any
) -> SheetRemark:
    """Open one criterion to the unit again, with the reason; the rest of the sheet stays shut.

    Raises `Blocked` without a reason or when it is with the unit already.
    """
    held = _held(sheet)
    if rules.stage_open_to(held, actor) not in {Stage.VERIFIED, Stage.APPRAISED}:
        raise PermissionDenied
    if criterion.criteria_set_id != held.criteria_set_id:
        raise NotNow(_("This criterion is not in the sheet."))
    if not reason.strip():
        raise Blocked([Finding(_("Write the reason: the unit will read it."))])
    if any(remark.criterion_id == criterion.pk for remark in rules.open_remarks(held)):
        raise Blocked([Finding(_("This criterion is with the unit already."))])
    made = SheetRemark.objects.create(
        sheet=held,
        criterion=criterion,
        kind=SheetRemark.Kind.RETURNED,
        text=reason.strip(),
        by=actor,
    )
    _record(held, actor, "return_criterion", _("Send a criterion back"), criterion, reason)
    text = _("%(unit)s: criterion %(code)s came back. Read the reason.")
    people = people_who(perm=Perm.SHEET_WRITE, obj=held)
    _tell(held, people, text % {"unit": held.unit_name, "code": criterion.code})
    return made


@act
def mend_criterion(*, remark: SheetRemark, actor: Any) -> SheetRemark:
    """The unit says that a criterion which came back is mended; it shuts again."""
    held = _held(remark.sheet)
    if not actor.can(Perm.SHEET_WRITE, held):
        raise PermissionDenied
    open_ones = {row.pk for row in rules.open_remarks(held)}
    if remark.pk not in open_ones:
        raise NotNow(_("This criterion is not with the unit any more."))
    remark.closed_at = clock.now()
    remark.save(update_fields=["closed_at"])
    _record(held, actor, "mend_criterion", _("Mend a criterion"), remark.criterion, "")
    text = _("%(unit)s mended criterion %(code)s.")
    said = {"unit": held.unit_name, "code": remark.criterion.code}
    _tell(held, [remark.by], text % said)
    return remark


@act
def object_to(
    *, sheet: ScoreSheet, criteria: Mapping[Criterion, str], text: str, actor: Any
) -> ScoreSheet:
    """The unit objects, once, to the points of chosen criteria: {criterion: why}.

    Raises `Blocked` when nothing is chosen, a reason is missing, or it is too late.
    """
    bare = [row.code for row, why in criteria.items() if not why.strip()]
    if not criteria:
        raise Blocked([Finding(_("Choose the criteria to which the unit objects."))])
    if bare:
        said = _("%(code)s: write why the unit objects.")
        raise Blocked([Finding(said % {"code": code}) for code in bare])
    held = SHEET.perform(sheet, "object", actor=actor, text=text.strip())
    SheetRemark.objects.bulk_create(
        SheetRemark(
            sheet=held,
            criterion=row,
            kind=SheetRemark.Kind.OBJECTED,
            text=why.strip(),
            by=actor,
        )
        for row, why in criteria.items()
    )
    return held


@act
def open_peers(*, block: Block, actor: Any) -> list[ScoreSheet]:
    """Let the members score each other, all sheets at once; the head of the block does it.
    Who scores whom is fixed from now on.

    Raises `Blocked` while a unit has not sent its sheet.
    """
    if not actor.can(Perm.SHEET_VERIFY, block):
        raise PermissionDenied
    late = [row.unit_name for row in block.sheets.filter(state=State.OPEN)]
    if late:
        text = _("Not sent yet: %(units)s.") % {"units": ", ".join(late)}
        raise Blocked([Finding(text)])
    waiting = block.sheets.filter(state=State.SCORED).select_related("block")
    if not waiting.exists():
        raise Blocked([Finding(_("No sheet waits for the scoring by the members."))])
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    held.design = block.design = scorers.kept(scorers.design_of(held))
    held.save(update_fields=["design"])
    moved = SHEET.carry(waiting, "open_peers", actor=actor)
    log.record(
        actor=actor,
        verb="block.open_peers",
        label=_("Open the scoring by the members"),
        target=block,
        unit=block.unit,
    )
    for sheet in moved:
        text = _("%(block)s: score the sheets of the other members.") % {"block": block}
        notify(
            users=people_who(perm=Perm.SHEET_PEER, obj=sheet.unit),
            text=text,
            address=block.get_absolute_url(),
        )
    return moved


@act
def publish(*, block: Block, actor: Any) -> list[ScoreSheet]:
    """Freeze all sheets of a block with their places. All go, or `Blocked` says what is missing."""
    waiting = list(block.sheets.exclude(state=State.PUBLISHED).select_related("block"))
    early = [row.unit_name for row in waiting if row.state != State.APPRAISED]
    if early or not waiting:
        text = _("Not appraised yet: %(units)s.") % {"units": ", ".join(early)}
        raise Blocked([Finding(text if early else _("No sheet waits to be published."))])
    places = figures.places(block)
    return [
        SHEET.perform(sheet, "publish", actor=actor, place=places.get(sheet.pk))
        for sheet in waiting
    ]


def _held(sheet: ScoreSheet) -> ScoreSheet:
    return ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def _record(
    sheet: ScoreSheet, actor: Any, verb: str, label: str, criterion: Criterion, note: str
) -> None:
    log.record(
        actor=actor,
        verb=f"scoresheet.{verb}",
        label=f"{label}: {criterion.code}",
        target=sheet,
        unit=sheet.unit,
        note=note.strip(),
    )


def _tell(sheet: ScoreSheet, people: Iterable[Any], text: str) -> None:
    notify(users=people, text=text, address=sheet.get_absolute_url())
