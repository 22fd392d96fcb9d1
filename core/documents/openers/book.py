"""Every sheet of a workbook as cells of text; runs in a child process."""

import datetime
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from core.documents.openers.grid import is_error, text_of


def read(question: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
    """`question`: sheets, rows and columns at most. The answer, for what stands in a cell:

    {"sheets": [{"name": …, "cells": [[row, column, text, why], …]}]}; why is “” for a plain
    value, else one of formula, error, date, decimal, merged. {"too_large": what, "sheet":
    name} when there are more sheets, rows or columns.
    """
    light = openpyxl.load_workbook(BytesIO(blob), read_only=True)
    if len(light.worksheets) > question["sheets"]:
        return {"too_large": "sheets", "sheet": ""}, b""
    for sheet in light.worksheets:
        for seen, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if seen > question["rows"] or len(row) > question["columns"]:
                what = "rows" if seen > question["rows"] else "columns"
                return {"too_large": what, "sheet": sheet.title}, b""
    book = openpyxl.load_workbook(BytesIO(blob))
    return {"sheets": [_sheet(sheet) for sheet in book.worksheets]}, b""


def _sheet(sheet: Any) -> dict[str, Any]:
    merged = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            at = (cell.row, cell.column)
            why = "merged" if at in merged else _odd(cell)
            text = unescape(text_of(cell.value)).strip()
            if text or why:
                cells.append([*at, text, why])
    return {"name": sheet.title, "cells": cells}


def _odd(cell: Any) -> str:
    if cell.data_type == "f":
        return "formula"
    if cell.data_type == "e" or is_error(cell.value):
        return "error"
    if isinstance(cell.value, datetime.date | datetime.time):
        return "date"
    whole = not isinstance(cell.value, float) or cell.value.is_integer()
    return "" if whole else "decimal"
