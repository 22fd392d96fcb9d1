"""From a campaign's page to what goes on in it, for those who may go there."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import GRANTS, Perm
from campaigns.models import AimCall, Block, Campaign
from campaigns.services import aims as aim_services
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
    shown += of_titles(campaign, user)
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


def of_titles(subject, user):
    """[(label, address, icon)] of the registrations of titles of a campaign or a block that the
    visitor may read, and of asking for this year's where nobody has and the visitor may."""
    calls = AimCall.objects.visible_to(user, Perm.AIM_READ, Perm.AIM_COLLECT)
    is_block = isinstance(subject, Block)
    calls = calls.filter(block=subject) if is_block else calls.filter(campaign=subject)
    shown = [
        (_("Titles aimed at in %(year)s") % {"year": call.year}, call.get_absolute_url(), "award")
        for call in calls
    ]
    year = subject.year if is_block else clock.today().year
    if year not in {call.year for call in calls} and aim_services.may_ask(subject, user, year):
        query = urlencode({"subject": aim_services.key_of(subject), "year": year})
        address = f"{reverse('campaigns:aim_call_new')}?{query}"
        shown.append((_("Open the registration of titles"), address, "plus-lg"))
    return shown


def units_writing(user):
    """The units of the visitor's own memberships for which reports and results are written."""
    held = [m for m in user.current_memberships() if Perm.REPORT_WRITE in GRANTS[m.role]]
    return list({m.unit_id: m.unit for m in held}.values())
