"""Points of a block's sheets for people to look at, and the places they come to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from accounts.permissions import Perm
from campaigns.figures import counting, dues
from campaigns.models import Block, ScoreSheet, Stage
from campaigns.rules import advice, marks, sheets
from criteria.rules.ranking import Place
from criteria.rules.totals import Total

State = ScoreSheet.State
BUT_PEERS = [Stage.OWN, *marks.OVER]


def ranking(block: Block) -> list[Place]:
    """All sheets of a block in order, by what the last stage came to; ties stay ties."""
    return counting.ranked(block, final_totals(block.sheets.all()))


def places(block: Block) -> dict[int, int | None]:
    """{sheet: place}; None for who is not ranked."""
    return {place.runner.key: place.number for place in ranking(block)}


def to_send(user: Any) -> list[ScoreSheet]:
    """Sheets that this person's units have not sent, and those with a criterion sent back."""
    mine = [held.unit_id for held in user.current_memberships()]
    rows = dues.sheets_with_units(mine).visible_to(user, Perm.SHEET_WRITE)
    return list(rows.select_related("block")[:20])


def to_judge(user: Any) -> dict[str, int]:
    """{stage: how much waits for this person there}, of stages that are theirs, in one query.

    Sheets to check and to appraise; criteria (`Stage.ADVISED`) to give an opinion on.
    """
    checks = Q(state=State.SCORED, block__has_peers=False) | Q(state=State.PEERS)
    nobody = Q(verifier=None) & checks
    ready = Q(state__in=[State.VERIFIED, State.OBJECTED]) | nobody
    seen = ScoreSheet.objects.visible_to
    asked: QuerySet[Any] = advice.asked_of(user)
    waiting = {
        Stage.VERIFIED: (Perm.SHEET_VERIFY, seen(user, Perm.SHEET_VERIFY).filter(checks)),
        Stage.APPRAISED: (Perm.SHEET_APPRAISE, seen(user, Perm.SHEET_APPRAISE).filter(ready)),
        Stage.ADVISED: (Perm.SHEET_ADVISE, asked.filter(said=False)),
    }
    mine = {stage: rows for stage, (perm, rows) in waiting.items() if user.holds(perm)}
    if not mine:
        return {}
    first, *others = [_counted(rows, stage) for stage, rows in mine.items()]
    return dict.fromkeys(mine, 0) | {Stage(stage): n for stage, n in first.union(*others, all=True)}


def _counted(rows: QuerySet[Any], stage: Stage) -> QuerySet[Any]:
    named = rows.order_by().annotate(stage=Value(str(stage))).values("stage")
    return named.annotate(n=Count("pk")).values_list("stage", "n")


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
