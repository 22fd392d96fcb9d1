"""A plan that is written step by step on pages: each step shows some sheets of its workbook.

What a page does not show stays as it is. What was typed is read like the cells of a workbook,
so the wizard has no rules of its own.
"""

from dataclasses import dataclass
from typing import Any

from campaigns.plans.book import entering, writing
from campaigns.plans.book.layout import Place, Table, layout
from campaigns.plans.reading import Reading
from campaigns.plans.schema import FORMAT, Plan
from campaigns.plans.steps import Step
from core.documents.book import Cell, Sheet


@dataclass(frozen=True)
class Shown:
    """A table as a step shows it."""

    table: Table
    places: tuple[Place, ...]


def places(step: Step) -> list[Place]:
    """The single values and lists of a step."""
    values = [place for place in layout().values if place.words in step.values]
    return values + [place for place in layout().lists if place.words in step.lists]


def shown(step: Step) -> list[Shown]:
    found = []
    for words, columns in step.tables:
        table = next(each for each in layout().tables if words_of(each) == words)
        mine = [place for place in table.columns if ".".join(place.words) in columns]
        found.append(Shown(table, ((table.belongs,) if table.belongs else ()) + tuple(mine)))
    return found


def words_of(table: Table) -> tuple[str, ...]:
    """The words that lead to a table from the plan."""
    return (*words_of(table.parent), *table.words) if table.parent else table.words


class Sketch:
    """The cells of a plan, some of which a step replaces."""

    def __init__(self, plan: Plan):
        self.values = {place: writing.written_at(plan, place) for place in layout().values}
        self.values[layout().values[0]] = FORMAT
        self.lists = {
            place: [str(member) for member in _at(plan, place.names) or ()]
            for place in layout().lists
        }
        self.rows = {
            table: [
                dict(zip(table.headings, row, strict=True)) for row in writing.rows_of(table, plan)
            ]
            for table in layout().tables
        }

    def of(self, place: Place) -> str:
        """What a field of a step shows at first."""
        if place in self.lists:
            return "\n".join(self.lists[place])
        return _text(self.values[place])

    def says(self, step: Step) -> bool:
        """Whether anything stands in the step that is not needed from the beginning."""
        single = any(self.of(place) for place in places(step) if not place.must)
        return single or any(self.rows[each.table] for each in shown(step))

    def put(self, place: Place, text: str) -> None:
        if place in self.lists:
            self.lists[place] = [line.strip() for line in text.splitlines() if line.strip()]
        else:
            self.values[place] = text

    def put_rows(self, table: Table, typed: list[tuple[int | None, dict[Place, str]]]) -> None:
        """Rows as typed: (place of the row before, or None; values). Columns that were not
        shown stay; rows of tables inside follow the row they belong to."""
        before, after, names = self.rows[table], [], {}
        for kept, values in typed:
            row = before[kept] if kept is not None and kept < len(before) else {}
            after.append({**row, **values})
            if row and table.key:
                names[_text(row[table.key])] = values.get(table.key, _text(row[table.key]))
        self.rows[table] = after
        for inner in layout().tables:
            if inner.parent is table:
                self.rows[inner] = [
                    {**row, inner.belongs: names[_text(row[inner.belongs])]}
                    for row in self.rows[inner]
                    if _text(row[inner.belongs]) in names
                ]

    def read(self) -> Reading:
        return entering.understand(list(self._sheets()))

    def where(self, cell: Cell) -> tuple[Any, int | None, Place | None]:
        """(table or None, row, place) of a cell of `read`: what was typed there."""
        if cell.sheet == layout().values_title:
            return None, None, list(self.values)[cell.row - 2] if cell.row > 1 else None
        if cell.sheet == layout().lists_title:
            pairs = [place for place, members in self.lists.items() for _member in members]
            return None, None, pairs[cell.row - 2]
        table = next((each for each in layout().tables if each.title == cell.sheet), None)
        if table is None or cell.row < 2:
            return table, None, None
        return table, cell.row - 2, table.headings[cell.column - 1]

    def _sheets(self):
        yield _sheet(
            1,
            layout().values_title,
            ["", ""],
            [(place.label, value) for place, value in self.values.items()],
        )
        pairs = [(p.label, member) for p, members in self.lists.items() for member in members]
        yield _sheet(2, layout().lists_title, ["", ""], pairs)
        for number, (table, rows) in enumerate(self.rows.items(), start=3):
            headings = [place.label for place in table.headings]
            values = [[row.get(place) for place in table.headings] for row in rows]
            yield _sheet(number, table.title, headings, values)


def _sheet(number, title, headings, rows):
    sheet = Sheet(number, title)
    for row, values in enumerate([headings, *rows], start=1):
        for column, value in enumerate(values, start=1):
            if _text(value):
                cell = Cell(number, row, column, title, _text(value))
                sheet.rows.setdefault(row, {})[column] = cell
    return sheet


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _at(record: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        record = getattr(record, name) if record is not None else None
    return record
