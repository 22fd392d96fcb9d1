"""Columns and filters of reports: the unit's own, and those that an agency waits for."""

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.figures.reports import WAITS
from campaigns.models import PeriodicReport
from core.clock import clock
from core.text import fold
from core.ui.components import marks
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, RowLink, StateColumn

State = PeriodicReport.State


class OwnFilter(ListFilter):
    quick = (
        (_("All"), {}),
        (_("To be sent"), {"show": "waiting"}),
        (_("Sent"), {"show": "sent"}),
    )
    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)

    class Meta:
        model = PeriodicReport
        fields = ["show"]

    def narrow(self, rows, name, value):
        return rows.filter(state__in=WAITS) if value == "waiting" else rows.exclude(state__in=WAITS)

    def search(self, rows, name, value):
        for word in fold(value).split():
            rows = rows.filter(unit__search_text__contains=word)
        return rows


class CollectFilter(OwnFilter):
    quick = (
        (_("All"), {}),
        (_("Late"), {"show": "late"}),
        (_("Not sent"), {"show": "waiting"}),
        (_("Sent in"), {"show": "came"}),
        (_("Returned to be mended"), {"show": "returned"}),
        (_("Taken in"), {"show": "accepted"}),
    )

    def narrow(self, rows, name, value):
        now = clock.now()
        chosen = {
            "late": rows.filter(state__in=WAITS, due_at__lte=now),
            "waiting": rows.filter(state=State.OPEN).exclude(due_at__lte=now),
            "came": rows.filter(state=State.SENT),
            "returned": rows.filter(state=State.RETURNED),
            "accepted": rows.filter(state=State.ACCEPTED),
        }
        return chosen.get(value, rows)


class _Due(tables.Column):
    """The last day with what is left; nothing is running for a report that is sent."""

    def __init__(self, **kwargs):
        super().__init__(
            verbose_name=_("Due (working days)"),
            accessor="pk",
            order_by="due_at",
            empty_values=(),
            **kwargs,
        )

    def render(self, record):
        if record.last_day is None:
            return _("the plan names no day")
        if record.state not in WAITS:
            return marks.day(record.last_day)
        return marks.clock_left(due=record.last_day, short=True)


class OwnTable(ListTable):
    what = RowLink(verbose_name=_("Report"), accessor="pk", orderable=False, note="unit_name")
    campaign = tables.Column(verbose_name=_("Campaign"), accessor="duty__campaign", orderable=False)
    due = _Due()
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = PeriodicReport
        fields = ("what", "campaign", "due", "state")

    def render_what(self, record, column):
        return column.render(
            value=f"{record.duty.get_frequency_display()}: {record.period_words}", record=record
        )


class CollectTable(ListTable):
    unit_name = RowLink(verbose_name=_("Unit"), order_by="unit__path")
    due = _Due()
    sent_at = DayColumn(verbose_name=_("Sent on"))
    permit = tables.Column(
        verbose_name=_("Late permit until"), accessor="pk", orderable=False, empty_values=()
    )
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = PeriodicReport
        fields = ("unit_name", "due", "sent_at", "permit", "state")

    def render_permit(self, record):
        until = self.permits.get(record.unit_id)
        return marks.day(clock.last_day_before(until)) if until else "–"
