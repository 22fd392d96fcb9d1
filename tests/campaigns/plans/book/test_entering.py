"""Workbooks as officers hand them in: faults by sheet and cell, all in one pass."""

import datetime
import time
import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from campaigns.plans.book import entering, writing
from tests.campaigns.plans.book.books import book_207, cell_of, edited, value_of

ROUNDS, PLACES, CONTENTS = "Đợt khen thưởng", "Số suất", "Nội dung thi đua"


@pytest.fixture(scope="module")
def whole():
    return book_207()


def faults_of(content):
    reading = entering.read(content, name="ke-hoach.xlsx")
    assert reading.plan is None
    return [(fault.line.sheet, fault.line.address, fault.text) for fault in reading.faults]


def changed(whole, *, sheet, heading, row, to):
    return edited(whole, lambda book: cell_of(book[sheet], heading, row).__setattr__("value", to))


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "to", "cell", "words"),
    [
        (CONTENTS, "Ký hiệu", 3, "a", "A3", "lặp lại"),
        (CONTENTS, "Tên", 3, None, "B3", "Chưa ghi “tên”"),
        (ROUNDS, "Loại", 2, "Tạm kết", "B2", "Sơ kết; Tổng kết"),
        (ROUNDS, "Thời gian lập thành tích: từ", 2, "hai nghìn", "E2", "số nguyên"),
        (ROUNDS, "Thời gian lập thành tích: từ", 2, None, "E2", "Chưa ghi"),
        (ROUNDS, "Tháng sơ kết, tổng kết", 2, "13/2023", "G2", "tháng"),
        (PLACES, "Thuộc: Đợt khen thưởng", 2, "khong-co", "A2", "thuộc dòng nào"),
        (PLACES, "Thuộc: Đợt khen thưởng", 2, None, "A2", "thuộc dòng nào"),
        (PLACES, "Số suất", 2, "-1", "D2", "số nguyên"),
        (PLACES, "Số suất", 2, "=5+5", "D2", "công thức"),
        (PLACES, "Số suất", 2, "#REF!", "D2", "lỗi"),
        (CONTENTS, "Ký hiệu", 3, 2.5, "A3", "văn bản"),
        ("Chế độ báo cáo", "Hạn", 2, datetime.datetime(2025, 12, 10), "F2", "ngày"),  # noqa: DTZ001
    ],
)
def test_a_fault_has_its_sheet_its_cell_and_a_sentence(whole, sheet, heading, row, to, cell, words):
    faults = faults_of(changed(whole, sheet=sheet, heading=heading, row=row, to=to))

    found = [text for where, address, text in faults if (where, address) == (sheet, cell)]
    assert len(found) == 1, faults
    assert words in found[0]


def test_all_faults_come_in_one_pass(whole):
    def change(book):
        value_of(book, "Ngày ký").value = "31/06/2022"
        cell_of(book[CONTENTS], "Ký hiệu", 3).value = "a"
        cell_of(book[PLACES], "Số suất", 2).value = "mười"
        cell_of(book["Chế độ báo cáo"], "Định kỳ", 2).value = "Thỉnh thoảng"

    places = [(sheet, cell) for sheet, cell, _text in faults_of(edited(whole, change))]

    assert places == [
        ("Kế hoạch", "B11"),
        (CONTENTS, "A3"),
        (PLACES, "D2"),
        ("Chế độ báo cáo", "E2"),
    ]


def test_a_day_that_excel_made_is_a_day_where_a_day_stands(whole):
    day = datetime.datetime(2022, 6, 8)  # noqa: DTZ001  (Excel knows no zones)
    book = edited(whole, lambda book: value_of(book, "Ngày ký").__setattr__("value", day))

    assert entering.read(book).plan.signed == datetime.date(2022, 6, 8)


def test_columns_may_stand_in_another_order_and_labels_are_read_without_marks(whole):
    def change(book):
        sheet = book[CONTENTS]
        for row in sheet.iter_rows(max_col=2):
            row[0].value, row[1].value = row[1].value, row[0].value
        sheet["A1"].value, sheet["B1"].value = "TÊN", "Ky hieu"
        cell_of(book[PLACES], "Đối tượng", 2).value = "tap the"

    plan = entering.read(edited(whole, change)).plan

    assert plan == entering.read(whole).plan


def test_empty_sheets_may_be_deleted_and_empty_rows_stand_between(whole):
    def change(book):
        del book["Chỉ tiêu"]
        del book["Hướng dẫn"]
        book[CONTENTS].insert_rows(3)

    assert entering.read(edited(whole, change)).plan == entering.read(whole).plan


def test_the_blank_form_asks_for_what_a_plan_needs():
    faults = faults_of(writing.blank())

    assert [(sheet, text) for sheet, _cell, text in faults] == [
        ("Kế hoạch", "Chưa ghi “mã”."),
        ("Kế hoạch", "Chưa ghi “tên kế hoạch”."),
        ("Kế hoạch", "Chưa ghi “tên phong trào”."),
    ]


def other_sheet(book):
    book[CONTENTS].title = "Bảng 1"


def merged(book):
    book[CONTENTS].merge_cells("A3:A4")


def formula_in_heading(book):
    book[CONTENTS]["B1"].value = '="Tên"'


def array_formula(book):
    book[CONTENTS]["B2"] = ArrayFormula("B2:B3", "=C2:C3")


def stray(book):
    book[CONTENTS]["H3"].value = "ghi chú"


def other_heading(book):
    book[CONTENTS]["B1"].value = "Tên gọi khác"


def two_headings(book):
    book[CONTENTS]["C1"].value = "Tên"


def unknown_item(book):
    book["Kế hoạch"].append(["Màu sắc", "đỏ"])


def item_twice(book):
    book["Kế hoạch"].append(["Số", "208/KH-UBND"])


def item_without_label(book):
    book["Kế hoạch"].append([None, "lạc lõng"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_sheet, "không có trang tên này"),
        (merged, "gộp"),
        (formula_in_heading, "công thức"),
        (array_formula, "công thức"),
        (stray, "không có tên cột"),
        (other_heading, "“Tên gọi khác”"),
        (two_headings, "có hai lần"),
        (unknown_item, "“Màu sắc”"),
        (item_twice, "có hai lần"),
        (item_without_label, "cột thứ nhất"),
    ],
)
def test_what_people_do_to_a_workbook_is_said_in_a_sentence(whole, change, words):
    faults = faults_of(edited(whole, change))

    assert any(words in text for _sheet, _cell, text in faults), faults


def rows(count):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Kế hoạch")
    for number in range(count):
        sheet.append([f"Mục {number}", "x"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def bomb():
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(book_207())) as whole, zipfile.ZipFile(made, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace(b"</sst>", b" " * 400_000_000 + b"</sst>")
            archive.writestr(name, content, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: rows(100_000), "hơn 2000 dòng"),
        (lambda: edited(rows(1), lambda b: b["Kế hoạch"].cell(1, 300, "x")), "hơn 60 cột"),
        (lambda: edited(rows(1), lambda b: [b.create_sheet() for _ in range(80)]), "hơn 60 trang"),
        (lambda: b"PK\x03\x04 not a workbook", "Không đọc được"),
        (lambda: b"", "Không đọc được"),
        (bomb, "ke-hoach.xlsx"),
    ],
)
def test_a_hostile_workbook_is_one_sentence(content, words):
    content = content()
    begun = time.monotonic()

    faults = faults_of(content)

    assert len(faults) == 1
    assert words in faults[0][2]
    assert time.monotonic() - begun < 15
