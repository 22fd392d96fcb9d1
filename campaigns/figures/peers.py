"""What the members of a block gave each other, as the matrix shows it."""

from decimal import Decimal

from campaigns.figures import counting
from campaigns.models import Block, Stage
from campaigns.rules import marks, sheets
from campaigns.rules.peers import Fairness, fairness


def matrix(block: Block) -> Fairness:
    """Totals by (unit, scorer), with how fair they came out; units by the name they had."""
    held = list(block.sheets.order_by("unit_name"))
    rows = counting.entries_of(held, stage__in=[Stage.OWN, Stage.PEER])
    groups: counting.Groups = {}
    given: dict[tuple[int, int], Decimal] = {}
    own: dict[int, Decimal] = {}
    for sheet in held:
        if sheet.criteria_set_id not in groups:
            groups[sheet.criteria_set_id] = sheets.groups_of(sheet)
        mine = groups[sheet.criteria_set_id]
        standings = marks.standings(mine, rows.get(sheet.pk, []))
        own[sheet.unit_id] = marks.total_at(mine, standings, Stage.OWN).points
        for scorer, total in marks.peer_totals(mine, standings).items():
            given[sheet.unit_id, scorer] = total.points
    return fairness([sheet.unit_id for sheet in held], given, own)
