"""A set of criteria as a table that officers write: rows in, rows out, faults with their cell.

One row a group or criterion, under the columns of published sheets (domain 2.4 B). What is
deeper is told by its number: “1.2” is inside “1”.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold, nfc
from criteria.models import Criterion
from criteria.rules import numbers, wording
from criteria.rules.scoring import KINDS

MOST_ROWS = 1_000


@dataclass(frozen=True)
class Written:
    """One row as it was written; `group` is the number of the group that it is in."""

    code: str
    name: str
    group: str = ""
    role: str = Criterion.Role.BASE
    most: Decimal | None = None
    kind: str = ""
    rule: tuple[str, ...] = ()
    guidance: str = ""
    evidence: str = ""
    responsible: str = ""
    verifier: str = ""
    data_source: str = ""

    def values(self) -> dict[str, Any]:
        """For the row of the database, but for its group."""
        names = ("code", "name", "role", "most", "kind", *TEXTS)
        return {name: getattr(self, name) for name in names} | {"rule": list(self.rule)}


TEXTS = {
    "guidance": 5000,
    "evidence": 5000,
    "responsible": 200,
    "verifier": 200,
    "data_source": 300,
}
COLUMNS: dict[str, tuple[str, ...]] = {
    # the first is what we write, the others are what published sheets have
    "code": ("STT", "Mã", "Số thứ tự", "TT"),
    "name": ("Chỉ số", "Tiêu chí", "Chỉ số/Chỉ số thành phần", "Nội dung", "Tên tiêu chí"),
    "most": ("Điểm tối đa", "Điểm chuẩn", "Thang điểm"),
    "role": ("Tính là", "Loại điểm"),
    "kind": ("Kiểu chấm", "Kiểu tính"),
    "rule": ("Cách tính", "Cách xác định và tính điểm", "Cách tính điểm"),
    "guidance": ("Hướng dẫn",),
    "evidence": ("Tài liệu kiểm chứng", "Minh chứng"),
    "responsible": ("Người phụ trách", "Đầu mối"),
    "verifier": ("Đơn vị phối hợp xác minh số liệu", "Đơn vị xác minh", "Cơ quan thẩm định"),
    "data_source": ("Nguồn thu thập dữ liệu", "Nguồn số liệu"),
}
NEEDED = ("code", "name", "most")


@dataclass(frozen=True, order=True)
class CellFault:
    """One thing to mend: where (“C7”, or a line), and a sentence."""

    row: int
    column: str
    text: str

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}"

    def __str__(self):
        return _("Cell %(cell)s: %(text)s") % {"cell": self.cell, "text": self.text}


@dataclass
class Sheet:
    """What was read of a table. With faults, `rows` is what could be read nevertheless."""

    rows: list[Written] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def read(cells: Sequence[Sequence[str]]) -> Sheet:
    """Read a table: cells as text, row by row, the first rows may be a title."""
    sheet = Sheet()
    heading = next((n for n, row in enumerate(cells) if _is_heading(row)), None)
    if heading is None:
        sheet.faults.append(CellFault(1, "A", _no_heading(cells)))
        return sheet
    places = _places(cells[heading], sheet, heading + 1)
    if sheet.faults:
        return sheet
    for number, row in enumerate(cells[heading + 1 :], start=heading + 2):
        if any(cell.strip() for cell in row):
            _read_row(row, number, places, sheet)
    if len(sheet.rows) > MOST_ROWS:
        text = _("A set has %(most)s rows at most.") % {"most": MOST_ROWS}
        sheet.faults.append(CellFault(heading + 2 + MOST_ROWS, "A", text))
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(
            CellFault(heading + 2, "A", _("There is no criterion below the heading."))
        )
    _read_groups(sheet)
    return sheet


def table(rows: Iterable[Criterion]) -> list[tuple[Any, ...]]:
    """Rows for a workbook under the first names of `COLUMNS`, in the order of the sheet."""
    roles, kinds = dict(Criterion.Role.choices), {name: kind.title for name, kind in KINDS.items()}
    return [
        (
            row.code,
            row.name,
            row.most,
            str(roles[row.role]) if row.group_id is None else "",
            str(kinds.get(row.kind, "")),
            "\n".join(row.rule),
            row.guidance,
            row.evidence,
            row.responsible,
            row.verifier,
            row.data_source,
        )
        for row in rows
    ]


def _is_heading(row: Sequence[str]) -> bool:
    words = {fold(cell) for cell in row}
    return all(words & {fold(name) for name in COLUMNS[need]} for need in ("code", "name"))


def _no_heading(cells: Sequence[Sequence[str]]) -> str:
    text = _("No row has the headings “%(code)s” and “%(name)s”. Begin with the blank form.")
    return text % {"code": COLUMNS["code"][0], "name": COLUMNS["name"][0]}


def _places(heading: Sequence[str], sheet: Sheet, number: int) -> dict[str, int]:
    known = {fold(word): name for name, words in COLUMNS.items() for word in words}
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = known.get(fold(cell)) if cell.strip() else None
        if name in places:
            text = _("The heading “%(name)s” stands twice.") % {"name": cell.strip()[:60]}
            sheet.faults.append(CellFault(number, letter(place), text))
        elif name:
            places[name] = place
        elif cell.strip():
            text = _("“%(name)s” is no heading of a set of criteria. Known are: %(known)s.")
            names = ", ".join(words[0] for words in COLUMNS.values())
            sheet.faults.append(
                CellFault(number, letter(place), text % {"name": cell.strip()[:60], "known": names})
            )
    for need in NEEDED:
        if need not in places:
            text = _("The column “%(name)s” is missing.") % {"name": COLUMNS[need][0]}
            sheet.faults.append(CellFault(number, "A", text))
    return places


def _read_row(row: Sequence[str], number: int, places: dict[str, int], sheet: Sheet) -> None:
    def cell(name: str) -> str:
        place = places.get(name)
        return nfc(row[place]).strip() if place is not None and place < len(row) else ""

    def fault(name: str, text: str) -> None:
        sheet.faults.append(CellFault(number, letter(places.get(name, 0)), text))

    code = cell("code").rstrip(".").replace(",", ".")  # Excel takes 1.2 for a number
    name = " ".join(cell("name").split())
    if not code or len(code) > 20:
        fault("code", _("Write the number of the criterion, such as 1.2, in up to 20 characters."))
        code = f"row{number}"
    if not name or len(name) > 500:
        fault("name", _("Write the name of the criterion in up to 500 characters."))
    most = _points(cell("most"), lambda text: fault("most", text))
    kind = _chosen(cell("kind"), {k: str(v.title) for k, v in KINDS.items()})
    if kind is None:
        names = ", ".join(str(each.title) for each in KINDS.values())
        fault("kind", _("Write one of these: %(words)s.") % {"words": names})
    role = _chosen(cell("role"), {k: str(v) for k, v in Criterion.Role.choices})
    if role is None:
        names = ", ".join(str(label) for _role, label in Criterion.Role.choices)
        fault("role", _("Write one of these: %(words)s.") % {"words": names})
    rule: tuple[str, ...] = ()
    if kind:
        read_rule, unclear = wording.read_rule(kind, most or Decimal(0), cell("rule"))
        rule = tuple(wording.write_rule(read_rule).splitlines())
        for text in unclear:
            fault("rule", text)
    elif kind == "" and cell("rule"):
        fault("kind", _("Say the way of scoring for this rule."))
    texts = {name: cell(name) for name in TEXTS}
    for text_name, longest in TEXTS.items():
        if len(texts[text_name]) > longest:
            text = _("Shorten this text to %(most)s characters.")
            fault(text_name, text % {"most": numbers.said(Decimal(longest))})
    sheet.rows.append(
        Written(
            code,
            name,
            role=role or Criterion.Role.BASE,
            most=most,
            kind=kind or "",
            rule=rule,
            **texts,
        )
    )


def _points(text: str, fault: Any) -> Decimal | None:
    if not text:
        return None
    try:
        points = numbers.read(text)
    except numbers.NotANumber as unread:
        fault(str(unread))
        return None
    if not 0 <= points <= 99_999 or points != numbers.to_points(points):
        fault(_("Points are from 0 to 99.999, with two decimals at most."))
        return None
    return points


def _chosen(text: str, choices: dict[str, str]) -> str | None:
    """The key of what was written, "" for nothing, None for something unknown."""
    if not text:
        return ""
    return next(
        (key for key, label in choices.items() if fold(text) in {fold(key), fold(label)}), None
    )


def _read_groups(sheet: Sheet) -> None:
    """Put each row into the group whose number its own begins with."""
    codes = {row.code for row in sheet.rows}
    sheet.rows = [
        Written(**{**row.__dict__, "group": group_of(row.code, codes)}) for row in sheet.rows
    ]


def group_of(code: str, codes: set[str]) -> str:
    while "." in code:
        code = code.rpartition(".")[0]
        if code in codes:
            return code
    return ""


def letter(place: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
