"""Columns and filters of the outbox of reminders."""

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Reminder
from core.text import fold
from core.ui.filters import ListFilter
from core.ui.tables import ChoiceColumn, DayColumn, ListTable, RowLink, StateColumn

State = Reminder.State
SHOWN = {
    "proposed": [State.PROPOSED],
    "out": [State.OUT, State.STOPPED],
    "waiting": [State.WAITING, State.SENDING],
    "sent": [State.SENT, State.PORTAL],
    "failed": [State.FAILED],
}


class OutboxFilter(ListFilter):
    quick = (
        (_("All"), {}),
        (_("To be looked at"), {"show": "proposed"}),
        (_("Taken out or stopped"), {"show": "out"}),
        (_("Waiting to be sent"), {"show": "waiting"}),
        (_("Sent or told"), {"show": "sent"}),
        (_("Could not be sent"), {"show": "failed"}),
    )
    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)

    class Meta:
        model = Reminder
        fields = ["show"]

    def narrow(self, rows, name, value):
        return rows.filter(state__in=SHOWN[value]) if value in SHOWN else rows

    def search(self, rows, name, value):
        for word in fold(value).split():
            rows = rows.filter(unit__search_text__contains=word)
        return rows


class OutboxTable(ListTable):
    choose = ChoiceColumn()
    subject = RowLink(verbose_name=_("Mail"), orderable=False, note="user")
    email = tables.Column(verbose_name=_("Address"), orderable=False, empty_values=())
    why = tables.Column(verbose_name=_("Why"), accessor="pk", orderable=False, empty_values=())
    day = DayColumn(verbose_name=_("Day"))
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = Reminder
        fields = ("choose", "subject", "email", "why", "day", "state")

    def render_email(self, value):
        return value or _("no mail address")

    def render_why(self, record):
        return "; ".join(line.words for line in record.lines.all())
