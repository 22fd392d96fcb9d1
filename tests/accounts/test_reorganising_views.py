"""Reorganising through the pages: nothing before it was shown, refusals beside their fields."""

import datetime

import pytest

from accounts import services
from accounts.models import Membership, Unit, UnitChange, UnitVersion
from accounts.permissions import Role
from core.documents.models import Document
from tests import factories
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 1)
PAPER = {"on": "01/07/2025", "document": "Nghị quyết 202/2025/QH15"}


@pytest.fixture
def district(province):
    return factories.unit("Huyện Thanh Bình", kind="district", superior=province)


def enter(browser, address, **typed):
    """Type, read what follows, and enter it; the answers of both."""
    page = browser.post(address, PAPER | typed)
    if page.status_code != 200:
        return page, None
    seen = page.context["form"].data["seen"]
    return page, browser.post(address, PAPER | typed | {"seen": seen})


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


# --- refusals ----------------------------------------------------------------------------------


def refused(page):
    assert page.status_code == 422
    return [str(text) for texts in page.context["form"].errors.values() for text in texts]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": "02/12/2025"}, "Ngày này chưa tới."),
        ({"on": "01/01/2003"}, "bắt đầu từ ngày"),
        ({"signed_on": "02/12/2025"}, "không thể ký sau ngày hôm nay"),
    ],
)
def test_a_day_that_cannot_be_is_refused(signed_in, admin, ward, agency, typed, sentence):
    page = signed_in(admin).post(
        f"/don-vi/{ward.pk}/sap-nhap/",
        PAPER | {"other": agency.pk, "extent": "whole"} | typed,
    )

    assert any(sentence in text for text in refused(page))


@pytest.mark.usefixtures("today")
def test_a_dissolved_unit_changes_no_more(signed_in, admin, ward, agency):
    services.merge_units(
        predecessors=[ward], successor=agency, on=DAY, document="Nghị quyết 1", actor=admin
    )

    page = signed_in(admin).post(
        f"/don-vi/{ward.pk}/doi-ten/", PAPER | {"on": "01/08/2025", "name": "Phường Mỹ Trà"}
    )

    assert refused(page) == ["Phường Cao Lãnh đã kết thúc hoạt động từ ngày 01/07/2025."]


@pytest.mark.usefixtures("today")
def test_a_unit_does_not_go_into_what_is_below_it(signed_in, admin, province, ward):
    page = signed_in(admin).post(
        f"/don-vi/{province.pk}/sap-nhap/", PAPER | {"other": ward.pk, "extent": "whole"}
    )

    assert refused(page) == [
        "Phường Cao Lãnh trực thuộc Tỉnh Đồng Tháp nên Tỉnh Đồng Tháp không thể nhập vào đơn vị này."
    ]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("on", "fits"), [("30/06/2025", True), ("01/07/2025", False)])
def test_there_are_no_new_districts_from_july_2025_on(signed_in, admin, province, on, fits):
    page, answer = enter(
        signed_in(admin),
        "/don-vi/moi/",
        name="Huyện Tam Nông",
        unit_kind="district",
        other=province.pk,
        on=on,
    )

    if fits:
        assert answer.status_code == 302
    else:
        assert refused(page) == [
            "Từ ngày 01/07/2025 không còn cấp huyện: hãy chọn loại đơn vị khác."
        ]


@pytest.mark.usefixtures("today")
def test_two_changes_do_not_cross(signed_in, admin, ward, agency):
    services.rename_unit(
        unit=ward, name="Phường Mỹ Trà", since=DAY, document="Nghị quyết 1", actor=admin
    )

    page = signed_in(admin).post(
        f"/don-vi/{ward.pk}/sap-nhap/",
        PAPER | {"on": "01/06/2025", "other": agency.pk, "extent": "whole"},
    )

    assert "đã có tên hoặc cơ quan chủ quản từ ngày 01/07/2025" in refused(page)[0]


@pytest.mark.usefixtures("today")
def test_a_unit_with_open_work_is_not_dissolved_without_somebody_who_takes_it(
    signed_in, admin, ward, staff, province
):
    running = factories.campaign(unit=province)
    of_round = factories.award_round(running)
    sent.dossier(unit=ward, of_round=of_round, by=staff, state="draft")

    page = signed_in(admin).post(f"/don-vi/{ward.pk}/giai-the/", PAPER)

    assert refused(page) == ["Cần chọn đơn vị tiếp nhận: Hồ sơ chưa xong."]


@pytest.mark.usefixtures("today")
def test_who_does_not_manage_units_sees_none_of_the_pages(signed_in, staff, ward):
    browser = signed_in(staff)

    for way in ("sap-xep", "doi-ten", "sap-nhap", "chia", "tach", "giai-the", "chuyen"):
        assert browser.get(f"/don-vi/{ward.pk}/{way}/").status_code == 404


# --- taking back -------------------------------------------------------------------------------


@pytest.mark.usefixtures("today")
def test_a_wrong_entry_is_taken_back(signed_in, admin, ward, agency, staff, province):
    browser = signed_in(admin)
    enter(browser, f"/don-vi/{ward.pk}/sap-nhap/", other=agency.pk, extent="whole", people="on")
    change = UnitChange.objects.get()

    answer = browser.post(f"/sap-xep/{change.pk}/rut-lai/", {"because": "Nhập nhầm phường"})

    assert answer.url == f"/sap-xep/{change.pk}/"
    back = Unit.objects.get(pk=ward.pk)
    assert (back.closed_on, Unit.objects.get_parent(back)) == (None, province)
    assert Membership.objects.get(user=staff).until_day is None
    assert "Nhập nhầm phường" in browser.get(answer.url).content.decode()


@pytest.mark.usefixtures("today")
def test_what_something_rests_on_is_not_taken_back(signed_in, admin, ward, agency, staff):
    browser = signed_in(admin)
    enter(browser, f"/don-vi/{ward.pk}/sap-nhap/", other=agency.pk, extent="whole", people="on")
    change = UnitChange.objects.get()
    services.end_membership(membership=Membership.objects.get(unit=agency), actor=admin)

    answer = browser.post(f"/sap-xep/{change.pk}/rut-lai/", {"because": "Nhập nhầm phường"})

    assert answer.status_code == 409
    assert "Đã có thao tác sau đó" in answer.content.decode()
    assert Unit.objects.get(pk=ward.pk).closed_on == DAY


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_of_reorganisations_asks_the_same_for_any_number(
    signed_in, admin, ward, rows, django_assert_max_num_queries
):
    for month in range(rows):
        services.rename_unit(
            unit=ward,
            name=f"Phường {month}",
            since=datetime.date(2025, 1 + month, 1),
            document=f"Nghị quyết {month}",
            actor=admin,
        )
    browser = signed_in(admin)

    with django_assert_max_num_queries(12):
        page = browser.get("/sap-xep/")

    assert page.context["table"].paginator.count == rows
