"""A set of criteria as a workbook: out, and in again after a look at what was read."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.permissions import Perm
from core.documents import grid, store, xlsx
from core.documents.refusals import Refused
from core.documents.views import made
from core.findings import Finding
from core.ui.views import FormPage, Guarded
from core.workflow import Blocked
from criteria import services
from criteria.forms.sets import SheetFileForm
from criteria.models import CriteriaSet
from criteria.rules import written
from criteria.rules.scoring import KINDS
from criteria.views.sets import crumbs_of, in_order, visible

WIDTHS = {"name": 50, "rule": 44, "guidance": 36, "evidence": 36, "code": 8}


class SheetIn(FormPage):
    """Reads the workbook, shows what it says; the same form sent again puts it into the set."""

    perm = Perm.CRITERIA_MANAGE
    model = CriteriaSet
    form_class = SheetFileForm
    title = gettext_lazy("Fill the set from a workbook")
    template_name = "criteria/sheet_in.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "unit": self.target().unit}

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target(), (self.title, None))
        return super().get_context_data(
            criteria_set=self.target(),
            there=self.target().criteria.count(),
            crumbs=crumbs,
            **kwargs,
        )

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            sheet = _read(file)
        except Refused as refused:
            form.add_error("file", refused.sentence)
            return self.form_invalid(form)
        if sheet.faults:
            return self._shown(form, sheet, status=422)
        if form.cleaned_data["seen"] != file.sha256:
            return self._shown(form, sheet, status=200)
        self.rows = sheet.rows
        return super().form_valid(form)

    def _shown(self, form, sheet, status):
        file = form.cleaned_data["file"]
        form.data = {**form.data.dict(), "seen": "" if sheet.faults else file.sha256}
        context = self.get_context_data(
            form=form,
            read=file,
            faults=sheet.faults,
            rows=[] if sheet.faults else [(row, _kind(row)) for row in sheet.rows],
        )
        return self.render_to_response(context, status=status)

    def act(self, form):
        held = self.target()
        if held.state != CriteriaSet.State.DRAFT:
            raise Blocked([Finding(_("The set is in use and does not change any more."))])
        number = services.fill(
            criteria_set=held,
            rows=self.rows,
            file=form.cleaned_data["file"],
            actor=self.request.user,
        )
        self.message = _("%(number)s rows are in the set now.") % {"number": number}
        return held.get_absolute_url()


class SheetOut(Guarded, View):
    """The set as a workbook; of a set without criteria, the blank form."""

    perm = Perm.CRITERIA_READ

    def get(self, request, pk):
        held = get_object_or_404(visible(CriteriaSet.objects.all(), request.user), pk=pk)
        rows = [row for row, _depth, _kind in in_order(held.criteria.all())]
        columns = [
            xlsx.Column(words[0], WIDTHS.get(name, 20)) for name, words in written.COLUMNS.items()
        ]
        workbook = xlsx.workbook(held.title, columns, written.table(rows))
        return made(workbook, name=f"{held.code}-{held.year}.xlsx", media_type=store.XLSX)


def _kind(row):
    return KINDS[row.kind].title if row.kind else ""


def _read(file):
    read = grid.read(file, most_rows=written.MOST_ROWS + 50)
    sheet = written.read(read.cells)
    odd = [written.CellFault(each.row, each.column, str(each)) for each in read.odd]
    places = {(fault.row, fault.column) for fault in odd}
    others = [fault for fault in sheet.faults if (fault.row, fault.column) not in places]
    sheet.faults = sorted(odd + others)
    return sheet
