"""Points of a block's sheets for people to look at, and the places they come to."""

from collections.abc import Iterable

from campaigns.figures import counting
from campaigns.models import Block, ScoreSheet, Stage
from campaigns.rules import marks, sheets
from criteria.rules.ranking import Place
from criteria.rules.totals import Total

BUT_PEERS = [Stage.OWN, *marks.OVER]


def ranking(block: Block) -> list[Place]:
    """All sheets of a block in order, by what the last stage came to; ties stay ties."""
    return counting.ranked(block, final_totals(block.sheets.all()))


def places(block: Block) -> dict[int, int | None]:
    """{sheet: place}; None for who is not ranked."""
    return {place.runner.key: place.number for place in ranking(block)}


def final_totals(held: Iterable[ScoreSheet]) -> dict[int, Total]:
    """The total of each sheet after its last stage, in one query a set and one for entries."""
    listed = list(held)
    rows = counting.entries_of(listed, stage__in=BUT_PEERS)
    groups: counting.Groups = {}
    totals = {}
    for sheet in listed:
        if sheet.criteria_set_id not in groups:
            groups[sheet.criteria_set_id] = sheets.groups_of(sheet)
        mine = groups[sheet.criteria_set_id]
        standing = marks.standings(mine, rows.get(sheet.pk, []))
        totals[sheet.pk] = marks.total_at(mine, standing, Stage.APPRAISED)
    return totals
