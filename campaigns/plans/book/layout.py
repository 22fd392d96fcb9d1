"""Which sheets a plan has as a workbook, and which columns: all of it follows from the schema.

Single values stand one below the other in the first sheet, lists of words in the second, and
each table of the plan has a sheet of its own. A table inside a table (sectors of a content)
has a sheet too, whose first column names the row it belongs to. Headings are Vietnamese.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from campaigns.plans.schema import Plan, words
from core.yaml.kinds import Many, Record

TITLES = {
    ("agency", "phases"): gettext_lazy("Phases set by the agency"),
    ("agency", "rounds"): gettext_lazy("Rounds set by the agency"),
}


@dataclass(frozen=True, eq=False)
class Place:
    """A value: `words` lead to it in the file, `names` in the record, from the row or the plan."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    label: str
    kind: Any
    must: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """One sheet. `words` and `names` lead to the list from the plan, or from a row of `parent`;
    `belongs` is the column that names that row by its `key`."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    title: str
    columns: tuple[Place, ...]
    key: Place | None = None
    parent: "Table | None" = None
    belongs: Place | None = None

    @property
    def headings(self) -> tuple[Place, ...]:
        return (self.belongs, *self.columns) if self.belongs else self.columns


@dataclass(frozen=True)
class Layout:
    guide: str
    values_title: str
    lists_title: str
    values: tuple[Place, ...]
    lists: tuple[Place, ...]
    tables: tuple[Table, ...]


@cache
def layout() -> Layout:
    with override("vi"):
        values: list[Place] = []
        lists: list[Place] = []
        tables: list[Table] = []
        _walk(Plan, (), (), (), values, lists, tables)
        return Layout(
            _("Guide"), _("Plan"), _("Sentences"), tuple(values), tuple(lists), tuple(tables)
        )


def _walk(cls, path, names, labels, values, lists, tables):
    for word, attribute in words(cls):
        kind, about = attribute.metadata["kind"], attribute.metadata
        inner = ((*path, word), (*names, attribute.name), (*labels, str(about["label"])))
        if isinstance(kind, Record):
            _walk(kind.of, *inner, values, lists, tables)
        elif isinstance(kind, Many) and isinstance(kind.of, Record):
            tables += _tables(kind, *inner)
        elif isinstance(kind, Many):
            lists.append(_place(*inner, kind.of))
        else:
            values.append(_place(*inner, kind, must=about["must"] and not path))


def _tables(kind, path, names, labels, parent=None):
    """The sheet of a list of records, with those of the lists inside."""
    columns: list[Place] = []
    inside: list[tuple] = []
    _columns(kind.of.of, (), (), (), columns, inside)
    title = str(TITLES.get(path) or labels[-1])
    key = next((column for column in columns if column.names == (kind.key,)), None)
    belongs = None
    if parent:
        label = _("Belongs to: %(sheet)s") % {"sheet": parent.title}
        belongs = Place((), (), label, parent.key.kind, must=True)
    table = Table(path, names, capfirst(title), tuple(columns), key, parent, belongs)
    return [table, *(each for one in inside for each in _tables(*one, parent=table))]


def _columns(cls, path, names, labels, columns, inside, must=True):
    for word, attribute in words(cls):
        kind, about = attribute.metadata["kind"], attribute.metadata
        inner = ((*path, word), (*names, attribute.name), (*labels, str(about["label"])))
        if isinstance(kind, Record):
            _columns(kind.of, *inner, columns, inside, must and about["must"])
        elif isinstance(kind, Many) and isinstance(kind.of, Record):
            inside.append((kind, *inner))
        else:
            columns.append(_place(*inner, kind, must=must and about["must"]))


def _place(path, names, labels, kind, must=False):
    return Place(path, names, capfirst(": ".join(labels)), kind, must)
