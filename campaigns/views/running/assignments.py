"""The board of tasks, one task, and what one unit is to do in a campaign."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.figures import assignments as figures
from campaigns.figures import calendar
from campaigns.figures import campaigns as campaign_figures
from campaigns.figures import reports as report_figures
from campaigns.forms.assignments import AssignForm, OpenForm, OwnPlanForm
from campaigns.lists.assignments import HandoutFilter, HandoutTable
from campaigns.models import Assignment, Campaign, Handout, LatePermit, Participation, Task
from campaigns.rules import last_day
from campaigns.services import assignments as services
from campaigns.views.links import WATCHERS, watches
from campaigns.views.running.collecting import crumbs
from campaigns.workflow.assignments import ASSIGNMENT
from core.clock import clock
from core.documents.views import DownloadPage
from core.ui.views import DetailPage, FormPage, ListPage, StepView

RELATED = ("task__group__campaign", "unit")


class Board(DetailPage):
    """Tasks of a campaign by state: all of them for the agency, its own for a unit."""

    perm = Perm.CAMPAIGN_READ
    model = Campaign
    template_name = "campaigns/board.html"

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user).select_related("unit", "steward")

    def get_context_data(self, **kwargs):
        campaign, user = self.object, self.request.user
        rows = Assignment.objects.filter(task__group__campaign=campaign).select_related(*RELATED)
        rows = rows.visible_to(user, Perm.REPORT_READ, Perm.REPORT_COLLECT)
        return super().get_context_data(
            campaign=campaign,
            page_title=_("Tasks of the plan"),
            columns=figures.board(rows, clock.today()),
            may_assign=_runs(campaign, user),
            history=[],
            crumbs=crumbs(campaign, _("Tasks of the plan")),
            **kwargs,
        )


def _runs(campaign, user):
    return user.can(Perm.REPORT_COLLECT, campaign) or user.can(Perm.CAMPAIGN_PLAN, campaign)


class Assign(FormPage):
    perm = (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN)
    model = Campaign
    form_class = AssignForm
    template_name = "campaigns/registration_form.html"
    title = gettext_lazy("Give a task to a unit")
    message = gettext_lazy("The task is given; the unit has been told.")

    def get_form_kwargs(self):
        campaign = self.target()
        below = Unit.objects.filter(path__startswith=campaign.unit.path)
        return super().get_form_kwargs() | {
            "tasks": Task.objects.filter(group__campaign=campaign),
            "units": below.standing(clock.today()).order_by("path"),
        }

    def get_context_data(self, **kwargs):
        campaign = self.target()
        return super().get_context_data(
            campaign=campaign, crumbs=crumbs(campaign, self.title), **kwargs
        )

    def act(self, form):
        said = {name: form.cleaned_data[name] for name in ("task", "unit", "due_on")}
        services.assign(actor=self.request.user, **said)
        return reverse("campaigns:board", args=[self.target().pk])


class AssignmentPage(DetailPage):
    """One task with the five clear things, its steps and its history."""

    perm = (Perm.REPORT_READ, Perm.REPORT_COLLECT)
    model = Assignment
    workflow = ASSIGNMENT
    template_name = "campaigns/assignment_detail.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*RELATED))

    def get_context_data(self, **kwargs):
        row = self.object
        campaign = row.task.group.campaign
        board = reverse("campaigns:board", args=[campaign.pk])
        trail = crumbs(campaign)
        return super().get_context_data(
            page_title=row.task.name,
            clear=_clear_things(row),
            crumbs=[*trail, (_("Tasks of the plan"), board), (row.task.code, None)],
            **kwargs,
        )


def _clear_things(row):
    """The five clear things; what the plan leaves open says so."""
    open_ = _("the plan does not say")
    task = row.task
    due = f"{row.due_on:%d/%m/%Y}" if row.due_on else open_
    return [
        (_("Clear person"), task.who or row.unit_name),
        (_("Clear task"), task.name),
        (_("Clear responsibility"), task.responsibility or open_),
        (_("Clear time"), due),
        (_("Clear result"), task.result or open_),
    ]


class AssignmentStep(StepView):
    model = Assignment
    workflow = ASSIGNMENT


class UnitPart(DetailPage):
    """What one unit is to do in a campaign, by when: tasks, reports, rounds, its own plan."""

    perm = Perm.CAMPAIGN_READ
    model = Campaign
    template_name = "campaigns/unit_part.html"

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user).select_related("unit", "steward")

    def get_context_data(self, **kwargs):
        campaign, user = self.object, self.request.user
        unit = unit_of_page(campaign, user, self.kwargs["unit"])
        own = Assignment.objects.filter(task__group__campaign=campaign, unit=unit)
        handout = Handout.objects.filter(campaign=campaign, unit=unit)
        owed = unit.periodic_reports.filter(duty__campaign=campaign).select_related("duty")
        now = clock.now()
        permits = LatePermit.objects.filter(
            campaign=campaign, unit=unit, withdrawn_at=None, until__gt=now
        )
        return super().get_context_data(
            campaign=campaign,
            unit=unit,
            page_title=_("What the unit is to do in the campaign"),
            handout=handout.select_related("plan", "opened_by").first(),
            participation=Participation.objects.filter(campaign=campaign, unit=unit).first(),
            columns=figures.board(own.select_related(*RELATED), clock.today()),
            reports=list(report_figures.late_first(owed, now)[:12]),
            rounds=[(row, last_day(row)) for row in campaign_figures.rounds(campaign)],
            permits=list(permits.select_related("duty", "round", "call__campaign", "given_by")),
            writes=user.can(Perm.REPORT_WRITE, unit),
            calendar=reverse("campaigns:calendar", args=[calendar.token_of(unit)]),
            has_targets=campaign.targets.exists(),
            month=f"{clock.today():%Y-%m}",
            history=[],
            crumbs=crumbs(campaign, str(unit)),
            **kwargs,
        )


def unit_of_page(campaign, user, pk):
    """A unit whose part in the campaign this visitor may read; else not found."""
    unit = get_object_or_404(Unit, pk=pk)
    if not (user.can(Perm.REPORT_READ, unit) or watches(campaign, user)):
        raise Http404
    return unit


class _OfUnit(FormPage):
    """An act of a unit on its part in a campaign; comes back to that page."""

    abstract = True
    perm = Perm.CAMPAIGN_READ
    model = Campaign

    def scoped(self, queryset):
        return queryset.for_reader(self.request.user)

    @property
    def unit(self):
        unit = get_object_or_404(Unit, pk=self.kwargs["unit"])
        if not self.request.user.can(Perm.REPORT_WRITE, unit):
            raise Http404
        return unit

    def get_context_data(self, **kwargs):
        campaign = self.target()
        return super().get_context_data(
            campaign=campaign,
            unit=self.unit,
            crumbs=crumbs(campaign, self.title),
            **kwargs,
        )

    def address(self):
        return reverse("campaigns:unit_part", args=[self.target().pk, self.unit.pk])


class OpenHandout(_OfUnit):
    """The page posts here by itself when it is shown; without scripts there is a button."""

    form_class = OpenForm
    title = gettext_lazy("Open the campaign for the unit")
    template_name = "campaigns/registration_form.html"

    def act(self, form):
        services.open_handout(campaign=self.target(), unit=self.unit, actor=self.request.user)
        return self.address()


class OwnPlan(_OfUnit):
    form_class = OwnPlanForm
    title = gettext_lazy("Attach the unit's own plan")
    template_name = "campaigns/own_plan_form.html"
    message = gettext_lazy("The plan of the unit is kept.")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["file"].of(self.unit, self.request.user)
        return form

    def act(self, form):
        services.attach_plan(
            campaign=self.target(),
            unit=self.unit,
            document=form.cleaned_data["file"],
            number=form.cleaned_data["number"],
            actor=self.request.user,
        )
        return self.address()


class OwnPlanDownload(DownloadPage):
    perm = (Perm.REPORT_READ, Perm.REPORT_COLLECT)
    model = Handout

    def document_of(self, obj):
        return obj.plan


class HandoutList(ListPage):
    """Which units have opened the campaign, registered, and attached a plan of their own."""

    perm = WATCHERS
    model = Handout
    title = gettext_lazy("Who has opened it")
    filter_class = HandoutFilter
    table_class = HandoutTable
    template_name = "campaigns/handout_list.html"

    @property
    def campaign(self):
        reached = Campaign.objects.visible_to(self.request.user, *self.perms)
        return get_object_or_404(reached, pk=self.kwargs["pk"])

    def scoped(self, queryset):
        rows = super().scoped(queryset).filter(campaign=self.campaign)
        return rows.select_related("unit", "plan", "opened_by", "campaign")

    def get_context_data(self, **kwargs):
        campaign = self.campaign
        rows = self.filterset.queryset
        return super().get_context_data(
            campaign=campaign,
            sent=rows.count(),
            opened=rows.filter(opened_at__isnull=False).count(),
            planned=rows.filter(plan__isnull=False).count(),
            crumbs=crumbs(campaign, self.title),
            **kwargs,
        )
