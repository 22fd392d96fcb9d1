"""Pages of sets of criteria."""

import datetime
import zipfile
from decimal import Decimal as D
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.documents.models import Document
from criteria import services
from criteria.models import CriteriaSet
from criteria.rules import sets, written
from criteria.workflow import CRITERIA_SET
from tests.criteria.test_services_sets import ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(province, officer, today):
    return services.draw_up(
        unit=province,
        actor=officer,
        code="chuyen-doi-so",
        year=2025,
        title="Chuyển đổi số",
        stated_total=D(30),
        rows=ROWS,
    )


@pytest.fixture
def draws_up(signed_in, officer):
    return signed_in(officer)


def address(name, drawn):
    return reverse(f"criteria:{name}", args=[drawn.pk])


def filled(rows, heading=("STT", "Chỉ số", "Điểm tối đa", "Kiểu chấm", "Cách tính"), change=None):
    """An upload of a workbook with these rows; `change(sheet)` mends or spoils it."""
    book = openpyxl.Workbook()
    book.active.append(["Bộ tiêu chí thử"])
    book.active.append(heading)
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("bo-tieu-chi.xlsx", made.getvalue())


GOOD = [
    ("1", "Nhận thức số", 30),
    (1.1, "Họp Ban Chỉ đạo", 20, "Theo mức số lượng", "từ 4: 20\ntừ 1: 5"),
    ("1.2", "Văn bản chỉ đạo", "10", "ratio", ""),
]


def test_a_set_is_begun_on_a_page_and_a_second_of_its_name_is_refused(draws_up, province, today):
    typed = {"title": "Bộ chỉ số chuyển đổi số", "year": "2025", "unit": province.pk}

    made = draws_up.post(reverse("criteria:set_new"), {**typed, "stated_total": "1.000"})
    again = draws_up.post(reverse("criteria:set_new"), typed)

    held = CriteriaSet.objects.get()
    assert made.headers["Location"] == held.get_absolute_url()
    assert (held.code, held.stated_total) == ("bo-chi-so-chuyen-doi-so", 1000)
    assert again.status_code == 422
    assert "đã có bộ tiêu chí tên này" in again.content.decode()


def test_what_parts_equal_totals_is_chosen_on_the_page(draws_up, drawn):
    typed = {"title": drawn.title, "year": drawn.year, "stated_total": "30"}

    draws_up.post(address("set_edit", drawn), {**typed, "tie_breaks": "main,base"})

    drawn.refresh_from_db()
    assert drawn.tie_breaks == ["main", "base"]
    shown = draws_up.get(drawn.get_absolute_url()).content.decode()
    assert "Xét điểm nhóm tiêu chí chính, rồi đến điểm chưa tính điểm thưởng" in shown
    assert draws_up.get(address("set_edit", drawn)).context["form"].initial["tie_breaks"] == (
        "main,base"
    )
    draws_up.post(address("set_edit", drawn), typed)
    drawn.refresh_from_db()
    assert drawn.tie_breaks == []


def test_who_answers_for_a_criterion_and_who_knows_is_shown(draws_up, drawn, agency):
    row = drawn.criteria.get(code="1.2")
    row.responsible, row.data_source, row.verifier_unit = "Bà Lan", "Báo cáo quý", agency
    row.guidance = "Chỉ tính văn bản trong năm"
    row.save()

    for page in (drawn.get_absolute_url(), address("set_try", drawn)):
        said = draws_up.get(page).content.decode()
        assert [
            words for words in ("Bà Lan", "Báo cáo quý", agency.name) if words not in said
        ] == []
    assert "Chỉ tính văn bản trong năm" in said


def test_a_criterion_is_added_changed_moved_and_taken_out(draws_up, drawn):
    typed = {
        "code": "1.3",
        "name": "Cổng thông tin",
        "group": drawn.criteria.get(code="1").pk,
        "role": "base",
        "most": "12,5",
        "kind": "options",
        "rule": "Có chuyên mục: tối đa\nChưa có: 0",
    }
    draws_up.post(address("criterion_new", drawn), typed)
    row = drawn.criteria.get(code="1.3")
    assert (row.most, row.rule) == (D("12.5"), ["Có chuyên mục: tối đa", "Chưa có: 0"])

    page = draws_up.get(address("criterion", row)).content.decode()
    draws_up.post(address("criterion", row), {**typed, "name": "Trang thông tin"})
    draws_up.post(address("criterion_move", row), {"to": "up"})
    assert "12,5" in page
    assert [item.code for item in sets.of_set(drawn)[0].members] == ["1.1", "1.3", "1.2"]
    assert drawn.criteria.get(code="1.3").name == "Trang thông tin"

    draws_up.post(address("criterion_remove", row))
    assert not drawn.criteria.filter(code="1.3").exists()


@pytest.mark.parametrize("kind", ["", "manual"])
def test_a_group_and_a_criterion_without_a_rule_are_added(draws_up, drawn, kind):
    typed = {"code": "2", "name": "Hạ tầng số", "role": "base", "most": "5", "kind": kind}

    answer = draws_up.post(address("criterion_new", drawn), typed)

    assert answer.status_code == 302
    assert drawn.criteria.get(code="2").rule == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "1.1"}, "Số này đã có"),
        ({"most": "nhiều"}, "không phải là số"),
        ({"most": "1,234"}, "hai chữ số thập phân"),
        ({"kind": "options", "rule": "Có chuyên mục"}, "dấu hai chấm"),
        ({"kind": "", "rule": "Có: 5"}, "Chọn kiểu chấm"),
    ],
)
def test_a_wrong_criterion_comes_back_with_what_was_typed(draws_up, drawn, typed, words):
    good = {
        "code": "2",
        "name": "Hạ tầng số dùng chung",
        "role": "base",
        "most": "5",
        "kind": "manual",
    }

    answer = draws_up.post(address("criterion_new", drawn), {**good, **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Hạ tầng số dùng chung" in answer.content.decode()


def test_units_read_a_set_in_use_and_not_a_draft(signed_in, staff, drawn, officer):
    client = signed_in(staff)
    assert client.get(address("set", drawn)).status_code == 404
    assert client.get(address("set_try", drawn)).status_code == 404

    CRITERIA_SET.perform(drawn, "lock", actor=officer)

    page = client.get(address("set", drawn)).content.decode()
    assert "Họp Ban Chỉ đạo" in page
    assert "Thêm nhóm hoặc tiêu chí" not in page
    assert client.get(address("criterion_new", drawn)).status_code == 404


def test_what_is_tried_is_counted_and_not_kept(draws_up, drawn):
    keys = {row.code: row.pk for row in drawn.criteria.all()}
    typed = {
        f"c{keys['1.1']}-count": "3",
        f"c{keys['1.2']}-a": "1.234,5",
        f"c{keys['1.2']}-b": "2,469.0",
    }

    good = draws_up.post(address("set_try", drawn), typed)
    wrong = draws_up.post(address("set_try", drawn), {**typed, f"c{keys['1.1']}-count": "NaN"})

    assert good.context["total"].points == 25
    assert "1.234,5 : 2.469 × 10" in good.content.decode()
    assert "“NaN” không phải là số" in wrong.content.decode()
    assert wrong.context["total"].points == 5


def test_a_set_goes_out_as_a_workbook_and_comes_in_the_same(draws_up, drawn):
    out = draws_up.get(address("sheet_out", drawn))
    before = written.table(drawn.criteria.all())

    seen = draws_up.post(
        address("sheet_in", drawn), {"file": SimpleUploadedFile("a.xlsx", out.content)}
    )
    form = seen.context["form"]
    token = seen.content.decode().split('name="file-kept" value="')[1].split('"')[0]
    assert CriteriaSet.objects.get().file is None
    draws_up.post(address("sheet_in", drawn), {"file-kept": token, "seen": form.data["seen"]})

    assert written.table(drawn.criteria.all()) == before
    assert CriteriaSet.objects.get().file.name == "a.xlsx"


def test_a_filled_workbook_is_shown_before_it_is_put_in(draws_up, drawn):
    seen = draws_up.post(address("sheet_in", drawn), {"file": filled(GOOD)})

    assert seen.status_code == 200
    assert [row.group for row, _kind in seen.context["rows"]] == ["", "1", "1"]
    assert drawn.criteria.count() == 3


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (("1.3", "", 5), "B6", "Ghi tên tiêu chí"),
        (("", "Không số", 5), "A6", "Ghi số thứ tự"),
        (("1.3", "Chữ trong ô số", "năm"), "C6", "không phải là số"),
        (("1.3", "Âm", -5), "C6", "từ 0 đến"),
        (("1.3", "Kiểu lạ", 5, "Xúc xắc"), "D6", "Ghi một trong các từ"),
        (("1.3", "Quy tắc lạ", 5, "options", "Có chuyên mục"), "E6", "dấu hai chấm"),
        (("1.3", "Công thức", "=1+1"), "C6", "công thức"),
    ],
)
def test_each_fault_of_a_workbook_has_its_cell(draws_up, drawn, row, cell, words):
    answer = draws_up.post(address("sheet_in", drawn), {"file": filled([*GOOD, row])})

    (fault,) = answer.context["faults"]
    assert (answer.status_code, fault.cell) == (422, cell)
    assert words in answer.content.decode()
    assert drawn.criteria.count() == 3


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (("TT", "Gì đó", "Điểm tối đa"), "tiêu đề cột"),
        (("STT", "Chỉ số"), "Thiếu cột “Điểm tối đa”"),
        (("STT", "Chỉ số", "Điểm tối đa", "Màu sắc"), "“Màu sắc” không phải"),
        (("STT", "Chỉ số", "Điểm tối đa", "TT"), "ghi hai lần"),
    ],
)
def test_wrong_columns_are_named(draws_up, drawn, heading, words):
    answer = draws_up.post(address("sheet_in", drawn), {"file": filled(GOOD, heading)})

    assert words in answer.content.decode()


def test_merged_cells_and_days_are_named(draws_up, drawn):
    def spoil(sheet):
        sheet.merge_cells("A3:A4")
        sheet["A5"] = datetime.date(2025, 2, 1)

    answer = draws_up.post(address("sheet_in", drawn), {"file": filled(GOOD, change=spoil)})

    assert {"A3", "A5"} <= {fault.cell for fault in answer.context["faults"]}


def test_too_many_rows_are_refused_in_words(draws_up, drawn):
    rows = [(f"1.{n}", "Tiêu chí", 1, "manual", "") for n in range(1100)]

    answer = draws_up.post(address("sheet_in", drawn), {"file": filled(rows)})

    assert answer.status_code == 422
    assert "1050 dòng" in answer.content.decode()


def test_other_files_are_refused_in_words(draws_up, drawn):
    upload = SimpleUploadedFile("a.xlsx", b"MZ\x90\x00 program")

    answer = draws_up.post(address("sheet_in", drawn), {"file": upload})

    assert answer.status_code == 422


def long_workbook():
    """100,000 rows, packed to a few hundred kilobytes."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["STT", "Chỉ số", "Điểm tối đa"])
    for number in range(100_000):
        sheet.append([f"1.{number}"])
    return book


def bomb():
    """A workbook whose sheet unpacks to 300 MB."""
    made = BytesIO()
    openpyxl.Workbook().save(made)
    spoilt = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = b" " * 300_000_000 if "sheet1" in part else old.read(part)
            new.writestr(part, content)
    return spoilt.getvalue()


def saved(book):
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "content", [lambda: saved(long_workbook()), bomb], ids=["100,000 rows", "zip bomb"]
)
def test_a_workbook_that_is_too_much_is_refused_in_words_and_the_next_one_is_read(
    draws_up, drawn, content
):
    refused = draws_up.post(
        address("sheet_in", drawn), {"file": SimpleUploadedFile("lon.xlsx", content())}
    )
    good = draws_up.post(address("sheet_in", drawn), {"file": filled(GOOD)})

    assert (refused.status_code, good.status_code) == (422, 200)
    assert "lon.xlsx" in refused.context["form"].errors["file"][0]
    assert drawn.criteria.count() == 3
    assert Document.objects.filter(name="lon.xlsx", waiting=False).count() == 0
