"""Columns and filters of the list of dossiers, on the page and as a workbook."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
import django_tables2
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Unit
from campaigns.models import AwardRound
from core.clock import clock
from core.documents.xlsx import Column
from core.ui.filters import ListFilter, RowFilter
from core.ui.tables import ListTable, RowLink, StateColumn
from core.workdays import count
from dossiers import figures
from dossiers.models import Dossier
from dossiers.rules import holding

State = Dossier.State


class DossierFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("With the unit"), {"where": "unit"}),
        (_("Returned"), {"where": "returned"}),
        (_("Elsewhere"), {"where": "elsewhere"}),
        (_("Settled"), {"where": "settled"}),
    ]
    PLACES = {
        "unit": [State.DRAFT, State.UNIT_REVIEW],
        "returned": [State.RETURNED],
        "elsewhere": [
            State.SUBMITTED,
            State.AGGREGATED,
            State.APPRAISING,
            State.APPRAISED,
            State.COUNCIL,
            State.PASSED,
            State.PROPOSED,
        ],
        "settled": [State.AWARDED, State.NOT_APPROVED, State.WITHDRAWN],
    }

    where = django_filters.ChoiceFilter(
        label=_("Where"),
        choices=[
            ("unit", _("With the unit")),
            ("returned", _("Returned")),
            ("elsewhere", _("Elsewhere")),
            ("settled", _("Settled")),
        ],
        method="held",
    )
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=State.choices)
    round = RowFilter(label=_("Round"), queryset=lambda request: _rounds(request))
    unit = RowFilter(label=_("Unit"), queryset=lambda request: _units(request), method="below")

    class Meta:
        model = Dossier
        fields = ["where", "state", "round", "unit"]

    def held(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(state__in=self.PLACES[value])

    def below(self, rows: Any, name: str, value: Unit) -> Any:
        return rows.filter(unit__path__startswith=value.path)


class RoundColumn(django_tables2.Column):
    """The award round and, below it, its campaign: rounds of several campaigns share a name."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("accessor", "round__name")
        kwargs.setdefault("verbose_name", _("Award round"))
        super().__init__(*args, **kwargs)

    def render(self, value: str, record: Dossier) -> str:
        return format_html("{}<small>{}</small>", value, record.campaign)


class DossierTable(ListTable):
    number = RowLink(verbose_name=_("Dossier"), accessor="pk", order_by="number")
    round = RoundColumn()
    unit_name = django_tables2.Column(verbose_name=_("Unit"))
    holder = django_tables2.Column(
        verbose_name=_("Who holds it, since when"), order_by="held_since", empty_values=()
    )
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = Dossier
        fields = ("number", "round", "unit_name", "holder", "state")
        order_by = ("-held_since", "-pk")

    def render_number(self, record: Dossier, column: RowLink) -> str:
        return column.render(value=str(record), record=record)

    def render_holder(self, record: Any) -> str:
        """The body and since when, in working days; an em dash when nobody has to act."""
        if not record.holder:
            return "–"
        since = localtime(record.held_since).date()
        days = count.between(since, clock.today())
        words = _("since %(day)s") % {"day": f"{since:%d/%m/%Y}"}
        if days:
            spent = ngettext("%d working day", "%d working days", days) % days
            words = f"{words}, {spent}"
        return format_html("{}<small>{}</small>", record.holder, words)


COLUMNS = (
    Column(_("Number"), 16),
    Column(_("Unit"), 36),
    Column(_("Campaign"), 36),
    Column(_("Round"), 28),
    Column(_("State"), 28),
    Column(_("Held by"), 32),
    Column(_("Since"), 18),
    Column(_("Sent at"), 18),
    Column(_("Appraisal due"), 16),
)


def rows(dossiers: Any) -> Iterator[Iterable[Any]]:
    """A row of COLUMNS for each dossier."""
    found = list(dossiers)
    names = holding.holders(found)
    for dossier in found:
        yield (
            str(dossier),
            dossier.unit_name,
            str(dossier.campaign),
            str(dossier.round),
            dossier.get_state_display(),
            names[dossier.pk],
            dossier.held_since,
            dossier.submitted_at,
            dossier.due_on,
        )


def _seen(request, field):
    rows = Dossier.objects.visible_to(request.user, "dossier.read", "dossier.aggregate")
    return rows.order_by().values(field)


def _rounds(request):
    return AwardRound.objects.filter(pk__in=_seen(request, "round"))


def _units(request):
    today = clock.today()
    return Unit.objects.visible_to(request.user, "dossier.read", "dossier.aggregate").standing(
        today
    )


class OfficersClock:
    """A table whose deadlines turn yellow when the province says that they do for officers."""

    def turn_to(self, request, per_page):
        super().turn_to(request, per_page)
        self.columns["due_on"].column.soon = figures.soon(request.user)
