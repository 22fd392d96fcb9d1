"""From a campaign's page to what goes on in it, for those who may go there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from campaigns.models import Campaign

WATCHERS = (Perm.REPORT_COLLECT, Perm.CAMPAIGN_PLAN, Perm.FIGURES_READ)


def watches(campaign, user):
    """Whether the visitor looks after the campaign: its agency, its officers, its leaders."""
    return any(user.can(perm, campaign) for perm in WATCHERS)


def links(campaign, user):
    """[(label, address, icon)] of the pages of a running campaign."""
    if campaign.state == Campaign.State.DRAFT:
        return []
    found = []
    if watches(campaign, user):
        found += [(_("Reports of the units"), "campaigns:collect", "journal-text")]
    if user.can(Perm.PERMIT_GIVE, campaign) or user.can(Perm.REPORT_COLLECT, campaign):
        found += [(_("Late permits"), "campaigns:permits", "calendar-plus")]
    return [(label, reverse(name, args=[campaign.pk]), icon) for label, name, icon in found]
