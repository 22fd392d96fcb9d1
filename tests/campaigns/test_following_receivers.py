"""Nobody takes in what is their own once units have closed, and no closed unit takes anything in."""

import datetime

import pytest

from accounts import services as units
from accounts.models import Unit
from accounts.rules import Order
from campaigns.models import AimCall, AimList, PeriodicReport, ReportDuty
from core.clock import clock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
CLOSE = datetime.datetime(2025, 12, 31, tzinfo=datetime.UTC)


@pytest.fixture
def campaign(province, agency):
    return factories.campaign(unit=province, steward=agency)


@pytest.fixture
def call(campaign, province, agency, officer):
    return AimCall.objects.create(
        campaign=campaign,
        year=2025,
        unit=province,
        collector=agency,
        due_at=CLOSE,
        opened_by=officer,
    )


@pytest.fixture
def duty(campaign):
    return ReportDuty.objects.create(
        campaign=campaign, code="nam", order=1, who="Các xã", frequency="yearly", due="12-10"
    )


def aims(call, unit, receiver):
    return AimList.objects.create(call=call, unit=unit, unit_name=unit.name, receiver=receiver)


def report(duty, unit, receiver):
    return PeriodicReport.objects.create(
        duty=duty, period="2025", unit=unit, unit_name=unit.name, receiver=receiver
    )


def merge(old, into, actor):
    return units.merge_units(
        predecessors=[old], successor=into, on=clock.today(), document="NQ 202", actor=actor
    )


def placed(*rows):
    """{unit: who takes its row in}; of every row, neither is its own nor closed."""
    for row in rows:
        row.refresh_from_db()
    assert not Unit.objects.filter(pk__in=[row.receiver_id for row in rows]).exclude(closed_on=None)
    assert all(row.unit != row.receiver for row in rows)
    return [(row.unit, row.receiver) for row in rows]


def test_what_goes_to_its_receiver_goes_above_it(call, duty, ward, agency, province, admin):
    rows = aims(call, ward, agency), report(duty, ward, agency)

    change = merge(ward, agency, admin)

    assert placed(*rows) == [(agency, province)] * 2
    units.undo(change=change, because="Nhập nhầm", actor=admin)
    assert placed(*rows) == [(ward, agency)] * 2


def test_what_the_successor_sent_to_the_closed_unit_goes_above_it(
    call, duty, ward, agency, province, admin
):
    rows = aims(call, ward, agency), report(duty, ward, agency)

    merge(agency, ward, admin)

    assert placed(*rows) == [(ward, province)] * 2


def test_what_the_closed_collector_owed_itself_goes_to_a_third(
    call, duty, ward, agency, province, admin
):
    rows = aims(call, agency, province), report(duty, agency, province)

    merge(agency, ward, admin)

    assert placed(*rows) == [(ward, province)] * 2


def test_what_stays_apart_under_the_successor_is_not_taken_in_by_it(
    call, duty, ward, agency, province, admin
):
    rows = aims(call, ward, agency), report(duty, ward, agency)
    aims(call, agency, province), report(duty, agency, province)

    merge(ward, agency, admin)

    assert placed(*rows) == [(ward, province)] * 2


def test_a_dissolved_unit_takes_nothing_in(call, duty, ward, agency, province, admin):
    rows = aims(call, ward, agency), report(duty, ward, agency)
    order = Order(kind="dissolve", on=clock.today(), document="NQ 202", units=(agency,))

    units.reorganise(order=order, actor=admin)

    assert placed(*rows) == [(ward, province)] * 2
    call.refresh_from_db()
    assert call.collector == province
