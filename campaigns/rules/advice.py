"""A criterion goes to the department that knows: on which sheets it is asked, and who speaks."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.permissions import Perm
from accounts.rules import answering_for
from campaigns.models import ScoreEntry, ScoreSheet, Stage
from core.clock import clock
from core.scoping import ancestors
from criteria.models import Criterion
from criteria.rules.totals import Item

State = ScoreSheet.State
OPEN = (State.SCORED, State.PEERS, State.VERIFIED, State.OBJECTED)


def criteria_for(user: Any) -> QuerySet[Criterion]:
    """The criteria that name a department of this person; one that is no more hangs under the
    one that answers for it."""
    return Criterion.objects.visible_to(user, Perm.SHEET_ADVISE).exclude(kind="")


def sheets_for(user: Any) -> QuerySet[ScoreSheet]:
    """The sheets with such a criterion, in any state; never one of their own department, of a
    unit below it, or of the unit where they work (R25)."""
    own = Q(unit__in=[held.unit_id for held in user.current_memberships()])
    for path in user.reach(Perm.SHEET_ADVISE):
        own |= Q(unit__path__startswith=path)
    if user.home_unit:
        own |= Q(unit__path__in=ancestors(user.home_unit.path))
    named = criteria_for(user).order_by().values("criteria_set")
    return ScoreSheet.objects.filter(criteria_set__in=named).exclude(own)


def asked_of(user: Any) -> QuerySet[ScoreSheet]:
    """A row for each criterion of each sheet that is open to an opinion of this person: the
    sheet with `asked`, the key of the criterion, and whether something is `said`."""
    rows = sheets_for(user).filter(
        state__in=OPEN, criteria_set__criteria__in=criteria_for(user).order_by().values("pk")
    )
    said = ScoreEntry.objects.filter(
        sheet=OuterRef("pk"), criterion=OuterRef("asked"), stage=Stage.ADVISED
    ).exclude(given={}, explanation="")
    return rows.annotate(asked=F("criteria_set__criteria")).annotate(said=Exists(said))


def departments(sheet: ScoreSheet, user: Any) -> dict[int, int]:
    """{criterion: the unit that speaks on it today} where this person may speak for it."""
    if not sheets_for(user).filter(pk=sheet.pk).exists():
        return {}
    rows = criteria_for(user).filter(criteria_set=sheet.criteria_set_id)
    today = clock.today()
    return {
        row.pk: int(answering_for(row.verifier_unit, today).pk)
        for row in rows.select_related("verifier_unit")
        if row.verifier_unit
    }


def narrowed(groups: Iterable[Item], keys: Collection[Any]) -> tuple[Item, ...]:
    """The groups with these criteria only; one that is left empty is left out."""
    kept = (replace(item, members=narrowed(item.members, keys)) for item in groups)
    return tuple(item for item in kept if item.members or (item.rule and item.key in keys))
