"""Results: a unit enters a period on one page, the province sees all, each target its units."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.figures import results as figures
from campaigns.forms.results import EvidenceForm, ResultsForm, field_of, source_of
from campaigns.lists.results import UnitResultFilter, UnitResultTable
from campaigns.models import Campaign, Target, TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules
from campaigns.services import results as services
from campaigns.views.collecting import crumbs
from campaigns.views.links import WATCHERS
from core.clock import clock
from core.documents.views import DownloadPage
from core.ui.drafts import KeepsDraft
from core.ui.views import DetailPage, FormPage, ListPage

YEARS = 2  # before this one, to choose from


def period_of(text, today):
    """The period of an address; this month when there is none or nonsense."""
    try:
        return periods.read(text)
    except ValueError:
        return periods.read(f"{today:%Y-%m}")


def pills_of(period, today, url):
    """The years of late, then months, quarters and the whole of the chosen one."""
    year = int(period.key[:4])
    years = [
        {"label": str(each), "url": url(f"{each}"), "on": False}
        for each in range(today.year - YEARS, today.year + 1)
        if each != year
    ]
    shown = [
        {"label": label_of(each), "url": url(each.key), "on": each == period}
        for _kind, found in figures.choices(period.key, today)
        for each in found
    ]
    return [*years, *shown]


def label_of(period):
    """Short, since the year stands in the heading: “Tháng 11”, “Quý IV”, “Năm 2025”."""
    words = str(period)
    if "-" in period.key:
        words = words.partition("/")[0]
    return words[:1].upper() + words[1:]


class ResultsPage(DetailPage):
    """All targets of a campaign in one period. Queries do not grow with the units."""

    perm = WATCHERS
    model = Campaign
    template_name = "campaigns/results.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("unit", "steward"))

    def get_context_data(self, **kwargs):
        campaign, user, today = self.object, self.request.user, clock.today()
        period = period_of(self.request.GET.get("ky", ""), today)
        lines = figures.lines(campaign, period.key)
        return super().get_context_data(
            page_title=_("Results of the targets"),
            campaign=campaign,
            period=period,
            pills=pills_of(period, today, lambda key: f"?ky={key}"),
            lines=lines,
            units=figures.units_reporting(campaign),
            counts=_counts(lines),
            has_months=any(any(line.months) for line in lines),
            months=range(1, 13),
            enter_url=_enter_url(campaign, campaign.unit_id, period)
            if user.can(Perm.REPORT_COLLECT, campaign) or user.can(Perm.CAMPAIGN_PLAN, campaign)
            else "",
            history=[],
            crumbs=crumbs(campaign, _("Results of the targets")),
            **kwargs,
        )


def _counts(lines):
    return {
        "met": sum(line.progress.met is True for line in lines),
        "open": sum(line.progress.met is False for line in lines),
        "missing": sum(line.own is None for line in lines),
        "all": len(lines),
    }


def _enter_url(campaign, unit, period):
    return reverse("campaigns:results_entry", args=[campaign.pk, unit, period.key])


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
        campaign = self.target()
        self.kept = figures.entered(self.unit, campaign, self.period.key)
        return super().get_form_kwargs() | {
            "targets": campaign.targets.order_by("order"),
            "kept": self.kept,
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
            rows=[_row(form, target, self.kept.get(target.pk)) for target in form.targets],
            entered=len(self.kept),
            pills=pills_of(
                period,
                clock.today(),
                lambda key: reverse("campaigns:results_entry", args=[campaign.pk, unit.pk, key]),
            ),
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


def _row(form, target, result):
    return {
        "target": target,
        "goal": figures.goal_of(target),
        "value": form[field_of(target)],
        "source": form[source_of(target)],
        "result": result,
        "progress": rules.progress(target, result.value, result.text) if result else None,
    }


class TargetPage(ListPage):
    """One target: what each unit says of it in a period."""

    perm = WATCHERS
    model = TargetResult
    filter_class = UnitResultFilter
    table_class = UnitResultTable
    template_name = "campaigns/target_detail.html"

    @property
    def target(self):
        if not hasattr(self, "_target"):
            reached = Campaign.objects.visible_to(self.request.user, *self.perms)
            rows = Target.objects.filter(campaign__in=reached).select_related("campaign__unit")
            self._target = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._target

    @property
    def period(self):
        return period_of(self.request.GET.get("ky", ""), clock.today())

    def scoped(self, queryset):
        return figures.of_units(self.target, self.period.key)

    def get_context_data(self, **kwargs):
        target, period = self.target, self.period
        return super().get_context_data(
            target=target,
            goal=figures.goal_of(target),
            period=period,
            page_title=target.name,
            pills=pills_of(period, clock.today(), lambda key: f"?ky={key}"),
            units=figures.units_reporting(target.campaign),
            crumbs=crumbs(target.campaign, target.code),
            **kwargs,
        )


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
