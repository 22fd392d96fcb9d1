"""Columns and filters of the list of blocks."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from campaigns.models import Block
from core.text import fold
from core.ui.filters import ListFilter, YearFilter
from core.ui.tables import ListTable, RowLink


class BlockFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("Of my unit"), {"mine": "yes"}),
    ]

    year = YearFilter()
    mine = django_filters.ChoiceFilter(
        label=_("Member"), choices=[("yes", _("Of my unit"))], method="of_my_unit"
    )

    class Meta:
        model = Block
        fields = ["year", "kind", "mine"]

    def of_my_unit(self, rows, name, value):
        units = [held.unit_id for held in self.request.user.current_memberships()]
        return rows.filter(pk__in=Block.objects.filter(members__unit__in=units).values("pk"))

    def search(self, rows, name, value):
        """A province has tens of blocks a year, so they are compared here, without marks."""
        words = fold(value).split()
        texts = ((row.pk, fold(f"{row.name} {row.head or ''}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, text in texts if all(w in text for w in words)])


class BlockTable(ListTable):
    name = RowLink(verbose_name=_("Block, cluster"))
    year = tables.Column(verbose_name=_("Year"))
    head = tables.Column(verbose_name=_("Head of the block"), order_by="head__name")
    units = tables.Column(verbose_name=_("Members of the block"), orderable=False)
    sent = tables.Column(verbose_name=_("Sheets sent"), orderable=False, empty_values=())

    class Meta(ListTable.Meta):
        model = Block
        fields = ("name", "year", "kind", "head", "units", "sent")
        order_by = ("-year", "name")

    def render_year(self, value):
        return str(value)

    def render_sent(self, record):
        return f"{record.sheets_sent}/{record.sheets_open}" if record.sheets_open else "–"
