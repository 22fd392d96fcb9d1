"""Months make a quarter and a year as a target says; nothing is averaged, nothing is invented."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import services as units
from accounts.models import Unit
from campaigns.figures import reports, results, runs, years
from campaigns.models import Target, TargetResult
from campaigns.rules import gathering, periods
from tests import factories
from tests.campaigns.resulting import enter, target

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def of(compare="at_least", measure="hồ sơ", gather=""):
    return Target(compare=compare, unit_of_measure=measure, gather=gather, value=10)


def kept(**said):
    """{period: figure}; `m07=5` is July, `q3=9` the third quarter."""
    named = {"m": "2025-", "q": "2025-Q", "h": "2025-H"}
    return {
        named[key[0]] + key[1:]: SimpleNamespace(value=Decimal(value), text="")
        for key, value in said.items()
    }


@pytest.mark.parametrize(
    ("made", "way"),
    [
        (of(), "sum"),
        (of(measure="%"), "last"),
        (of(measure="điểm"), "last"),
        (of(measure=""), "last"),
        (of("rank"), "last"),
        (of("yes_no"), "last"),
        (of("text"), "last"),
        (of(gather="none"), "none"),
        (of(measure="%", gather="none"), "none"),
        (of(gather="last"), "last"),
    ],
)
def test_a_target_gathers_as_its_plan_says_else_by_its_kind(made, way):
    assert gathering.way_of(made) == way
    assert ("chưa xác nhận" in gathering.said_of(made)) is not bool(made.gather)


def test_what_is_counted_is_added_and_says_of_how_many_months():
    found = gathering.gathered(of(), "2025-Q3", kept(m07=5, m08=6, m09=7))
    assert (found.value, found.partial, found.words) == (18, False, "cộng 3 tháng")


def test_a_missing_month_is_missing_and_not_nought():
    found = gathering.gathered(of(), "2025-Q3", kept(m07=5, m09=7))
    assert (found.value, found.partial, found.words) == (12, True, "mới 2/3 tháng")
    assert gathering.gathered(of(), "2025-Q3", kept(m06=5)) is None


def test_of_what_is_not_added_the_last_one_stands_with_its_month():
    share = of(measure="%")
    found = gathering.gathered(share, "2025-Q3", kept(m07=50, m08=60, m09=40))
    assert (found.value, found.partial, found.words) == (40, False, "số của tháng 09/2025")
    early = gathering.gathered(share, "2025-Q3", kept(m07=50, m08=60))
    assert (early.value, early.partial, early.words) == (60, True, "số của tháng 08/2025")


def test_a_target_that_gathers_nothing_stays_without_a_figure():
    assert gathering.gathered(of(gather="none"), "2025-Q3", kept(m07=5, m08=6, m09=7)) is None


def test_a_year_takes_the_longest_that_was_reported_and_nothing_twice():
    said = kept(h1=30, q3=9, m07=1, m08=1, m09=1, m10=2, m11=3, m12=4, m01=99)
    found = gathering.gathered(of(), "2025", said)
    assert (found.value, found.months, found.partial) == (48, 12, False)


def test_months_in_which_a_unit_did_not_stand_are_not_missing():
    closed = Unit(closed_on=datetime.date(2025, 7, 1))
    half = {key: SimpleNamespace(value=Decimal(2), text="") for key in MONTHS[:6]}
    found = gathering.gathered(of(), "2025", half, closed)
    assert (found.value, found.partial) == (12, False)
    assert gathering.gathered(of(), "2025", half).partial


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow
@given(st.lists(st.none() | st.integers(0, 1000), min_size=12, max_size=12))
def test_a_year_of_months_is_their_sum_or_their_last_and_never_an_average(drawn):
    said = {key: number for key, number in zip(MONTHS, drawn, strict=True) if number is not None}
    figures = {key: SimpleNamespace(value=Decimal(v), text="") for key, v in said.items()}
    total = gathering.gathered(of(), "2025", figures)
    if not said:
        assert total is None
        return
    last = gathering.gathered(of(measure="%"), "2025", figures)
    assert total.value == sum(said.values())
    assert total.partial == (len(said) < 12)
    assert last.value == said[max(said)]
    assert last.partial == ("2025-12" not in said)


def test_a_period_knows_what_lies_in_it():
    assert gathering.within("2025-Q4") == ("2025-Q4", "2025-10", "2025-11", "2025-12")
    assert gathering.within("2025-11") == ("2025-11",)
    assert len(gathering.within("2025")) == 1 + 2 + 4 + 12
    assert all(periods.read(key) for key in gathering.within("2025"))


# --- on pages ----------------------------------------------------------------------------------


@pytest.fixture
def programme(today, province, agency):
    return factories.campaign(unit=province, steward=agency, kind="programme")


@pytest.fixture
def counted(programme):
    return target(programme, value=100, unit_of_measure="hồ sơ")


@pytest.fixture
def share(programme):
    return target(programme, code="T02", order=2, value=50)


def months(programme, unit, actor, row, *values, first=7):
    for month, value in enumerate(values, start=first):
        enter(programme, unit, {row: value}, actor, period=f"2025-{month:02d}")


@pytest.mark.django_db
def test_quarters_of_the_province_are_made_of_its_months(
    programme, province, counted, share, steward, signed_in
):
    months(programme, province, steward, counted, 50, 30, 40)
    months(programme, province, steward, share, 40, 60)

    page = signed_in(steward).get(
        reverse("campaigns:results", args=[programme.pk]), {"theo": "quy", "ky": "2025-Q3"}
    )

    text = " ".join(page.content.decode().split())
    assert "120" in text
    assert "cộng 3 tháng" in text
    assert "số của tháng 08/2025" in text
    assert page.context["over"]["reached"][-2] == (1, 1)  # the share has no figure of September


@pytest.mark.django_db
def test_one_quarter_of_the_province_too_and_what_is_partial_has_no_figure_yet(
    programme, province, counted, steward, signed_in
):
    months(programme, province, steward, counted, 90, 30)

    page = signed_in(steward).get(
        reverse("campaigns:results", args=[programme.pk]), {"ky": "2025-Q3"}
    )

    assert "mới 2/3 tháng" in page.content.decode()
    assert page.context["counts"] == {"met": 0, "open": 0, "missing": 1, "all": 1}


@pytest.mark.django_db
def test_the_quarter_before_says_that_it_is_partial_too(
    programme, province, counted, steward, signed_in
):
    months(programme, province, steward, counted, 5, first=6)
    months(programme, province, steward, counted, 50, 30, 40)

    page = signed_in(steward).get(
        reverse("campaigns:results", args=[programme.pk]), {"ky": "2025-Q3"}
    )

    assert page.context["lines"][0].earlier == "5 (mới 1/3 tháng)"
    assert "5 (mới 1/3 tháng)</small>" in page.content.decode()


@pytest.mark.django_db
def test_what_was_reported_for_the_quarter_stands_before_its_months(
    programme, province, counted, steward
):
    months(programme, province, steward, counted, 50, 30, 40)
    enter(programme, province, {counted: 7}, steward, period="2025-Q3")

    line = results.lines(programme, "2025-Q3")[0]

    assert (line.own.value, line.gathered) == (7, None)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 9])
def test_a_target_adds_its_units_quarter_by_quarter_and_asks_as_often(
    programme, province, counted, admin, number, django_assert_num_queries
):
    for _n in range(number):
        unit = factories.unit(superior=province)
        for month in (7, 8, 9):
            TargetResult.objects.create(
                target=counted, unit=unit, period=f"2025-{month:02d}", value=40, by=admin
            )
    keys = ["2025-Q3", "2025-Q4"]

    with django_assert_num_queries(3):
        rows = runs.of_units(counted, runs.units_of(counted, keys), keys)
        sums = runs.sums_of(counted, keys)

    assert [row.cells[0].result.value for row in rows if not row.empty] == [120] * number
    assert (sums[0].reported, sums[0].met, sums[0].total) == (
        number,
        number,
        runs.rules.said(Decimal(120 * number)),
    )
    assert sums[1] == runs.Sum()


@pytest.mark.django_db
def test_by_units_of_today_months_of_a_closed_unit_are_added(programme, province, counted, admin):
    old, new = (factories.unit(name, superior=province) for name in ("Phường Một", "Phường Hai"))
    for unit, upto in ((old, 6), (new, 12)):
        for month in range(1, upto + 1):
            TargetResult.objects.create(
                target=counted, unit=unit, period=f"2025-{month:02d}", value=1, by=admin
            )
    units.merge_units(
        predecessors=[old],
        successor=new,
        on=datetime.date(2025, 7, 1),
        document="NQ 202",
        actor=admin,
    )
    table = years.Table(counted, ["2025"], years.AS_TODAY, datetime.date(2025, 12, 1))

    cell = next(row for row in table.rows(table.units()) if row.head == new).cells[0]

    assert (cell.result.value, cell.whole, cell.of) == (18, True, 2)


@pytest.mark.django_db
def test_by_units_of_today_a_stock_of_a_closed_unit_is_not_added_to_its_successors(
    programme, province, admin
):
    stock = target(programme, unit_of_measure="doanh nghiệp", gather="last")
    old, new = (factories.unit(name, superior=province) for name in ("Phường Một", "Phường Hai"))
    for unit, month, value in ((old, 6, 5), (new, 6, 7), (new, 12, 13)):
        TargetResult.objects.create(
            target=stock, unit=unit, period=f"2025-{month:02d}", value=value, by=admin
        )
    units.merge_units(
        predecessors=[old],
        successor=new,
        on=datetime.date(2025, 7, 1),
        document="NQ 202",
        actor=admin,
    )
    keys = ["2025-Q2", "2025"]
    table = years.Table(stock, keys, years.AS_TODAY, datetime.date(2025, 12, 31))

    row = next(row for row in table.rows(table.units()) if row.head == new)

    assert [cell.result.value for cell in row.cells] == [12, 13]


@pytest.fixture
def young(province):
    """A unit that opened in the middle of the year."""
    unit = factories.unit("Phường Mới", superior=province)
    unit.opened_on = datetime.date(2025, 7, 1)
    unit.save()
    return unit


@pytest.mark.django_db
def test_a_unit_of_half_a_year_has_one_figure_of_it_wherever_it_is_shown(
    programme, counted, young, admin
):
    for month in range(7, 13):
        TargetResult.objects.create(
            target=counted, unit=young, period=f"2025-{month:02d}", value=20, by=admin
        )

    cells = [
        runs.of_unit(programme, young, ["2025"])[0].cells[0],
        runs.of_units(counted, [young], ["2025"])[0].cells[0],
        reports.results_of(young, programme, "2025")[counted.pk],
    ]
    said = runs.sums_of(counted, ["2025"])[0]

    assert [(each.figure, each.note, each.progress.met) for each in cells] == [
        ("120", "cộng 6 tháng", True)
    ] * 3
    assert all(cell.whole for cell in cells)  # so the yearly report is filled in with it
    assert (said.reported, said.met, said.total, said.spread) == (1, 1, "120", "120")


@pytest.mark.django_db
def test_months_before_it_opened_are_not_missing_in_the_campaigns_own_unit(
    programme, province, counted, admin
):
    province.opened_on = datetime.date(2025, 7, 1)
    province.save()
    for month in range(7, 13):
        TargetResult.objects.create(
            target=counted, unit=province, period=f"2025-{month:02d}", value=20, by=admin
        )

    line = results.lines(type(programme).objects.get(pk=programme.pk), "2025")[0]

    assert (line.figure, line.gathered.words, line.missing) == ("120", "cộng 6 tháng", False)


@pytest.mark.django_db
def test_a_stock_is_summed_over_units_that_stand_at_the_end(programme, province, admin):
    stock = target(programme, unit_of_measure="doanh nghiệp", gather="last")
    old, new = (factories.unit(name, superior=province) for name in ("Phường Một", "Phường Hai"))
    for unit, month, value in ((old, 6, 5), (new, 6, 7), (new, 12, 13)):
        TargetResult.objects.create(
            target=stock, unit=unit, period=f"2025-{month:02d}", value=value, by=admin
        )
    units.merge_units(
        predecessors=[old],
        successor=new,
        on=datetime.date(2025, 7, 1),
        document="NQ 202",
        actor=admin,
    )

    quarter, year = runs.sums_of(stock, ["2025-Q2", "2025"])

    assert (quarter.total, year.total, year.reported) == ("12", "13", 2)


@pytest.mark.django_db
def test_a_stock_of_units_that_are_all_gone_is_not_nought(programme, province, admin):
    stock = target(programme, unit_of_measure="doanh nghiệp", gather="last")
    gone = factories.unit("Phường Một", superior=province)
    TargetResult.objects.create(target=stock, unit=gone, period="2025-06", value=5, by=admin)
    gone.closed_on = datetime.date(2025, 7, 1)
    gone.save()

    assert runs.sums_of(stock, ["2025"])[0].total == "5"
