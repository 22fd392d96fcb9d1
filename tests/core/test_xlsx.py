import csv
import datetime
import random
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from core.documents import xlsx
from core.documents.xlsx import Column

MIDNIGHT = datetime.datetime(2025, 12, 10)  # noqa: DTZ001  (spreadsheets know no zones)
COLUMNS = [Column("Họ tên", 30), Column("Nội dung")]
LIVE = ["=1+1", "=cmd|'/c calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
LIVE += ["＝1+1", "＋1", "－1", "＠A1", '=HYPERLINK("http://a")', "=", "-"]
TEXTS = [
    "Nguyễn Văn Ân",
    "a=b",
    "207/KH-UBND",
    "1",
    "001",
    "'đã có",
    " ",
    "dài " * 9000,
    "<b>&",
    "_x0041_",
]


def random_texts():
    dice = random.Random(20251201)
    signs = "=+-@\t\r\n＝＋－＠abcđ,;\"'|!() 019"
    return ["".join(dice.choices(signs, k=dice.randint(1, 12))) for _ in range(1000)]


def read_again(content):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_nothing_typed_becomes_a_formula_in_a_workbook():
    texts = LIVE + TEXTS + random_texts()

    sheet = read_again(xlsx.workbook("Thử", COLUMNS, [[text, None] for text in texts]))

    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=1) for cell in row}
    assert kinds == {"s"}


@pytest.mark.parametrize("text", [text for text in LIVE + TEXTS if len(text) < 100])
def test_a_workbook_keeps_the_text_as_it_was(text):
    cell = read_again(xlsx.workbook("Thử", COLUMNS, [[text]]))["A2"]

    assert unescape(cell.value) == text
    assert bool(cell.quotePrefix) is xlsx.is_live(text)


def test_control_a_plain_writer_makes_formulas():
    """If openpyxl read no formula here either, the tests above would prove nothing."""
    book, made = openpyxl.Workbook(), BytesIO()
    book.active.append(["=1+1"])
    book.save(made)

    assert read_again(made.getvalue())["A1"].data_type == "f"


def test_nothing_typed_becomes_a_formula_in_csv():
    texts = LIVE + TEXTS + random_texts()

    rows = list(
        csv.reader(
            StringIO(xlsx.csv(COLUMNS, [[t] for t in texts]).decode("utf-8-sig"), newline="")
        )
    )

    assert [row[0] for row in rows if xlsx.is_live(row[0])] == []
    assert [
        row[0].removeprefix("'") if xlsx.is_live(t) else row[0]
        for t, row in zip(texts, rows[1:], strict=True)
    ] == texts


def test_numbers_and_days_keep_their_kinds():
    moment = datetime.datetime(2025, 12, 10, 17, 30, tzinfo=datetime.UTC)
    row = [1, Decimal("2.5"), datetime.date(2025, 12, 10), moment, True, None]

    cells = read_again(xlsx.workbook("Thử", [Column(n) for n in "abcdef"], [row]))[2]

    assert [cell.value for cell in cells[:4]] == [
        1,
        2.5,
        MIDNIGHT,
        MIDNIGHT + datetime.timedelta(hours=24, minutes=30),
    ]
    assert [cell.number_format for cell in cells[2:4]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    assert [cell.value for cell in cells[4:]] == ["Có", None]


def test_csv_writes_days_as_people_do():
    moment = datetime.datetime(2025, 12, 10, 17, 30, tzinfo=datetime.UTC)
    row = [datetime.date(2025, 12, 10), moment, -3, False, None]

    text = xlsx.csv([Column(n) for n in "abcde"], [row]).decode("utf-8-sig")

    assert text.splitlines()[1] == '"10/12/2025","11/12/2025 00:30","-3","Không",""'


def test_the_sheet_prints_on_a4_with_its_heading_on_each_page():
    sheet = read_again(xlsx.workbook("Danh sách: quý [4]", COLUMNS, []))

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert sheet.title == "Danh sách- quý -4-"
    assert [cell.value for cell in sheet[1]] == ["Họ tên", "Nội dung"]
