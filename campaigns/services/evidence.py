"""Evidence of a unit: kept once in its locker, used at many criteria and in many years."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models import Evidence, EvidenceUse, ScoreSheet
from campaigns.rules import sheets as rules
from core.audit import log
from core.documents.models import Document
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from criteria.models import Criterion


@act
def keep_evidence(
    *,
    unit: Unit,
    title: str,
    actor: Any,
    number: str = "",
    issued_on: date | None = None,
    file: Document | None = None,
) -> Evidence:
    """Put a file or a document's reference into the locker of a unit.

    The same file is kept once: its bytes name it, and the evidence that has it is returned.
    Raises `Blocked` when there is neither a file nor a number to find the document by.
    """
    if not actor.can(Perm.SHEET_WRITE, unit):
        raise PermissionDenied
    if file is None and not number.strip():
        text = _("Hand in a file, or write the number of the document.")
        raise Blocked([Finding(text)])
    if file is not None:
        held = Evidence.objects.filter(unit=unit, file__sha256=file.sha256).first()
        if held:
            return held
        Document.objects.filter(pk=file.pk).update(waiting=False)
    made = Evidence(
        unit=unit,
        number=number.strip(),
        issued_on=issued_on,
        title=title.strip(),
        file=file,
        by=actor,
    )
    with log.editing(made, actor=actor, label=_("Keep evidence")):
        made.save()
    return made


@act
def remove_evidence(*, evidence: Evidence, actor: Any) -> None:
    """Take evidence out of the locker. Raises `Blocked` while a criterion rests on it."""
    held = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if not actor.can(Perm.SHEET_WRITE, held):
        raise PermissionDenied
    if held.uses.exists():
        raise Blocked([Finding(_("This evidence is in use, so it stays."))])
    log.record(
        actor=actor,
        verb="evidence.remove",
        label=_("Take evidence out of the locker"),
        target=held,
        unit=held.unit,
    )
    held.delete()


@act
def use_evidence(
    *,
    sheet: ScoreSheet,
    criterion: Criterion,
    evidence: Evidence,
    actor: Any,
    page: int | None = None,
    quote: str = "",
) -> EvidenceUse:
    """Put evidence to a criterion; used there already, its page and words are written anew.

    Raises `NotNow` once the criterion is shut, `Blocked` for evidence of another unit.
    """
    held = _open(sheet, criterion.pk, actor)
    if criterion.criteria_set_id != held.criteria_set_id:
        raise NotNow(_("This criterion is not in the sheet."))
    if evidence.unit_id != held.unit_id:
        raise Blocked([Finding(_("This evidence is another unit's."))])
    use, made = EvidenceUse.objects.update_or_create(
        sheet=held,
        criterion=criterion,
        evidence=evidence,
        defaults={"page": page, "quote": quote.strip()},
    )
    if made:
        _record(held, actor, _("Put evidence to a criterion"), criterion, ["", str(evidence)])
    return use


@act
def drop_use(*, use: EvidenceUse, actor: Any) -> None:
    """Take evidence from one criterion; it stays in the locker and wherever else it is used."""
    held = _open(use.sheet, use.criterion_id, actor)
    names = [str(use.evidence), ""]
    _record(held, actor, _("Take evidence from a criterion"), use.criterion, names)
    use.delete()


def _open(sheet: ScoreSheet, criterion: int, actor: Any) -> ScoreSheet:
    held = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if not actor.can(Perm.SHEET_WRITE, held):
        raise PermissionDenied
    returned = [remark.criterion_id for remark in rules.open_remarks(held)]
    if not rules.may_write(held, criterion, returned):
        text = _("%(sheet)s is now “%(state)s”; nothing is written into it here.")
        raise NotNow(text % {"sheet": held, "state": held.get_state_display()})
    return held


def _record(
    sheet: ScoreSheet, actor: Any, label: str, criterion: Criterion, names: list[str]
) -> None:
    log.record(
        actor=actor,
        verb="scoresheet.evidence",
        label=f"{label}: {criterion.code}",
        target=sheet,
        unit=sheet.unit,
        changes={criterion.code: names},
    )
