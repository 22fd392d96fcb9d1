"""A plan as a workbook, and the blank form; both have every sheet, so that one can add."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from campaigns.plans import schema
from campaigns.plans.book import cells, guide
from campaigns.plans.book.layout import Place, Table, layout
from campaigns.plans.export import settled
from core.documents import xlsx
from core.yaml.kinds import Many, Number, OneOf, Text, Whole

WIDE, NARROW = 60, 16
LONG = 300  # characters of a text that gets a wide column


def write(plan: schema.Plan) -> bytes:
    """The workbook of a plan in its canonical form."""
    return _book(settled(plan))


def blank() -> bytes:
    """The form without a plan."""
    return _book(None)


def _book(plan: Any) -> bytes:
    with override("vi"):
        sheets = [guide.sheet(), _values(plan), _lists(plan)]
        sheets += [_table(table, plan) for table in layout().tables]
        return xlsx.form(sheets)


def _values(plan):
    places = layout().values
    columns = [
        xlsx.Column(guide.item(), 34, must=True),
        xlsx.Column(guide.value(), WIDE, must=True),
        xlsx.Column(guide.how(), 44),
    ]
    rows = [
        (place.label, cells.written(place.kind, _said(plan, place)), _how(place))
        for place in places
    ]
    single = {(row, 1): _column(place) for row, place in enumerate(places)}
    return xlsx.Sheet(layout().values_title, columns, rows, single)


def _said(plan, place):
    return schema.FORMAT if place.names == ("format",) else _at(plan, place.names)


def _how(place):
    if place.must:
        return f"{guide.needed()} {cells.hint(place.kind)}"
    return cells.hint(place.kind)


def _lists(plan):
    lists = layout().lists
    names = tuple(place.label for place in lists)
    columns = [
        xlsx.Column(guide.item(), 34, cells.hint(OneOf(())), names, must=True),
        xlsx.Column(guide.value(), WIDE, must=True),
    ]
    rows = [
        (place.label, cells.written(place.kind, member))
        for place in lists
        for member in (_at(plan, place.names) or ())
    ]
    return xlsx.Sheet(layout().lists_title, columns, rows)


def _table(table: Table, plan: Any) -> xlsx.Sheet:
    columns = [_column(place) for place in table.headings]
    return xlsx.Sheet(table.title, columns, rows_of(table, plan))


def rows_of(table: Table, plan: Any) -> list[list[Any]]:
    """What stands in the rows of one sheet, under its headings."""
    return [
        ([] if holder is None else [_at(holder, table.parent.key.names)])
        + [written_at(record, place) for place in table.columns]
        for holder, record in _records(table, plan)
    ]


def written_at(record: Any, place: Place) -> Any:
    """A value of a record as it stands in a cell."""
    return cells.written(place.kind, _at(record, place.names))


def _records(table: Table, plan: Any) -> Iterator[tuple[Any, Any]]:
    """(the record around it or None, record) of one table."""
    if plan is None:
        return
    if table.parent is None:
        for record in _at(plan, table.names) or ():
            yield None, record
        return
    for _holder, holder in _records(table.parent, plan):
        for record in _at(holder, table.names) or ():
            yield holder, record


def _column(place: Place) -> xlsx.Column:
    kind = place.kind
    choices = tuple(cells.labels(kind).values()) if isinstance(kind, OneOf) else ()
    long = isinstance(kind, Many) or (isinstance(kind, Text) and kind.most >= LONG)
    width = WIDE if long else NARROW if isinstance(kind, Number | Whole) else 24
    return xlsx.Column(place.label, width, cells.hint(kind), choices, place.must)


def _at(record: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        record = getattr(record, name) if record is not None else None
    return record
