"""Columns and rows out, as a workbook or as CSV. The only module that writes spreadsheets.

What somebody typed must never run as a formula in the office that opens the file. In a
workbook text is typed as text and marked so for whoever edits it; in CSV, which has no
types, an apostrophe goes before it.
"""

import csv as csv_format
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.clock import clock

_STARTS = "=+-@\t\r\n"
_LONGEST = 32_767  # characters a cell can hold
_A4 = 9
_SHEET_NAME = 31
_LONGEST_CHOICE = 255  # characters Excel takes for a list of choices, and for a hint
_TO_FILL_IN = 500  # rows below the heading that have hints and choices


@dataclass(frozen=True)
class Column:
    """`width` in characters. For a form: a hint where one types, what may be chosen, and
    whether each row needs it."""

    label: Any
    width: int = 18
    hint: str = ""
    choices: tuple[str, ...] = ()
    must: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a form. `single` replaces the hint and choices of a column in one row,
    counted from the first below the heading: {(row, column): Column}."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    single: Mapping[tuple[int, int], Column] = field(default_factory=dict)


def workbook(title: Any, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet for A4 on its side, the heading frozen and printed on each page.

    Cells: text, numbers, days, aware moments (shown in Việt Nam's time), yes or no, None.
    """
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(_sheet_name(str(title)))
    formats = _formats(book)
    _set_up(sheet, str(title), columns)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.label), formats["heading"])
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats)
    book.close()
    return made.getvalue()


def form(sheets: Sequence[Sheet]) -> bytes:
    """A workbook to be filled in and read again: every cell is text, so that Excel makes no
    day or sum of it, with hints and lists of choices.

    Cells: text, whole numbers, None. A line break in a text stays one.
    """
    made = BytesIO()
    book = xlsxwriter.Workbook(made)
    formats = _formats(book) | {
        "must": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    }
    formats["heading"].set_bold(False)
    for each in sheets:
        _form_sheet(book.add_worksheet(_sheet_name(each.title)), each, formats)
    book.close()
    return made.getvalue()


def _form_sheet(sheet, each, formats):
    _set_up(sheet, each.title, each.columns)
    single = {column for _row, column in each.single}
    for place, column in enumerate(each.columns):
        sheet.set_column(place, place, column.width, formats["text"])
        heading = formats["must" if column.must else "heading"]
        sheet.write_string(0, place, str(column.label), heading)
        if place not in single:
            _guide(sheet, (1, place, _TO_FILL_IN, place), column)
    for (row, place), column in each.single.items():
        _guide(sheet, (row + 1, place, row + 1, place), column)
    for number, row in enumerate(each.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, formats)


def _guide(sheet, area, column):
    """The hint appears beside the cell in which somebody types; a list drops down."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices and len(",".join(column.choices)) <= _LONGEST_CHOICE:
        rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
    elif not column.hint:
        return
    if column.hint:
        rule["input_message"] = column.hint[:_LONGEST_CHOICE]
    sheet.data_validation(*area, rule)


def csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same rows as UTF-8 CSV with the mark that Excel needs to read Vietnamese."""
    made = StringIO(newline="")
    writer = csv_format.writer(made, quoting=csv_format.QUOTE_ALL)
    writer.writerow([neutral(str(column.label)) for column in columns])
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
    return made.getvalue().encode("utf-8-sig")


def is_live(text: str) -> bool:
    """Would a spreadsheet take this text for a formula? Full-width signs count as their own."""
    start = unicodedata.normalize("NFKC", text[:1])
    return bool(start) and start in _STARTS


def neutral(text: str) -> str:
    return f"'{text}" if is_live(text) else text


def _formats(book):
    text = {"text_wrap": True, "valign": "top"}
    return {
        "heading": book.add_format({"bold": True, "bottom": 1, **text}),
        "text": book.add_format(text),
        "quoted": book.add_format({"quote_prefix": True, **text}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }


def _set_up(sheet, title, columns):
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{title.replace('&', '&&')}&R&P/&N")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)


def _write(sheet, row, place, value, formats):
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, _yes_or_no(value), formats["text"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value, formats["number"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, _local(value), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["day"])
    else:
        text = str(value)[:_LONGEST]
        sheet.write_string(row, place, text, formats["quoted" if is_live(text) else "text"])


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, datetime):
        return f"{_local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if isinstance(value, int | float | Decimal) else neutral(str(value))


def _local(moment):
    """Spreadsheets know no zones."""
    return moment.astimezone(clock.ZONE).replace(tzinfo=None)


def _yes_or_no(value):
    return _("Yes") if value else _("No")


def _sheet_name(title):
    return "".join("-" if sign in "[]:*?/\\'" else sign for sign in title)[:_SHEET_NAME] or "1"
