"""The life of a campaign: being set up, running, ended."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from campaigns import rules, tasks
from campaigns.models import Campaign
from core.workflow import Transition, Workflow

State = Campaign.State


def missing_to_launch(campaign, actor):
    return rules.missing_to_launch(campaign)


def begin(campaign, *, actor):
    """Units are told what is theirs to do, and from now on owe what the plan asks of them."""
    tasks.hand_out(campaign)
    tasks.fall_due(campaign)


CAMPAIGN = Workflow(
    Transition(
        name="launch",
        label=_("Launch the campaign"),
        sources=frozenset({State.DRAFT}),
        target=State.OPEN,
        perm=Perm.CAMPAIGN_PLAN,
        blockers=missing_to_launch,
        after=begin,
    ),
    Transition(
        name="close",
        label=_("End the campaign"),
        sources=frozenset({State.OPEN}),
        target=State.CLOSED,
        perm=Perm.CAMPAIGN_PLAN,
        needs_note=True,
        tone="second",
    ),
    Transition(
        name="reopen",
        label=_("Let the campaign run again"),
        sources=frozenset({State.CLOSED}),
        target=State.OPEN,
        perm=Perm.CAMPAIGN_PLAN,
        needs_note=True,
        tone="second",
    ),
)
