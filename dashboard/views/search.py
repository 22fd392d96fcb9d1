"""Search over everything in the visitor's reach: dossiers, people, units, campaigns, awards."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.models import Unit
from accounts.permissions import Perm
from awards.models import Award
from core.text import fold
from core.ui.views import SIGNED_IN, Guarded
from dossiers.models import Dossier, Nomination

MOST = 10  # of each kind
DOSSIER = (Perm.DOSSIER_READ, Perm.DOSSIER_AGGREGATE)


class Search(Guarded, TemplateView):
    """One box, no accents needed; each group shows the first few and says if there are more."""

    perm = SIGNED_IN
    template_name = "dashboard/search.html"
    title = _("Search")

    def get_context_data(self, **kwargs):
        words = fold(self.request.GET.get("q", "")).split()
        groups = self.groups(words) if words else []
        return super().get_context_data(
            q=self.request.GET.get("q", ""), groups=[g for g in groups if g[2]], **kwargs
        )

    def groups(self, words):
        user = self.request.user
        dossiers = Dossier.objects.visible_to(user, *DOSSIER).with_unit()
        nominees = Nomination.objects.filter(
            dossier__in=Dossier.objects.visible_to(user, *DOSSIER)
        ).select_related("dossier")
        awards = Award.objects.granted().visible_to(user, Perm.AWARD_READ)
        units = Unit.objects.visible_to(user, Perm.UNIT_READ)
        return [
            ("dossiers", _("Dossiers"), self.found(dossiers, words)),
            ("nominees", _("Nominees"), self.found(nominees, words)),
            ("awards", _("Awards"), self.found(awards.select_related("award_type"), words)),
            ("units", _("Units"), self.found(units, words)),
        ]

    def found(self, rows, words):
        for word in words:
            rows = rows.filter(search_text__contains=word)
        return list(rows[:MOST])
