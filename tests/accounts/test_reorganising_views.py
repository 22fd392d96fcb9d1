"""Reorganising through the pages: nothing before it was shown, refusals beside their fields."""

import datetime

import pytest

from accounts import services
from accounts.models import Membership, Unit, UnitChange, UnitVersion
from accounts.permissions import Role
from core.documents.models import Document
from tests import factories
from tests.accounts.entering import DAY, PAPER, enter
from tests.factories import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(province):
    return factories.unit("Huyện Thanh Bình", kind="district", superior=province)


@pytest.mark.usefixtures("today")
def test_nothing_is_entered_before_what_follows_was_shown(signed_in, admin, ward, agency, staff):
    page = signed_in(admin).post(
        f"/don-vi/{ward.pk}/sap-nhap/", PAPER | {"other": agency.pk, "extent": "whole"}
    )

    assert "Vai trò trong đơn vị" in page.content.decode()
    assert Unit.objects.get(pk=ward.pk).closed_on is None


@pytest.mark.usefixtures("today")
def test_units_are_merged_as_it_was_shown(signed_in, admin, ward, agency, staff):
    _page, answer = enter(
        signed_in(admin),
        f"/don-vi/{ward.pk}/sap-nhap/",
        other=agency.pk,
        extent="whole",
        people="on",
    )

    change = UnitChange.objects.get()
    assert answer.url == f"/sap-xep/{change.pk}/"
    assert Unit.objects.get(pk=ward.pk).closed_on == DAY
    assert Membership.objects.get(user=staff, unit=agency).from_day == DAY


@pytest.mark.usefixtures("today")
def test_what_has_changed_meanwhile_is_shown_again(signed_in, admin, ward, agency):
    browser, address = signed_in(admin), f"/don-vi/{ward.pk}/sap-nhap/"
    typed = PAPER | {"other": agency.pk, "extent": "whole"}
    seen = browser.post(address, typed).context["form"].data["seen"]
    factories.member(Role.UNIT_STAFF, ward)

    page = browser.post(address, typed | {"seen": seen})

    assert page.status_code == 200
    assert Unit.objects.get(pk=ward.pk).closed_on is None


@pytest.mark.usefixtures("today")
def test_a_part_leaves_the_unit_standing(signed_in, admin, ward, agency):
    enter(signed_in(admin), f"/don-vi/{ward.pk}/sap-nhap/", other=agency.pk, extent="part")

    assert Unit.objects.get(pk=ward.pk).closed_on is None
    assert UnitChange.objects.get().successions.get().extent == "part"


@pytest.mark.usefixtures("today")
def test_a_unit_is_renamed_from_a_day_on(signed_in, admin, ward):
    enter(signed_in(admin), f"/don-vi/{ward.pk}/doi-ten/", name="Phường Mỹ Trà")

    assert Unit.objects.get(pk=ward.pk).name == "Phường Mỹ Trà"
    last = ward.versions.get(valid_to=datetime.date(2025, 6, 30))
    assert last.name == "Phường Cao Lãnh"


@pytest.mark.usefixtures("today")
def test_a_unit_is_split_and_the_first_takes_over(signed_in, admin, ward, staff):
    enter(
        signed_in(admin),
        f"/don-vi/{ward.pk}/chia/",
        names="Phường Mỹ Trà\nPhường Mỹ Ngãi",
        unit_kind="ward",
    )

    first = Unit.objects.get(name="Phường Mỹ Trà")
    assert Unit.objects.get_parent(Unit.objects.get(pk=ward.pk)) == first
    assert Unit.objects.get(name="Phường Mỹ Ngãi").opened_on == DAY


@pytest.mark.usefixtures("today")
def test_a_part_becomes_a_unit_of_its_own(signed_in, admin, ward, province):
    enter(signed_in(admin), f"/don-vi/{ward.pk}/tach/", names="Phường Mỹ Trà", unit_kind="ward")

    new = Unit.objects.get(name="Phường Mỹ Trà")
    assert Unit.objects.get_parent(new) == province
    assert Unit.objects.get(pk=ward.pk).closed_on is None


@pytest.mark.usefixtures("today")
def test_a_unit_is_moved_under_another(signed_in, admin, ward, agency):
    enter(signed_in(admin), f"/don-vi/{ward.pk}/chuyen/", other=agency.pk)

    moved = Unit.objects.get(pk=ward.pk)
    assert Unit.objects.get_parent(moved) == agency
    assert UnitVersion.objects.get(unit=ward, valid_from=DAY).superior == agency


@pytest.mark.usefixtures("today")
def test_a_unit_is_founded_by_a_document(signed_in, admin, province):
    _page, answer = enter(
        signed_in(admin),
        "/don-vi/moi/",
        name="Sở Dân tộc và Tôn giáo",
        unit_kind="department",
        other=province.pk,
    )

    assert answer.status_code == 302
    assert Unit.objects.get(name="Sở Dân tộc và Tôn giáo").opened_on == DAY


@pytest.mark.usefixtures("today")
def test_the_signed_document_is_kept_and_handed_out(signed_in, admin, ward, province):
    browser = signed_in(admin)
    paper = writing.document(province, admin)
    order_page = browser.get(f"/don-vi/{ward.pk}/doi-ten/")
    assert order_page.status_code == 200
    services.rename_unit(
        unit=ward, name="Phường Mỹ Trà", since=DAY, document="Nghị quyết 1", actor=admin
    )
    change = UnitChange.objects.get()
    UnitChange.objects.filter(pk=change.pk).update(file=paper)

    assert "to-trinh.pdf" in browser.get(f"/sap-xep/{change.pk}/").content.decode()
    assert browser.get(f"/sap-xep/{change.pk}/van-ban/").status_code == 200
    assert Document.objects.count() == 1
