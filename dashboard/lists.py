"""Columns of the lists behind the numbers."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitKind
from campaigns.models import Participation
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, DueColumn, ListTable, RowLink, StateColumn
from dossiers.lists import OfficersClock
from dossiers.models import Dossier


class DossierTable(OfficersClock, ListTable):
    number = RowLink(verbose_name=_("Dossier"))
    unit_name = RowLink(verbose_name=_("Unit"), linkify=False)
    state = StateColumn()
    submitted_at = DayColumn(verbose_name=_("Sent on"))
    held_since = DayColumn(verbose_name=_("Held since"))
    due_on = DueColumn()

    class Meta(ListTable.Meta):
        model = Dossier
        fields = ("number", "unit_name", "state", "submitted_at", "held_since", "due_on")
        order_by = ("due_on", "number")


class ParticipationTable(ListTable):
    unit_name = tables.Column(verbose_name=_("Unit"))
    registered_at = DayColumn(verbose_name=_("Registered on"))

    class Meta(ListTable.Meta):
        model = Participation
        fields = ("unit_name", "registered_at")
        order_by = ("unit_name",)


class UnitOfYearsFilter(ListFilter):
    """Units over the years."""

    carries = ("so-lieu", "so-sanh")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitKind.choices)

    class Meta:
        model = Unit
        fields = ["kind"]
