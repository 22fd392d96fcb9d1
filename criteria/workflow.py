"""The life of a set of criteria: drawn up, in use, replaced."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.workflow import Transition, Workflow
from criteria.models import CriteriaSet
from criteria.rules import sets

State = CriteriaSet.State


def missing_to_lock(criteria_set, actor):
    return sets.missing_to_lock(criteria_set)


CRITERIA_SET = Workflow(
    Transition(
        name="lock",
        label=_("Take into use"),
        sources=frozenset({State.DRAFT}),
        target=State.LOCKED,
        perm=Perm.CRITERIA_MANAGE,
        blockers=missing_to_lock,
    ),
    Transition(
        name="retire",
        label=_("No longer use"),
        sources=frozenset({State.LOCKED}),
        target=State.RETIRED,
        perm=Perm.CRITERIA_MANAGE,
        needs_note=True,
        tone="second",
    ),
)
