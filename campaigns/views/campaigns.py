"""The list of campaigns, one campaign with its whole plan, and our unit's part in it."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns import figures, rules, services
from campaigns.forms.campaigns import UnitForm
from campaigns.lists.campaigns import CampaignFilter, CampaignTable
from campaigns.models import Campaign, Participation, ReportDuty
from campaigns.plans import deadlines, outline
from campaigns.plans.declaring import READ_FROM
from campaigns.plans.export import shown_plan
from campaigns.plans.schema import NOTES_ABOUT
from campaigns.views.links import links
from campaigns.workflow import CAMPAIGN
from core.clock import clock
from core.ui.views import DetailPage, FormPage, ListPage, StepView

LIST = (gettext_lazy("Campaigns"), reverse_lazy("campaigns:list"))
KEEPS_NOTES = (Perm.CAMPAIGN_PLAN, Perm.DOSSIER_APPRAISE, Perm.DOSSIER_AGGREGATE)


class CampaignList(ListPage):
    perm = Perm.CAMPAIGN_READ
    model = Campaign
    title = LIST[0]
    filter_class = CampaignFilter
    table_class = CampaignTable
    template_name = "campaigns/campaign_list.html"

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user).annotate(units=Subquery(_count_units()))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_plan=self.request.user.holds(Perm.CAMPAIGN_PLAN),
            crumbs=[(LIST[0], None)],
            **kwargs,
        )


def _count_units():
    mine = Participation.objects.filter(campaign=OuterRef("pk")).order_by()
    return mine.values("campaign").annotate(number=Count("pk")).values("number")


class CampaignPage(DetailPage):
    perm = Perm.CAMPAIGN_READ
    model = Campaign
    workflow = CAMPAIGN
    template_name = "campaigns/campaign_detail.html"

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user).select_related("unit", "steward", "parent")

    def get_context_data(self, **kwargs):
        campaign, user, today = self.object, self.request.user, clock.today()
        plan = shown_plan(campaign)
        days = deadlines.next_days(plan, today)
        officer = any(user.can(perm, campaign) for perm in KEEPS_NOTES)
        may_plan = user.can(Perm.CAMPAIGN_PLAN, campaign)
        return super().get_context_data(
            plan=plan,
            page_title=campaign.name,
            parts=outline.parts(plan, campaign),
            phases=figures.phases(campaign),
            phase_notes=(plan.agency and plan.agency.phases) or any(p.work for p in plan.phases),
            aims=outline.aims(plan),
            programmes=outline.programmes(plan, Campaign.objects.for_reader(user)),
            task_groups=outline.tasks(plan),
            tasks_in_words=outline.tasks_in_words(plan),
            facts=list(outline.facts(plan)),
            documents=[*plan.superior, *plan.bases],
            sources=list(outline.sources(plan)),
            read_from=plan.read_from and dict(READ_FROM)[plan.read_from.kind],
            rounds=_rounds(campaign),
            bodies=figures.bodies(campaign, today),
            duties=[
                (
                    duty,
                    ReportDuty.Frequency(duty.frequency).label,
                    days[duty.code],
                    duty.due and deadlines.in_words(duty.due),
                )
                for duty in plan.duties
            ],
            ours=list(figures.registrations(campaign, rules.units_to_register(user))),
            running=campaign.state == Campaign.State.OPEN,
            units=_units(campaign, user),
            may_write=user.holds(Perm.DOSSIER_WRITE),
            may_plan=may_plan,
            links=links(campaign, user, plan),
            notes=[(dict(NOTES_ABOUT)[n.about], n.text) for n in plan.notes] if officer else [],
            files=campaign.plan_files.select_related("document", "applied_by") if may_plan else [],
            crumbs=[LIST, (campaign.short_name or campaign.name, None)],
            **kwargs,
        )


def _rounds(campaign):
    moment = clock.now()
    return [
        {
            "round": row,
            "open": not list(rules.missing_to_take(row, moment)),
            "over": row.closes_at is not None and row.closes_at <= moment,
            "days": figures.days_in_words(rules.first_day(row), rules.last_day(row)),
            "quotas": row.quotas.all(),
            "shares": outline.shares(row),
        }
        for row in figures.rounds(campaign)
    ]


def _units(campaign, user):
    """How many units take part, which everybody may know, and how many of them the list that it
    opens would show. Keys: all, seen."""
    rows = Participation.objects.filter(campaign=campaign)
    seen = rows.visible_to(user, Perm.CAMPAIGN_READ, Perm.DOSSIER_AGGREGATE)
    return rows.aggregate(
        all=Count("pk"), seen=Count("pk", filter=Q(pk__in=seen.order_by().values("pk")))
    )


class CampaignStep(StepView):
    model = Campaign
    workflow = CAMPAIGN


class _Registration(FormPage):
    """Posted from the campaign's page; comes back to it."""

    abstract = True
    perm = Perm.CAMPAIGN_JOIN
    model = Campaign
    form_class = UnitForm
    template_name = "campaigns/registration_form.html"

    def scoped(self, queryset):
        reached = queryset.for_reader(self.request.user)
        return reached & queryset.visible_to(self.request.user, Perm.CAMPAIGN_JOIN)

    def get_context_data(self, **kwargs):
        campaign = self.target()
        crumbs = [LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)]
        return super().get_context_data(campaign=campaign, crumbs=crumbs, **kwargs)


class Join(_Registration):
    title = gettext_lazy("Register for the campaign")

    def act(self, form):
        unit = form.cleaned_data["unit"]
        services.join(campaign=self.target(), unit=unit, actor=self.request.user)
        self.message = _("%(unit)s is registered.") % {"unit": unit}
        return self.target().get_absolute_url()


class Leave(_Registration):
    title = gettext_lazy("Take the registration back")

    def act(self, form):
        unit = form.cleaned_data["unit"]
        services.leave(campaign=self.target(), unit=unit, actor=self.request.user)
        self.message = _("%(unit)s is no longer registered.") % {"unit": unit}
        return self.target().get_absolute_url()
