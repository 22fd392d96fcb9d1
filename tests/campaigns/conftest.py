"""The plan that ships with the portal, and the province it was written for."""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts import services
from campaigns.plans import apply as plans
from campaigns.plans.reading import read
from tests import factories
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
    return plans.apply(read(plan_file).plan, actor=officer, owner=province).campaign


class _nowhere:
    def write(self, text):
        pass


@pytest.fixture
def field(province, officer, section_head, today):
    """A block of three wards whose sheets are open; see `factories.sheets.Field`."""
    return sheets.Field(province=province, officer=officer, section_head=section_head)
