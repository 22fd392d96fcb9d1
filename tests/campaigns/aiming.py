"""Lines and lists of titles for tests."""

import datetime

from accounts.permissions import Role
from awards.models import NomineeKind
from campaigns import services as campaign_services
from campaigns.rules.aims import Line
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from tests import factories

LAST = datetime.date(2025, 12, 10)


def line(number=1, name="", kind=NomineeKind.INDIVIDUAL, code="BKT"):
    return Line(factories.award_type(code), kind, number, name)


def second(call, province, unit_leader, name="Xã Mỹ Hiệp"):
    unit = factories.unit(name, kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=unit, actor=unit_leader)
    head = factories.member(Role.UNIT_LEADER, unit)
    row = aims.save_aims(call=call, unit=unit, lines=[line()], actor=head)
    return AIM_LIST.perform(row, "send", actor=head)
