"""Columns and filters of the list of units that were handed a campaign."""

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from campaigns.models import Handout
from core.text import fold
from core.ui.components import marks
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, RowLink


class HandoutFilter(ListFilter):
    quick = (
        (_("All"), {}),
        (_("Not opened"), {"show": "unopened"}),
        (_("Without a plan of its own"), {"show": "unplanned"}),
    )
    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)

    class Meta:
        model = Handout
        fields = ["show"]

    def narrow(self, rows, name, value):
        if value == "unopened":
            return rows.filter(opened_at=None)
        return rows.filter(plan=None) if value == "unplanned" else rows

    def search(self, rows, name, value):
        for word in fold(value).split():
            rows = rows.filter(unit__search_text__contains=word)
        return rows


class HandoutTable(ListTable):
    unit = RowLink(verbose_name=_("Unit"), order_by="unit__path")
    sent_at = DayColumn(verbose_name=_("Handed out on"))
    opened_at = tables.Column(verbose_name=_("Opened"), empty_values=())
    plan = tables.Column(verbose_name=_("The unit's own plan"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Handout
        fields = ("unit", "sent_at", "opened_at", "plan")
        order_by = ("unit",)

    def render_opened_at(self, record):
        if record.opened_at is None:
            return marks.status(_("not opened yet"), tone="warn")
        return format_html("{}<small>{}</small>", marks.day(record.opened_at), record.opened_by)

    def render_plan(self, record):
        if record.plan is None:
            return "–"
        link = format_html('<a href="{}">{}</a>', record.plan_url, record.plan.name)
        return format_html("{}<small>{}</small>", link, record.plan_number)
