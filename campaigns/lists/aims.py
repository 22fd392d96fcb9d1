"""Columns of calls for aims, and of the units of one call."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from campaigns.models import AimCall, AimList
from core.text import fold
from core.ui.components import marks
from core.ui.filters import ListFilter, YearFilter
from core.ui.tables import ChoiceColumn, DayColumn, ListTable, RowLink

State = AimList.State
CHOICES = [
    ("", _("All")),
    (State.DRAFT, _("Not sent")),
    (State.SENT, _("Waiting for approval")),
    (State.REFUSED, _("Refused")),
    (State.APPROVED, _("Approved")),
]


class CallFilter(ListFilter):
    year = YearFilter()

    class Meta:
        model = AimCall
        fields = ["year"]

    def search(self, rows, name, value):
        """There are few calls, so they are compared here, without marks."""
        words = fold(value).split()
        texts = ((row.pk, fold(str(row))) for row in rows)
        return rows.filter(pk__in=[pk for pk, text in texts if all(w in text for w in words)])


class UnitsFilter(ListFilter):
    """Units of one call by their name; the pills of where lists stand go beside it."""

    carries = ("show",)

    class Meta:
        model = Unit
        fields = ()

    def keys(self) -> set[int] | None:
        """Units that fit the words, of the call or not; None where nothing is asked."""
        if not fold(self.data.get("q", "")):
            return None
        return set(self.qs.order_by().values_list("pk", flat=True))


class CallTable(ListTable):
    what = RowLink(verbose_name=_("Campaign or block"), accessor="pk", orderable=False)
    year = tables.Column(verbose_name=_("Year"))
    due = DayColumn(verbose_name=_("Last day"), accessor="last_day", order_by="due_at")
    collector = tables.Column(verbose_name=_("Taken in by"), orderable=False)

    class Meta(ListTable.Meta):
        model = AimCall
        fields = ("what", "year", "due", "collector")

    def render_what(self, record, column):
        return column.render(value=str(record), record=record)

    def render_year(self, value):
        return str(value)


class _Waiting(ChoiceColumn):
    """A box only beside lists that wait for the visitor."""

    def render(self, value, bound_column, record):
        if record.state != State.SENT or not value:
            return ""
        return super().render(value=value, bound_column=bound_column, record=record)


class StandingTable(ListTable):
    """Units of a call; rows are `figures.aims.Standing`."""

    choose = _Waiting(accessor="pk", empty_values=())
    unit_name = RowLink(verbose_name=_("Unit"), orderable=False)
    words = tables.Column(verbose_name=_("Aims at"), orderable=False)
    sent_at = DayColumn(verbose_name=_("Sent on"), orderable=False)
    state = tables.Column(
        verbose_name=_("State"), accessor="state", orderable=False, empty_values=()
    )

    class Meta(ListTable.Meta):
        fields = ("choose", "unit_name", "words", "sent_at", "state")

    def render_state(self, record):
        tone, icon = AimList.TONES[record.state]
        label = AimList.State(record.state).label
        if record.row and record.row.roll_up_id:
            label = _("Approved, sent upward")
        return marks.status(label, tone=tone, icon=icon)
