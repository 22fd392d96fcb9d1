"""The pages of results: entered, looked at over units and periods, taken away as workbooks."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import TargetResult
from tests import factories
from tests.campaigns.resulting import MONTH, enter, target
from tests.core.files import making

pytestmark = pytest.mark.django_db


def test_staff_enter_a_month_on_one_page_and_give_evidence(programme, ward, staff, signed_in):
    number = target(programme)
    done = target(programme, "T02", compare="yes_no", order=2, unit_of_measure="")
    client = signed_in(staff)
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    said = {f"value_{number.pk}": "12,5", f"source_{number.pk}": "Sở Công Thương"}
    assert client.post(address, said | {f"value_{done.pk}": "1"}).status_code == 302

    result = TargetResult.objects.get(target=number)
    assert (result.value, result.source) == (Decimal("12.5"), "Sở Công Thương")
    text = client.get(address).content.decode()
    assert 'value="12,5"' in text
    assert "còn thiếu 17,5" in text

    file = SimpleUploadedFile("bang.pdf", making.pdf(), "application/pdf")
    client.post(reverse("campaigns:result_evidence", args=[result.pk]), {"file": file})
    result.refresh_from_db()
    assert result.evidence.name == "bang.pdf"
    down = client.get(reverse("campaigns:result_evidence_file", args=[result.pk]))
    assert down["Content-Type"] == "application/pdf"


def test_nobody_enters_for_another_unit_nor_staff_for_the_province(
    programme, province, staff, steward, ward, signed_in
):
    target(programme)
    whole = reverse("campaigns:results_entry", args=[programme.pk, province.pk, MONTH])
    theirs = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    assert signed_in(staff).get(whole).status_code == 404
    assert signed_in(steward).get(theirs).status_code == 404
    assert signed_in(steward).get(whole).status_code == 200


def test_nonsense_in_a_field_comes_back_with_the_rest(programme, ward, staff, signed_in):
    row = target(programme)
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    answer = signed_in(staff).post(
        address, {f"value_{row.pk}": "nhiều", f"source_{row.pk}": "Báo cáo"}
    )
    assert answer.status_code == 422
    assert "Báo cáo" in answer.content.decode()


def test_a_source_without_a_figure_is_said_at_the_field_and_not_lost(
    programme, ward, staff, signed_in
):
    row, other = target(programme), target(programme, "T02", order=2)
    client = signed_in(staff)
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    asked = "Ghi số liệu lấy từ nguồn này, hoặc xóa nguồn."

    answer = client.post(address, {f"source_{row.pk}": "Báo cáo 12", f"value_{other.pk}": "5"})

    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (409, {f"value_{row.pk}": [asked]})
    page = answer.content.decode()
    assert f'id="id_value_{row.pk}_error">{asked}' in " ".join(page.split())
    assert 'value="Báo cáo 12"' in page
    assert not TargetResult.objects.exists()

    figure = {f"value_{row.pk}": "7", f"source_{row.pk}": "Báo cáo 12"}
    assert client.post(address, figure).status_code == 302
    assert client.post(address, figure | {f"value_{row.pk}": ""}).status_code == 302
    assert not TargetResult.objects.exists()  # the figure goes, and the source that was its own


@pytest.mark.parametrize("units", [1, 9])
def test_the_province_page_asks_as_often_for_any_number_of_units(
    programme, province, staff, steward, signed_in, units, django_assert_max_num_queries
):
    rows = [target(programme, f"T{n}", order=n) for n in range(5)]
    for number in range(units):
        unit = factories.unit(f"Xã Số {number}", superior=province)
        enter(programme, unit, dict.fromkeys(rows, "20"), staff)
    client = signed_in(steward)
    with django_assert_max_num_queries(15):
        text = client.get(reverse("campaigns:results", args=[programme.pk]) + f"?ky={MONTH}")
    assert f"{units}/" in text.content.decode()


def test_one_target_shows_its_units(programme, ward, staff, steward, signed_in):
    row = target(programme)
    enter(programme, ward, {row: "12"}, staff)
    address = reverse("campaigns:target", args=[row.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}").content.decode()
    assert "Phường Cao Lãnh" in text
    assert "còn thiếu 18 (40 %)" in text
    assert signed_in(staff).get(address).status_code == 404


@pytest.fixture
def followed(programme, province, ward, staff, steward):
    """A target with figures of the province and of one ward in two months."""
    row = target(programme)
    for key, value in (("2025-10", "12"), (MONTH, "31.5")):
        enter(programme, ward, {row: value}, staff, period=key)
        enter(programme, province, {row: value}, steward, period=key)
    target(programme, "T02", compare="rank", value=20, order=2)
    return row


@pytest.mark.parametrize("way", ["thang", "quy", "nam"])
def test_the_province_page_shows_periods_side_by_side(followed, programme, steward, signed_in, way):
    address = reverse("campaigns:results", args=[programme.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}&theo={way}").content.decode()
    assert "chưa có số liệu" in text
    assert "31,5" in text
    assert ("số của tháng 11/2025" in text) == (way != "thang")
    assert "Năm 2024" in text


def test_one_period_leads_to_the_one_before_and_shows_its_figure(
    followed, programme, steward, signed_in
):
    address = reverse("campaigns:results", args=[programme.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}").content.decode()
    assert "?ky=2025-10" in " ".join(text.split('rel="prev"')[1].split(">")[0].split())
    assert "tháng 10/2025: 12" in text


def test_the_run_of_a_target_and_of_one_unit(followed, programme, ward, staff, steward, signed_in):
    client = signed_in(steward)
    address = reverse("campaigns:target_run", args=[followed.pk])
    text = client.get(f"{address}?ky=2025&theo=thang&q=cao+lanh").content.decode()
    assert f"don-vi={ward.pk}" in text
    assert "còn thiếu 18" in text
    mine = reverse("campaigns:results", args=[programme.pk])
    text = client.get(f"{mine}?ky=2025&theo=thang&don-vi={ward.pk}").content.decode()
    assert "Số liệu của Phường Cao Lãnh." in text
    assert client.get(f"{mine}?theo=thang&don-vi=0").status_code == 404
    assert signed_in(staff).get(address).status_code == 404


def test_a_unit_is_found_without_accents_on_the_page_of_all(
    followed, programme, ward, steward, signed_in
):
    client = signed_in(steward)
    address = reverse("campaigns:results", args=[programme.pk])
    page = client.get(f"{address}?ky=2025&theo=quy&q=cao+lanh")
    (found,) = (each for each in page.context["found"] if each["label"] == ward.name)
    assert found["url"] == f"?ky=2025&theo=quy&don-vi={ward.pk}"
    assert f"Số liệu của {ward}." in client.get(address + found["url"]).content.decode()
    nobody = client.get(f"{address}?ky=2025&theo=quy&q=qwertz").content.decode()
    assert "Không có đơn vị nào có tên này báo cáo ở đây." in nobody


def test_a_unit_sees_its_own_run_below_the_form(followed, programme, ward, staff, signed_in):
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    text = signed_in(staff).get(address).content.decode()
    assert "Diễn biến theo kỳ" in text
    assert text.count("còn thiếu 18") == 1


def test_results_go_out_as_workbooks(followed, programme, staff, steward, signed_in):
    client = signed_in(steward)
    whole = reverse("campaigns:results_xlsx", args=[programme.pk])
    one = rows_of(client.get(f"{whole}?ky={MONTH}"))
    assert (one[1][0], one[1][3], one[1][4]) == ("T01", 31.5, "đạt")
    run = rows_of(client.get(f"{whole}?ky={MONTH}&theo=thang"))
    assert run[1][11:14] == ("chưa có số liệu", 12, 31.5)
    units = rows_of(client.get(reverse("campaigns:target_xlsx", args=[followed.pk])))
    assert units[1][0] == "Tỉnh Đồng Tháp"
    assert units[1][1] == "chưa có số liệu"
    assert signed_in(staff).get(whole).status_code == 404


def rows_of(answer):
    return list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)


@pytest.mark.parametrize("way", ["", "?theo=thang"])
def test_a_plan_without_targets_offers_no_tools_but_the_way_on(way, programme, officer, signed_in):
    address = reverse("campaigns:results", args=[programme.pk])
    text = signed_in(officer).get(address + way).content.decode()

    assert f'href="{programme.get_absolute_url()}">Về trang phong trào</a>' in text
    for tool in ('class="pill', "Tải về Excel", "Nhập số liệu của tỉnh", "list-search"):
        assert tool not in text.partition("<main")[2]
