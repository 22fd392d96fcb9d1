"""From what a browser sent of a score sheet to entries: merged, and saved on what was merged."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from campaigns import services
from campaigns.forms import sheets as forms
from campaigns.models import ScoreSheet, Stage
from core.workflow import NotNow
from criteria.rules.totals import Item, criteria_of

TRIES = 5  # colleagues who save between our reading and our saving


def save(
    sheet: ScoreSheet,
    groups: tuple[Item, ...],
    stage: str,
    posted: Any,
    actor: Any,
    scorer: Any = None,
) -> tuple[list[forms.Merged], services.Kept | None]:
    """Save what came back for the criteria of the sheet (`groups`).

    Answers ([], the sheet as it is kept now), or (the criteria that both changed, None), and
    then nothing is saved.

    Raises what `services.save_entries` raises, but for `Stale`: it merges once more. `NotNow`
    also where the page is of an earlier edition of the criteria.
    """
    items = criteria_of(groups)
    if forms.strangers(posted, items):
        raise NotNow(_("The criteria have another edition. Nothing was saved: reload the page."))
    sent = forms.sent(posted, items, stage)
    for _attempt in range(TRIES):
        merged = _merged(sheet, stage, items, sent, scorer)
        conflicts = [one for one in merged if one.conflicts]
        if conflicts:
            return conflicts, None
        try:
            kept = services.save_entries(
                sheet=sheet,
                stage=stage,
                changes=_changes(merged),
                actor=actor,
                scorer=scorer,
                groups=groups,
            )
        except services.Stale:
            continue
        return [], kept
    raise NotNow(str(services.Stale([])))


def _merged(sheet, stage, items, sent, scorer) -> list[forms.Merged]:
    rows = sheet.entries.filter(stage=stage, criterion__in=[one.criterion for one in sent])
    if scorer is not None:
        rows = rows.filter(scorer=scorer)
    kept = {row.criterion_id: row for row in rows}
    by_key = {item.key: item for item in items}
    merged = [forms.merge(s, by_key[s.criterion], stage, kept.get(s.criterion)) for s in sent]
    return [one for one in merged if one]


def _changes(merged: Iterable[forms.Merged]) -> list[services.Change]:
    return [
        services.Change(
            criterion=one.criterion,
            given=one.values,
            version=one.version,
            explanation=one.values.get(forms.EXPLANATION, ""),
            answer_to_hints=one.values.get(forms.HINTS, ""),
        )
        for one in merged
    ]


def kept_of(sheet: ScoreSheet, stage: str = Stage.OWN, scorer: Any = None) -> dict[int, Any]:
    """{criterion: entry} of a stage, as it is kept now."""
    rows = sheet.entries.filter(stage=stage).select_related("by")
    if scorer is not None:
        rows = rows.filter(scorer=scorer)
    return {row.criterion_id: row for row in rows}
