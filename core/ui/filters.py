"""Search and filters over a list, kept in the address.

    class DossierFilter(ListFilter):
        class Meta:
            model = Dossier
            fields = ["state", "campaign"]

The search box finds every word of `q`, without accents and in any order, in the folded text
that the model keeps in `search_text` (see core.text.fold).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import django_filters
from django.db.models import Func, TextField
from django.forms import IntegerField
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField, ModelChoiceField, ModelChoiceIterator
from django_filters.widgets import DateRangeWidget, SuffixedMultiWidget

from core.text import fold
from core.ui.components.marks import day
from core.ui.forms import keep_what_is_typed


class Folded(Func):
    """A text as `core.text.fold` makes it, but for its signs: for rows that keep no `search_text`.

    PostgreSQL reads each row that the other filters leave; a history of one day is short.
    """

    function = "fold"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        plain = "normalize(translate(%(expressions)s, 'Đđ', 'dd'), NFKD)"
        bare = rf"lower(regexp_replace({plain}, '[\u0300-\u036f]', '', 'g'))"
        return self.as_sql(compiler, connection, template=bare, **context)


class NamedRows(ModelChoiceIterator):
    """Rows to choose from as (key, name), without making an object of each."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", "name")


class RowField(ModelChoiceField):
    iterator = NamedRows


class RowFilter(django_filters.ModelChoiceFilter):
    """One of the rows of a model whose rows say who they are by `name`."""

    field_class = RowField


class YearFilter(django_filters.NumberFilter):
    """Rows of one year, typed as a whole number."""

    field_class = IntegerField

    def __init__(self, *args: Any, **kwargs: Any):
        wrong = {"invalid": _("Write the year with four digits, such as 2025.")}
        super().__init__(*args, **{"label": _("Year"), "error_messages": wrong, **kwargs})


class DayRangeWidget(DateRangeWidget):
    """Two boxes for days, each with its own label."""

    template_name = "components/day_range.html"


class DayRangeField(DateRangeField):
    """From one day to another, either left open; a wrong day says which of the two it is."""

    widget = DayRangeWidget

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first, last = self.fields
        first.error_messages["invalid"] = _(
            "The day after “from”: write a day of the calendar as day/month/year, "
            "such as 10/12/2025."
        )
        last.error_messages["invalid"] = _(
            "The day after “until”: write a day of the calendar as day/month/year, "
            "such as 10/12/2025."
        )


class DayRangeFilter(django_filters.DateFromToRangeFilter):
    """Rows whose instant lies in a stretch of days, its first and last day included."""

    field_class = DayRangeField


class ListFilter(django_filters.FilterSet):
    """The filters of a ListPage.

    `quick` are pills that are always shown: (label, {name: value}) sets these filters; an
    empty mapping is “all”.
    """

    quick: Sequence[tuple[Any, Mapping[str, str]]] = ()
    carries: Sequence[str] = ()  # what else the address holds, such as a period; a search keeps it

    q = django_filters.CharFilter(method="search", label=_("Search"))

    def search(self, rows: Any, name: str, value: str) -> Any:
        for word in fold(value).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    @cached_property
    def form(self) -> Any:
        form = super().form
        form.is_filter = True  # no “(optional)” on its labels
        for field in form.fields.values():
            keep_what_is_typed(field)
        return form

    @property
    def fields(self) -> list[Any]:
        """The bound fields beside the search box."""
        return [field for field in self.form if field.name != "q" and not field.is_hidden]

    @property
    def has_fields(self) -> bool:
        return len(self.form.fields) > 1

    @property
    def unfolded(self) -> bool:
        """Whether the fields are to be drawn: asked for, or with something to mend.

        Else they are fetched when somebody opens them: to draw them, with all the units there are
        to choose from, is a fourth of what a list costs.
        """
        return "more" in self.data or bool(self.form.errors)

    @cached_property
    def on(self) -> list[str]:
        """Names of the filters that are on, but for the search box; nonsense is not on."""
        self.form.is_valid()  # cleans it once; every cleaning asks for the chosen rows again
        kept = self.form.cleaned_data
        return [name for name in self.form.changed_data if name != "q" and name in kept]

    def counted(self) -> int | None:
        """How many rows are found, where that is known already."""
        return None

    def kept(self) -> list[tuple[str, str]]:
        """What the search form must carry along: sorting, rows a page, and `carries`."""
        names = ("sort", "rows", *self.carries)
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    def folded(self) -> list[tuple[str, str]]:
        """The filters that are on, to be carried along while their fields are not drawn."""
        keys = [key for name in self.form.changed_data if name != "q" for key in self._sent(name)]
        return [(key, value) for key in keys for value in self.data.getlist(key)]

    def pills(self) -> list[dict[str, Any]]:
        """For the component `pills`: the quick ones, then each filter that is on."""
        rows = [self._quick(label, wanted) for label, wanted in self.quick]
        quick = {name for _label, wanted in self.quick for name in wanted}
        return rows + [self._chosen(name) for name in self.on if name not in quick]

    def nothing(self) -> dict[str, Any] | None:
        """What a list says that has rows but none for what was asked; arguments of `empty`."""
        if not self.form.changed_data:
            return None
        words = self.form.cleaned_data.get("q", "")
        said = gettext("Nothing fits “%(words)s”") % {"words": words}
        return {
            "title": said if words else gettext("Nothing fits these filters"),
            "url": self.clear(),
            "verb": gettext("Drop all filters"),
        }

    def clear(self) -> str:
        """The address without any filter, or nothing if none is on."""
        names = [key for name in self.form.fields for key in self._sent(name)]
        return self._address({}, drop=names) if self.form.changed_data else ""

    def _quick(self, label: Any, wanted: Mapping[str, str]) -> dict[str, Any]:
        names = {name for _label, each in self.quick for name in each}
        on = all(self.data.get(name, "") == wanted.get(name, "") for name in names)
        return {"label": label, "url": self._address(wanted, drop=[*names]), "on": on}

    def _chosen(self, name: str) -> dict[str, Any]:
        label = f"{self.form.fields[name].label}: {self._shown(name)}"
        return {"label": label, "remove": self._address({}, drop=self._sent(name))}

    def _sent(self, name: str) -> list[str]:
        """The keys under which the address holds this field: a range has two."""
        widget = self.form.fields[name].widget
        if isinstance(widget, SuffixedMultiWidget):
            return [widget.suffixed(name, suffix) for suffix in widget.suffixes]
        return [f"{name}{part}" for part in getattr(widget, "widgets_names", [""])]

    def _shown(self, name: str) -> str:
        field, value = self.form.fields[name], self.form.cleaned_data.get(name)
        if isinstance(value, slice):
            return _span(value.start, value.stop)
        values = value if isinstance(value, (list, tuple)) else [value]
        words = {str(key): str(label) for key, label in _choices(field)}
        return ", ".join(words.get(str(getattr(one, "pk", one)), str(one)) for one in values)

    def _address(self, wanted: Mapping[str, str], *, drop: Sequence[str]) -> str:
        query = self.request.GET.copy()
        for name in [*drop, "page"]:
            query.pop(name, None)
        for name, value in wanted.items():
            query[name] = value
        return f"?{query.urlencode()}"


def _span(start: Any, stop: Any) -> str:
    """A range of days or numbers in words; either end may be open."""
    first, last = (day(end) if isinstance(end, date) else str(end or "") for end in (start, stop))
    if first and last:
        return f"{first} – {last}"
    return _("from %s") % first if first else _("until %s") % last


def _choices(field: Any) -> list[tuple[Any, Any]]:
    """The plain choices of a field; those of a queryset name themselves."""
    if hasattr(field, "queryset"):
        return []
    pairs: list[tuple[Any, Any]] = []
    for key, label in getattr(field, "choices", ()):
        pairs += label if isinstance(label, (list, tuple)) else [(key, label)]
    return pairs
