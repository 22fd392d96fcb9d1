"""Filters and tables of the standing agency's and Home Affairs' lists."""

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from campaigns.models import AwardRound
from core import addresses
from core.clock import clock
from core.documents import xlsx
from core.ui.components import marks
from core.ui.filters import ListFilter, RowFilter
from core.ui.tables import ChoiceColumn, DayColumn, DueColumn, ListTable, StateColumn
from core.workdays import count
from dossiers import figures
from dossiers.lists import OfficersClock, RoundColumn
from dossiers.models import Dossier

State = Dossier.State
WORKING = (Perm.DOSSIER_AGGREGATE, Perm.DOSSIER_APPRAISE, Perm.DOSSIER_CONFIRM)
IN_QUEUE = (
    State.SUBMITTED,
    State.AGGREGATED,
    State.APPRAISING,
    State.APPRAISED,
    State.RETURNED,
)


def rounds_of(request):
    """Rounds of which the visitor sees something here; a filter offers no others."""
    seen = Dossier.objects.visible_to(request.user, *WORKING).sent()
    return AwardRound.objects.filter(pk__in=seen.values("round"))


class CountedFilter(ListFilter):
    """Quick filters with how many rows each shows, counted over the unfiltered list."""

    def counts(self):
        raise NotImplementedError

    @cached_property
    def numbers(self):
        return self.counts()

    def pills(self):
        rows = super().pills()
        for row, (_label, wanted) in zip(rows, self.quick, strict=False):
            row["count"] = self.numbers[wanted.get("show", "all")]
        return rows

    def counted(self):
        """The number of the quick filter that is on, if no other is."""
        if self.data.get("q") or set(self.on) - {"show"}:
            return None
        return self.numbers.get(self.data.get("show") or "all")


class QueueFilter(CountedFilter):
    quick = (
        (gettext_lazy("All"), {}),
        (gettext_lazy("Mine"), {"show": "mine"}),
        (gettext_lazy("Soon due"), {"show": "soon"}),
        (gettext_lazy("Late"), {"show": "late"}),
        (gettext_lazy("Sent again"), {"show": "again"}),
    )

    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=[(state.value, state.label) for state in IN_QUEUE]
    )
    round = RowFilter(label=gettext_lazy("Award round"), queryset=rounds_of)

    class Meta:
        model = Dossier
        fields = ["state", "round"]

    def narrow(self, rows, name, value):
        today = clock.today()
        if value == "mine":
            return rows.filter(officer=self.request.user)
        if value == "soon":
            return rows.due_within(today, count.due(today, figures.soon(self.request.user)))
        if value == "late":
            return rows.late(today)
        return rows.sent_again() if value == "again" else rows

    def counts(self):
        return figures.queue_counts(self.queryset, self.request.user)


class IncomingFilter(CountedFilter):
    quick = (
        (gettext_lazy("Waiting for us"), {}),
        (gettext_lazy("On the list"), {"show": "listed"}),
        (gettext_lazy("Returned"), {"show": "returned"}),
        (gettext_lazy("All that were sent"), {"show": "sent"}),
    )

    show = django_filters.CharFilter(method="narrow", widget=forms.HiddenInput)
    round = RowFilter(label=gettext_lazy("Award round"), queryset=rounds_of)

    class Meta:
        model = Dossier
        fields = ["round"]

    @property
    def qs(self):
        rows = super().qs
        return rows if self.data.get("show") else rows.with_agency()

    def narrow(self, rows, name, value):
        if value == "listed":
            return rows.exclude(state__in=[State.SUBMITTED, State.RETURNED])
        return rows.filter(state=State.RETURNED) if value == "returned" else rows

    def counts(self):
        return figures.incoming_counts(self.queryset)


class NumberLink(tables.Column):
    """The dossier's number, opening where the visitor works on it; below, how often it was sent."""

    def __init__(self, *args, to="", **kwargs):
        kwargs.setdefault("verbose_name", gettext_lazy("Dossier"))
        kwargs.setdefault("accessor", "number")
        kwargs.setdefault("attrs", {"td": {"class": "nowrap"}})
        super().__init__(*args, **kwargs)
        self.to = to
        self.main = True

    def render(self, value, record, table):
        to = addresses.of_row(self.to) if self.to else None
        address = to(record.pk) if to else record.get_absolute_url()
        query = table.request.GET.urlencode() if self.to else ""
        link = format_html(
            '<a class="rowlink" href="{}{}">{}</a>', address, f"?{query}" if query else "", value
        )
        if record.sendings < 2:
            return link
        again = _("sent %(times)d times") % {"times": record.sendings}
        mark = '{}<small class="chg-tag d-flex">{} {}</small>'
        return format_html(mark, link, marks.icon("clock-history"), again)


class HolderColumn(tables.Column):
    """Who has it, and since when."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("accessor", "held_since")
        kwargs.setdefault("verbose_name", gettext_lazy("With whom, since when"))
        super().__init__(*args, **kwargs)

    def render(self, value, record):
        since = _("since %(day)s") % {"day": marks.day(value)}
        return format_html("{}<small>{}</small>", record.holder, since)


class CheckColumn(tables.Column):
    """What the rules found when they last looked, counted."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("accessor", "check_warns")
        kwargs.setdefault("verbose_name", gettext_lazy("Automatic check"))
        kwargs.setdefault("empty_values", ())
        super().__init__(*args, **kwargs)

    def render(self, record):
        tone, words = check_words(record)
        if tone == "idle":
            return words
        return format_html('<span class="t-{}">{} {}</span>', tone, marks.tone_icon(tone), words)


def check_words(record):
    """(tone, words) of the counts kept on a dossier; what was returned is not without fault."""
    if record.state == State.RETURNED:
        return "idle", _("The unit mends it")
    if record.checked_at is None:
        return "idle", _("Not checked yet")
    if record.check_blocks:
        words = ngettext("%d to mend", "%d to mend", record.check_blocks)
        return "err", words % record.check_blocks
    if record.check_warns:
        words = ngettext("%d to look at", "%d to look at", record.check_warns)
        return "warn", words % record.check_warns
    return "ok", _("No fault found")


class PageTable(ListTable):
    """A table whose cells need figures of all its rows: asked once the page is known."""

    def turn_to(self, request, per_page):
        super().turn_to(request, per_page)
        figures.dress([row.record for row in self.paginated_rows])


class QueueTable(OfficersClock, PageTable):
    number = NumberLink(to="dossiers:appraise")
    unit_name = tables.Column(verbose_name=gettext_lazy("Proposing unit"))
    nominees = tables.Column(
        accessor="nominees_text", verbose_name=gettext_lazy("Nominees"), orderable=False
    )
    state = StateColumn()
    held = HolderColumn()
    checks = CheckColumn()
    due_on = DueColumn()

    class Meta(ListTable.Meta):
        model = Dossier
        fields = ("number", "unit_name", "nominees", "state", "held", "checks", "due_on")


class IncomingTable(PageTable):
    row = ChoiceColumn()
    number = NumberLink()
    round = RoundColumn()
    unit_name = tables.Column(verbose_name=gettext_lazy("Proposing unit"))
    nominees = tables.Column(
        accessor="nominees_text", verbose_name=gettext_lazy("Nominees"), orderable=False
    )
    state = StateColumn()
    held = HolderColumn()
    submitted_at = DayColumn(verbose_name=gettext_lazy("First sent"))

    class Meta(ListTable.Meta):
        model = Dossier
        fields = (
            "row",
            "number",
            "round",
            "unit_name",
            "nominees",
            "state",
            "held",
            "submitted_at",
        )


COLUMNS = (
    xlsx.Column(gettext_lazy("Dossier"), 14),
    xlsx.Column(gettext_lazy("Proposing unit"), 34),
    xlsx.Column(gettext_lazy("Nominees"), 28),
    xlsx.Column(gettext_lazy("State"), 24),
    xlsx.Column(gettext_lazy("With whom"), 30),
    xlsx.Column(gettext_lazy("Since"), 12),
    xlsx.Column(gettext_lazy("Automatic check"), 18),
    xlsx.Column(gettext_lazy("Due"), 12),
)


def cells(dossiers):
    """The rows of the workbook, for COLUMNS."""
    states = {state.value: str(state.label) for state in State}
    for dossier in figures.dress(list(dossiers)):
        yield (
            dossier.number,
            dossier.unit_name,
            dossier.nominees_text,
            states[dossier.state],
            dossier.holder,
            dossier.held_since,
            check_words(dossier)[1],
            dossier.due_on,
        )
