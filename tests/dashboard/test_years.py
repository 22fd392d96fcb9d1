"""The dashboard over the years: units as they were, or what they went into by today."""

import datetime
from io import BytesIO

import openpyxl
import pytest

from accounts import services as units
from accounts.permissions import Role
from accounts.rules import NewUnit, Order
from awards.models import Award
from tests import factories
from tests.factories import awards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.date(2025, 7, 1)
PAGE = "/dieu-hanh/qua-cac-nam/"


@pytest.fixture
def wards(province):
    return [
        factories.unit(name, kind="ward", superior=province)
        for name in ("Phường Một", "Phường Hai", "Phường Ba")
    ]


@pytest.fixture
def granted(province, officer):
    """A function that enters so many valid awards of a unit in a year."""
    draft = awards.decision(unit=province, actor=officer)

    def enter(unit, year, number):
        for _n in range(number):
            row = awards.award(draft, name="Bà Trần Thị Số", unit=unit, actor=officer, year=year)
            count = Award.objects.count()
            Award.objects.filter(pk=row.pk).update(state="valid", golden_number=count)

    return enter


def shown(page):
    return {row.unit.name: row.numbers for row in page.context["rows"]}


def test_awards_of_units_as_they_were_and_by_units_of_today(
    signed_in, leader, wards, admin, granted
):
    one, two, three = wards
    granted(one, 2024, 2)
    granted(two, 2024, 1)
    granted(three, 2025, 1)
    units.merge_units(
        predecessors=[one, two], successor=three, on=DAY, document="NQ 1685", actor=admin
    )
    browser = signed_in(leader)

    was, today = browser.get(PAGE), browser.get(PAGE, {"so-sanh": "today"})

    nothing = [None, None, None]
    assert shown(was) == {
        "Phường Một": [*nothing, 2, None],
        "Phường Hai": [*nothing, 1, None],
        "Phường Ba": [*nothing, None, 1],
    }
    assert shown(today) == {"Phường Ba": [*nothing, 3, 1]}
    assert was.context["totals"] == today.context["totals"] == [*nothing, 3, 1]
    assert "gồm cả Phường Một, Phường Hai" in " ".join(today.content.decode().split())


def test_a_part_is_named_and_never_added(signed_in, leader, wards, admin, granted):
    one, _two, three = wards
    granted(one, 2024, 2)
    granted(three, 2024, 1)
    new = (NewUnit("Phường Bốn", "ward"), NewUnit("Phường Năm", "ward"))
    order = Order(kind="split", on=DAY, document="NQ 1", units=(one,), new=new)
    units.reorganise(order=order, actor=admin)
    browser = signed_in(leader)

    page = browser.get(PAGE, {"so-sanh": "today"})

    assert shown(page)["Phường Bốn"] == [None] * 5
    assert shown(page)["Phường Một"][3] == 2
    assert "chỉ nhập một phần, không cộng: Phường Một" in " ".join(page.content.decode().split())


@pytest.mark.parametrize("how", ["", "today"])
def test_the_page_asks_the_same_questions_for_any_number_of_units(
    signed_in, leader, province, granted, how, django_assert_max_num_queries
):
    for number in range(30):
        granted(factories.unit(f"Phường {number}", kind="ward", superior=province), 2024, 1)
    browser = signed_in(leader)

    with django_assert_max_num_queries(15):
        page = browser.get(PAGE, {"so-sanh": how})

    assert len(page.context["rows"]) == 25
    assert page.context["totals"][3] == 30


def test_the_workbook_says_the_same_as_the_page(signed_in, leader, wards, admin, granted):
    one, two, _three = wards
    granted(one, 2024, 2)
    units.merge_units(predecessors=[one], successor=two, on=DAY, document="NQ 1", actor=admin)

    book = signed_in(leader).get("/dieu-hanh/qua-cac-nam.xlsx", {"so-sanh": "today"})

    rows = list(openpyxl.load_workbook(BytesIO(book.content)).active.values)
    assert any(row[0] == "Phường Hai; gồm cả Phường Một" and row[4] == 2 for row in rows)


def test_only_what_is_in_reach_is_counted(signed_in, granted, wards):
    granted(wards[0], 2025, 1)
    granted(wards[1], 2025, 1)
    of_one = factories.member(Role.LEADER_VIEW, wards[0])

    page = signed_in(of_one).get(PAGE)

    assert list(shown(page)) == ["Phường Một"]


def test_unit_staff_compare_no_years(signed_in, staff):
    assert signed_in(staff).get(PAGE).status_code == 404


def test_the_dashboard_leads_to_the_years(signed_in, leader):
    assert f'href="{PAGE}"' in signed_in(leader).get("/dieu-hanh/").content.decode()
