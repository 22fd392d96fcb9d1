"""The history of the portal for who inspects it: found, exported, and its chain verified."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.lists import HISTORY_COLUMNS, HistoryFilter, HistoryTable, history_rows
from accounts.permissions import Perm
from core.audit import verdict
from core.audit.models import Check, Entry
from core.jobs.lists import ListWorkbook
from core.jobs.tasks import check_history
from core.ui.once import Repeated, once, taken
from core.ui.views import Guarded, ListPage


class History(ListPage):
    """Every line in reach, private ones too: who inspects reads all (domain 6.1)."""

    perm = Perm.HISTORY_READ
    model = Entry
    title = gettext_lazy("History")
    queryset = Entry.objects.select_related("words", "unit").order_by("-pk")
    filter_class = HistoryFilter
    table_class = HistoryTable
    template_name = "accounts/history.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            verdict=verdict.of_check(Check.objects.first()), crumbs=[(self.title, None)], **kwargs
        )


class HistorySheet(ListWorkbook):
    """The list as filtered, as a workbook."""

    perm = Perm.HISTORY_READ
    title = gettext_lazy("History")
    name = "lich-su"
    columns = HISTORY_COLUMNS

    def found(self):
        rows = self.scoped(History.queryset.all())
        return HistoryFilter(self.request.GET, rows, request=self.request).qs

    def cells(self, rows):
        return history_rows(rows)


class CheckHistory(Guarded, View):
    """POST: walk the hash chain now, as a job."""

    perm = Perm.HISTORY_READ
    http_method_names = ["post"]

    def post(self, request):
        try:
            with once(request) as key:
                job = check_history.start(by=request.user, back_to=reverse("accounts:history"))
                key.answer(reverse("jobs:job", args=[job.pk]))
        except Repeated as repeated:
            return redirect(repeated.address)
        return taken(redirect(key.address), request)
