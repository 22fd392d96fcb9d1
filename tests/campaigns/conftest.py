"""The plan that ships with the portal, and the province it was written for."""

import datetime
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts import services
from awards.models import NomineeKind
from campaigns import services as campaign_services
from campaigns.models import PeriodicReport, ReportDuty
from campaigns.plans import apply as plans
from campaigns.plans.reading import read
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.clock import clock
from tests import factories
from tests.campaigns.aiming import LAST, line
from tests.factories import sheets

FILE = Path(__file__).parents[2] / "campaigns" / "plans" / "files" / "dong-thap-207.yaml"


@pytest.fixture
def plan_file():
    return FILE.read_bytes()


@pytest.fixture
def catalogue(db):
    call_command("load_law", verbosity=0, stdout=_nowhere())
    call_command("load_award_types", verbosity=0, stdout=_nowhere())


@pytest.fixture
def communications(province):
    """Sở Thông tin và Truyền thông, which stood when the plan was signed."""
    return factories.unit("Sở Thông tin và Truyền thông", superior=province)


@pytest.fixture
def reorganised(communications, agency, officer):
    """… and went into Sở Khoa học và Công nghệ on 1 March 2025."""
    services.merge_units(
        predecessors=[communications],
        successor=agency,
        on=datetime.date(2025, 3, 1),
        document="Nghị định 45/2025/NĐ-CP",
        actor=officer,
    )
    communications.refresh_from_db()
    return communications


@pytest.fixture
def plan_207(plan_file, catalogue, communications, home_affairs, province, officer):
    """The campaign of plan 207, applied and still being set up."""
    return plans.apply(_read(plan_file), actor=officer, owner=province).campaign


@cache
def _read(content):
    return read(content).plan


class _nowhere:
    def write(self, text):
        pass


@pytest.fixture
def field(province, officer, section_head, today):
    """A block of three wards whose sheets are open; see `factories.sheets.Field`."""
    return sheets.Field(province=province, officer=officer, section_head=section_head)


@pytest.fixture
def running(today, province, agency, ward, unit_leader):
    campaign = factories.campaign(unit=province, steward=agency)
    factories.quota(factories.award_round(campaign), size=3)
    campaign_services.join(campaign=campaign, unit=ward, actor=unit_leader)
    return campaign


@pytest.fixture
def call(running, steward):
    return aims.open_call(subject=running, year=2025, last_day=LAST, actor=steward)


@pytest.fixture
def written(call, ward, staff):
    lines = [line(2), line(name="Trần Thị Hương"), line(kind=NomineeKind.COLLECTIVE)]
    return aims.save_aims(call=call, unit=ward, lines=lines, actor=staff)


@pytest.fixture
def sent(written, unit_leader):
    return AIM_LIST.perform(written, "send", actor=unit_leader)


@pytest.fixture
def late(today, province, agency, ward, staff, unit_leader):
    """The ward owes a report that was due on 28 November, the Friday before."""
    campaign = factories.campaign(unit=province, steward=agency)
    ReportDuty.objects.create(
        campaign=campaign, code="nam", order=1, who="Thành viên", frequency="yearly", due="12-10"
    )
    campaign_services.join(campaign=campaign, unit=ward, actor=unit_leader)
    PeriodicReport.objects.update(due_at=clock.as_instant(datetime.date(2025, 11, 29)))
    return campaign


@pytest.fixture
def programme(today, province, agency):
    """Measured by the month against targets of its own."""
    return factories.campaign(unit=province, steward=agency, kind="programme")
