"""Registration beside result: what each unit set out to earn, and what it got by the year's end."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import Unit
from accounts.permissions import GRANTS, Perm
from campaigns.figures import aims as aim_figures
from campaigns.lists.aims import UnitsFilter
from campaigns.models import AimCall
from core.documents import store, xlsx
from core.documents.views import PaperPage, made
from core.ui.views import Guarded
from dossiers import documents, figures

PER_PAGE = 50
RELATED = ("campaign__unit", "block__unit", "unit", "collector")
COLUMNS = (
    xlsx.Column(gettext_lazy("Unit"), 46),
    xlsx.Column(gettext_lazy("Title or form"), 40),
    xlsx.Column(gettext_lazy("Given to"), 16),
    xlsx.Column(gettext_lazy("Name"), 32),
    xlsx.Column(gettext_lazy("Aimed at"), 12),
    xlsx.Column(gettext_lazy("Got"), 12),
    xlsx.Column(gettext_lazy("Where it stands"), 30),
)


class _Outcomes(Guarded):
    """Of all units for whoever takes the lists in; else of the visitor's own."""

    abstract = True
    perm = (Perm.AIM_READ, Perm.AIM_COLLECT)

    def call(self):
        if not hasattr(self, "_call"):
            rows = self.scoped(AimCall.objects.select_related(*RELATED))
            self._call = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._call

    def lines(self):
        """Of the units that are searched for; without words, of all that the visitor may read."""
        user = self.request.user
        self.search = UnitsFilter(self.request.GET, Unit.objects.all(), request=self.request)
        keys = self.search.keys()
        if not aim_figures.watches(user, self.call()):
            held = user.current_memberships()
            mine = {m.unit_id for m in held if Perm.AIM_READ in GRANTS[m.role]}
            keys = mine if keys is None else mine & keys
        return figures.outcomes(self.call(), keys)


class OutcomesPage(_Outcomes, TemplateView):
    template_name = "dossiers/outcomes.html"
    title = gettext_lazy("Registration beside result")

    def get_context_data(self, **kwargs):
        call, lines = self.call(), self.lines()
        page = Paginator(lines, PER_PAGE).get_page(self.request.GET.get("page", 1))
        both = [line.reached for line in lines if line.reached is not None]
        return super().get_context_data(
            call=call,
            filter=self.search,
            page_obj=page,
            reached=sum(both),
            settled=len(both),
            aims=sum(1 for line in lines if line.aimed is not None),
            crumbs=[
                (_("Titles aimed at"), reverse("campaigns:aims")),
                (str(call), call.get_absolute_url()),
                (self.title, None),
            ],
            **kwargs,
        )


class OutcomesWorkbook(_Outcomes, View):
    def get(self, request, pk):
        rows = (
            (one.unit_name, one.award, one.kind, one.name, one.aimed, one.got, one.words)
            for one in self.lines()
        )
        book = xlsx.workbook(str(self.call()), COLUMNS, rows)
        return made(book, name=f"dang-ky-va-ket-qua-{pk}.xlsx", media_type=store.XLSX)


class OutcomesPaper(_Outcomes, PaperPage):
    @property
    def name(self):
        return f"dang-ky-va-ket-qua-{self.call().pk}.pdf"

    def paper(self):
        return documents.outcomes(self.call(), self.lines())

    def back(self):
        return reverse("dossiers:outcomes", args=[self.call().pk])
