"""Another edition of the criteria for sheets that are open: answers to what is unchanged come along."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import notify, people_who
from campaigns.models import Block, EvidenceUse, ScoreEntry, ScoreSheet, SheetRemark
from campaigns.rules import editions as rules
from campaigns.services.counting import recount
from core.audit import log
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from criteria.models import CriteriaSet


@act
def adopt_edition(*, block: Block, edition: CriteriaSet, actor: Any) -> list[rules.Affected]:
    """Let the block score by a later edition: sheets that were not sent go over to it.

    Evidence comes along where the number stays. What was answered to a criterion that is asked
    otherwise now stays with the old edition. Raises `Blocked` while the edition is drawn up,
    `NotNow` when it is not the next one, `PermissionDenied`.
    """
    if not actor.can(Perm.BLOCK_MANAGE, block):
        raise PermissionDenied
    held = Block.objects.select_for_update(of=("self",)).get(pk=block.pk)
    old = held.criteria_set
    if old is None or rules.edition_for(held) != edition:
        raise NotNow(_("The block is scored by another edition meanwhile. Look at it again."))
    missing: list[Finding] = list(rules.missing_to_adopt(held, edition))
    if missing:
        raise Blocked(missing)
    # the lock asks the conditions again: a sheet that its unit sends meanwhile stays
    sheets = list(rules.sheets_to_move(held).select_for_update(of=("self",)).order_by("pk"))
    difference = rules.compare(old.criteria.all(), edition.criteria.all())
    found = rules.affected(sheets, difference)
    _carry(sheets, edition, difference)
    with log.editing(held, actor=actor, label=_("Score by a later edition of the criteria")):
        held.criteria_set = edition
        held.save()
    recount(blocks=[held], mend=True)
    for each in found:
        _tell(each, difference)
    return found


def _carry(sheets: list[ScoreSheet], edition: CriteriaSet, difference: rules.Difference) -> None:
    kept = difference.same
    _point(ScoreEntry, sheets, kept)
    _point(SheetRemark, sheets, kept)
    _point(EvidenceUse, sheets, kept | difference.changed)
    for sheet in sheets:
        sheet.criteria_set = edition
        sheet.version += 1
    ScoreSheet.objects.bulk_update(sheets, ["criteria_set", "version"])


def _point(model: Any, sheets: list[ScoreSheet], to: dict[int, int]) -> None:
    """Let rows of these sheets belong to the criteria of the new edition."""
    rows = list(model.objects.filter(sheet__in=sheets, criterion__in=to))
    for row in rows:
        row.criterion_id = to[row.criterion_id]
    model.objects.bulk_update(rows, ["criterion"], batch_size=500)


def _tell(each: rules.Affected, difference: rules.Difference) -> None:
    text = _(
        "The criteria of %(unit)s have another edition; answers to what is unchanged are kept."
    )
    said = text % {"unit": each.sheet.unit_name}
    again = [*difference.changed_codes, *difference.new]
    if again:
        said += " " + _("To be answered anew: %(codes)s.") % {"codes": ", ".join(again)}
    people = people_who(perm=Perm.SHEET_WRITE, obj=each.sheet)
    notify(users=people, text=said, address=each.sheet.get_absolute_url())
