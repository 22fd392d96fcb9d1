"""Who takes reports and lists in after each kind of reorganisation: never a closed unit."""

import datetime

import pytest

from accounts import services as units
from accounts.models import Unit
from accounts.permissions import Perm, Role
from accounts.rules import NewUnit, Order, answering_for
from campaigns import services, tasks
from campaigns.models import AimCall, Campaign, PeriodicReport, ReportDuty
from campaigns.rules import aims, reports
from core.clock import clock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.date(2025, 11, 1)
SIGNED = datetime.date(2025, 1, 15)
NEW = (NewUnit("Sở Khoa học", "department"), NewUnit("Sở Công nghệ", "department"))


@pytest.fixture
def campaign(province, agency):
    return factories.campaign(unit=province, steward=agency, signed_on=SIGNED)


@pytest.fixture
def duty(campaign):
    return _duty(campaign, "nam", "Các xã")


@pytest.fixture
def call(campaign, province, agency, officer):
    return AimCall.objects.create(
        campaign=campaign,
        year=2024,  # of a year before the reorganisation, so it keeps who collected
        unit=province,
        collector=agency,
        due_at=clock.end_of(datetime.date(2025, 12, 31)),
        opened_by=officer,
    )


def _duty(campaign, code, who):
    return ReportDuty.objects.create(
        campaign=campaign, code=code, order=1, who=who, frequency="yearly", due="12-10"
    )


def _reorganise(kind, unit, actor, **said):
    order = Order(kind=kind, on=DAY, document="NQ 202", units=(unit,), **said)
    return units.reorganise(order=order, actor=actor)


def _takers(duty, call, unit):
    """Who takes in a unit's report and its list today, read anew."""
    duty = ReportDuty.objects.get(pk=duty.pk)
    call = AimCall.objects.get(pk=call.pk)
    today = clock.today()
    return {reports.receiver_of(duty, unit, today), aims.receiver_of(call, unit, today)}


def test_the_first_unit_of_a_split_takes_in_what_the_standing_agency_did(
    duty, call, agency, ward, admin
):
    _reorganise("split", agency, admin, new=NEW)

    assert {str(unit) for unit in _takers(duty, call, ward)} == {"Sở Khoa học"}


def test_who_took_over_from_a_dissolved_agency_takes_in(
    duty, call, agency, home_affairs, ward, admin
):
    _reorganise("dissolve", agency, admin, other=home_affairs)

    assert _takers(duty, call, ward) == {home_affairs}


def test_who_stands_above_a_dissolved_agency_without_successor_takes_in(
    duty, call, agency, province, ward, admin
):
    _reorganise("dissolve", agency, admin)

    assert _takers(duty, call, ward) == {province}


def test_the_successor_of_a_merger_takes_in_and_what_came_after_it_too(
    duty, call, agency, home_affairs, ward, admin
):
    _reorganise("merge", agency, admin, other=home_affairs)
    assert _takers(duty, call, ward) == {home_affairs}

    later = Order(kind="split", on=DAY + datetime.timedelta(days=1), document="NQ 203",
                  units=(home_affairs,), new=NEW)  # fmt: skip
    units.reorganise(order=later, actor=admin)

    assert {str(unit) for unit in _takers(duty, call, ward)} == {"Sở Khoa học"}


@pytest.mark.parametrize("kind", ["rename", "separate", "move"])
def test_an_agency_that_goes_on_takes_in_as_before(
    duty, call, agency, home_affairs, ward, admin, kind
):
    said = {
        "rename": {"renamed": NEW[0]},
        "separate": {"new": NEW[1:]},
        "move": {"other": home_affairs},
    }
    _reorganise(kind, agency, admin, **said[kind])

    assert _takers(duty, call, ward) == {agency}


def test_on_a_day_before_the_split_it_was_the_agency_itself(duty, agency, ward, admin):
    _reorganise("split", agency, admin, new=NEW)
    duty = ReportDuty.objects.get(pk=duty.pk)

    assert reports.receiver_of(duty, ward, DAY - datetime.timedelta(days=1)) == agency


def test_the_heir_of_the_agency_sends_its_own_to_whose_campaign_it_is(
    duty, call, agency, province, admin
):
    _reorganise("split", agency, admin, new=NEW)

    assert _takers(duty, call, Unit.objects.get(name="Sở Khoa học")) == {province}
    assert _takers(duty, call, Unit.objects.get(pk=agency.pk)) == {province}


def test_after_a_split_was_taken_back_it_is_the_agency_again(duty, call, agency, ward, admin):
    change = _reorganise("split", agency, admin, new=NEW)

    units.undo(change=change, because="Nhập nhầm", actor=admin)

    assert _takers(duty, call, ward) == {agency}


def test_new_reports_fall_due_to_the_heir_whose_people_collect_them(
    campaign, duty, agency, ward, unit_leader, admin
):
    _reorganise("split", agency, admin, new=NEW)
    campaign.refresh_from_db()

    services.join(campaign=campaign, unit=ward, actor=unit_leader)

    report = PeriodicReport.objects.get()
    head = factories.member(Role.CAMPAIGN_AGENCY, report.receiver)
    assert report.receiver.name == "Sở Khoa học"
    assert PeriodicReport.objects.visible_to(head, Perm.REPORT_COLLECT).get() == report


def test_each_day_mends_a_report_that_a_closed_unit_was_to_take_in(
    campaign, duty, agency, ward, unit_leader, admin
):
    _reorganise("split", agency, admin, new=NEW)
    services.join(campaign=campaign, unit=ward, actor=unit_leader)
    PeriodicReport.objects.update(receiver=agency)  # as it was made before this was looked at

    tasks.fall_due(Campaign.objects.get())

    assert PeriodicReport.objects.get().receiver.name == "Sở Khoa học"


def test_a_duty_of_a_named_unit_is_the_heirs_and_nobodys_where_none_took_over(
    campaign, agency, home_affairs, province, admin
):
    _duty(campaign, "tong-hop", agency.name)
    assert [each.unit for each in reports.owed(campaign, clock.today())] == [agency]
    _reorganise("dissolve", agency, admin)

    assert not list(reports.owed(campaign, clock.today()))

    other = factories.campaign(unit=province, signed_on=SIGNED)
    _duty(other, "nam", home_affairs.name)
    _reorganise("split", home_affairs, admin, new=NEW)
    owed = {str(each.unit) for each in reports.owed(other, clock.today())}
    assert owed == {"Sở Khoa học"}


def test_a_province_that_is_no_more_answers_for_itself(province):
    province.closed_on = DAY
    province.save()

    assert answering_for(province, DAY) == province


def test_a_block_of_the_next_year_begins_without_members_that_were_split(field, admin):
    gone = field.units[0]
    _reorganise("split", gone, admin, new=NEW)

    made = services.copy_block(block=field.block, year=2026, actor=admin)

    assert gone not in [row.unit for row in made.members.all()]
