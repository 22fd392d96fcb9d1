"""From the sheets of a workbook to the nodes that a YAML file gives as well."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from campaigns.plans import agreement
from campaigns.plans.book.cells import CellReader
from campaigns.plans.book.layout import Layout, Place, Table, layout
from campaigns.plans.reading import Reading
from campaigns.plans.schema import Plan
from core.documents import book
from core.documents.book import Cell, Sheet
from core.documents.refusals import Refused
from core.text import fold, nfc
from core.yaml import nodes, reading
from core.yaml.kinds import Many
from core.yaml.nodes import Branch, Fault, Leaf

MOST_BYTES = 1_000_000
MOST = {"sheets": 60, "rows": 2_000, "columns": 60}


def read(content: bytes, *, name: str = "") -> Reading:
    """Read a plan from a workbook; never raises for what it says."""
    try:
        sheets = book.read(content, name=name, **MOST)
    except Refused as refused:
        return Reading(None, [Fault(Cell(0, 0, 0), refused.sentence)], in_lines=False)
    return understand(sheets)


def understand(sheets: list[Sheet]) -> Reading:
    """Read a plan from the cells of its sheets, wherever they come from."""
    entry = _Entry(layout())
    entry.take(sheets)
    reader = CellReader(entry.faults)
    what = reading.understand(entry.root, Plan, agreement.missing_in, reader)
    return Reading(what.record, what.faults, what.lines, what.partial, in_lines=False)


@dataclass
class _Entry:
    """Collects the nodes of a plan from its sheets, with what cannot be placed as faults."""

    layout: Layout
    faults: list[Fault] = field(default_factory=list)
    root: nodes.Table = field(default_factory=lambda: nodes.Table(Cell(0, 0, 0)))
    rows: dict[str, dict[str, nodes.Table]] = field(default_factory=dict)  # of parents, by key

    def take(self, sheets: list[Sheet]) -> None:
        known = self._known(sheets)
        values = known.get(self.layout.values_title)
        if values is None:
            text = _("There is no sheet “%(name)s”. Use the blank form.")
            self._fault(Cell(0, 0, 0), text % {"name": self.layout.values_title})
        else:
            self.root.line = values.at(1, 1)
            self._values(values)
        if self.layout.lists_title in known:
            self._lists(known[self.layout.lists_title])
        for table in self.layout.tables:
            if table.title in known:
                self._table(table, known[table.title])

    def _known(self, sheets):
        titles = [self.layout.guide, self.layout.values_title, self.layout.lists_title]
        titles += [table.title for table in self.layout.tables]
        by_key = {fold(title): title for title in titles}
        known: dict[str, Sheet] = {}
        for sheet in sheets:
            title = by_key.get(fold(sheet.name))
            if title == self.layout.guide or (title is None and not sheet.rows):
                continue
            if title is None or title in known:
                text = _("A plan has no sheet of this name. Its sheets are: %(names)s.")
                again = _("This sheet is there twice.")
                names = ", ".join(titles[1:])
                self._fault(sheet.at(1, 1), again if title else text % {"names": names})
                continue
            known[title] = sheet
        return known

    def _values(self, sheet):
        """“label | value” in each row."""
        places = {fold(place.label): place for place in self.layout.values}
        found: dict[Place, Cell] = {}
        for label, cell in self._pairs(sheet):
            place = places.get(fold(label.text))
            if place is None:
                self._unknown(label, [each.label for each in self.layout.values])
            elif place in found:
                self._fault(label, _("“%(name)s” is there twice.") % {"name": place.label})
            else:
                found[place] = cell
        for place, cell in found.items():
            group = place.words[:-1]
            if not group or _says(found, group):
                self._put(self.root, place.words, _node(place.kind, cell))

    def _lists(self, sheet):
        places = {fold(place.label): place for place in self.layout.lists}
        for label, cell in self._pairs(sheet):
            place = places.get(fold(label.text))
            if place is None:
                self._unknown(label, [each.label for each in self.layout.lists])
            elif cell.text:
                self._branch(self.root, place.words, cell).members.append(Leaf(cell, cell.text))

    def _pairs(self, sheet) -> Iterator[tuple[Cell, Cell]]:
        """(cell of the first column, cell of the second) below the heading."""
        for row in sorted(sheet.rows):
            label, cell = sheet.at(row, 1), sheet.at(row, 2)
            if row == 1 or not (label.text or cell.text or cell.why):
                continue
            if label.why or not label.text:
                text = label.oddity or _("Say in the first column what this is.")
                self._fault(label, text)
            elif cell.why == "merged" and not cell.text:
                self._fault(cell, cell.oddity)
            else:
                yield label, cell

    def _table(self, table: Table, sheet: Sheet) -> None:
        columns = self._columns(table, sheet)
        first = sheet.at(1, 1)
        for row in sorted(sheet.rows.keys() - {1}):
            cells = {place: sheet.at(row, column) for place, column in columns.items()}
            if not self._stands(sheet.rows[row], columns.values()):
                continue
            node = nodes.Table(sheet.at(row, min(columns.values(), default=1)))
            for node_words, inside in _grouped(
                {place: cell for place, cell in cells.items() if place is not table.belongs}
            ):
                self._put(node, node_words, inside)
            holder = self._holder(table, cells, node.line)
            if holder is not None:
                self._branch(holder, table.words, first).members.append(node)
            if table.key in cells:
                key = nfc(cells[table.key].text)
                self.rows.setdefault(table.title, {}).setdefault(key, node)

    def _columns(self, table, sheet) -> dict[Place, int]:
        places = {fold(place.label): place for place in table.headings}
        columns: dict[Place, int] = {}
        for number, cell in sheet.rows.get(1, {}).items():
            place = places.get(fold(cell.text))
            if cell.why or place is None:
                labels = [each.label for each in table.headings]
                self._unknown(cell, labels)
            elif place in columns:
                self._fault(cell, _("“%(name)s” is there twice.") % {"name": place.label})
            else:
                columns[place] = number
        for place in table.headings:
            if place.must and place not in columns and len(sheet.rows) > 1:
                text = _("The column “%(name)s” is missing.")
                self._fault(sheet.at(1, 1), text % {"name": place.label})
        return columns

    def _stands(self, row, columns) -> bool:
        """Whether the row says anything; what stands under no heading is a fault."""
        columns = set(columns)
        for number, cell in row.items():
            if cell.why == "merged" and not cell.text:
                self._fault(cell, cell.oddity)
            elif number not in columns:
                self._fault(cell, _("No heading stands above this cell."))
        return any(cell.text for number, cell in row.items() if number in columns)

    def _holder(self, table, cells, line) -> nodes.Table | None:
        """The node in whose list a row stands."""
        if table.parent is None:
            return self.root
        cell = cells.get(table.belongs, line)
        holder = self.rows.get(table.parent.title, {}).get(nfc(cell.text))
        if holder is None:
            text = _("Say here which row of “%(sheet)s” this one belongs to, by “%(key)s”.")
            said = {"sheet": table.parent.title, "key": table.parent.key.label}
            self._fault(cell, text % said)
        return holder

    def _branch(self, table, path, line) -> Branch:
        for word in path[:-1]:
            table = table.members.setdefault(word, nodes.Table(line))
        return table.members.setdefault(path[-1], Branch(line))

    def _put(self, table, path, node) -> None:
        for word in path[:-1]:
            table = table.members.setdefault(word, nodes.Table(node.line))
        table.members[path[-1]] = node
        table.lines[path[-1]] = node.line

    def _unknown(self, cell, labels):
        text = _("“%(name)s” is not known here. Known are: %(names)s.")
        said = {"name": cell.text[:60], "names": ", ".join(labels)}
        self._fault(cell, cell.oddity or text % said)

    def _fault(self, cell, text):
        self.faults.append(Fault(cell, text))


def _grouped(cells: dict[Place, Cell]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(words, node); a group of values in which nothing stands is one empty node."""
    empty = set()
    for place, cell in cells.items():
        group = place.words[:-1]
        if not group or _says(cells, group):
            yield place.words, _node(place.kind, cell)
        elif group not in empty:
            empty.add(group)
            yield group, Leaf(cell, None)


def _says(cells: dict[Place, Cell], group: tuple[str, ...]) -> bool:
    return any(cell.text for place, cell in cells.items() if place.words[:-1] == group)


def _node(kind: Any, cell: Cell) -> Any:
    if isinstance(kind, Many) and cell.text and not cell.why:
        lines = filter(None, map(str.strip, cell.text.split("\n")))
        return Branch(cell, [Leaf(cell, line) for line in lines])
    return Leaf(cell, cell.text or None)
