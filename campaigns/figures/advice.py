"""Criteria on which a department is asked for its opinion, as their list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from campaigns.models import EvidenceUse, ScoreEntry, ScoreSheet, Stage
from criteria.models import Criterion


@dataclass(frozen=True)
class Asked:
    """One criterion of one sheet: what the unit gave itself with how many pieces of evidence,
    and what the department has said; None for what nobody said."""

    sheet: ScoreSheet
    criterion: Criterion
    own: ScoreEntry | None
    papers: int
    opinion: ScoreEntry | None


def rows(asked: Iterable[Any]) -> list[Asked]:
    """What stands at each row of `rules.advice.asked_of`, in three queries."""
    held = list(asked)
    sheets, keys = {row.pk for row in held}, {row.asked for row in held}
    criteria = Criterion.objects.in_bulk(keys)
    entries = {
        (entry.sheet_id, entry.criterion_id, entry.stage): entry
        for entry in ScoreEntry.objects.filter(
            sheet__in=sheets, criterion__in=keys, stage__in=[Stage.OWN, Stage.ADVISED]
        ).order_by()
    }
    used = EvidenceUse.objects.filter(sheet__in=sheets, criterion__in=keys).order_by()
    counted = used.values_list("sheet", "criterion").annotate(number=Count("pk"))
    papers = {(sheet, criterion): number for sheet, criterion, number in counted}
    return [
        Asked(
            sheet=row,
            criterion=criteria[row.asked],
            own=entries.get((row.pk, row.asked, Stage.OWN)),
            papers=papers.get((row.pk, row.asked), 0),
            opinion=_said(entries.get((row.pk, row.asked, Stage.ADVISED))),
        )
        for row in held
    ]


def _said(entry: ScoreEntry | None) -> ScoreEntry | None:
    return entry if entry and entry.speaks else None
