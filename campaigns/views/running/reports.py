"""Reports: the unit's list, one report read and written, and its steps."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.figures import reports as figures
from campaigns.forms.reports import ReportForm
from campaigns.forms.results import trimmed
from campaigns.lists.reports import OwnFilter, OwnTable
from campaigns.models import PeriodicReport, Target
from campaigns.rules import permits as permit_rules
from campaigns.rules import reports as rules
from campaigns.services import reports as services
from campaigns.views.campaigns import LIST
from campaigns.workflow.reports import REPORT
from core.clock import clock
from core.ui.drafts import KeepsDraft
from core.ui.views import DetailPage, FormPage, ListPage, StepView

READERS = (Perm.REPORT_READ, Perm.REPORT_COLLECT)
RELATED = ("duty__campaign", "unit", "receiver", "sent_by")


class ReportList(ListPage):
    """What the visitor's own units owe, late ones first."""

    perm = Perm.REPORT_WRITE
    model = PeriodicReport
    title = gettext_lazy("Periodic reports")
    filter_class = OwnFilter
    table_class = OwnTable
    template_name = "campaigns/report_list.html"

    def scoped(self, queryset):
        rows = super().scoped(queryset).select_related("duty__campaign", "unit")
        mine = [m.unit_id for m in self.request.user.current_memberships()]
        return figures.late_first(rows.filter(unit__in=mine), clock.now())

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[(self.title, None)], **kwargs)


class ReportPage(DetailPage):
    """One report as it stands, with what is missing, its steps and a late permit."""

    perm = READERS
    model = PeriodicReport
    workflow = REPORT
    template_name = "campaigns/report_detail.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*RELATED))

    def get_context_data(self, **kwargs):
        report, user, now = self.object, self.request.user, clock.now()
        writable = user.can(Perm.REPORT_WRITE, report) and not list(rules.missing_to_write(report))
        return super().get_context_data(
            page_title=title_of(report),
            crumbs=crumbs_of(report, user),
            parts=[(f"part-{part.pk}", part) for part in report.parts.select_related("content")],
            figures=_figures(report),
            writable=writable,
            waits=report.state in figures.WAITS,
            late=rules.is_late(report, now),
            findings=list(rules.missing_to_send(report, now)) if writable else [],
            permit=permit_rules.permit_for(
                report.unit, now, duty=report.duty, period=report.period
            ),
            may_permit=user.can(Perm.PERMIT_GIVE, report) and report.state in figures.WAITS,
            **kwargs,
        )


def title_of(report):
    return _("Report of %(period)s") % {"period": report.period_words}


def crumbs_of(report, user, *rest):
    campaign = report.duty.campaign
    return [
        LIST,
        (str(campaign), campaign.get_absolute_url()),
        (title_of(report), report.get_absolute_url() if rest else None),
        *[(label, None) for label in rest],
    ]


def _figures(report):
    """[(target, what is written of it)] in the order of the plan."""
    rows = []
    for target in report.duty.campaign.targets.all():
        said = report.figures.get(target.code)
        if said:
            rows.append((target, shown(target, said)))
    return rows


def shown(target, said):
    if target.compare == Target.Compare.YES_NO:
        return _("done") if said == "1" else _("not done yet")
    if target.compare == Target.Compare.TEXT:
        return said
    number = trimmed(Target._meta.get_field("value").to_python(said))
    return f"{number}".replace(".", ",")


class ReportWrite(KeepsDraft, FormPage):
    """The form made from the campaign's contents; what is typed is kept every few seconds."""

    perm = Perm.REPORT_WRITE
    model = PeriodicReport
    form_class = ReportForm
    template_name = "campaigns/report_form.html"
    message = gettext_lazy("The report is saved. It is not sent yet.")

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*RELATED))

    def get_form_kwargs(self):
        report = self.target()
        campaign = report.duty.campaign
        return super().get_form_kwargs() | {
            "contents": campaign.contents.all(),
            "written": dict(report.parts.values_list("content", "text")),
            "texts": report,
            "targets": figures.targets_of(campaign),
            "kept": figures.results_of(report.unit, campaign, report.period),
            "figures": report.figures,
        }

    def get_context_data(self, **kwargs):
        report = self.target()
        return super().get_context_data(
            report=report,
            page_title=title_of(report),
            locked=list(rules.missing_to_write(report)),
            crumbs=crumbs_of(report, self.request.user, _("Write")),
            **kwargs,
        )

    def act(self, form):
        said, figures, texts = form.said(), form.figures(), form.texts()
        services.save_report(
            report=self.target(),
            actor=self.request.user,
            parts=said,
            figures=figures,
            version=form.cleaned_data["version"],
            **texts,
        )
        if not any([*said.values(), *figures.values(), *texts.values()]):
            self.message = ""
            messages.info(self.request, _("The report is empty, and it is not sent."))
        return self.target().get_absolute_url()


class ReportStep(StepView):
    model = PeriodicReport
    workflow = REPORT
