"""Two colleagues in one step of the wizard: what one typed meets what the other saved meanwhile.

A page carries `seen`: a mark of every value, and of every row of its tables, as it showed them.
What only the colleague changed is taken over, what only this person changed stays as typed, and
what both changed is shown twice, side by side, as `core.ui.merging` does for a single row.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.text import whole
from core.ui.merging import KEPT, Conflict, mark, plain

MOST_ROWS = 1000  # of a table; the form takes no more
Typed = Mapping[str, list[str]]


@dataclass
class KeptTable:
    """The rows of one table as they are kept; `key` are the columns by which a row is known:
    its code, and before it the row of another table that it belongs to."""

    title: Any
    rows: list[list[str]]
    key: tuple[int, ...] = ()

    def known_as(self, row: list[str]) -> str:
        return mark(json.dumps([row[at] for at in self.key] if self.key else row))


@dataclass
class Kept:
    """What is kept of a step: {name of a field: (label, text)}, {prefix: table}."""

    values: dict[str, tuple[Any, str]] = field(default_factory=dict)
    tables: dict[str, KeptTable] = field(default_factory=dict)

    def seen(self) -> str:
        """The marks that a page carries."""
        values = {name: mark(text) for name, (_label, text) in self.values.items()}
        tables = {
            prefix: [[table.known_as(row), mark(json.dumps(row))] for row in table.rows]
            for prefix, table in self.tables.items()
        }
        return json.dumps([values, tables])


def meet(
    typed: Typed, kept: Kept, *, again: bool = False
) -> tuple[dict[str, list[str]], list[Conflict]]:
    """What was typed, merged with what is kept now, and what this person has to choose.

    With `again` a choice that was offered and not yet sent is offered again. What carries no
    marks comes back as it was typed.
    """
    seen, found = _read(_last(typed, "seen")), dict(typed)
    if seen is None:
        return found, []
    conflicts = []
    for name, (label, now) in kept.values.items():
        if name in typed:
            said = plain(_last(typed, name))
            took, clash = _value(said, now, seen[0].get(name), _chosen(typed, name))
            found[name] = [took]
            if clash or (again and f"choose-{name}" in typed and took != now):
                conflicts.append(Conflict(name, label, now, said))
    for prefix, table in kept.tables.items():
        if f"{prefix}-TOTAL_FORMS" in typed:
            mine = rows_of_draft(typed, prefix)
            rows, clash = _rows(mine, table, seen[1].get(prefix, []), _chosen(typed, prefix))
            if clash or (again and f"choose-{prefix}" in typed):
                conflicts.append(_beside(prefix, table, rows))
            if rows != mine:
                _put(found, prefix, rows)
    found["seen"] = [kept.seen()]
    return found, conflicts


def _value(said, now, seen, chosen):
    """(what stands, whether both changed it)."""
    if mark(now) == seen:
        return (now if chosen else said), False
    if mark(said) == seen:
        return now, False
    return said, said != plain(now)


def _rows(mine, table, base, chosen):
    """(rows with `kept` as they lie now, whether both changed one)."""
    now = [[known, mark(json.dumps(row))] for row, known in _known(table)]
    if now == base:
        return (_all_kept(table) if chosen else mine), False
    places = {known: at for at, (known, _full) in enumerate(now)}
    found, met, clash = [], set(), False
    for row in mine:
        kept, cells = whole(row.get("kept")), _cells(row, table)
        if row.get("DELETE") or not any(cells):
            continue
        if kept is None or kept >= len(base):
            found.append(row | {"kept": ""})
            continue
        known, full = base[kept]
        at, said = places.get(known), mark(json.dumps(cells))
        if at is None:  # the colleague took it away
            clash |= said != full
            if said != full:
                found.append(row | {"kept": ""})
            continue
        met.add(at)
        took_over = said == full
        clash |= not took_over and full != now[at][1] and said != now[at][1]
        found.append(_row(table, at) if took_over else row | {"kept": str(at)})
    before = dict(base)
    for at, (known, full) in enumerate(now):
        if at not in met and known not in before:
            found.append(_row(table, at))
        elif at not in met:  # this person took it away
            clash |= before[known] != full
    return found, clash


def _known(table):
    return [(row, table.known_as(row)) for row in table.rows]


def _cells(row, table):
    width = len(table.rows[0]) if table.rows else sum(name.startswith("c") for name in row)
    return [plain(row.get(f"c{at}", "")) for at in range(width)]


def _row(table, at):
    cells = {f"c{n}": cell for n, cell in enumerate(table.rows[at])}
    return {"kept": str(at), **cells}


def _all_kept(table):
    return [_row(table, at) for at in range(len(table.rows))]


def _beside(prefix, table, rows):
    """The rows in which the two differ, a line each."""
    kept = [_line(row) for row in table.rows]
    mine = [_line(_cells(row, table)) for row in rows]
    return Conflict(
        prefix,
        table.title,
        "\n".join(line for line in kept if line not in mine) or _("(no such rows)"),
        "\n".join(line for line in mine if line not in kept) or _("(no such rows)"),
    )


def _line(cells):
    return "- " + " · ".join(cell.replace("\n", "; ") for cell in cells if cell)


def _put(found, prefix, rows):
    for name in [name for name in found if name.startswith(f"{prefix}-")]:
        del found[name]
    found[f"{prefix}-TOTAL_FORMS"] = [str(len(rows))]
    found[f"{prefix}-INITIAL_FORMS"] = ["0"]
    for at, row in enumerate(rows):
        found |= {f"{prefix}-{at}-{name}": [text] for name, text in row.items()}


def rows_of_draft(values: Typed, prefix: str) -> list[dict[str, str]]:
    """The rows of one table as they were typed, for the forms to show."""
    number = min(whole(_last(values, f"{prefix}-TOTAL_FORMS")) or 0, MOST_ROWS)
    found: list[dict[str, str]] = [{} for _at in range(number)]
    for name in values:
        start, _dash, rest = name.partition("-")
        place, _dash, column = rest.partition("-")
        at = whole(place)
        if start == prefix and at is not None and at < len(found) and column:
            found[at][column] = _last(values, name)
    return found


def _chosen(typed, name):
    """Whether this person chose what the colleague kept."""
    return _last(typed, f"choose-{name}") == KEPT


def _last(values: Typed, name: str) -> str:
    return (values.get(name) or [""])[-1]


def _read(text):
    """The marks of a page; None where it carries none."""
    try:
        marks = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(marks, list) and [type(part) for part in marks] == [dict, dict]
    return marks if whole and all(map(_is_table, marks[1].values())) else None


def _is_table(rows):
    """Whether these are the marks of rows: two of each."""
    return isinstance(rows, list) and all(
        isinstance(row, list) and [type(each) for each in row] == [str, str] for row in rows
    )
