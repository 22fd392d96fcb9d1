"""An officer hands in the Excel form of plan 207 with three faults, mends them and applies it."""

from io import BytesIO

import openpyxl

from tests.journeys.hands import choose, download, press, sees

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "Kế hoạch viết bằng Excel"
MENDED = [  # sheet, cell, what stands there rightly, what the officer wrote
    ("Kế hoạch", "B11", "07/06/2022", "31/06/2022"),
    ("Nội dung thi đua", "A3", "b", "a"),
    ("Số suất", "D2", 10, "mười"),
]


def of_another_name(content):
    """The workbook that the portal gives, for a campaign of its own."""
    book = openpyxl.load_workbook(BytesIO(content))
    said = {
        "Mã": "bang-excel",
        "Tên phong trào": NAME,
        "Tên gọi tắt": NAME,
        "Do cơ quan đặt: đầu số hồ sơ": "BE",
    }
    for row in book["Kế hoạch"].iter_rows():
        if row[0].value in said:
            row[1].value = said[row[0].value]
    return saved(book)


def with_faults(content):
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, cell, right, wrong in MENDED:
        assert book[sheet][cell].value == right
        book[sheet][cell].value = wrong
    return saved(book)


def saved(book):
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def hand_in(page, content):
    page.goto("/phong-trao/")
    press(page, "Nạp kế hoạch")
    choose(page, "ke-hoach-207.xlsx", content, media_type=XLSX)
    unit = page.locator("select[name=unit]")
    if unit.count():
        unit.select_option(label="Sở Nội vụ")
    press(page, "Đọc và so sánh")


def test_three_faults_are_read_mended_previewed_and_applied(sign_in):
    officer = sign_in("thamdinh")
    officer.goto("/phong-trao/?q=207")
    press(officer, "Đồng Tháp đẩy mạnh chương trình chuyển đổi số", inside="main table")
    book = of_another_name(download(officer, "a[href$='.xlsx']"))

    hand_in(officer, with_faults(book))
    sees(officer, "Có 3 chỗ cần sửa")
    rows = officer.locator("main tbody tr")
    assert [rows.nth(n).locator("td").first.inner_text() for n in range(rows.count())] == [
        f"Trang “{sheet}”, ô {cell}" for sheet, cell, _right, _wrong in MENDED
    ]

    hand_in(officer, book)
    sees(officer, NAME)
    press(officer, "Áp dụng kế hoạch này")
    sees(officer, "Đã áp dụng kế hoạch")
    sees(officer, "ke-hoach-207.xlsx")

    hand_in(officer, book)
    sees(officer, "không có gì khác")
