"""Columns and filters of a unit's locker of evidence."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Evidence
from core.text import fold
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, RowLink


class EvidenceFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("In use"), {"used": "yes"}),
        (_("Not used yet"), {"used": "no"}),
    ]

    used = django_filters.ChoiceFilter(
        label=_("Use"), choices=[("yes", _("In use")), ("no", _("Not used yet"))], method="in_use"
    )

    class Meta:
        model = Evidence
        fields = ["used"]

    def in_use(self, rows, name, value):
        return rows.filter(times__gt=0) if value == "yes" else rows.filter(times=0)

    def search(self, rows, name, value):
        """A unit has hundreds of papers at most, so they are compared here, without marks."""
        words = fold(value).split()
        texts = ((row.pk, fold(f"{row.number} {row.title}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, text in texts if all(w in text for w in words)])


class EvidenceTable(ListTable):
    title = RowLink(verbose_name=_("Evidence"), note="number")
    issued_on = DayColumn(verbose_name=_("Day of the document"))
    file = tables.Column(verbose_name=_("File"), orderable=False, empty_values=())
    times = tables.Column(verbose_name=_("Use"))

    class Meta(ListTable.Meta):
        model = Evidence
        fields = ("title", "issued_on", "file", "times")
        order_by = ("-pk",)

    def render_file(self, record):
        return record.file.name if record.file else gettext("reference only")

    def render_times(self, value):
        return said_times(value)


def said_times(number: int) -> str:
    """How often evidence is used, in words."""
    if not number:
        return gettext("not used yet")
    return ngettext("used %(number)s time", "used %(number)s times", number) % {"number": number}
