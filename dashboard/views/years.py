"""Units over the years beside each other, on a page and as a workbook."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.models import Unit
from accounts.permissions import Perm
from accounts.rules import AS_TODAY, AS_WAS
from campaigns.figures.years import chosen, compared
from core.clock import clock
from core.documents import store
from core.documents.views import made
from core.ui.views import Guarded, ListPage
from dashboard import documents
from dashboard.figures.years import COUNTED, Table
from dashboard.lists import UnitOfYearsFilter
from dashboard.views.overview import HOME


class _OverYears:
    """What is counted, and how units stand, as the address asks."""

    perm = Perm.FIGURES_READ

    @cached_property
    def what(self):
        said = self.request.GET.get("so-lieu", "")
        return said if said in COUNTED else next(iter(COUNTED))

    @cached_property
    def how(self):
        return chosen(self.request.GET.get("so-sanh", ""))

    @cached_property
    def compared(self):
        return Table(self.request.user, self.what, self.how, clock.today())


class OverYears(_OverYears, ListPage):
    model = Unit
    filter_class = UnitOfYearsFilter
    template_name = "dashboard/years.html"
    title = _("Over the years")

    def scoped(self, queryset):
        return self.compared.units()

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        return found | {
            "counted": COUNTED[self.what].label,
            "years": self.compared.years,
            "rows": self.compared.rows(found["page_obj"]),
            "totals": self.compared.totals(),
            "as_today": self.how == AS_TODAY,
            "compared": compared(self.how, lambda how: self.address(self.what, how)),
            "choices": [
                {"label": each.label, "url": self.address(code, self.how), "on": code == self.what}
                for code, each in COUNTED.items()
            ],
            "export_url": reverse("dashboard:years_xlsx") + f"?{self.request.GET.urlencode()}",
            "crumbs": [HOME, (self.title, None)],
        }

    def address(self, what, how):
        said = {"so-lieu": what, "q": self.request.GET.get("q", "")}
        said["so-sanh"] = "" if how == AS_WAS else how
        return "?" + urlencode({name: value for name, value in said.items() if value})


class OverYearsWorkbook(_OverYears, Guarded, View):
    def get(self, request):
        table = self.compared
        units = UnitOfYearsFilter(request.GET, table.units(), request=request).qs
        content = documents.over_years(table, table.rows(units))
        return made(content, name=f"qua-cac-nam-{self.what}.xlsx", media_type=store.XLSX)
