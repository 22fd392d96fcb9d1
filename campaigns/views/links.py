"""From a campaign's page to what goes on in it, for those who may go there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import GRANTS, Perm
from campaigns.models import Campaign
from core.clock import clock

WATCHERS = (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN, Perm.FIGURES_READ)


def watches(campaign, user):
    """Whether the visitor looks after the campaign: its agency, its officers, its leaders."""
    return any(user.can(perm, campaign) for perm in WATCHERS)


def links(campaign, user, plan):
    """[(label, address, icon)] of the pages of a running campaign; `plan` is as its page has it."""
    if campaign.state == Campaign.State.DRAFT:
        return []
    found = []
    if watches(campaign, user):
        found += [(_("Reports of the units"), "campaigns:collect", "journal-text")]
        found += [(_("Results of the targets"), "campaigns:results", "graph-up")]
        found += [(_("Who has opened it"), "campaigns:handouts", "envelope-open")]
    if plan.task_groups:
        found += [(_("Tasks of the plan"), "campaigns:board", "kanban")]
    if user.can(Perm.PERMIT_GIVE, campaign) or user.can(Perm.REPORT_COLLECT, campaign):
        found += [(_("Late permits"), "campaigns:permits", "calendar-plus")]
    shown = [(label, reverse(name, args=[campaign.pk]), icon) for label, name, icon in found]
    calls = campaign.aim_calls.order_by("-year") if may_read_aims(user) else []
    for call in calls:
        label = _("Titles aimed at in %(year)s") % {"year": call.year}
        shown.append((label, call.get_absolute_url(), "award"))
    units = units_writing(user)
    for unit in units:
        address = reverse("campaigns:unit_part", args=[campaign.pk, unit.pk])
        shown.append((_("What %(unit)s is to do") % {"unit": unit}, address, "list-check"))
    if units and campaign.state == Campaign.State.OPEN and plan.targets:
        month = f"{clock.today():%Y-%m}"
        for unit in units:
            address = reverse("campaigns:results_entry", args=[campaign.pk, unit.pk, month])
            shown.append((_("Enter results: %(unit)s") % {"unit": unit}, address, "pencil-square"))
    return shown


def may_read_aims(user):
    return user.holds(Perm.AIM_READ, Perm.AIM_COLLECT)


def units_writing(user):
    """The units of the visitor's own memberships for which reports and results are written."""
    held = [m for m in user.current_memberships() if Perm.REPORT_WRITE in GRANTS[m.role]]
    return list({m.unit_id: m.unit for m in held}.values())
