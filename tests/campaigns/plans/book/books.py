"""Workbooks for tests: written by the portal, then changed as people change them."""

from io import BytesIO
from pathlib import Path

import openpyxl

from campaigns.plans.book import writing
from campaigns.plans.reading import read

FILES = sorted(Path("campaigns/plans/files").glob("*.yaml"))


def plan_of(path):
    return read(path.read_bytes()).plan


def book_207():
    return writing.write(plan_of(Path("campaigns/plans/files/dong-thap-207.yaml")))


def edited(content, change):
    """The workbook after `change(book)`, saved as Excel would."""
    book = openpyxl.load_workbook(BytesIO(content))
    change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def cell_of(sheet, heading, row):
    """The cell under a heading."""
    columns = {cell.value: cell.column for cell in sheet[1]}
    return sheet.cell(row, columns[heading])


def value_of(book, label):
    """The cell beside a label in the sheet of single values."""
    return next(row[1] for row in book["Kế hoạch"].iter_rows() if row[0].value == label)
