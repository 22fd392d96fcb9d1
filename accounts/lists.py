"""Columns and filters of the lists of this app."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import django_filters
import django_tables2 as tables
from django import forms
from django.conf import settings
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Succession, Unit, UnitChange, UnitKind, User
from accounts.permissions import Role
from core.audit.models import Entry
from core.clock import clock
from core.documents import xlsx
from core.text import fold
from core.ui.components.marks import day, moment
from core.ui.filters import DayRangeFilter, Folded, ListFilter
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
    closed_on = DayColumn(verbose_name=_("Worked until"))

    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "kind", "opened_on", "closed_on")
        order_by = ("path",)

    def render_closed_on(self, value, record):
        return day(record.last_day or value)


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
    """Found by who they are and by the unit that they work in."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="holds")

    class Meta:
        model = User
        fields = ["is_active"]

    def search(self, rows, name, value):
        for word in fold(value).split():
            works_there = Q(home_unit__search_text__contains=word)
            rows = rows.filter(Q(search_text__contains=word) | works_there)
        return rows

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


class HistoryFilter(ListFilter):
    """Found by who, what, on which object and why; `of` is one object, as `type:key`."""

    KINDS = (
        ("dossiers.", _("Dossiers")),
        ("awards.", _("Decisions and awards")),
        ("campaigns.", _("Campaigns")),
        ("criteria.", _("Criteria and law")),
        ("accounts.", _("Units and people")),
    )

    at = DayRangeFilter(label=_("Day"))
    kind = django_filters.ChoiceFilter(
        label=_("About"), choices=KINDS, field_name="target_type", lookup_expr="startswith"
    )
    of = django_filters.CharFilter(label=_("On what"), method="about", widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ["at", "kind", "of"]

    def search(self, rows, name, value):
        names = ("actor_name", "label", "target_name", "note")
        parts = [part for name in names for part in (f"words__{name}", Value(" "))]
        rows = rows.annotate(said=Folded(Concat(*parts, output_field=TextField())))
        for word in fold(value).split():
            rows = rows.filter(said__contains=word)
        return rows

    def about(self, rows, name, value):
        kind, _colon, key = value.partition(":")
        return rows.filter(target_type=kind, target_id=key)

    def _shown(self, name):
        """One object by its name, as the last line on it calls it."""
        last = self.qs.select_related("words").first() if name == "of" else None
        return last.words.target_name if hasattr(last, "words") else super()._shown(name)


_NAMES = {"td": {"class": "names"}}


class HistoryTable(ListTable):
    at = tables.Column(verbose_name=_("When"), order_by=("pk",))
    who = tables.Column(
        verbose_name=_("Who"), accessor="told__actor_name", orderable=False, attrs=_NAMES
    )
    what = tables.Column(verbose_name=_("What"), accessor="told__label", orderable=False)
    target = tables.Column(
        verbose_name=_("On what"), accessor="told__target_name", orderable=False, attrs=_NAMES
    )
    unit = tables.Column(verbose_name=_("Unit"), orderable=False, attrs=_NAMES)

    class Meta(ListTable.Meta):
        model = Entry
        fields = ("at", "who", "what", "target", "unit")
        order_by = ("-at",)

    def render_at(self, value):
        return moment(value)

    def render_what(self, value, record):
        nothing = _("(nothing)")
        lines = [f"{of}: {old or nothing} → {new or nothing}" for of, old, new in record.changed]
        lines += [linebreaksbr(record.note, autoescape=True)] if record.note else []
        return format_html("{}{}", value, format_html_join("", "<small>{}</small>", zip(lines)))

    def render_target(self, value, record):
        of = f"{record.target_type}:{record.target_id}"
        return format_html('<a href="?{}">{}</a>', urlencode({"of": of}), value)


HISTORY_COLUMNS = (
    xlsx.Column(_("Number"), 10),
    xlsx.Column(_("When"), 18),
    xlsx.Column(_("Who"), 28),
    xlsx.Column(_("What"), 34),
    xlsx.Column(_("On what"), 44),
    xlsx.Column(_("Unit"), 30),
    xlsx.Column(_("Reason"), 40),
    xlsx.Column(_("What changed"), 60),
    xlsx.Column(_("Hash"), 66),
)


def history_rows(entries: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    """Cells of `HISTORY_COLUMNS`."""
    for entry in entries:
        words = entry.told
        said = words.actor_name, words.label, words.target_name
        changes = "; ".join(f"{name}: {_change(change)}" for name, change in words.changes.items())
        yield entry.pk, entry.at, *said, entry.unit.name, words.note, changes, entry.hash


def _change(change: Any) -> str:
    return " → ".join(map(str, change)) if isinstance(change, list) else str(change)
