"""Writing a dossier: general data and achievement reports."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from dossiers.forms.preparing import ExplainForm, GeneralForm, ReportForm
from dossiers.models import AchievementReport, Defect, Dossier, Nomination
from dossiers.services import preparing
from dossiers.views.unit import READERS
from dossiers.views.writing import WritingPage


class GeneralPage(WritingPage):
    """The proposal, the sitting of the unit's council, whom to call."""

    perm = READERS
    model = Dossier
    form_class = GeneralForm
    template_name = "dossiers/dossier_form.html"
    part = "general"
    message = gettext_lazy("The general data are saved.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.target()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title=_("General data"), **kwargs)

    def act(self, form):
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        # A colleague's nominee makes the dossier another version, but not these fields.
        preparing.save_general(dossier=self.target(), actor=self.request.user, **values)
        return self.target().get_absolute_url()


class ReportPage(WritingPage):
    """Parts I–III of one nominee's report, saved every few seconds."""

    perm = READERS
    model = Nomination
    form_class = ReportForm
    template_name = "dossiers/report_form.html"

    def scoped(self, queryset):
        return (
            super()
            .scoped(queryset)
            .select_related(
                "dossier__unit", "dossier__round", "dossier__campaign__steward", "report"
            )
        )

    @property
    def dossier(self):
        return self.target().dossier

    @property
    def part(self):
        return f"report:{self.target().pk}"

    def get_form_kwargs(self):
        nominee = self.target()
        report = AchievementReport.objects.prefetch_related("sections__content").filter(
            nomination=nominee
        )
        return super().get_form_kwargs() | {
            "instance": report.first() or AchievementReport(nomination=nominee),
            "contents": self.dossier.campaign.contents.all(),
        }

    def get_context_data(self, **kwargs):
        nominee = self.target()
        title = _("Achievement report: %(name)s") % {"name": nominee.titled}
        kwargs.setdefault("form", self.get_form())
        written = [] if self.writable else kwargs["form"].instance.in_order()
        return super().get_context_data(
            nominee=nominee, page_title=title, written=written, **kwargs
        )

    def act(self, form):
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        preparing.save_report(
            nominee=self.target(),
            actor=self.request.user,
            sections=form.sections(),
            version=form.base,
            **values,
        )
        messages.success(self.request, _("The report is saved."))
        return self.dossier.get_absolute_url()


class ExplainPage(WritingPage):
    """For a part that came back and is right as it is: the unit says so before it sends again.

    What it said of an earlier return stays as the officer got it.
    """

    perm = Perm.DOSSIER_WRITE
    model = Defect
    form_class = ExplainForm
    template_name = "dossiers/explain_form.html"
    message = gettext_lazy("The explanation is saved; the officer reads it beside the flaw.")

    def scoped(self, queryset):
        return (
            super()
            .scoped(queryset)
            .filter(closed_at=None)
            .select_related("dossier__unit", "dossier__round", "dossier__campaign__steward")
        )

    @property
    def dossier(self):
        return self.target().dossier

    @property
    def part(self):
        return self.target().part

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"defect": self.target()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(page_title=_("Why the part stays as it is"), **kwargs)

    def act(self, form):
        preparing.explain_flaw(
            defect=self.target(), actor=self.request.user, answer=form.cleaned_data["answer"]
        )
        return self.dossier.get_absolute_url()
