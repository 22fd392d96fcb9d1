"""Acts on campaigns: taking part, and taking a place of a quota."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from campaigns import rules, tasks
from campaigns.models import AwardRound, Campaign, Participation, Quota
from core.audit import log
from core.clock import clock
from core.findings import Finding
from core.workflow import Blocked


@transaction.atomic
def join(*, campaign: Campaign, unit: Unit, actor: Any) -> Participation:
    """Register a unit for a running campaign; registering again changes nothing.

    Raises `Blocked` when the campaign is not running or the unit is no more.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    missing = list(rules.missing_to_join(campaign, unit, clock.today()))
    if missing:
        raise Blocked(missing)
    values = {"unit_name": unit_rules.name_on(unit, clock.today()), "registered_by": actor}
    participation, made = Participation.objects.get_or_create(
        campaign=campaign, unit=unit, defaults=values
    )
    if made:
        _record(participation, "join", _("Register for the campaign"), actor)
        tasks.fall_due(campaign, unit)
    return participation


@transaction.atomic
def leave(*, campaign: Campaign, unit: Unit, actor: Any) -> None:
    """Take a registration back. Raises `Blocked` once the unit has a dossier in the campaign."""
    participation = Participation.objects.filter(campaign=campaign, unit=unit).first()
    if participation is None:
        return
    missing = list(rules.missing_to_leave(campaign, unit))
    if missing:
        raise Blocked(missing)
    _record(participation, "leave", _("Take the registration back"), actor)
    tasks.no_longer_owed(campaign, unit)
    participation.delete()


def take_place(*, award_round: AwardRound, award_type: Any, kind: str) -> None:
    """Take one place of a round's quota; `Blocked` when none is left.

    One statement, so any number of approvals at once take exactly the places there are
    (reliability I1). Inside the caller's transaction: a rollback gives the place back. A
    kind for which the plan sets no limit has no row, and nothing is taken.
    """
    mine = Quota.objects.filter(round=award_round, award_type=award_type, kind=kind)
    if mine.filter(used__lt=F("size")).update(used=F("used") + 1):
        return
    quota = mine.first()
    if quota:
        text = _("%(round)s: all %(size)s places for %(kind)s are taken.")
        said = {
            "round": award_round,
            "size": quota.size,
            "kind": quota.get_kind_display().lower(),
        }
        raise Blocked([Finding(text % said, rule="quota")])


def give_back_place(*, award_round: AwardRound, award_type: Any, kind: str) -> None:
    """Give one place back, when an entry leaves a decision before it is issued."""
    Quota.objects.filter(round=award_round, award_type=award_type, kind=kind, used__gt=0).update(
        used=F("used") - 1
    )


def _record(participation: Participation, verb: str, label: str, actor: Any) -> None:
    log.record(
        actor=actor,
        verb=f"campaign.{verb}",
        label=label,
        target=participation,
        unit=participation.unit,
    )
