from datetime import date, timedelta

import pytest
from django.core.management import call_command

from core.clock import clock
from core.workdays import calendar, count
from core.workdays.models import Holiday

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _holidays():
    calendar.load()


def day(written):
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-12-01", "2025-12-01", 0),  # the first day does not count itself
        ("2025-12-01", "2025-12-02", 1),
        ("2025-12-05", "2025-12-08", 1),  # Friday to Monday
        ("2025-12-01", "2025-12-31", 22),
        ("2025-01-24", "2025-02-03", 1),  # Tết Ất Tỵ
        ("2025-04-25", "2025-05-05", 4),  # Saturday 26/4 worked for Friday 2/5
        ("2025-12-31", "2026-01-05", 1),  # 1/1 and the day exchanged after it
        ("2025-12-08", "2025-12-05", 0),  # the end is before the start
    ],
)
def test_working_days_between(start, end, days):
    assert count.between(day(start), day(end)) == days


@pytest.mark.parametrize("days", [1, 6, 7, 8, 40, 400])
def test_whole_weeks_are_counted_as_day_by_day(days):
    known = count.calendar()
    for offset in range(366):
        start = day("2025-01-01") + timedelta(days=offset)
        stretch = [start + timedelta(days=n) for n in range(1, days + 1)]
        assert known.between(start, stretch[-1]) == sum(map(known.works, stretch))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2025-12-01", 0, "2025-12-01"),
        ("2025-12-01", 5, "2025-12-08"),
        ("2025-12-06", 1, "2025-12-08"),  # received on a Saturday
        ("2025-12-31", 1, "2026-01-05"),
        ("2025-04-25", 1, "2025-04-26"),  # the exchanged Saturday
    ],
)
def test_due_day(start, n, end):
    assert count.due(day(start), n) == day(end)


@pytest.mark.parametrize("n", range(0, 60, 7))
def test_as_many_days_lie_before_the_due_day_as_were_given(n):
    for offset in range(14):
        start = day("2025-04-14") + timedelta(days=offset)
        assert count.between(start, count.due(start, n)) == n


@pytest.mark.parametrize(
    ("today", "left"), [("2025-12-08", 2), ("2025-12-10", 0), ("2025-12-12", -2)]
)
def test_days_left_fall_below_nothing_when_late(today, left):
    assert count.left(day(today), day("2025-12-10")) == left


def test_a_stopped_clock_counts_only_while_it_ran():
    ran = [
        (day("2025-12-01"), day("2025-12-04")),
        (day("2025-12-10"), day("2025-12-12")),
    ]

    assert count.spent(ran) == 3 + 2


def test_a_clock_stopped_and_started_on_one_day_loses_nothing():
    whole = count.between(day("2025-12-01"), day("2025-12-19"))
    pieces = [
        ("2025-12-01", "2025-12-05"),
        ("2025-12-05", "2025-12-05"),
        ("2025-12-05", "2025-12-19"),
    ]

    assert count.spent((day(start), day(end)) for start, end in pieces) == whole


def test_a_day_covered_twice_counts_once():
    ran = [
        (day("2025-12-01"), day("2025-12-10")),
        (day("2025-12-03"), day("2025-12-05")),
    ]

    assert count.spent(ran) == count.between(day("2025-12-01"), day("2025-12-10"))


def test_a_calendar_without_working_days_does_not_hang():
    every_day = frozenset(day("2025-01-01") + timedelta(days=n) for n in range(4000))
    with pytest.raises(ValueError, match="no 1 working days"):
        count.Calendar(off=every_day, working=frozenset()).due(day("2025-01-01"), 1)


def test_a_page_reads_the_calendar_once(django_assert_num_queries):
    with clock.hold(), django_assert_num_queries(1):
        for n in range(20):
            count.due(day("2025-12-01"), n)


def test_loading_the_holidays_again_changes_nothing(capsys):
    before = list(Holiday.objects.values())

    call_command("load_holidays")

    assert list(Holiday.objects.values()) == before


def test_loading_leaves_days_that_somebody_added():
    Holiday.objects.create(day=day("2025-11-24"), kind="off", name="Added", source="Notice")

    calendar.load()

    assert Holiday.objects.filter(name="Added").exists()


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        ("off: [2025-12-06]", "days off are weekdays"),
        ("working: [2025-12-05]", "exchanged days weekends"),
        ("off: [2025-12-05, 2025-12-05]", "twice"),
        ("off: [soon]", "not a day"),
    ],
)
def test_a_faulty_file_is_refused_with_its_row(tmp_path, faulty, says):
    path = tmp_path / "holidays.yaml"
    path.write_text(f"- {{name: Lễ, source: Luật, {faulty}}}", encoding="utf-8")

    with pytest.raises(ValueError, match=says):
        calendar.load(path)


@pytest.mark.parametrize("year", range(2022, 2027))
def test_every_year_has_its_statutory_days_off(year):
    """11 days by the Labour Code; more only where days are exchanged."""
    off = Holiday.objects.filter(day__year=year, kind=Holiday.Kind.OFF).count()
    exchanged = Holiday.objects.filter(day__year=year, kind=Holiday.Kind.WORKING).count()

    assert off == 11 + exchanged
