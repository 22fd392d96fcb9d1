"""Columns and filters of the lists of this app."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitKind
from campaigns.models import Campaign, Participation
from core.text import fold
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, RowLink, StateColumn


class CampaignFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("Running"), {"state": Campaign.State.OPEN}),
        (_("Ended"), {"state": Campaign.State.CLOSED}),
    ]

    state = django_filters.ChoiceFilter(label=_("State"), choices=Campaign.State.choices)

    class Meta:
        model = Campaign
        fields = ["state", "kind"]

    def search(self, rows, name, value):
        """A province has tens of campaigns, so they are compared here, without marks."""
        words = fold(value).split()
        texts = ((row.pk, fold(f"{row.number} {row.name} {row.short_name}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, text in texts if all(w in text for w in words)])


class CampaignTable(ListTable):
    name = RowLink(verbose_name=_("Campaign"), note="number")
    starts_year = tables.Column(verbose_name=_("Period"), empty_values=())
    units = tables.Column(verbose_name=_("Units registered"), orderable=False)
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = Campaign
        fields = ("name", "kind", "starts_year", "units", "state")
        order_by = ("-starts_year", "name")

    def render_starts_year(self, record):
        if record.ends_year and not record.starts_year:
            return gettext("until %(year)s") % {"year": record.ends_year}
        years = (record.starts_year, record.ends_year)
        return "–".join(str(year) for year in years if year)


class ParticipantFilter(ListFilter):
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=UnitKind.choices, field_name="unit__kind"
    )

    class Meta:
        model = Participation
        fields = ["kind"]

    def search(self, rows, name, value):
        for word in fold(value).split():
            rows = rows.filter(unit__search_text__contains=word)
        return rows


class ParticipantTable(ListTable):
    unit_name = tables.Column(verbose_name=_("Unit"), order_by="unit__path")
    kind = tables.Column(
        verbose_name=_("Kind"), accessor="unit__get_kind_display", order_by="unit__kind"
    )
    registered_at = DayColumn(verbose_name=_("Registered on"))
    registered_by = tables.Column(verbose_name=_("Registered by"), orderable=False)

    class Meta(ListTable.Meta):
        model = Participation
        fields = ("unit_name", "kind", "registered_at", "registered_by")
        order_by = ("unit_name",)

    def render_unit_name(self, value, record):
        now = record.unit.name
        return value if now == value else _("%(name)s (now %(now)s)") % {"name": value, "now": now}
