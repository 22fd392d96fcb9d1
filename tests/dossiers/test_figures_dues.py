"""Dossiers as duties: rounds to which a unit sends, and what came back to be mended."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.figures import calendar, dues
from campaigns.models import AwardRound, Reminder
from campaigns.services import permits, reminders
from core.clock import clock
from dossiers.figures import dues as of_dossiers
from dossiers.services import preparing
from tests import factories
from tests.factories import sent
from tests.factories.people import LONG_AGO

pytestmark = pytest.mark.django_db


def end_of(day, month=12):
    return clock.end_of(datetime.date(2025, month, day))


@pytest.fixture
def due(today, stewarded, ward, unit_leader):
    """A round that takes dossiers until Wednesday, 3 December; today is Monday the first."""
    campaign_services.join(campaign=stewarded, unit=ward, actor=unit_leader)
    return factories.award_round(stewarded, closes_at=end_of(3))


def of_rounds(*units):
    return [(d.unit, d.day, d.address) for d in dues.open_dues(units or None) if d.kind == "round"]


def close(due):
    AwardRound.objects.update(closes_at=end_of(28, month=11))


def test_a_unit_that_takes_part_and_sent_nothing_owes_its_dossier(due, ward, province):
    factories.unit("Xã Ngoài", kind="commune", superior=province)
    (one,) = dues.open_dues()
    assert (one.key, one.unit, one.day) == (
        f"round-{due.pk}-{ward.pk}",
        ward.pk,
        datetime.date(2025, 12, 3),
    )
    assert one.words.startswith("Hạn gửi hồ sơ khen thưởng: Tổng kết giai đoạn 2022–2025, ")
    assert one.address == reverse("dossiers:open", args=[due.pk])
    assert dues.open_dues([ward.pk + 1]) == []


def test_a_dossier_that_is_begun_is_where_the_duty_leads(due, ward, staff):
    dossier = preparing.open_dossier(round=due, unit=ward, actor=staff)
    assert of_rounds() == [(ward.pk, due.last_day, dossier.get_absolute_url())]


def test_once_a_dossier_is_sent_nothing_is_owed(due, ward, staff):
    sent.dossier(unit=ward, of_round=due, by=staff)
    assert of_rounds() == []


def test_a_dossier_that_was_withdrawn_does_not_count(due, ward, staff):
    sent.dossier(unit=ward, of_round=due, by=staff, state="withdrawn")
    assert [unit for unit, _day, _address in of_rounds()] == [ward.pk]


@pytest.mark.parametrize(
    "values",
    [
        {"opens_at": datetime.datetime(2025, 12, 2, tzinfo=clock.ZONE)},
        {"closes_at": None},
        {"retired_at": datetime.datetime(2025, 11, 1, tzinfo=clock.ZONE)},
    ],
)
def test_rounds_that_take_nothing_by_a_day_ask_for_nothing(due, values):
    AwardRound.objects.update(**values)
    assert of_rounds() == []


def test_a_campaign_that_is_over_asks_for_nothing(due, stewarded):
    type(stewarded).objects.update(state="closed")
    assert of_rounds() == []


def test_after_the_close_only_who_has_begun_is_late(due, ward, staff, province, unit_leader):
    other = factories.unit("Xã Mỹ Hiệp", kind="commune", superior=province)
    campaign_services.join(campaign=due.campaign, unit=other, actor=unit_leader)
    preparing.open_dossier(round=due, unit=ward, actor=staff)
    assert len(of_rounds()) == 2
    close(due)
    assert [(unit, day) for unit, day, _a in of_rounds()] == [
        (ward.pk, datetime.date(2025, 11, 28))
    ]


def test_a_late_permit_makes_it_a_duty_until_its_own_day(due, ward, steward):
    close(due)
    assert of_rounds() == []
    permit = permits.give(
        campaign=due.campaign,
        round=due,
        unit=ward,
        last_day=datetime.date(2025, 12, 4),
        reason="Vì bão",
        actor=steward,
    )
    assert [day for _unit, day, _address in of_rounds()] == [datetime.date(2025, 12, 4)]
    permits.withdraw(permit=permit, actor=steward)
    assert of_rounds() == []


def test_a_dossier_that_came_back_is_to_be_mended_by_its_day(due, ward, staff):
    day = datetime.date(2025, 12, 2)
    row = sent.dossier(unit=ward, of_round=due, by=staff, state="returned", mend_by=day)
    (one,) = dues.open_dues([ward.pk])
    assert (one.kind, one.day, one.address) == ("dossier", day, row.get_absolute_url())
    assert row.number in one.words


def test_the_day_stays_while_the_head_reads_what_was_mended(due, ward, staff, unit_leader):
    day = datetime.date(2025, 12, 2)
    sent.dossier(unit=ward, of_round=due, by=staff, state="unit_review", mend_by=day)
    (one,) = dues.open_dues([ward.pk])
    assert (one.kind, one.day) == ("dossier", day)
    assert {one.user for one in reminders.propose()} == {unit_leader}


def test_it_comes_into_the_outbox_and_stays_away_once_it_is_sent(due, ward, staff, unit_leader):
    made = reminders.propose()
    assert {one.user for one in made} == {staff, unit_leader}
    assert "còn 2 ngày làm việc (hạn 03/12/2025)" in made[0].body
    assert reverse("dossiers:open", args=[due.pk]) in made[0].body
    assert reminders.propose() == []
    Reminder.objects.all().delete()
    sent.dossier(unit=ward, of_round=due, by=staff)
    assert reminders.propose() == []


def test_only_who_may_open_a_dossier_is_reminded_of_it(due, ward, staff, unit_leader, signed_in):
    keeper = factories.member(Role.CAMPAIGN_AGENCY, ward)
    assert signed_in(keeper).get(of_dossiers.rounds()[0].address).status_code == 404
    assert {one.user for one in reminders.propose()} == {staff, unit_leader}
    Reminder.objects.all().delete()
    day = datetime.date(2025, 12, 2)
    sent.dossier(unit=ward, of_round=due, by=staff, state="returned", mend_by=day)
    assert {one.user for one in reminders.propose()} == {staff, unit_leader}


def test_who_holds_two_roles_in_a_unit_gets_one_mail(due, ward, staff):
    Membership.objects.create(user=staff, unit=ward, role=Role.CAMPAIGN_AGENCY, from_day=LONG_AGO)
    assert [one.user for one in reminders.propose()].count(staff) == 1


def test_a_round_that_closes_in_weeks_is_no_matter_of_mails(due):
    AwardRound.objects.update(closes_at=end_of(20))
    assert reminders.propose() == []


def test_the_calendar_shows_the_round_once(due, ward):
    text = calendar.calendar_of(ward, clock.now())
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:round-{due.pk}@" in text


def test_any_number_of_units_and_rounds_costs_the_same(due, province, stewarded, unit_leader):
    def asked():
        with CaptureQueriesContext(connection) as found:
            of_dossiers.rounds()
            of_dossiers.returned()
        tables = ("campaigns_", "dossiers_")  # the clock asks, too
        return len([one for one in found if any(name in one["sql"] for name in tables)])

    once = asked()
    for number in range(4):
        unit = factories.unit(f"Xã Số {number}", kind="commune", superior=province)
        campaign_services.join(campaign=stewarded, unit=unit, actor=unit_leader)
        factories.award_round(stewarded, code=f"dot-{number}", closes_at=end_of(5))
    assert asked() == once <= 5
    assert len(of_rounds()) == 25
