"""Results are entered: a unit types a period on one page, and gives the files that prove them."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.figures import results as figures
from campaigns.forms.results import EvidenceForm, ResultsForm, field_of, source_of
from campaigns.models import Campaign, TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules
from campaigns.services import results as services
from campaigns.views.running.collecting import crumbs
from campaigns.views.running.turning import entry_url, over_time, pills_of, turns_of
from core.clock import clock
from core.documents.views import DownloadPage
from core.ui.drafts import KeepsDraft
from core.ui.views import FormPage


class ResultsEntry(KeepsDraft, FormPage):
    """One unit, one period, all targets: typed down the page with the keyboard."""

    perm = (Perm.CAMPAIGN_READ, Perm.REPORT_COLLECT)
    model = Campaign
    form_class = ResultsForm
    template_name = "campaigns/results_entry.html"

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user).select_related("unit", "steward")

    @property
    def unit(self):
        """The unit of the address, for which the visitor writes; the campaign's own unit is
        written by those who run it. Anything else is not found."""
        if not hasattr(self, "_unit"):
            campaign, user = self.target(), self.request.user
            self._unit = get_object_or_404(Unit, pk=self.kwargs["unit"])
            runs = any(user.can(p, campaign) for p in (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN))
            whole = self._unit == campaign.unit and runs
            if not whole and not user.can(Perm.REPORT_WRITE, self._unit):
                raise Http404
        return self._unit

    @property
    def period(self):
        try:
            return periods.read(self.kwargs["period"])
        except ValueError:
            raise Http404 from None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "campaign": self.target(),
            "unit": self.unit,
            "period": self.period.key,
        }

    def get_context_data(self, **kwargs):
        campaign, period, unit = self.target(), self.period, self.unit
        form = kwargs.get("form") or self.get_form()
        kwargs["form"] = form
        return super().get_context_data(
            campaign=campaign,
            unit=unit,
            period=period,
            page_title=_("Results of %(period)s") % {"period": period},
            locked=list(rules.missing_to_enter(campaign)),
            rows=[_row(form, target, form.kept.get(target.pk)) for target in form.targets],
            entered=len(form.kept),
            pills=pills_of(period, clock.today(), lambda key: entry_url(campaign, unit.pk, key)),
            turns=turns_of(period, clock.today(), lambda key: entry_url(campaign, unit.pk, key)),
            over=over_time(campaign, unit, period, self.request.GET.get("theo", "")),
            crumbs=crumbs(campaign, _("Results of %(period)s") % {"period": period}),
            **kwargs,
        )

    def act(self, form):
        changed = services.enter(
            campaign=self.target(),
            unit=self.unit,
            period=self.period.key,
            said=form.said(),
            actor=self.request.user,
        )
        self.message = _("%(count)s figures of %(period)s are saved.") % {
            "count": changed,
            "period": self.period,
        }
        return self.request.path

    def field_of(self, finding, form):
        """A target stands for its figure."""
        of = {str(target.pk): field_of(target) for target in form.targets}
        return of.get(finding.part)


def _row(form, target, result):
    return {
        "target": target,
        "goal": figures.goal_of(target),
        "value": form[field_of(target)],
        "source": form[source_of(target)],
        "result": result,
        "progress": rules.progress(target, result.value, result.text) if result else None,
    }


class ResultEvidence(FormPage):
    """A file to a result that is kept."""

    perm = (Perm.REPORT_WRITE, Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN)
    model = TargetResult
    form_class = EvidenceForm
    template_name = "campaigns/result_evidence_form.html"
    title = gettext_lazy("Give evidence of a result")
    message = gettext_lazy("The evidence is kept.")

    def scoped(self, queryset):
        """The unit's own, and those of the whole by who runs the campaign."""
        rows = queryset.select_related("target__campaign__unit", "unit")
        whole = rows.filter(unit=F("target__campaign__unit"))
        user = self.request.user
        return (
            rows.visible_to(user, Perm.REPORT_WRITE)
            | whole.visible_to(user, Perm.REPORT_COLLECT)
            | whole.visible_to(user, Perm.CAMPAIGN_PLAN)
        )

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["file"].of(self.target().unit, self.request.user)
        return form

    def get_context_data(self, **kwargs):
        campaign = self.target().target.campaign
        return super().get_context_data(
            campaign=campaign,
            about=str(self.target()),
            crumbs=crumbs(campaign, self.title),
            **kwargs,
        )

    def act(self, form):
        result = services.prove(
            result=self.target(), document=form.cleaned_data["file"], actor=self.request.user
        )
        return result.get_absolute_url()


class EvidenceDownload(DownloadPage):
    perm = (Perm.REPORT_READ, Perm.REPORT_COLLECT)
    model = TargetResult

    def document_of(self, obj):
        return obj.evidence
