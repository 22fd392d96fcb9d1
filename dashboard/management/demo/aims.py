"""Lists of titles of plan 207 for 2025: some in each state, a part sent upward already."""

import datetime
from collections.abc import Sequence

from accounts.models import Unit, User
from awards.models import NomineeKind
from campaigns.models import Aim, AimList, Campaign
from campaigns.rules import aims as rules
from campaigns.rules.aims import Line
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.clock import clock
from dashboard.management.demo.story import team

SENT = 18  # lists that wait or are decided; the others are not sent
REFUSED = (4, 7)
WAITING = 8
REASON = "Đăng ký vượt số suất của kế hoạch; mỗi đơn vị đăng ký tối đa 01 tập thể, 02 cá nhân."


def register_titles(campaign: Campaign, units: Sequence[Unit]) -> None:
    """`units` take part; the first one's people sign in, and its list is being written."""
    agency, officer = (User.objects.get(username=name) for name in ("thuongtruc", "thamdinh"))
    with clock.standing_at(_moment(10, 6)):
        call = aims.open_call(
            subject=campaign,
            year=2025,
            last_day=datetime.date(2025, 12, 3),
            note="Mỗi đơn vị đăng ký tối đa 01 tập thể và 02 cá nhân.",
            actor=agency,
        )
    award = campaign.rounds.first().award_type
    with clock.standing_at(_moment(11, 10)):
        rows = [_list(call, unit, award, place) for place, unit in enumerate(units)]
        Aim.objects.bulk_create(aim for row, lines in rows for aim in _aims(row, lines))
        sent = [AIM_LIST.perform(row, "send", actor=team(row.unit)[1]) for row, _l in rows[1:]]
    with clock.standing_at(_moment(11, 18)):
        for place, row in enumerate(sent[:-WAITING]):
            actor = agency if row.receiver == call.collector else officer
            if place in REFUSED:
                AIM_LIST.perform(row, "refuse", actor=actor, note=REASON)
            else:
                AIM_LIST.perform(row, "approve", actor=actor)
    with clock.standing_at(_moment(11, 20)):
        aims.send_upward(call=call, actor=agency)
    with clock.standing_at(_moment(11, 25)):
        for row in sent[-WAITING:][:2]:  # approved, and waiting to be sent upward
            AIM_LIST.perform(row, "approve", actor=agency)


def _moment(month: int, day: int) -> datetime.datetime:
    return clock.as_instant(datetime.date(2025, month, day)) + datetime.timedelta(hours=9)


def _list(call, unit, award, place):
    lines = [
        Line(award, NomineeKind.COLLECTIVE, 1),
        Line(award, NomineeKind.INDIVIDUAL, 1 + place % 2),
    ]
    receiver = rules.receiver_of(call, unit, clock.today())
    row = AimList.objects.create(call=call, unit=unit, unit_name=unit.name, receiver=receiver)
    return row, lines


def _aims(row, lines):
    for order, line in enumerate(lines, start=1):
        yield Aim(
            list=row, order=order, award_type=line.award_type, kind=line.kind, number=line.number
        )
