"""Years beside each other: units as they were, or by units of today."""

import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from accounts import rules as unit_rules
from accounts import services as units
from campaigns import documents
from campaigns.figures import placing, years
from campaigns.models import Block, ScoreSheet, Target, TargetResult
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 1)
TODAY = datetime.date(2025, 12, 1)
KEYS = ["2024", "2025"]


@pytest.fixture
def wards(province):
    names = ("Phường Một", "Phường Hai", "Phường Ba")
    return [factories.unit(name, kind="ward", superior=province) for name in names]


@pytest.fixture
def target(today, province):
    campaign = factories.campaign(unit=province)
    return Target.objects.create(
        campaign=campaign,
        code="1.1",
        order=1,
        name="Số hồ sơ trực tuyến",
        compare="at_least",
        value=100,
        unit_of_measure="hồ sơ",
    )


def said(target, unit, year, value, by):
    TargetResult.objects.create(target=target, unit=unit, period=year, value=value, by=by)


def merge(old, into, actor, *, whole=True):
    order = units.Order(
        kind="merge" if whole else "separate",
        units=(old,),
        other=into,
        on=DAY,
        document="Nghị quyết",
    )
    return units.reorganise(order=order, actor=actor)


def table(target):
    found = years.standings(target, KEYS, TODAY)
    rows = years.of_today(target, [each.unit for each in found.values()], found, KEYS)
    return {str(row.head): [cell.figure for cell in row.cells] for row in rows}, rows


def test_what_is_counted_is_added_over_those_that_went_in_whole(target, wards, admin):
    one, two, _three = wards
    for unit, value in ((one, 40), (two, 60)):
        said(target, unit, "2024", value, admin)
    said(target, two, "2025", 130, admin)
    merge(one, two, admin)

    figures, rows = table(target)

    assert figures == {"Phường Hai": ["100", "130"]}
    assert [cell.of for cell in rows[0].cells] == [2, 1]
    assert [str(unit) for unit in rows[0].before] == ["Phường Một"]


def test_a_part_is_named_and_never_added(target, wards, admin):
    one, two, _three = wards
    said(target, one, "2024", 40, admin)
    said(target, two, "2024", 60, admin)
    merge(one, two, admin, whole=False)

    figures, rows = table(target)

    assert figures == {"Phường Một": ["40", ""], "Phường Hai": ["60", ""]}
    parts = {str(row.head): [str(unit) for unit in row.parts] for row in rows}
    assert parts == {"Phường Một": [], "Phường Hai": ["Phường Một"]}


def test_what_cannot_be_added_stands_beside_each_other(target, wards, admin):
    Target.objects.filter(pk=target.pk).update(unit_of_measure="%")
    target.refresh_from_db()
    one, two, _three = wards
    said(target, one, "2024", 40, admin)
    said(target, two, "2024", 60, admin)
    merge(one, two, admin)

    _figures, rows = table(target)

    assert rows[0].cells[0].result is None
    assert sorted(rows[0].cells[0].apart) == [("Phường Hai", "60"), ("Phường Một", "40")]


def test_mergers_in_a_row_lead_to_the_unit_of_today(wards, admin):
    one, two, three = wards
    merge(one, two, admin)
    order = units.Order(
        kind="merge",
        units=(two,),
        other=three,
        on=DAY + datetime.timedelta(days=1),
        document="Nghị quyết",
    )
    units.reorganise(order=order, actor=admin)
    fresh = [type(one).objects.get(pk=unit.pk) for unit in wards]

    found = unit_rules.as_today(fresh, TODAY)

    assert {str(each.unit): len(each.whole) for each in found.values()} == {"Phường Ba": 3}
    assert {str(each.unit) for each in unit_rules.as_today(fresh, DAY).values()} == {
        "Phường Hai",
        "Phường Ba",
    }


def test_a_change_that_was_taken_back_does_not_count(wards, admin):
    change = merge(wards[0], wards[1], admin)
    units.undo(change=change, because="Nhầm", actor=admin)
    fresh = [type(wards[0]).objects.get(pk=unit.pk) for unit in wards]

    assert len(unit_rules.as_today(fresh, TODAY)) == 3


def test_the_page_has_one_switch(signed_in, officer, target, wards, admin):
    one, two, _three = wards
    said(target, one, "2024", 40, admin)
    said(target, two, "2024", 60, admin)
    merge(one, two, admin)
    browser, address = signed_in(officer), reverse("campaigns:target_run", args=[target.pk])

    was = browser.get(address, {"theo": "nam"}).content.decode()
    today = browser.get(address, {"theo": "nam", "so-sanh": "today"}).content.decode()

    assert "Phường Một" in was
    assert "từ 2 đơn vị" not in was
    assert "gồm cả Phường Một" in today
    assert "từ 2 đơn vị" in today


def test_the_workbook_says_the_same_as_the_page(signed_in, officer, target, wards, admin):
    one, two, three = wards
    for unit, value in ((one, 40), (two, 60), (three, 5)):
        said(target, unit, "2024", value, admin)
    merge(one, two, admin)
    merge(three, two, admin, whole=False)

    book = signed_in(officer).get(
        reverse("campaigns:target_xlsx", args=[target.pk]), {"theo": "nam", "so-sanh": "today"}
    )

    rows = [row[0] for row in openpyxl.load_workbook(BytesIO(book.content)).active.values]
    joined = "Phường Hai; gồm cả Phường Một; chỉ nhập một phần, không cộng: Phường Ba"
    assert joined in rows
    assert "Phường Ba" in rows


@pytest.mark.parametrize("number", [1, 12])
def test_by_units_of_today_asks_the_same_for_any_number(
    target, province, admin, number, django_assert_num_queries
):
    for _n in range(number):
        said(target, factories.unit(superior=province), "2024", Decimal(1), admin)

    with django_assert_num_queries(4):
        table(target)


# --- the ranking beside last year's ----------------------------------------------------------------


def last_year(field, province, *ranked):
    old = Block.objects.create(unit=province, year=2024, name="Khối thi đua số 1")
    Block.objects.filter(pk=field.block.pk).update(previous=old)
    for place, unit in enumerate(ranked, start=1):
        ScoreSheet.objects.create(
            block=old,
            unit=unit,
            unit_name=unit.name,
            criteria_set=field.set,
            state="published",
            place=place,
            appraised_points=40 - place,
        )


def ranked(field, how):
    rows = placing.table(Block.objects.get(pk=field.block.pk), how)
    return next(row for row in rows if row.sheet.unit_id == field.units[0].pk)


def test_one_predecessor_lends_its_place_of_last_year(field, province, wards, admin):
    last_year(field, province, wards[0], wards[1])
    merge(wards[1], field.units[0], admin)
    field.bring(field.sheet(0), "scored")

    assert ranked(field, years.AS_WAS).last_place is None
    row = ranked(field, years.AS_TODAY)
    assert (row.last_place, row.moved, row.last_points) == (2, 1, 38)


def test_several_predecessors_stand_beside_each_other(
    field, province, wards, admin, signed_in, officer
):
    last_year(field, province, wards[0], wards[1])
    merge(wards[0], field.units[0], admin)
    merge(wards[1], field.units[0], admin)
    field.bring(field.sheet(0), "scored")

    row = ranked(field, years.AS_TODAY)
    page = signed_in(officer).get(
        reverse("campaigns:ranking", args=[field.block.pk]), {"so-sanh": "today"}
    )

    assert (row.last_place, row.moved) == (None, None)
    assert {sheet.unit_name for sheet in row.before} == {"Phường Một", "Phường Hai"}
    assert "Không cộng hạng và điểm của nhiều đơn vị." in page.content.decode()


def test_paper_and_workbook_of_the_ranking_say_last_year_as_the_page_does(
    field, province, wards, admin, signed_in, officer
):
    last_year(field, province, wards[0], wards[1])
    merge(wards[0], field.units[0], admin)
    merge(wards[1], field.units[0], admin)
    field.bring(field.sheet(0), "scored")
    block = Block.objects.get(pk=field.block.pk)
    client = signed_in(officer)
    address = reverse("campaigns:ranking_xlsx", args=[block.pk])

    def notes(**said):
        book = openpyxl.load_workbook(BytesIO(client.get(address, said).content)).active
        return [str(row[5] or "") for row in book.values]

    words = "Năm trước: Phường Một: hạng 1, 39 điểm; Phường Hai: hạng 2, 38 điểm"
    with translation.override("vi"):
        paper = documents.ranking_context(block, published=False, how=years.AS_TODAY)
        before = documents.ranking_context(block, published=False)
    assert any(words in str(row[4]) for row in paper["table"]["rows"])
    assert not any("Năm trước" in str(row[4]) for row in before["table"]["rows"])
    assert any(words in note for note in notes(**{"so-sanh": "today"}))
    assert not any("Năm trước" in note for note in notes())
    page = client.get(reverse("campaigns:ranking", args=[block.pk]), {"so-sanh": "today"})
    assert f'href="{address}?so-sanh=today"' in page.content.decode()
    pdf = client.get(reverse("campaigns:ranking_pdf", args=[block.pk]), {"so-sanh": "today"})
    assert pdf.content.startswith(b"%PDF")
