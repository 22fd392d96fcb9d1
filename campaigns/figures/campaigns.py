"""What a campaign's page shows beside the words of the plan: where it stands today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from campaigns import rules
from campaigns.models import AwardRound, Campaign, Participation, Phase, Quota
from core.clock import clock


@dataclass(frozen=True)
class Body:
    """A body of the plan, with the unit that it is, and what became of that unit."""

    role: Any
    unit: Unit | None
    successor: Unit | None
    since: date | None


def phases(campaign: Campaign) -> list[tuple[str, str, str]]:
    """(name, days or years in words, "done" / "now" / "") for the component `phases`.

    A phase of years ends with its last year; two that share a year both run in it.
    """
    return [(phase.name, _stretch(phase), _when(phase)) for phase in campaign.phases.all()]


def _stretch(phase: Phase) -> str:
    said = [days_in_words(rules.first_day(phase), rules.last_day(phase))]
    if phase.from_year:
        said.insert(0, f"{phase.from_year}–{phase.to_year}")
    if phase.review_kind:
        review = {"review": phase.get_review_kind_display(), "year": phase.review_year}
        said.append(_("%(review)s in %(year)s") % review)
    return ", ".join(filter(None, said))


def _when(phase: Phase) -> str:
    if not (phase.opens_at or phase.closes_at) and phase.from_year and phase.to_year:
        year = clock.today().year
        return "done" if phase.to_year < year else "now" if phase.from_year <= year else ""
    moment = clock.now()
    over = phase.closes_at is not None and phase.closes_at <= moment
    begun = phase.opens_at is None or phase.opens_at <= moment
    return "done" if over else "now" if begun else ""


def days_in_words(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    if first:
        return _("from %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    return _("until %(day)s") % {"day": f"{last:%d/%m/%Y}"} if last else ""


def bodies(campaign: Campaign, today: date) -> list[Body]:
    """Who does what, each with the unit that stands for it today (domain D9)."""
    return [_body(role, today) for role in campaign.roles.select_related("unit")]


def _body(role: Any, today: date) -> Body:
    unit = role.unit
    if unit is None or not unit.closed_on or unit.closed_on > today:
        return Body(role, unit, None, None)
    before, successor = unit, unit_rules.standing_for(unit, unit.closed_on)
    while successor.closed_on and successor.closed_on <= today and successor != before:
        before, successor = successor, unit_rules.standing_for(successor, successor.closed_on)
    return (
        Body(role, unit, successor, before.closed_on)
        if successor != unit
        else Body(role, unit, None, None)
    )


def rounds(campaign: Campaign) -> list[AwardRound]:
    """Award rounds with their places: two queries."""
    rows = campaign.rounds.in_force()
    places = Prefetch("quotas", Quota.objects.select_related("award_type"))
    return list(rows.select_related("award_type").prefetch_related(places))


def registrations(campaign: Campaign, units: Iterable[Unit]) -> Iterator[tuple[Unit, Any]]:
    """(unit, its participation or None) for the units somebody may register."""
    units = list(units)
    there = {
        row.unit_id: row
        for row in Participation.objects.filter(campaign=campaign, unit__in=units).select_related(
            "registered_by"
        )
    }
    for unit in units:
        yield unit, there.get(unit.pk)
