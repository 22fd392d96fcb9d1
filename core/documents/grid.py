"""A workbook that officers filled in, as rows of text; what cannot be read has its cell."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.documents import child, store
from core.documents.models import Document
from core.documents.refusals import Refused, refused

MOST_ROWS = 5_000
MOST_COLUMNS = 60
_SECONDS = 20
_MEGABYTES = 512


@dataclass(frozen=True)
class Odd:
    """A cell that holds no plain value: “formula”, “error”, “date” or “merged”."""

    row: int
    column: str
    why: str

    def __str__(self):
        return {
            "formula": _("A formula stands here. Copy the cell and paste its value."),
            "error": _("An error of Excel stands here. Write the value."),
            "date": _("Excel has made a day of this. Format the cell as text and write it again."),
            "merged": _("These cells are merged. Unmerge them."),
        }[self.why]


@dataclass(frozen=True)
class Grid:
    """Text of each cell, row by row, and the cells that people have to mend."""

    cells: list[list[str]]
    odd: list[Odd]


def read(document: Document, *, most_rows: int = MOST_ROWS) -> Grid:
    """The first sheet of a workbook that passed the gate. Raises `Refused` with a sentence."""
    question: dict[str, Any] = {"rows": most_rows, "columns": MOST_COLUMNS}
    try:
        answer, _nothing = child.run(
            "core.documents.openers.grid:read",
            question,
            store.read(document),
            seconds=_SECONDS,
            megabytes=_MEGABYTES,
        )
    except child.Failed as failed:
        code = "damaged" if failed.reason == "crashed" else "heavy"
        raise refused(code, document.name) from failed
    if "too_large" in answer:
        raise Refused(_too_large(document.name, answer["too_large"], most_rows))
    return Grid(answer["cells"], [Odd(*each) for each in answer["odd"]])


def _too_large(name: str, what: str, most_rows: int) -> str:
    words = {"name": name, "rows": most_rows, "columns": MOST_COLUMNS}
    if what == "rows":
        return (
            _("“%(name)s” has more than %(rows)s rows. Delete those that are not needed.") % words
        )
    return _("“%(name)s” has more than %(columns)s columns. Use the blank form.") % words
