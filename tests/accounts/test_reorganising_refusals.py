"""Reorganisations that cannot be entered: the reason stands beside its field."""

import pytest

from accounts import services
from tests import factories
from tests.accounts.entering import DAY, PAPER, enter
from tests.factories import sent

pytestmark = pytest.mark.django_db


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
