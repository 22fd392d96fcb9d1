"""The rows that one number of the dashboard counts."""

from django.http import Http404
from django.utils.dateparse import parse_date

from accounts.models import UnitKind
from accounts.permissions import Perm
from awards.models import NomineeKind, PositionClass
from core.text import whole
from core.ui.views import ListPage
from dashboard import figures
from dashboard.lists import DossierTable, NomineeTable, ParticipationTable, TimedDossierTable
from dashboard.views.overview import HOME, OfRound


class NumberList(OfRound, ListPage):
    """Dossiers, units or nominees, by the name of their number; the address narrows them: units
    by `kind`, nominees by `kind`, `award_type` and `position_class`, dossiers by the day `until`
    which they were sent."""

    perm = Perm.FIGURES_READ
    template_name = "dashboard/number_list.html"

    def get_queryset(self):
        name, of_round = self.kwargs["name"], self.the_round()
        self.filterset, self.narrowed_to = None, []
        if of_round is None:
            raise Http404
        for known, rows in (
            (figures.UNITS, self.of_units),
            (figures.SELECTIONS, self.of_dossiers),
            (figures.NOMINEES, self.of_nominees),
        ):
            if name in known:
                return rows(self.request.user, of_round, name)
        raise Http404

    def of_units(self, user, of_round, name):
        self.title, rows = figures.UNITS[name]
        self.table_class = ParticipationTable
        kind = self.said("kind", UnitKind)
        found = rows(user, of_round)
        return found.filter(unit__kind=kind) if kind else found

    def of_dossiers(self, user, of_round, name):
        selection = figures.SELECTIONS[name]
        self.title = selection.label
        self.table_class = TimedDossierTable if selection.has_clock else DossierTable
        until = self.day()
        return figures.selected(user, of_round, name, until).with_unit().with_appraisal_due()

    def of_nominees(self, user, of_round, name):
        self.title, self.table_class = figures.NOMINEES[name].label, NomineeTable
        wanted = {
            "kind": self.said("kind", NomineeKind),
            "award_type": whole(self.request.GET.get("award_type")),
            "position_class": self.said("position_class", PositionClass),
        }
        narrowed = {key: value for key, value in wanted.items() if value}
        return figures.chosen(user, of_round, name, **narrowed).select_related("dossier")

    def said(self, key, choices):
        """One of the choices, as the address names it; nonsense narrows nothing."""
        value = self.request.GET.get(key, "")
        if value not in choices.values:
            return ""
        self.narrowed_to.append(choices(value).label)
        return value

    def day(self):
        try:
            return parse_date(self.request.GET.get("until", ""))
        except ValueError:
            return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            round=self.the_round(),
            narrowed_to=self.narrowed_to,
            until=self.day(),
            crumbs=[HOME, (self.title, None)],
            **kwargs,
        )
