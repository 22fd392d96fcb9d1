"""Chapter of the scores: a cluster of five communes and its sheet of sixty criteria.

Drawn up by the services, on the database of the portal that runs: only what the journey is about is
done in the browser.
"""

import json
from decimal import Decimal as D

from accounts.models import Membership, Unit, User
from accounts.permissions import Role
from campaigns import services
from campaigns.models import Block, BlockMember, Stage
from campaigns.workflow import SHEET
from core.clock import clock
from criteria import services as criteria_services
from criteria.rules.written import Written
from dashboard.management.demo.people import PASSWORD
from dashboard.management.demo.story import team

NAME = "Cụm thi đua các xã số 2"
GROUPS, EACH = 6, 10
OWN = {"ratio": {"a": "3", "b": "4"}, "manual": {"points": "1,5"}}


def rows():
    """Sixty criteria of 2 points: every fifth a ratio of two numbers, the others given by hand."""
    for group in range(1, GROUPS + 1):
        yield Written(f"{group}", f"Nội dung thi đua {group}", most=D(2 * EACH))
        for place in range(1, EACH + 1):
            kind = "ratio" if place % 5 == 0 else "manual"
            yield Written(
                f"{group}.{place}",
                f"Tiêu chí {group}.{place}",
                f"{group}",
                most=D(2),
                kind=kind,
                rule=() if kind == "ratio" else ("bước: 0,25",),
            )


def draw_up():
    """Draw up the cluster with open sheets; the first unit's is empty, the others sent theirs.

    JSON of {"block", "sheets": [{"pk", "unit", "staff", "leader"}]}; the second unit heads it.
    """
    root, officer = Unit.objects.get(depth=1), User.objects.get(username="thamdinh")
    units = _free_units()
    drawn = criteria_services.draw_up(
        unit=root,
        actor=officer,
        rows=tuple(rows()),
        code="cum-xa",
        year=2025,
        title="Bộ tiêu chí của cụm các xã",
        stated_total=D(2 * GROUPS * EACH),
        tie_breaks=["base"],
    )
    block = services.save_block(
        block=Block(
            unit=root,
            year=2025,
            kind=Block.Kind.CLUSTER,
            name=NAME,
            criteria_set=drawn,
            has_peers=True,
        ),
        members=units,
        actor=officer,
    )
    block = services.name_heads(block=block, head=units[1], deputies=[units[2]], actor=officer)
    services.open_sheets(block=block, actor=officer)
    sheets = {sheet.unit_id: sheet for sheet in block.sheets.all()}
    for unit in units[1:]:
        _score(sheets[unit.pk])
    return json.dumps({"block": block.pk, "sheets": [_told(sheets[unit.pk]) for unit in units]})


def _free_units():
    """Five communes that have people and are in no block of the year."""
    taken = BlockMember.objects.filter(year=2025).values("unit")
    staffed = Membership.objects.filter(role=Role.UNIT_LEADER).values("unit")
    communes = Unit.objects.filter(kind="commune", pk__in=staffed).exclude(pk__in=taken)
    return list(communes.standing(clock.today()).order_by("path")[:5])


def _score(sheet):
    keys = sheet.criteria_set.criteria.exclude(kind="").values_list("pk", "kind")
    changes = [services.Change(pk, OWN[kind], 0) for pk, kind in keys]
    staff, leader = team(sheet.unit)
    kept = services.save_entries(sheet=sheet, stage=Stage.OWN, changes=changes, actor=staff)
    SHEET.perform(kept.sheet, "send", actor=leader)


def _told(sheet):
    staff, leader = team(sheet.unit)
    for user in (staff, leader):  # who has no password yet, unlike the people of the demonstration
        user.set_password(PASSWORD)
        user.save()
    return {
        "pk": sheet.pk,
        "unit": sheet.unit_name,
        "staff": staff.username,
        "leader": leader.username,
    }
