"""Columns and filters of the lists of this app."""

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Succession, Unit, UnitChange, UnitKind, User
from accounts.permissions import Role
from core.clock import clock
from core.text import fold
from core.ui.components.marks import moment
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, RowLink


class UnitFilter(ListFilter):
    quick = [
        (_("All"), {}),
        (_("Standing today"), {"standing": "yes"}),
        (_("Closed"), {"standing": "no"}),
    ]

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitKind.choices)
    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=[("yes", _("Yes")), ("no", _("No"))], method="stands"
    )

    class Meta:
        model = Unit
        fields = ["kind"]

    def stands(self, rows, name, value):
        today = clock.today()
        return rows.standing(today) if value == "yes" else rows.filter(closed_on__lte=today)


class UnitTable(ListTable):
    name = RowLink(verbose_name=_("Unit"), note="short_name")
    opened_on = DayColumn(verbose_name=_("Opened on"))
    closed_on = DayColumn(verbose_name=_("Closed on"))

    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "kind", "opened_on", "closed_on")
        order_by = ("path",)


class ChangeFilter(ListFilter):
    """Found by the names of all units concerned, and by the document."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitChange.Kind.choices)

    class Meta:
        model = UnitChange
        fields = ["kind"]

    def search(self, rows, name, value):
        papers = {
            paper: fold(paper) for paper in rows.order_by().values_list("document", flat=True)
        }
        for word in fold(value).split():
            arrows = Succession.objects.filter(
                Q(predecessor__search_text__contains=word)
                | Q(successor__search_text__contains=word)
            )
            named = [paper for paper, folded in papers.items() if word in folded]
            rows = rows.filter(
                Q(unit__search_text__contains=word)
                | Q(pk__in=arrows.values("change"))
                | Q(document__in=named)
            )
        return rows


class ChangeTable(ListTable):
    document = RowLink(verbose_name=_("Document"), note="get_kind_display")
    unit = tables.Column(verbose_name=_("Unit"))
    effective_on = DayColumn(verbose_name=_("Effective from"))
    undone_at = DayColumn(verbose_name=_("Taken back"))

    class Meta(ListTable.Meta):
        model = UnitChange
        fields = ("document", "unit", "effective_on", "undone_at")
        order_by = ("-effective_on",)


class UserFilter(ListFilter):
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="holds")

    class Meta:
        model = User
        fields = ["is_active"]

    def holds(self, rows, name, value):
        return rows.filter(memberships__role=value).distinct()


def last_sign_in(user: User) -> str:
    """When; in the demo, whose day is another, with a word on which clock that is."""
    words = moment(user.last_login)
    return (
        gettext("%(moment)s (real clock)") % {"moment": words} if words and settings.DEMO else words
    )


class UserTable(ListTable):
    full_name = RowLink(
        verbose_name=_("Full name"), note="position", order_by=("sort_key", "full_name")
    )
    home_unit = tables.Column(verbose_name=_("Works in"))
    last_login = tables.Column(verbose_name=_("Last signed in"))

    class Meta(ListTable.Meta):
        model = User
        fields = ("full_name", "username", "home_unit", "is_active", "last_login")
        order_by = ("full_name",)

    def render_last_login(self, record):
        return last_sign_in(record)
