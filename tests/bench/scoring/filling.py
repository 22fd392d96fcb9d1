"""Sheets for all members, answered: 100 entries each, and some points given by appraisers."""

from random import Random

from campaigns.models import Block, ScoreEntry, ScoreSheet, Stage
from campaigns.rules import marks, sheets
from criteria.rules.totals import total
from tests.bench.scoring.blocks import IN_BLOCK

LOOKED_AT = 0.05  # of the criteria, where an appraiser gave other points
PIECE = 5_000


def fill(officer):
    """Make and answer a sheet for every member; the very last block stays open and empty.

    Answers how many entries there are. Totals are kept as they are counted.
    """
    last = Block.objects.order_by("-year", "name").first()
    rng, groups, rows = Random(4), None, []
    for block in Block.objects.order_by("year", "name").prefetch_related("members"):
        state = "open" if block == last else "appraised"
        made = ScoreSheet.objects.bulk_create(
            ScoreSheet(
                block=block,
                unit_id=member.unit_id,
                unit_name=member.unit_name,
                criteria_set_id=block.criteria_set_id,
                state=state,
            )
            for member in block.members.all()
        )
        groups = groups or sheets.groups_of(made[0])
        if block == last:
            continue
        for sheet in made:
            mine = list(entries(sheet, groups, rng, officer))
            keep_totals(sheet, groups, mine)
            rows += mine
        if len(rows) >= IN_BLOCK * 200:
            ScoreEntry.objects.bulk_create(rows, PIECE)
            rows = []
        ScoreSheet.objects.bulk_update(made, ["own_points", "appraised_points"])
    ScoreEntry.objects.bulk_create(rows, PIECE)
    return ScoreEntry.objects.count()


def entries(sheet, groups, rng, officer):
    for group in groups:
        for item in group.criteria():
            given = answer(item.rule, rng)
            mark = marks.mark_of(item.rule, Stage.OWN, given)
            yield entry(sheet, item, Stage.OWN, given, mark, officer)
            if rng.random() < LOOKED_AT:
                given = {"points": str(rng.randint(0, 10))}
                mark = marks.mark_of(item.rule, Stage.APPRAISED, given, mark)
                yield entry(sheet, item, Stage.APPRAISED, given, mark, officer)


def entry(sheet, item, stage, given, mark, officer):
    return ScoreEntry(
        sheet=sheet,
        criterion_id=item.key,
        stage=stage,
        scorer_id=sheet.unit_id,
        given=given,
        points=mark.points,
        answered=str(mark.state),
        by=officer,
    )


def answer(rule, rng):
    match rule.kind:
        case "count_bands":
            return {"count": str(rng.randint(0, 6))}
        case "ratio" | "percent_bands":
            whole = rng.randint(5, 40)
            return {"a": str(rng.randint(0, whole)), "b": str(whole)}
        case "manual":
            return {"points": f"{rng.randint(0, 40) / 4}".replace(".", ",")}
        case "all_or_nothing":
            return {"yes": rng.choice(["yes", "no"])}
        case "options":
            return {"choice": str(rng.randint(0, 2))}
    return {"part0": rng.choice(["yes", "no"]), "part1": rng.choice(["yes", "no"])}


def keep_totals(sheet, groups, rows):
    held = marks.standings(groups, rows)
    sheet.own_points = total(groups, {key: one.own for key, one in held.items()}).points
    sheet.appraised_points = marks.total_at(groups, held, Stage.APPRAISED).points
