"""Points of a block's sheets for people to look at, and the places they come to."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from campaigns.models import Block, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks, sheets
from criteria.rules.ranking import Place, Runner, rank
from criteria.rules.totals import Item, Role, Total


def ranking(block: Block) -> list[Place]:
    """All sheets of a block in order, by what the last stage came to; ties stay ties."""
    held = list(block.sheets.select_related("criteria_set"))
    why_not = dict(block.members.values_list("unit", "not_ranked"))
    totals = final_totals(held)
    breaks = held[0].criteria_set.tie_breaks if held else []
    return rank((_runner(sheet, totals[sheet.pk], why_not) for sheet in held), breaks)


def places(block: Block) -> dict[int, int | None]:
    """{sheet: place}; None for who is not ranked."""
    return {place.runner.key: place.number for place in ranking(block)}


def final_totals(held: Iterable[ScoreSheet]) -> dict[int, Total]:
    """The total of each sheet after its last stage, in one query a set and one for entries."""
    rows: dict[int, list[ScoreEntry]] = {}
    listed = list(held)
    for row in ScoreEntry.objects.filter(sheet__in=listed).exclude(stage=Stage.PEER):
        rows.setdefault(row.sheet_id, []).append(row)
    groups: dict[int, tuple[Item, ...]] = {}
    for sheet in listed:
        if sheet.criteria_set_id not in groups:
            groups[sheet.criteria_set_id] = sheets.groups_of(sheet)
    return {
        sheet.pk: _final(groups[sheet.criteria_set_id], rows.get(sheet.pk, [])) for sheet in listed
    }


def _final(groups: tuple[Item, ...], rows: list[ScoreEntry]) -> Total:
    return marks.total_at(groups, marks.standings(groups, rows), Stage.APPRAISED)


def _runner(sheet: ScoreSheet, total: Total, why_not: dict[int, str]) -> Runner:
    base = [group for group in total.groups if group.item.role is Role.BASE]
    main = max(base, key=lambda group: group.item.most or Decimal(0), default=None)
    breaks: dict[str, Any] = {
        "base": total.by(Role.BASE),
        "main": main.points if main else Decimal(0),
    }
    return Runner(sheet.pk, total.points, breaks, why_not.get(sheet.unit_id, ""))
