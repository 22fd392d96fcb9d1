"""A unit's calendar: whole days, read by programs, opened by its own address only."""

import pytest
from django.urls import reverse

from campaigns import services
from campaigns.figures import calendar
from campaigns.models import ReportDuty
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(today, province, ward, unit_leader):
    campaign = factories.campaign(unit=province)
    ReportDuty.objects.create(
        campaign=campaign, code="nam", order=1, who="Thành viên", frequency="yearly", due="12-10"
    )
    services.join(campaign=campaign, unit=ward, actor=unit_leader)
    return ward


def test_the_calendar_names_the_last_day_as_a_whole_day(busy, client):
    answer = client.get(reverse("campaigns:calendar", args=[calendar.token_of(busy)]))

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20251210\r\n" in text
    assert "DTEND;VALUE=DATE:20251211\r\n" in text
    assert "Hạn gửi báo cáo năm 2025" in text.replace("\r\n ", "")


def test_no_line_is_longer_than_75_octets(busy):
    lines = calendar.calendar_of(busy, clock.now()).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_forged_address_is_not_found(busy, client):
    token = calendar.token_of(busy)
    other = f"{busy.pk + 1}{token.removeprefix(str(busy.pk))}"
    assert client.get(reverse("campaigns:calendar", args=[other])).status_code == 404
