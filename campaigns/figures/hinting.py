"""What the hints on a sheet compare it with, read in one query for the whole block."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.models import ScoreEntry, ScoreSheet, Stage
from campaigns.rules.hints import Answer, Frame, Hint, Limits, hints
from campaigns.rules.marks import Standing
from core.clock import clock
from criteria.rules import answers, law
from criteria.rules.scoring import HUNDRED, Mark, State
from criteria.rules.totals import Item, criteria_of

Papers = Mapping[int, list[tuple[str, date | None]]]


def hints_of(
    sheet: ScoreSheet,
    *,
    groups: Iterable[Item],
    own: Iterable[ScoreEntry],
    held: Mapping[Any, Standing],
    papers: Papers,
    asked: Iterable[int],
    last_year: Mapping[str, Mark],
) -> dict[int, list[Hint]]:
    """{criterion: hints} on what a unit scored itself.

    `papers`: names and days of evidence by criterion; `asked`: criteria that ask for some;
    `last_year`: marks by the number of the criterion.
    """
    entries = {entry.criterion_id: entry for entry in own}
    others = _others(sheet)
    wants = set(asked)
    compared = [
        _answer(item, held[item.key].own, entries[item.key], papers, wants, last_year, others)
        for item in criteria_of(groups)
        if item.key in entries
    ]
    found: dict[int, list[Hint]] = {}
    for hint in hints(compared, frame_of(sheet.block.year)):
        found.setdefault(hint.key, []).append(hint)
    return found


def frame_of(year: int) -> Frame:
    """The year that is scored, with the limits in force today."""
    kept, usual = law.in_force(clock.today()), Limits()

    def limit(key: str, otherwise: Decimal) -> Decimal:
        return kept[key].value if key in kept else otherwise

    limits = Limits(
        jump=limit("hints.jump", usual.jump * HUNDRED) / HUNDRED,
        spreads=limit("hints.spreads", usual.spreads),
        nearest=limit("hints.nearest", usual.nearest * HUNDRED) / HUNDRED,
        fewest=int(limit("hints.fewest", Decimal(usual.fewest))),
    )
    return Frame(date(year, 1, 1), date(year, 12, 31), limits)


def _answer(
    item: Item,
    mark: Mark,
    entry: ScoreEntry,
    papers: Papers,
    wants: set[int],
    last_year: Mapping[str, Mark],
    others: Mapping[int, list[Decimal]],
) -> Answer:
    rule: Any = item.rule
    before = last_year.get(item.code)
    return Answer(
        item=item,
        mark=mark,
        given=answers.read_all(rule.asks, entry.given)[0],
        text=entry.explanation,
        asks_evidence=item.key in wants,
        papers=tuple(papers.get(item.key, ())),
        last_year=before.points if before and before.state is State.COUNTED else None,
        others=tuple(others.get(item.key, ())),
    )


def _others(sheet: ScoreSheet) -> dict[int, list[Decimal]]:
    """{criterion: points that the other units of the block gave themselves}, of sent sheets."""
    rows = (
        ScoreEntry.objects.filter(
            sheet__block=sheet.block_id,
            sheet__criteria_set=sheet.criteria_set_id,
            stage=Stage.OWN,
            answered=str(State.COUNTED),
        )
        .exclude(sheet=sheet)
        .exclude(sheet__state=ScoreSheet.State.OPEN)
        .order_by()
    )
    found: dict[int, list[Decimal]] = {}
    for criterion, points in rows.values_list("criterion", "points"):
        found.setdefault(criterion, []).append(points)
    return found
