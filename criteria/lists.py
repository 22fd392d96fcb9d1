"""Columns and filters of the lists of this app."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.text import fold
from core.ui.filters import ListFilter, YearFilter
from core.ui.tables import ListTable, NumberColumn, RowLink, StateColumn
from criteria.models import CriteriaSet

State = CriteriaSet.State


class SetFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("Being drawn up"), {"state": State.DRAFT}),
        (_("In use"), {"state": State.LOCKED}),
    ]

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    year = YearFilter()

    class Meta:
        model = CriteriaSet
        fields = ["state", "year"]

    def search(self, rows, name, value):
        """A province has tens of sets, so they are compared here, without marks."""
        words = fold(value).split()
        texts = ((row.pk, fold(f"{row.title} {row.source}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, text in texts if all(w in text for w in words)])


class SetTable(ListTable):
    title = RowLink(verbose_name=_("Set of criteria"), note="source")
    year = tables.Column(verbose_name=_("Year"))
    edition = tables.Column(verbose_name=_("Edition"))
    number = NumberColumn(verbose_name=_("Criteria"), orderable=False)
    stated_total = NumberColumn(verbose_name=_("Points in all"))
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = CriteriaSet
        fields = ("title", "year", "edition", "number", "stated_total", "state")
        order_by = ("-year", "title")
