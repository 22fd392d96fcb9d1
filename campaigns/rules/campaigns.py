"""Questions about campaigns: what stands where, what is open, what is missing."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import CASCADE, Count, Model, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitVersion
from accounts.permissions import GRANTS, Perm
from campaigns.models import AwardRound, Campaign, Quota, Sector, ShareUse, Task
from campaigns.rules.permits import permit_for
from core.clock import clock
from core.findings import Finding
from core.text import fold

PARTS = (Sector, Task, Quota, ShareUse)  # rows below another row of the plan


def units_named(names: Iterable[str], day: date) -> dict[str, Unit]:
    """Units by the name that they had on a day: {name as given: unit}.

    Writing differs in plans (“Sở Thông tin Truyền thông”), so case, marks, hyphens and “và”
    do not count. A name that two units had on that day names neither.
    """
    asked = {_name_key(name): name for name in names}
    found: dict[str, list[int]] = {}
    for name, unit in UnitVersion.objects.on(day).values_list("name", "unit"):
        given = asked.get(_name_key(name))
        if given is not None:
            found.setdefault(given, []).append(unit)
    only = {name: bearers[0] for name, bearers in found.items() if len(bearers) == 1}
    units = Unit.objects.in_bulk(only.values())
    return {name: units[unit] for name, unit in only.items()}


def _name_key(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word != "va")


def first_day(stretch: Any) -> date | None:
    """The first day of a half-open stretch [opens_at, closes_at), in Việt Nam."""
    return stretch.opens_at and stretch.opens_at.astimezone(clock.ZONE).date()


def last_day(stretch: Any) -> date | None:
    """Its last day: the one before the instant at which it closes."""
    return stretch.closes_at and clock.last_day_before(stretch.closes_at)


def is_open(award_round: AwardRound, moment: datetime) -> bool:
    """Whether a moment lies in [opens_at, closes_at); a bound that is not set is open."""
    opens, closes = award_round.opens_at, award_round.closes_at
    return (opens is None or opens <= moment) and (closes is None or moment < closes)


def missing_to_take(
    award_round: AwardRound, moment: datetime, unit: int | None = None
) -> Iterable[Finding]:
    """Why a round takes no dossier at a moment; a late permit of the unit (its key) stands for the close."""
    opens, closes = award_round.opens_at, award_round.closes_at
    if award_round.retired_at:
        text = _("%(round)s is no longer part of the plan.")
        yield Finding(text % {"round": award_round}, rule="round_open")
    if award_round.campaign.state != Campaign.State.OPEN:
        yield Finding(
            _("The campaign is not running: %(state)s.")
            % {"state": award_round.campaign.get_state_display()},
            rule="round_open",
        )
    if opens and moment < opens:
        text = _("%(round)s takes dossiers from %(moment)s on.")
        yield Finding(text % {"round": award_round, "moment": _words(opens)}, rule="round_open")
    permit = closes and moment >= closes and unit and permit_for(unit, moment, round=award_round)
    if closes and moment >= closes and not permit:
        text = _("%(round)s took dossiers until %(moment)s.")
        yield Finding(text % {"round": award_round, "moment": _words(closes)}, rule="round_open")


def _words(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")


def units_to_register(user: Any) -> list[Unit]:
    """The units for which somebody may register: those of the memberships, not all below."""
    mine = {
        membership.unit_id: membership.unit
        for membership in user.current_memberships()
        if Perm.CAMPAIGN_JOIN in GRANTS[membership.role]
    }
    return list(mine.values())


def missing_to_join(campaign: Campaign, unit: Unit, day: date) -> Iterable[Finding]:
    """Why a unit cannot register for a campaign."""
    if campaign.kind == Campaign.Kind.PROGRAMME:
        yield Finding(_("A programme is measured; units do not register for it."))
    if campaign.state != Campaign.State.OPEN:
        yield Finding(_("Units can register only while the campaign is running."))
    if unit.closed_on and unit.closed_on <= day:
        yield Finding(_("%(unit)s is no more since a reorganisation.") % {"unit": unit})


def missing_to_leave(campaign: Campaign, unit: Unit) -> Iterable[Finding]:
    """Why a unit cannot take its registration back."""
    if any(rows.filter(unit=unit).exists() for rows in _resting_on_with_unit(campaign)):
        yield Finding(
            _("%(unit)s has dossiers in this campaign, so its registration stays.") % {"unit": unit}
        )


def users_of(rows: list[Any]) -> dict[Any, int]:
    """How much rests on each of these rows of one model: {pk: number}.

    What a plan itself keeps below a row (the sectors of a content) does not count, but what
    rests on that does.
    """
    used: dict[Any, int] = {}
    for relation in _relations(type(rows[0])):
        name = f"{relation.field.name}_id"
        mine = relation.related_model._base_manager.filter(**{f"{name}__in": [r.pk for r in rows]})
        if relation.on_delete is CASCADE and relation.related_model in PARTS:
            below = {row.pk: getattr(row, name) for row in mine}
            counts = users_of(list(mine)).items() if below else ()
            found = [(below[pk], number) for pk, number in counts]
        else:
            found = list(mine.order_by().values_list(name).annotate(number=Count("pk")))
        for pk, number in found:
            used[pk] = used.get(pk, 0) + number
    return used


def _relations(model: type[Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            yield relation


def _resting_on_with_unit(campaign: Campaign) -> Iterator[QuerySet]:
    for relation in _from_above(Campaign):
        if any(field.name == "unit" for field in relation.related_model._meta.fields):
            manager = relation.related_model._base_manager
            yield manager.filter(**{relation.field.name: campaign})


def _from_above(model: type[Model]) -> Iterator[Any]:
    """Links to a model from apps that this one does not know (dossiers and what comes)."""
    for relation in model._meta.related_objects:
        if relation.related_model._meta.app_label != model._meta.app_label:
            yield relation
