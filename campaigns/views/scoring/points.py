"""What the pages of a score sheet tell the browser, so that it counts points while one types."""

from collections.abc import Iterable, Mapping
from typing import Any

from campaigns.forms import sheets as forms
from campaigns.models import Stage
from campaigns.rules import marks
from campaigns.rules.marks import Standing
from campaigns.views.scoring import lines
from core.ui.components.marks import points as shown
from criteria.rules import in_browser
from criteria.rules.scoring import Mark, State
from criteria.rules.totals import Item, criteria_of

Seat = tuple[str, Any]  # (stage, unit that speaks or None)


def data(
    seat: Seat, groups: tuple[Item, ...], held: Mapping[Any, Standing], writable: Iterable[Any]
) -> list[Any] | None:
    """The sheet for `points.js`: all marks, and the rules of the criteria (`writable`: their keys)
    that somebody in this seat may type at. None where points stand on no page of theirs."""
    stage, _scorer = seat
    if stage == Stage.ADVISED:
        return None
    open_ = set(writable)

    def told(item: Item) -> dict[str, Any]:
        standing = held[item.key]
        mark = {"mark": in_browser.mark(mark_in(seat, standing))}
        return mark | _asked(item, stage, standing) if item.key in open_ else mark

    return in_browser.sheet(groups, told)


def _asked(item: Item, stage: str, standing: Standing) -> dict[str, Any]:
    rule: Any = item.rule
    if stage == Stage.OWN:
        return in_browser.own(rule)
    return {
        "asks": in_browser.asks(marks.asks_at(rule, stage)),
        "before": before_in(stage, standing),
    }


def mark_in(seat: Seat, standing: Standing) -> Mark:
    """The mark of a criterion as whoever sits there sees it."""
    stage, scorer = seat
    if stage == Stage.PEER:
        return standing.peers.get(scorer.pk, standing.own)
    return standing.at(stage)


def before_in(stage: str, standing: Standing) -> str:
    """What stands where a judge says nothing: the mark of the stage before."""
    before = standing.at(Stage.VERIFIED) if stage == Stage.APPRAISED else standing.own
    return in_browser.mark(before)


def marks_in(seat: Seat, groups: tuple[Item, ...], held: Mapping[Any, Standing]) -> list[str]:
    """All marks of the sheet, in its order."""
    return in_browser.marks(groups, lambda item: mark_in(seat, held[item.key]))


def kept_now(kept: Any, groups: tuple[Item, ...], seat: Seat, posted: Any) -> dict[str, Any]:
    """The criteria that were sent as they are kept now, and the sheet's total."""
    stage, scorer = seat
    mine = {
        row.criterion_id: row
        for row in kept.entries
        if row.stage == stage and (scorer is None or row.scorer_id == scorer.pk)
    }
    total = lines.total_in(seat, groups, kept.held)
    return {
        "criteria": {
            item.key: _criterion(item, seat, mine.get(item.key), kept.held[item.key])
            for item in criteria_of(groups)
            if f"c{item.key}-seen" in posted
        },
        "total": shown(total.points),
        "missing": total.missing,
        "marks": marks_in(seat, groups, kept.held),
    }


def _criterion(item: Item, seat: Seat, entry: Any, standing: Standing) -> dict[str, Any]:
    stage, _scorer = seat
    mark = mark_in(seat, standing)
    kept = forms.values_of(entry)
    return {
        "seen": forms.seen_of(item, stage, entry),
        "values": {
            f"c{item.key}-{name}": kept.get(name, "") for name in forms.names_at(item, stage)
        },
        "faults": {one.name: one.fault for one in forms.inputs(item, stage, entry) if one.fault},
        "points": shown(mark.points),
        "working": mark.working,
        "answered": mark.state is not State.MISSING,
        "by": str(entry.by) if entry else "",
        "before": before_in(stage, standing),
    }
