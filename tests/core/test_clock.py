import os
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as dt_time

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from core.clock import clock
from core.clock.days import DayOf
from core.clock.middleware import HeldClockMiddleware
from core.clock.models import DemoClock

pytestmark = pytest.mark.django_db

DAY = date(2025, 12, 10)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Ho_Chi_Minh"])
def _machine_in(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.mark.usefixtures("_machine_in")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Ho_Chi_Minh"])
@pytest.mark.parametrize(
    ("edge", "inside"),
    [(-MICROSECOND, True), (timedelta(0), False), (MICROSECOND, False)],
)
def test_the_last_instant_of_a_day_is_in_time_wherever_the_machine_stands(
    settings, zone, edge, inside
):
    settings.TIME_ZONE, settings.DEMO = zone, True
    midnight_in_vietnam = datetime(2025, 12, 10, 17, tzinfo=UTC)

    with clock.standing_at(midnight_in_vietnam + edge):
        assert (clock.as_instant(DAY) <= clock.now() < clock.end_of(DAY)) is inside
        assert (clock.today() == DAY) is inside


@pytest.mark.usefixtures("_machine_in")
def test_a_day_begins_at_midnight_in_vietnam():
    assert clock.as_instant(DAY) == datetime(2025, 12, 9, 17, tzinfo=UTC)
    assert clock.end_of(DAY) == clock.as_instant(date(2025, 12, 11))


def test_outside_the_demo_it_is_now(settings):
    settings.DEMO = False
    DemoClock.objects.create(day=DAY, moved_at=clock.real_now())

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_outside_the_demo_the_clock_cannot_be_moved(settings):
    settings.DEMO = False

    with pytest.raises(clock.ClockStands):
        clock.move(DAY, actor=None)
    with pytest.raises(clock.ClockStands), clock.standing_at(clock.as_instant(DAY)):
        pass
    assert not DemoClock.objects.exists()


def test_in_the_demo_it_is_the_day_of_the_demo_with_the_present_time_of_day(settings):
    settings.DEMO = True
    clock.move(DAY, actor=None)

    real = clock.real_now().astimezone(clock.ZONE)
    shown = clock.now().astimezone(clock.ZONE)

    assert clock.today() == DAY
    same_time = datetime.combine(DAY, real.time(), tzinfo=clock.ZONE)
    assert abs(shown - same_time) < timedelta(minutes=1)


def test_the_demo_can_be_moved_again(settings):
    settings.DEMO = True
    clock.move(DAY, actor=None)

    clock.move(date(2026, 1, 5), actor=None)

    assert clock.today() == date(2026, 1, 5)


@pytest.mark.parametrize("at", [dt_time(23, 59, 59, 999_000), dt_time(0, 0)])
def test_a_stopped_clock_stands_at_its_instant(settings, at):
    settings.DEMO = True
    clock.move(DAY, at=at, actor=None)

    shown = clock.now()

    assert shown == datetime.combine(DAY, at, tzinfo=clock.ZONE) == clock.stopped()
    assert clock.today() == DAY
    clock.move(DAY, actor=None)
    assert clock.stopped() is None


def test_there_is_one_demo_clock():
    with pytest.raises(IntegrityError), transaction.atomic():
        DemoClock.objects.create(id=2, day=DAY, moved_at=clock.real_now())


def test_a_demo_not_yet_loaded_stands_in_the_present(settings):
    settings.DEMO = True

    assert abs(clock.now() - clock.real_now()) < timedelta(minutes=1)


@pytest.mark.parametrize("demo", [True, False])
def test_a_page_is_one_instant_asked_for_once(settings, rf, django_assert_max_num_queries, demo):
    settings.DEMO = demo
    seen = []

    def page(request):
        seen.extend(clock.now() for _ in range(5))
        return HttpResponse()

    with django_assert_max_num_queries(1):
        HeldClockMiddleware(page)(rf.get("/"))

    assert len(set(seen)) == 1


def test_a_page_that_asks_nothing_costs_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        HeldClockMiddleware(lambda request: HttpResponse())(rf.get("/"))


def test_a_request_that_writes_is_not_held(rf):
    held = []

    HeldClockMiddleware(lambda request: held.append(clock._held.get()))(rf.post("/"))

    assert held == [None]


def test_leases_see_time_pass_within_a_transaction():
    with transaction.atomic():
        first = clock.real_now()
        time.sleep(0.01)
        assert clock.real_now() > first


def test_acts_of_one_transaction_have_one_time():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no time of the transaction")
    assert clock.now() == clock.now()


@pytest.mark.usefixtures("_machine_in")
@pytest.mark.parametrize("edge", [-MICROSECOND, timedelta(0), MICROSECOND])
def test_the_database_counts_days_as_viet_nam_does(settings, edge):
    settings.TIME_ZONE = "America/New_York"
    moment = datetime(2025, 12, 10, 17, tzinfo=UTC) + edge
    DemoClock.objects.create(pk=DemoClock.ONLY, day=DAY, moved_at=moment)

    assert list(DemoClock.objects.values_list(DayOf("moved_at"))) == [
        (moment.astimezone(clock.ZONE).date(),)
    ]
