"""The cells of a workbook's first sheet as text; runs in a child process."""

import datetime
import re
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

_ERRORS = re.compile(r"#(REF|DIV/0|VALUE|NAME\?|N/A|NULL|NUM)!?")


def read(question: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
    """`question`: rows and columns at most. The answer: cells, row by row, and odd cells.

    {"cells": [["STT", …], …], "odd": [[row, column letters, why], …]}; why is one of
    formula, error, date, merged. {"too_large": rows or columns} when there are more.
    """
    rows, columns = question["rows"], question["columns"]
    light = openpyxl.load_workbook(BytesIO(blob), read_only=True)
    seen = 0
    for seen, _row in enumerate(light.worksheets[0].iter_rows(max_col=1), start=1):
        if seen > rows:
            return {"too_large": "rows"}, b""
    book = openpyxl.load_workbook(BytesIO(blob))
    sheet = book.worksheets[0]
    if sheet.max_column > columns:
        return {"too_large": "columns"}, b""
    cells, odd = [], []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells.append([text_of(value) for value in row])
        for place, value in enumerate(row, start=1):
            why = _odd(value)
            if why:
                odd.append([number, get_column_letter(place), why])
    for area in sheet.merged_cells.ranges:
        odd.append([area.min_row, get_column_letter(area.min_col), "merged"])
    return {"cells": cells, "odd": sorted(odd)}, b""


def _odd(value: Any) -> str:
    if isinstance(value, datetime.date | datetime.time):
        return "date"
    if is_error(value):
        return "error"
    is_formula = isinstance(value, str) and value.startswith("=") and len(value) > 1
    return "formula" if is_formula or type(value).__name__ == "ArrayFormula" else ""


def is_error(value: Any) -> bool:
    return isinstance(value, str) and bool(_ERRORS.fullmatch(value))


def text_of(value: Any) -> str:
    """Numbers with a decimal comma, as Vietnamese reads them; others as they stand."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)
