"""The standing agency's side: who has reported, and the synthesis of what came in."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns import documents
from campaigns.figures import reports as figures
from campaigns.forms.reports import MergeForm, SynthesisForm
from campaigns.lists.reports import CollectFilter, CollectTable
from campaigns.models import Campaign, LatePermit, PeriodicReport, ReportDuty, Synthesis
from campaigns.models.report import in_words
from campaigns.services import reports as services
from campaigns.views.campaigns import LIST
from core.clock import clock
from core.documents import store
from core.documents.views import made
from core.ui.drafts import KeepsDraft
from core.ui.views import FormPage, Guarded, ListPage

WATCHERS = (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN, Perm.FIGURES_READ)


class CollectList(ListPage):
    """All reports of one duty and period, late ones first; the address says which."""

    perm = WATCHERS
    model = PeriodicReport
    filter_class = CollectFilter
    table_class = CollectTable
    template_name = "campaigns/collect_list.html"

    @property
    def campaign(self):
        if not hasattr(self, "_campaign"):
            reached = Campaign.objects.visible_to(self.request.user, *self.perms)
            self._campaign = get_object_or_404(reached, pk=self.kwargs["pk"])
        return self._campaign

    def incoming(self):
        """Reports by what the visitor is to this campaign; a unit's own are on another list."""
        user = self.request.user
        held = [perm for perm in self.perms if user.can(perm, self.campaign)]
        return PeriodicReport.objects.visible_to(user, *held)

    def periods(self):
        """[(duty, period)] of which there are reports, the latest first."""
        if not hasattr(self, "_periods"):
            rows = self.incoming().filter(duty__campaign=self.campaign)
            pairs = rows.order_by().values_list("duty", "period").distinct()
            duties = self.campaign.duties.in_bulk()
            found = [(duties[duty], period) for duty, period in pairs]
            self._periods = sorted(found, key=lambda pair: (pair[1], -pair[0].order), reverse=True)
        return self._periods

    def chosen(self):
        """The duty and period of the address, or the latest."""
        asked = (self.request.GET.get("duty", ""), self.request.GET.get("period"))
        for duty, period in self.periods():
            if (str(duty.pk), period) == asked:
                return duty, period
        return self.periods()[0] if self.periods() else (None, "")

    def scoped(self, queryset):
        duty, period = self.chosen()
        rows = self.incoming().filter(duty=duty, period=period)
        return figures.late_first(rows.select_related("unit", "duty"), clock.now())

    def get_table(self, per_page):
        duty, period = self.chosen()
        table = super().get_table(per_page)
        permits = LatePermit.objects.filter(
            duty=duty, period=period, withdrawn_at=None, until__gt=clock.now()
        )
        table.permits = dict(permits.order_by("until").values_list("unit", "until"))
        return table

    def get_context_data(self, **kwargs):
        duty, period = self.chosen()
        user = self.request.user
        synthesis = Synthesis.objects.visible_to(user, *WATCHERS).filter(duty=duty, period=period)
        return super().get_context_data(
            campaign=self.campaign,
            duty=duty,
            period=period,
            period_words=in_words(period) if duty else "",
            page_title=_("Reports of the units"),
            counts=figures.counts(self.filterset.queryset, clock.now()),
            choices=[self._pill(*pair) for pair in self.periods()[:12]],
            synthesis=synthesis.first(),
            may_merge=user.can(Perm.REPORT_COLLECT, self.campaign),
            may_permit=user.holds(Perm.PERMIT_GIVE),
            crumbs=crumbs(self.campaign, _("Reports of the units")),
            **kwargs,
        )

    def _pill(self, duty, period):
        return {
            "label": f"{in_words(period)}: {duty.who}",
            "url": f"?duty={duty.pk}&period={period}",
            "on": (duty, period) == self.chosen(),
        }


def crumbs(campaign, *rest):
    return [LIST, (str(campaign), campaign.get_absolute_url()), *[(each, None) for each in rest]]


class PutTogether(FormPage):
    """Makes the synthesis of a period, or adds what has come in since."""

    perm = Perm.REPORT_COLLECT
    model = Campaign
    form_class = MergeForm
    template_name = "campaigns/registration_form.html"
    title = gettext_lazy("Put the reports together")

    def get_context_data(self, **kwargs):
        campaign = self.target()
        return super().get_context_data(
            campaign=campaign, crumbs=crumbs(campaign, self.title), **kwargs
        )

    def act(self, form):
        campaign = self.target()
        duty = get_object_or_404(campaign.duties, pk=form.cleaned_data["duty"])
        synthesis = services.put_together(
            duty=duty,
            unit=receiver(duty, form.cleaned_data["period"], self.request.user),
            period=form.cleaned_data["period"],
            actor=self.request.user,
        )
        self.message = _("Reports of %(count)s units are in the synthesis.") % {
            "count": len(synthesis.merged)
        }
        return synthesis.get_absolute_url()


def receiver(duty: ReportDuty, period: str, user) -> Unit:
    """The unit that takes these reports in, which the visitor must be in."""
    rows = PeriodicReport.objects.visible_to(user, Perm.REPORT_COLLECT)
    row = rows.filter(duty=duty, period=period).select_related("receiver").first()
    if row is None:
        raise Http404
    return row.receiver


class SynthesisPage(KeepsDraft, FormPage):
    """Content by content, to be edited; below, which units are in it and which are missing."""

    perm = WATCHERS
    model = Synthesis
    form_class = SynthesisForm
    template_name = "campaigns/synthesis.html"
    message = gettext_lazy("The synthesis is saved.")

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("duty__campaign", "unit"))

    def get_form_kwargs(self):
        synthesis = self.target()
        return super().get_form_kwargs() | {
            "contents": synthesis.duty.campaign.contents.all(),
            "written": dict(synthesis.parts.values_list("content", "text")),
            "texts": synthesis,
        }

    def get_context_data(self, **kwargs):
        synthesis = self.target()
        duty = synthesis.duty
        rows = PeriodicReport.objects.filter(
            duty=duty, period=synthesis.period, receiver=synthesis.unit
        )
        came = rows.exclude(state__in=figures.WAITS).exclude(pk__in=synthesis.merged)
        address = reverse("campaigns:collect", args=[duty.campaign_id])
        return super().get_context_data(
            synthesis=synthesis,
            page_title=str(synthesis),
            merged=len(synthesis.merged),
            all_units=rows.count(),
            since=came.count(),
            missing=rows.filter(state__in=figures.WAITS).order_by("unit__path")[:60],
            writable=self.request.user.can(Perm.REPORT_COLLECT, synthesis),
            merge=MergeForm(initial={"duty": duty.pk, "period": synthesis.period}),
            list_url=f"{address}?duty={duty.pk}&period={synthesis.period}",
            crumbs=crumbs(duty.campaign, str(synthesis)),
            **kwargs,
        )

    def act(self, form):
        synthesis = self.target()
        if not self.request.user.can(Perm.REPORT_COLLECT, synthesis):
            raise Http404
        services.save_synthesis(
            synthesis=synthesis,
            actor=self.request.user,
            parts=form.said(),
            version=form.cleaned_data["version"],
            **form.texts(),
        )
        return synthesis.get_absolute_url()


class SynthesisPaper(Guarded, View):
    """The synthesis as a paper in the layout of Nghị định 30/2020/NĐ-CP."""

    perm = WATCHERS

    def get(self, request, pk):
        rows = self.scoped(Synthesis.objects.select_related("duty__campaign__unit", "unit"))
        synthesis = get_object_or_404(rows, pk=pk)
        name = f"tong-hop-{synthesis.duty.campaign.code}-{synthesis.period or 'mot-lan'}.pdf"
        return made(documents.synthesis(synthesis), name=name, media_type=store.PDF)
