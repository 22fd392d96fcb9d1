"""What units still owe: lists of titles, read in one go and of this year only."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import services as campaign_services
from campaigns.figures import dues
from campaigns.models import Block
from campaigns.services import aims
from core.clock import clock
from tests import factories
from tests.campaigns.aiming import LAST, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def block_call(today, province, officer, ward):
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"), members=[ward], actor=officer
    )
    return aims.open_call(subject=block, year=2025, last_day=LAST, actor=officer)


def asked_by(user):
    user.current_memberships()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = dues.soon_due(user)
    reads = [query for query in asked if "campaigns_" in query["sql"]]  # the clock asks too
    return len(found), len(reads)


def test_the_home_page_asks_as_often_for_any_number_of_calls(
    call, province, ward, staff, unit_leader, steward, agency
):
    assert asked_by(staff) == (1, 4)
    for number in (1, 2):
        other = factories.campaign(unit=province, steward=agency, code=f"P{number}")
        campaign_services.join(campaign=other, unit=ward, actor=unit_leader)
        aims.open_call(subject=other, year=2025, last_day=LAST, actor=steward)
    assert asked_by(staff) == (3, 4)


def test_members_of_blocks_are_one_more_question(call, block_call, staff):
    assert asked_by(staff) == (2, 5)


def test_a_block_of_a_year_that_is_over_asks_for_nothing(block_call, ward, settings):
    assert [due.unit for due in dues.open_dues()] == [ward.pk]
    settings.DEMO = True
    for day, left in (((2026, 1, 5), 1), ((2026, 1, 12), 0)):
        with clock.standing_at(clock.as_instant(datetime.date(*day))):
            assert len(dues.open_dues()) == left


def test_a_unit_with_a_list_owes_it_though_it_takes_part_no_more(call, ward, staff):
    aims.save_aims(call=call, unit=ward, lines=[line()], actor=staff)
    call.campaign.participations.all().delete()
    assert [due.key for due in dues.open_dues([ward.pk])] == [f"aim-{call.pk}-{ward.pk}"]
    assert dues.open_dues([ward.pk + 1]) == []
