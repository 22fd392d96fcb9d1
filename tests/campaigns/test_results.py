"""Results of targets: in the target's direction, missing never nought, never averaged."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.figures import results as figures
from campaigns.figures import runs
from campaigns.models import TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules
from core.audit.models import Entry
from core.workflow import Blocked
from tests import factories
from tests.campaigns.resulting import MONTH, enter, target

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("compare", "goal", "value", "met", "share"),
    [
        ("at_least", 30, "30", True, 100),
        ("at_least", 30, "15", False, 50),
        ("at_least", 30, "0", False, 0),
        ("more_than", 40, "40", False, 100),
        ("at_most", 5, "4.5", True, None),
        ("at_most", 5, "6", False, None),
        ("less_than", 5, "5", False, None),
        ("equal", 90, "45", False, 50),
        ("equal", 0, "0", True, None),
        ("equal", 0, "10000", False, None),
        ("rank", 20, "20", True, None),
        ("rank", 20, "25", False, None),
    ],
)
def test_progress_goes_in_the_targets_direction(programme, compare, goal, value, met, share):
    found = rules.progress(target(programme, compare=compare, value=goal), Decimal(value))
    assert (found.met, found.share) == (met, share)


def test_a_rank_is_so_many_places_behind_and_no_share(programme):
    found = rules.progress(target(programme, compare="rank", value=20), Decimal(25))
    assert found.words == "còn kém 5 bậc"


def test_what_is_missing_is_missing_and_not_nought(programme):
    assert rules.progress(target(programme), None).met is None
    assert rules.progress(target(programme, "T02"), Decimal(0)).met is False


def test_yes_or_no_and_words_are_no_numbers(programme):
    done = target(programme, compare="yes_no")
    assert rules.progress(done, Decimal(1)).met is True
    assert rules.progress(done, Decimal(0)).words == "chưa hoàn thành"
    said = target(programme, "T02", compare="text", text="ngang tầm khu vực")
    assert rules.progress(said, None, "đang triển khai") == rules.Progress(
        None, None, "đang triển khai"
    )


@pytest.mark.parametrize(
    ("compare", "measure", "added"),
    [
        ("at_least", "doanh nghiệp", True),
        ("equal", "thành phố", True),
        ("at_least", "% GRDP", False),
        ("at_least", "", False),
        ("rank", "bậc", False),
        ("yes_no", "", False),
    ],
)
def test_only_what_is_counted_is_added(programme, compare, measure, added):
    row = target(programme, compare=compare, unit_of_measure=measure)
    assert rules.may_be_added(row) is added


@pytest.mark.parametrize(
    ("value", "words"),
    [("12.0000", "12"), ("0.8000", "0,8"), ("12345.5", "12.345,5"), ("0", "0"), ("-3.20", "-3,2")],
)
def test_numbers_are_written_the_vietnamese_way(value, words):
    assert rules.said(Decimal(value)) == words


def test_the_province_counts_and_adds_but_never_averages(programme, province, ward, staff, steward):
    share = target(programme, value=50)
    count = target(programme, "T02", value=10, unit_of_measure="doanh nghiệp", order=2)
    other = factories.unit("Xã Khác", superior=province)
    enter(programme, ward, {share: "60", count: "4"}, staff)
    enter(programme, other, {share: "40", count: "5"}, staff)
    enter(programme, province, {share: "48.5"}, steward)

    first, second = figures.lines(programme, MONTH)
    assert (first.reported, first.met, first.total, first.spread) == (2, 1, None, "40 – 60")
    assert (first.figure, first.progress.met) == ("48,5", False)
    assert (second.reported, second.total, second.own) == (2, 9, None)
    assert second.progress.words == "chưa có số liệu"


def test_an_emptied_field_takes_the_figure_out_and_history_tells(programme, ward, staff):
    row = target(programme)
    assert enter(programme, ward, {row: "60"}, staff) == 1
    assert enter(programme, ward, {row: "60"}, staff) == 0
    assert enter(programme, ward, {row: None}, staff) == 1
    assert not TargetResult.objects.exists()
    last = Entry.objects.select_related("words").order_by("-pk").first()
    assert last.words.changes == {"T01": ["60", ""]}


def test_a_rank_with_a_fraction_and_a_strange_period_are_refused(programme, ward, staff):
    row = target(programme, compare="rank", value=20)
    with pytest.raises(Blocked):
        enter(programme, ward, {row: "2.5"}, staff)
    with pytest.raises(Blocked):
        enter(programme, ward, {row: "2"}, staff, period="2025-13")


@pytest.mark.parametrize(
    ("key", "by", "other"),
    [
        ("2025-01", -1, "2024-12"),
        ("2025-12", 1, "2026-01"),
        ("2025-Q4", 1, "2026-Q1"),
        ("2025-H1", -1, "2024-H2"),
        ("2025", -1, "2024"),
        ("2025-03", 14, "2026-05"),
    ],
)
def test_the_period_beside_is_of_the_same_length(key, by, other):
    assert periods.beside(periods.read(key), by) == periods.read(other)


def test_a_run_shows_each_period_as_reported_and_what_is_missing(programme, ward, staff):
    row = target(programme)
    enter(programme, ward, {row: "12"}, staff, period="2025-09")
    enter(programme, ward, {row: "31"}, staff, period="2025-11")
    enter(programme, ward, {row: "40"}, staff, period="2025-Q3")
    months = [f"2025-{number:02d}" for number in range(8, 12)]

    [run] = runs.of_unit(programme, ward, months)
    assert [cell.figure for cell in run.cells] == ["", "12", "", "31"]
    assert [cell.progress.met for cell in run.cells] == [None, False, None, True]
    assert runs.reached([run]) == [(0, 0), (0, 1), (0, 0), (1, 1)]
    assert not run.empty
    assert runs.of_unit(programme, ward, ["2024"])[0].empty


def test_units_that_reported_nothing_stand_in_the_run_of_a_target(programme, province, ward, staff):
    count = target(programme, value=10, unit_of_measure="doanh nghiệp")
    other = factories.unit("Xã Khác", superior=province)
    enter(programme, ward, {count: "4"}, staff)
    keys = ["2025-10", MONTH]

    units = list(runs.units_of(count, keys))
    assert {ward, other} <= set(units)
    rows = {run.head: run for run in runs.of_units(count, units, keys)}
    assert [cell.figure for cell in rows[ward].cells] == ["", "4"]
    assert rows[other].empty
    assert runs.sums_of(count, keys) == [runs.Sum(), runs.Sum(1, 0, "4", "4")]


def test_only_years_that_have_begun_and_the_five_last_stand_side_by_side(today):
    day = date(2025, 11, 10)
    assert [each.key for each in runs.shown("yearly", 2025, day)][0::4] == ["2021", "2025"]
    assert [each.key for each in runs.shown("quarterly", 2025, day)][-1] == "2025-Q4"
    assert len(runs.shown("monthly", 2025, day)) == 11


def test_a_chart_is_drawn_where_it_says_more_than_the_table(programme, ward, staff):
    number, said = target(programme), target(programme, "T02", compare="yes_no", order=2)
    keys = ["2025-08", "2025-09", "2025-10", MONTH]
    for key in keys[:3]:
        enter(programme, ward, {number: "12", said: "1"}, staff, period=key)
    drawn, words = runs.of_unit(programme, ward, keys)
    assert [numbers for _name, numbers in runs.drawn(drawn)] == [[12, 12, 12, None], [30] * 4]
    assert runs.drawn(words) == []
    assert runs.drawn(runs.of_unit(programme, ward, keys[:2])[0]) == []
