"""A workbook of several sheets that somebody filled in, as cells of text that know their place."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.documents import child
from core.documents.grid import Odd
from core.documents.refusals import Refused, refused

_SECONDS = 20
_MEGABYTES = 512


@dataclass(frozen=True, order=True)
class Cell:
    """One cell; cells are ordered as one reads. `why` is “” for a plain value, else a word of
    `Odd`, or “decimal” for a number with decimals, which Excel writes as it likes."""

    place: int  # of the sheet; 0 for the file as a whole
    row: int
    column: int
    sheet: str = field(default="", compare=False)
    text: str = field(default="", compare=False)
    why: str = field(default="", compare=False)

    @property
    def address(self) -> str:
        """As Excel names it: C5."""
        return f"{letters(self.column)}{self.row}"

    def __str__(self):
        if not self.place:
            return _("The whole file")
        return _("Sheet “%(sheet)s”, cell %(cell)s") % {
            "sheet": self.sheet,
            "cell": self.address,
        }

    @property
    def oddity(self) -> str:
        """What is to be mended in the cell itself, as a sentence."""
        if self.why == "decimal":
            return _("Excel may show this number otherwise. Format the cell as text.")
        return str(Odd(self.row, letters(self.column), self.why)) if self.why else ""


@dataclass
class Sheet:
    """`rows`: {row: {column: cell}}, only what stands there."""

    place: int
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell:
        """The cell, or an empty one."""
        there = self.rows.get(row, {}).get(column)
        return there or Cell(self.place, row, column, self.name)


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    word = ""
    while column:
        column, rest = divmod(column - 1, 26)
        word = chr(ord("A") + rest) + word
    return word


def read(content: bytes, *, name: str, sheets: int, rows: int, columns: int) -> list[Sheet]:
    """The sheets of a workbook, with so many sheets, rows and columns at most.

    Raises `Refused` with a sentence.
    """
    question: dict[str, Any] = {"sheets": sheets, "rows": rows, "columns": columns}
    opener = "core.documents.openers.book:read"
    try:
        answer, _nothing = child.run(
            opener, question, content, seconds=_SECONDS, megabytes=_MEGABYTES
        )
    except child.Failed as failed:
        code = "damaged" if failed.reason == "crashed" else "heavy"
        raise refused(code, name) from failed
    if "too_large" in answer:
        raise Refused(_too_large(answer, question))
    return [_sheet(place, each) for place, each in enumerate(answer["sheets"], start=1)]


def _sheet(place: int, answer: dict[str, Any]) -> Sheet:
    sheet = Sheet(place, answer["name"])
    for row, column, text, why in answer["cells"]:
        cell = Cell(place, row, column, sheet.name, text, why)
        sheet.rows.setdefault(row, {})[column] = cell
    return sheet


def _too_large(answer, most):
    words = {**most, "sheet": answer["sheet"]}
    return {
        "sheets": _("The workbook has more than %(sheets)s sheets. Use the blank form."),
        "rows": _("Sheet “%(sheet)s” has more than %(rows)s rows. Delete those not needed."),
        "columns": _("Sheet “%(sheet)s” has more than %(columns)s columns. Use the blank form."),
    }[answer["too_large"]] % words
