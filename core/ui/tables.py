"""Lists as tables: sorted and paged in the address, cards on a phone, columns for our kinds.

    class DossierTable(ListTable):
        code = RowLink(verbose_name=_("Dossier"), note="title")
        state = StateColumn()
        due_on = DueColumn()

        class Meta(ListTable.Meta):
            model = Dossier
            fields = ("code", "state", "due_on")

Every column that sorts needs an order in the database (`order_by`), so that pages are stable.
"""

import inspect
from typing import Any

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.lookups import In
from django.utils.formats import localize, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # not in the stubs
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from core.text import whole
from core.ui.components import marks

PAGE_SIZES = (25, 50, 100)


class KeyOfPage(In):
    """A key among those that a query gives. PostgreSQL asks for them first, always.

    Of a plain IN it makes one more join, and where other tables are joined as well it may read
    all the rows before it throws away those of other pages.
    """

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        if connection.vendor == "postgresql":
            return f"= ANY (ARRAY {rhs})"
        return super().get_rhs_op(connection, rhs)


class PagedRows(TableQuerysetData):
    """Rows read page by page: their keys are sorted first, and only those of the page are read.

    A database sorts whole rows, with all that is joined to them; for the first page of ten thousand
    that is a hundred times the work.
    """

    def __init__(self, data: Any, counted: int | None):
        super().__init__(data)
        if counted is not None:
            self._length = counted  # where the base keeps what it counted

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice):
            return super().__getitem__(key)
        rows = self.data
        if order := rows.query.order_by:  # rows that are alike in it keep their place as well
            rows = rows.order_by(*order, "pk")
        return rows.filter(KeyOfPage(F("pk"), rows.values("pk")[key].query))


class ListTable(tables.Table):
    """The table of a ListPage. `caption` is read out and set by the component `table`.

    `counted` says how many rows there are, if somebody has counted them.
    """

    caption: Any = ""

    class Meta:
        template_name = "components/table.html"
        attrs = {"class": "grid stack"}
        row_attrs = {"data-row": ""}
        default = ""
        order_by_field = "sort"
        per_page_field = "rows"

    def __init__(
        self, data: Any, *, request: Any = None, counted: int | None = None, **kwargs: Any
    ):
        paged = PagedRows(data, counted) if isinstance(data, QuerySet) else data
        super().__init__(paged, **kwargs)
        self.request = request  # not for the base, which would count and page all rows at once

    def turn_to(self, request: Any, per_page: int) -> None:
        """Sort and turn to the page that the address asks for; nonsense gives the first."""
        asked = whole(request.GET.get(self.prefixed_per_page_field))
        if asked in PAGE_SIZES:
            per_page = asked
        if order := request.GET.getlist(self.prefixed_order_by_field):
            self.order_by = order
        self.paginator = Paginator(self.rows, per_page)
        self.page = self.paginator.get_page(request.GET.get(self.prefixed_page_field, 1))

    def body(self) -> SafeString:
        """The rows as markup. Not in the template: a page of 100 rows has 1,000 cells.

        Attributes of cells are those of their column, the same in each row.
        """
        columns = [_Cells(column) for column in self.columns]
        opened: dict[tuple[Any, ...], str] = {}  # rows differ in little but being odd or even
        rows = []
        for row in self.paginated_rows:
            attrs = row.attrs
            kind = tuple(attrs.items())
            if kind not in opened:
                opened[kind] = f'<tr role="row" {attrs.as_html()}>'
            cells = "".join([column.markup(row) for column in columns])
            rows.append(f"{opened[kind]}{cells}</tr>")
        return mark_safe("".join(rows))  # each cell is escaped by _shown


class _Cells:
    """The cells of a column; what is the same in each of them is found once."""

    def __init__(self, column: Any):
        self.column, self.opening = column, _opening(column)
        self.name = str(column.accessor)
        taken = inspect.signature(column.render).parameters.values()
        self.words = None  # the arguments that `render` takes; None for any
        if all(word.kind is not word.VAR_KEYWORD for word in taken):
            self.words = [word.name for word in taken]
        self.plain: dict[type, bool] = {}

    def markup(self, row: Any) -> str:
        """What `row.get_cell` would say; a plain attribute is read without its search for others."""
        column, record = self.column, row.record
        kind = type(record)
        if kind not in self.plain:
            self.plain[kind] = self._is_plain(kind)
        if self.plain[kind]:
            value = getattr(record, self.name, None)
            empty = value in column.column.empty_values
            cell = column.default if empty else self._rendered(row, value)
        else:
            cell = row._get_and_render_with(
                column,
                render_func=lambda _column, value=None: self._rendered(row, value),
                default=column.default,
            )
        return f"{self.opening}{_shown(cell)}</td>"

    def _is_plain(self, kind: type) -> bool:
        """Whether it is what models keep under one name: no way to another row, no method, no
        choice to be put into words."""
        if not issubclass(kind, Model) or "__" in self.name:
            return False
        try:
            field = kind._meta.get_field(self.name)
        except FieldDoesNotExist:
            return not callable(getattr(kind, self.name, None))
        return not (field.is_relation or getattr(field, "choices", None))

    def _rendered(self, row: Any, value: Any) -> Any:
        """The cell of a value; of its arguments `render` gets only those that it asks for."""
        column = self.column
        given = row._optional_cell_arguments(column, value)
        wanted = given if self.words is None else {word: given[word] for word in self.words}
        shown = column.render(**wanted)
        return column.link(shown, **given) if column.link else shown


def _opening(column: Any) -> str:
    """The opening tag of a column's cells; on a phone the label stands before the value."""
    kind = column.column
    bare = getattr(kind, "main", False) or getattr(kind, "bare", False)
    label = "" if bare else format_html(' data-l="{}"', column.header)
    return f'<td role="cell" {column.attrs["td"].as_html()}{label}>'


def _shown(cell: Any) -> str:
    """A cell as a template would show it: escaped, days and numbers in the reader's way."""
    if not isinstance(cell, str):
        cell = localize(template_localtime(cell))
    return conditional_escape(cell)


class RowLink(tables.Column):
    """The name of the row, which opens it; `note` is the attribute of a small second line."""

    def __init__(self, *args: Any, note: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.note = tables.A(note)
        self.main = True

    def render(self, value: Any, record: Any) -> str:
        address = record.get_absolute_url()
        note = self.note.resolve(record, quiet=True) if self.note else ""
        link = '<a class="rowlink" href="{}">{}</a>'
        if note:
            return format_html(f"{link}<small>{{}}</small>", address, value, note)
        return format_html(link, address, value)

    def value(self, value: Any) -> Any:
        return value


class NumberColumn(tables.Column):
    """Numbers to the right, all with as many decimals."""

    def __init__(self, *args: Any, places: int = 0, **kwargs: Any):
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}})
        super().__init__(*args, **kwargs)
        self.places = places

    def render(self, value: Any) -> str:
        return number_format(value, self.places)

    def value(self, value: Any) -> Any:
        return value


class DayColumn(tables.Column):
    """A day, dd/mm/yyyy."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("attrs", {"td": {"class": "nowrap"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return marks.day(value)

    def value(self, value: Any) -> Any:
        return value


class StateColumn(tables.Column):
    """The state of the row, as everywhere else."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("accessor", "pk")  # a field with choices would be put into words twice
        kwargs.setdefault("order_by", "state")
        kwargs.setdefault("verbose_name", _("State"))
        super().__init__(*args, **kwargs)
        self.bare = True
        self.shown: dict[str, SafeString] = {}  # every table has columns of its own

    def render(self, record: Any) -> str:
        if record.state not in self.shown:
            self.shown[record.state] = marks.state(of=record)
        return self.shown[record.state]

    def value(self, record: Any) -> str:
        return marks.state_words(record)


class DueColumn(tables.Column):
    """A deadline with the working days left, which the head names since the cells have no room
    for it. A row says `paused` if its clock stands still."""

    def __init__(self, *args: Any, soon: int | None = None, **kwargs: Any):
        kwargs.setdefault("verbose_name", _("Due (working days)"))
        super().__init__(*args, **kwargs)
        self.soon = soon
        self.bare = True
        self.shown: dict[tuple[Any, bool], SafeString] = {}  # many rows are due on one day

    def render(self, value: Any, record: Any) -> str:
        key = value, bool(getattr(record, "paused", False))
        if key not in self.shown:
            due, paused = key
            self.shown[key] = marks.clock_left(due=due, soon=self.soon, paused=paused, short=True)
        return self.shown[key]

    def value(self, value: Any) -> Any:
        return value


class ChoiceColumn(tables.CheckBoxColumn):
    """A box to choose the row, for bulk acts; `name` is the field that is sent."""

    def __init__(self, *args: Any, name: str = "row", **kwargs: Any):
        kwargs.setdefault("accessor", "pk")
        kwargs.setdefault("orderable", False)
        super().__init__(*args, **kwargs)
        self.field = name
        self.bare = True

    @property
    def header(self) -> str:
        return format_html(
            '<input class="form-check-input" type="checkbox" data-all aria-label="{}">',
            _("Choose the whole page"),
        )

    def render(self, value: Any, bound_column: Any, record: Any) -> str:
        return format_html(
            '<input class="form-check-input" type="checkbox" name="{}" value="{}" aria-label="{}">',
            self.field,
            value,
            _("Choose %(row)s") % {"row": record},
        )
