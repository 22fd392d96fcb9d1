"""Columns of the lists behind the numbers."""

import django_filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitKind
from accounts.permissions import Perm
from campaigns.models import Participation
from core.ui.components import marks
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, DueColumn, ListTable, RowLink, StateColumn
from dashboard.figures.nominees import REVOKED
from dossiers.lists import OfficersClock
from dossiers.models import Dossier, Nomination


class DossierTable(ListTable):
    number = RowLink(verbose_name=_("Dossier"))
    unit_name = RowLink(verbose_name=_("Unit"), linkify=False)
    state = StateColumn()
    submitted_at = DayColumn(verbose_name=_("Sent on"))
    held_since = DayColumn(verbose_name=_("Held since"))

    class Meta(ListTable.Meta):
        model = Dossier
        fields = ("number", "unit_name", "state", "submitted_at", "held_since")
        order_by = ("number",)


class TimedDossierTable(OfficersClock, DossierTable):
    """Dossiers of which some are in appraisal: the nearest day first, those without one last."""

    due_on = DueColumn(accessor="due_now")

    class Meta(DossierTable.Meta):
        fields = (*DossierTable.Meta.fields, "due_on")
        order_by = ("due_on", "number")


class NomineeTable(ListTable):
    """Nominees with what became of them; `became` is what the number counted them by."""

    name = RowLink(verbose_name=_("Nominee"), note="workplace", accessor="titled", order_by="name")
    kind = tables.Column(verbose_name=_("Kind"))
    dossier = tables.Column(verbose_name=_("Dossier"), order_by="dossier__number", linkify=True)
    became = tables.Column(verbose_name=_("Result"))

    class Meta(ListTable.Meta):
        model = Nomination
        fields = ("name", "kind", "dossier", "became")
        order_by = ("dossier", "name")

    def render_became(self, value):
        if value == REVOKED:
            return marks.status(_("Revoked"), tone="err", icon="slash-circle-fill")
        tone, icon = Nomination.TONES[value]
        return marks.status(Nomination.Result(value).label, tone=tone, icon=icon)


class ParticipationTable(ListTable):
    unit_name = tables.Column(verbose_name=_("Unit"))
    registered_at = DayColumn(verbose_name=_("Registered on"))

    def render_unit_name(self, value, record):
        if not self.request.user.can(Perm.UNIT_READ, record.unit):
            return value
        return format_html(
            '<a class="rowlink" href="{}">{}</a>', record.unit.get_absolute_url(), value
        )

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
