"""From the council's list to a decision: choose within the quota, leave out, take back, award."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from awards import services as award_services
from awards.models import Decision
from campaigns import rules as campaign_rules
from campaigns import services as campaign_services
from campaigns.models import Quota
from campaigns.rules import Share
from core.audit import log
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from dossiers.models import Dossier, Nomination
from dossiers.rules import decision as rules
from dossiers.workflow.following import move_on

Result = Nomination.Result


@act
def decide(
    *, nominations: Iterable[Nomination], subject: str, reason: str, place: str, actor: Any
) -> Decision:
    """Draw up one draft from nominees of one round; each takes a place of the quota.

    The places are taken by the database, one statement each: of two who decide at once, the
    one who comes too late is refused with all nominees (reliability I1). Raises Blocked over
    the quota and NotNow when a nominee was decided on meanwhile.
    """
    chosen = _locked(nominations)
    award_round = chosen[0].round
    draft = award_services.draw_up_decision(
        unit=award_round.campaign.unit, subject=subject, reason=reason, place=place, actor=actor
    )
    _refuse_over_quota(chosen)
    for nomination in chosen:
        campaign_services.take_place(
            award_round=award_round,
            award_type=nomination.award_type,
            kind=nomination.kind,
            unit=nomination.dossier.unit,
        )
    for nomination in chosen:
        nomination.award = _enter(draft, nomination, actor)
        _settle_result(nomination, Result.ENTERED)
    move_on({n.dossier for n in chosen}, actor=actor)
    return draft


@act
def leave_out(*, nominations: Iterable[Nomination], reason: str, actor: Any) -> list[Nomination]:
    """Mark nominees as beyond the quota, with the reason that their unit will read."""
    if not reason.strip():
        raise Blocked([Finding(_("Write the reason: the people concerned will read it."))])
    left = _locked(nominations)
    for nomination in left:
        _settle_result(nomination, Result.OVER_QUOTA, reason.strip()[:400])
        _note_left_out(nomination, actor)
    move_on({n.dossier for n in left}, actor=actor)
    return left


def _locked(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Nominees as they are now, under the locks of their dossiers taken in one order."""
    pks = [nomination.pk for nomination in nominations]
    if not pks:
        raise Blocked([Finding(_("Choose at least one nominee."), part="nominee")])
    dossiers = Dossier.objects.filter(nominations__in=pks).distinct().values("pk")
    held = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=dossiers).order_by("pk")
    by_pk = {dossier.pk: dossier for dossier in held}
    rows = Nomination.objects.filter(pk__in=pks, result=Result.PASSED).select_related(
        "round__campaign__unit", "award_type", "person", "collective", "council_result"
    )
    found = [row for row in rows if by_pk[row.dossier_id].state in rules.DECIDABLE]
    if len(found) != len(pks) or len({row.round_id for row in found}) != 1:
        raise NotNow(_("Some of these nominees were decided on meanwhile. Look at them again."))
    for row in found:
        row.dossier = by_pk[row.dossier_id]
    return rules.in_order(found)


def _refuse_over_quota(chosen):
    """The sentence with all the numbers, before the database refuses the first one too many."""
    award_round = chosen[0].round
    quotas: list[Quota | Share] = [*Quota.objects.filter(round=award_round)]
    quotas += campaign_rules.shares_now(award_round)
    if refused := list(rules.over_quota(chosen, quotas)):
        raise Blocked(refused)


def _enter(draft, nomination, actor):
    award_round = nomination.round
    return award_services.enter_award(
        decision=draft,
        award_type=nomination.award_type,
        unit=nomination.dossier.unit,
        kind=nomination.kind,
        name=nomination.titled,
        position=", ".join(filter(None, [nomination.position, nomination.workplace])),
        position_class=nomination.position_class,
        reason=draft.reason,
        achieved_from=award_round.achieved_from,
        achieved_to=award_round.achieved_to,
        person=nomination.person,
        collective=nomination.collective,
        actor=actor,
    )


def _note_left_out(nomination, actor):
    """The reason stays readable in the dossier's history, also when the sitting is withdrawn."""
    log.record(
        actor=actor,
        verb="dossier.over_quota",
        label=_("Leave out %(name)s, beyond the quota") % {"name": nomination.titled},
        target=nomination.dossier,
        unit=nomination.dossier.unit,
        changes={"nominee": [nomination.titled], "result": [Result.PASSED, nomination.result]},
        note=nomination.result_reason,
    )


def _settle_result(nomination, result, reason=""):
    nomination.result, nomination.result_reason = result, reason
    nomination.stands = result != Result.OVER_QUOTA
    nomination.version += 1
    nomination.save()
