"""Columns and filters of the results of units for one target."""

import django_filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitKind
from campaigns.models import TargetResult
from campaigns.rules import results as rules
from core.text import fold
from core.ui.components import marks
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable

TONES = {True: "ok", False: "warn", None: "idle"}


class UnitResultFilter(ListFilter):
    carries = ("ky",)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=UnitKind.choices, field_name="unit__kind"
    )

    class Meta:
        model = TargetResult
        fields = ["kind"]

    def search(self, rows, name, value):
        for word in fold(value).split():
            rows = rows.filter(unit__search_text__contains=word)
        return rows


class UnitFilter(ListFilter):
    """Units of a run of periods."""

    carries = ("ky", "theo", "so-sanh")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitKind.choices)

    class Meta:
        model = Unit
        fields = ["kind"]


class UnitChoice(ListFilter):
    """The unit whose run is shown instead of the whole."""

    carries = ("ky", "theo", "don-vi")

    class Meta:
        model = Unit
        fields = ()


class UnitResultTable(ListTable):
    unit = tables.Column(verbose_name=_("Unit"), order_by="unit__path")
    value = tables.Column(
        verbose_name=_("Reached"), empty_values=(), attrs={"td": {"class": "num"}}
    )
    progress = tables.Column(verbose_name=_("Against the target"), accessor="pk", orderable=False)
    source = tables.Column(verbose_name=_("Source"), orderable=False)
    at = DayColumn(verbose_name=_("Entered on"))

    class Meta(ListTable.Meta):
        model = TargetResult
        fields = ("unit", "value", "progress", "source", "at")
        order_by = ("unit",)

    def render_value(self, record):
        return record.text or rules.said(record.value)

    def render_progress(self, record):
        found = rules.progress(record.target, record.value, record.text)
        if found.met is None:
            return "–"
        share = f" ({found.share} %)" if found.share is not None and not found.met else ""
        return marks.status(f"{found.words}{share}", tone=TONES[found.met])

    def render_source(self, record):
        if record.evidence_id:
            link = format_html('<a href="{}">{}</a>', record.evidence_url, record.evidence.name)
            return format_html("{}<small>{}</small>", record.source, link)
        return record.source
