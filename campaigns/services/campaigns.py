"""Acts on campaigns: taking part, and taking a place of a quota."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts import rules as unit_rules
from accounts.models import Unit
from campaigns import rules, tasks
from campaigns.models import AwardRound, Campaign, Participation, Quota, ShareUse
from core.audit import log
from core.clock import clock
from core.findings import Finding
from core.workflow import Blocked, act


@act
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
        tasks.hand_to(campaign, [unit])
        tasks.fall_due(campaign, unit)
    return participation


@act
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


def take_place(*, award_round: AwardRound, award_type: Any, kind: str, unit: Unit) -> None:
    """Take one place of a round for a nominee of `unit`; `Blocked` when none is left.

    One statement, so any number of approvals at once take exactly the places there are
    (reliability I1); of a share, it compares what is taken with how many there are now.
    Inside the caller's transaction: a rollback gives the place back. A kind for which the
    plan sets no limit has no row, and nothing is taken.
    """
    mine = Quota.objects.filter(round=award_round, award_type=award_type, kind=kind)
    if mine.filter(used__lt=F("size")).update(used=F("used") + 1):
        return
    quota = mine.first()
    if quota:
        raise _no_place(rules.all_taken(award_round, kind, quota.size, None))
    said = rules.share_for(award_round, award_type, kind)
    if said is None:
        return
    block = _block(award_round, unit) if "per_block" in said else None
    size = rules.size_of(award_round, said)
    use, _made = ShareUse.objects.get_or_create(
        round=award_round, award_type=award_type, kind=kind, block=block
    )
    if not ShareUse.objects.filter(pk=use.pk, used__lt=size).update(used=F("used") + 1):
        raise _no_place(rules.all_taken(award_round, kind, size, block))


def give_back_place(*, award_round: AwardRound, award_type: Any, kind: str, unit: Unit) -> None:
    """Give one place back, when an entry leaves a decision before it is issued."""
    mine = {"round": award_round, "award_type": award_type, "kind": kind, "used__gt": 0}
    if Quota.objects.filter(**mine).update(used=F("used") - 1):
        return
    said = rules.share_for(award_round, award_type, kind)
    if said:
        block = rules.block_of(award_round, unit) if "per_block" in said else None
        ShareUse.objects.filter(**mine, block=block).update(used=F("used") - 1)


def _block(award_round, unit):
    block = rules.block_of(award_round, unit)
    if block is None:
        text = _("%(unit)s is in no block of that year, and %(round)s gives places by block.")
        raise _no_place(text % {"unit": unit, "round": award_round})
    return block


def _no_place(text):
    return Blocked([Finding(text, rule="quota")])


def _record(participation: Participation, verb: str, label: str, actor: Any) -> None:
    log.record(
        actor=actor,
        verb=f"campaign.{verb}",
        label=label,
        target=participation,
        unit=participation.unit,
    )
