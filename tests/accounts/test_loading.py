"""The real reorganisation of 1 July 2025, with its real numbers."""

import datetime
from collections import Counter

import pytest
from django.core.management import call_command
from vietnam_provinces import ProvinceCode, Ward

from accounts import rules, services
from accounts.models import CodeSystem, Succession, Unit, UnitChange, UnitVersion
from accounts.permissions import Perm, Role
from accounts.rules import places
from core.audit.models import Entry
from core.text import fold
from tests import factories

DAY = datetime.date(2025, 7, 1)
EVE = datetime.date(2025, 6, 30)


# --- what the file says, beside the package and the resolutions -------------------------------


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("31", {"Phường": 45, "Xã": 67, "Đặc khu": 2}),  # 114
        ("82", {"Phường": 20, "Xã": 82}),  # 102
    ],
)
def test_the_communes_of_today_are_those_of_the_package(code, kinds):
    _day, known = places.published()

    assert known[code].kinds() == kinds
    wards = Ward.iter_by_province(ProvinceCode(int(code)))
    assert {fold(c.name) for c in known[code].communes} == {fold(ward.name) for ward in wards}


def test_the_codes_of_today_are_those_of_the_package_but_for_five_that_it_corrected_later():
    _day, known = places.published()

    theirs = {f"{ward.code.value:05d}" for ward in Ward.iter_all()}
    apart = {code: {c.code for c in known[code].communes} - theirs for code in known}
    assert apart == {"31": {"10507", "10792", "10837", "10891", "11329"}, "82": set()}


def test_a_commune_that_is_here_under_another_code_is_not_opened_twice(db):
    root = factories.unit("Thành phố Hải Phòng", kind="province")
    services.found_unit(
        name="Phường Thành Đông", kind="ward", superior=root, since=DAY, code="10510"
    )

    services.load_reorganisation("31", actor=None)

    assert Unit.objects.filter(name="Phường Thành Đông").count() == 1


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("31", {"30": ("Tỉnh Hải Dương", 12, 207), "31": ("Thành phố Hải Phòng", 15, 167)}),
        ("82", {"82": ("Tỉnh Tiền Giang", 11, 164), "87": ("Tỉnh Đồng Tháp", 12, 141)}),
    ],
)
def test_the_provinces_before_have_their_districts_and_communes(code, before):
    _day, known = places.published()

    said = {f.code: (f.name, len(f.districts), len(f.communes)) for f in known[code].before}
    assert said == before


def test_each_commune_of_today_has_something_that_went_into_it_except_the_island_district():
    _day, known = places.published()

    for province in known.values():
        into = {code for former in province.before for c in former.communes for code in c.into}
        alone = [c.name for c in province.communes if c.code not in into]
        assert alone == (["Đặc khu Bạch Long Vĩ"] if province.code == "31" else [])


# --- loading it ----------------------------------------------------------------------------------


@pytest.fixture
def dong_thap(db):
    services.load_reorganisation("82", actor=None)
    return Unit.objects.get(name="Tỉnh Đồng Tháp")


def test_an_empty_portal_has_both_times_afterwards(dong_thap):
    kinds = Counter(Unit.objects.filter(closed_on=None).values_list("kind", flat=True))
    closed = Counter(Unit.objects.filter(closed_on=DAY).values_list("kind", flat=True))

    assert kinds == {"province": 1, "ward": 20, "commune": 82}
    assert closed["district"] == 23
    assert closed["province"] == 1
    assert closed["ward"] + closed["commune"] == 164 + 141
    assert not any(Unit.objects.find_problems())


def test_province_code_82_is_tien_giang_before_and_dong_thap_after(dong_thap):
    rows = UnitVersion.objects.filter(code="82").order_by("valid_from")

    assert [(row.name, row.code_system, row.valid_to) for row in rows] == [
        ("Tỉnh Tiền Giang", CodeSystem.THREE, EVE),
        ("Tỉnh Đồng Tháp", CodeSystem.TWO, None),
    ]
    assert rules.standing_for(Unit.objects.get(name="Tỉnh Tiền Giang"), DAY) == dong_thap


def test_commune_code_28249_names_another_place_from_that_day_on(dong_thap):
    rows = UnitVersion.objects.filter(code="28249").order_by("valid_from")

    assert [(row.name, row.valid_from) for row in rows] == [
        ("Phường 5", rows[0].valid_from),
        ("Phường Đạo Thạnh", DAY),
    ]


def test_a_commune_that_was_divided_has_parts_and_no_heir(db):
    services.load_reorganisation("31", actor=None)
    divided = UnitVersion.objects.get(code="10528", code_system="three").unit

    extents = set(Succession.objects.filter(predecessor=divided).values_list("extent", flat=True))
    assert extents == {"part"}
    assert Unit.objects.get_parent(divided).name == "Thành phố Hải Phòng"
    assert rules.standing_for(divided, DAY) == divided


def test_an_island_district_became_a_special_zone(db):
    services.load_reorganisation("31", actor=None)

    zone = Unit.objects.get(name="Đặc khu Bạch Long Vĩ")
    assert [unit.name for unit in rules.predecessors_of(zone)] == ["Huyện Bạch Long Vĩ"]
    assert rules.standing_for(Unit.objects.get(name="Tỉnh Hải Dương"), DAY).name == (
        "Thành phố Hải Phòng"
    )


def test_loading_again_changes_nothing(dong_thap):
    before = (Unit.objects.count(), UnitChange.objects.count(), Succession.objects.count())

    again = services.load_reorganisation("82", actor=None)

    assert again.is_nothing
    assert before == (Unit.objects.count(), UnitChange.objects.count(), Succession.objects.count())


def test_it_takes_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        services.load_reorganisation("82", actor=None)


def test_the_successor_reaches_what_a_whole_predecessor_left(dong_thap):
    old = UnitVersion.objects.get(code="28249", code_system="three").unit
    heir = rules.standing_for(old, DAY)
    head = factories.member(Role.UNIT_LEADER, heir)

    assert old in Unit.objects.visible_to(head, Perm.UNIT_READ)


def test_a_commune_that_stands_here_is_closed_with_what_follows(province, admin):
    old = services.found_unit(
        name="Phường 5",
        kind="ward",
        superior=province,
        since=datetime.date(2020, 1, 1),
        code="28249",
    )
    staff = factories.member(Role.UNIT_STAFF, old)

    done = services.load_reorganisation("82", actor=admin)

    old.refresh_from_db()
    heir = rules.standing_for(old, DAY)
    assert (done.merged, old.closed_on) == (1, DAY)
    assert staff.memberships.filter(unit=heir, from_day=DAY).exists()
    assert not Unit.objects.find_problems()[0]


def test_a_portal_of_hai_duong_goes_into_hai_phong_with_its_departments(db, today):
    old = services.found_unit(
        name="Tỉnh Hải Dương",
        kind="province",
        superior=None,
        since=datetime.date(2020, 1, 1),
        code="30",
    )
    agency = factories.unit("Sở Nội vụ", superior=old)
    admin = factories.member(Role.ADMIN, old)

    done = services.load_reorganisation("31", actor=admin)

    now = Unit.objects.get(name="Thành phố Hải Phòng")
    assert (done.merged, done.apart) == (1, False)
    assert Unit.objects.get_parent(Unit.objects.get(pk=agency.pk)) == now
    assert rules.standing_for(Unit.objects.get(pk=old.pk), DAY) == now
    assert admin.memberships.filter(unit=now, from_day=DAY).exists()
    assert not any(Unit.objects.find_problems())


def test_the_command_says_what_it_did(db, capsys):
    call_command("load_reorganisation", "82")

    assert (
        capsys.readouterr().out == "103 opened, 329 of before entered, 0 closed, 309 successions\n"
    )


# --- the page --------------------------------------------------------------------------------------


def test_the_page_shows_first_and_loads_then(signed_in, admin, province):
    browser, address = signed_in(admin), "/sap-xep/01-07-2025/"
    assert "Tỉnh Tiền Giang (mã 82): 11 đơn vị cấp huyện, 164 đơn vị cấp xã" in " ".join(
        browser.get(address).content.decode().split()
    )

    page = browser.post(address, {"province": "82"})
    assert page.context["would"].remembered == 329
    assert not UnitChange.objects.exists()

    answer = browser.post(address, {"province": "82", "seen": page.context["form"].data["seen"]})
    assert answer.url == "/sap-xep/"
    assert Unit.objects.filter(closed_on=DAY).count() == 329
    assert Entry.objects.get(verb="unit.load").unit == province


def test_another_province_than_the_portals_is_pointed_out(signed_in, admin, province):
    page = signed_in(admin).post("/sap-xep/01-07-2025/", {"province": "31"})

    assert page.context["would"].apart
    assert "phục vụ tỉnh, thành phố khác" in page.content.decode()


def test_the_page_is_for_who_manages_units(signed_in, staff):
    assert signed_in(staff).get("/sap-xep/01-07-2025/").status_code == 404


def test_the_page_names_what_is_closed_and_what_follows_before_it_loads(signed_in, admin, province):
    old = services.found_unit(
        name="Phường 5",
        kind="ward",
        superior=province,
        since=datetime.date(2020, 1, 1),
        code="28249",
    )
    factories.member(Role.UNIT_STAFF, old)

    page = signed_in(admin).post("/sap-xep/01-07-2025/", {"province": "82"})

    said = page.content.decode()
    assert page.context["would"].closing == ["Phường 5"]
    assert {line["what"]: line["number"] for line in page.context["would"].lines}[
        "Vai trò trong đơn vị"
    ] == 1
    assert "<li>Phường 5</li>" in said
    assert "Vai trò trong đơn vị" in said
    assert said.index("Mức độ rút lại được") < said.index("bi-check-lg")
    assert Unit.objects.get(pk=old.pk).closed_on is None

    services.load_reorganisation("82", actor=admin)
    services.undo(change=UnitChange.objects.get(by=admin), because="Nạp nhầm", actor=admin)
    assert Unit.objects.get(pk=old.pk).closed_on is None


def test_an_administrator_of_one_unit_does_not_load_for_all(signed_in, province, ward):
    admin = factories.member(Role.ADMIN, ward)
    browser = signed_in(admin)

    assert browser.get("/sap-xep/01-07-2025/").status_code == 404
    assert "/sap-xep/01-07-2025/" not in browser.get("/sap-xep/").content.decode()
    with pytest.raises(services.Blocked, match="toàn bộ đơn vị"):
        services.load_reorganisation("82", actor=admin)
    assert not UnitChange.objects.exists()
