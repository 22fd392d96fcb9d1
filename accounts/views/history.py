"""The history of the portal for who inspects it: found, exported, and its chain verified."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.lists import HISTORY_COLUMNS, HistoryFilter, HistoryTable, history_rows
from accounts.permissions import Perm
from core.audit import chain
from core.audit.models import Check, Entry
from core.jobs.lists import ListWorkbook
from core.jobs.tasks import check_history
from core.ui.components.marks import moment
from core.ui.once import Repeated, once, taken
from core.ui.views import Guarded, ListPage

MOST_NAMED = 20  # entries without words; `verify_history` names them all


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
            verdict=_verdict(Check.objects.first()), crumbs=[(self.title, None)], **kwargs
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
                job = check_history.start(by=request.user)
                key.answer(reverse("jobs:job", args=[job.pk]))
        except Repeated as repeated:
            return redirect(repeated.address)
        return taken(redirect(key.address), request)


def _verdict(check):
    """(tone, sentence) on the last walk along the chain."""
    if check is None:
        return "warn", _("The history has not been checked yet; that is done each night.")
    words = {"last": check.last, "at": moment(check.at), "broken": check.broken}
    if check.fault:
        text = _("Checked at %(at)s: entry %(broken)s is not as it was written: %(fault)s.")
        return "err", text % (words | {"fault": _(check.fault)})
    text = _("Checked at %(at)s: the history is whole up to entry %(last)s.") % words
    if bare := chain.without_words():
        lost = _(
            "Entries whose words are gone: %(which)s. Only what the law had erased may be missing."
        )
        which = ", ".join(map(str, bare[:MOST_NAMED])) + ("…" if bare[MOST_NAMED:] else "")
        return "warn", f"{text} {lost % {'which': which}}"
    return "ok", text
