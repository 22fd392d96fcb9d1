"""Late permits are given and withdrawn, each with a line of history."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.services import notify
from campaigns.models import Campaign, LatePermit
from campaigns.rules import permits as rules
from campaigns.rules.reports import receiver_of
from campaigns.workflow.reports import writers_of
from core.audit import log
from core.clock import clock
from core.workflow import Blocked, act


@act
def give(
    *,
    unit: Unit,
    last_day: date,
    reason: str,
    actor: Any,
    campaign: Campaign | None = None,
    duty: Any = None,
    period: str = "",
    round: Any = None,
    call: Any = None,
) -> LatePermit:
    """Let a unit send until the end of `last_day`; the unit's people are told.

    For a report with its `period`, a `round` or a `call` for titles; the campaign of a call is
    that of the call. Raises `Blocked` for a permit that would be of no use.
    """
    until = clock.end_of(last_day)
    missing = list(rules.missing_to_permit(until, clock.now(), unit=unit, call=call))
    if missing:
        raise Blocked(missing)
    permit = LatePermit.objects.create(
        campaign=call.campaign if call else campaign,
        given_for=_given_for(campaign, unit, duty, call),
        unit=unit,
        duty=duty,
        period=period,
        round=round,
        call=call,
        until=until,
        reason=reason,
        given_by=actor,
    )
    label = _("Give a late permit")
    log.record(actor=actor, verb="permit.give", label=label, target=permit, unit=unit, note=reason)
    text = _("%(unit)s may send late until the end of %(day)s: %(what)s.")
    said = {"unit": unit, "day": f"{last_day:%d/%m/%Y}", "what": permit.subject}
    notify(users=writers_of([unit.pk]), text=text % said, address=permit.address)
    return permit


def _given_for(campaign, unit, duty, call):
    """Whose deadline it is."""
    if call:
        return call.collector
    return receiver_of(duty, unit, clock.today()) if duty else campaign.unit


@act
def withdraw(*, permit: LatePermit, actor: Any, note: str = "") -> LatePermit:
    """Take a permit back; what was sent under it stays sent."""
    permit = LatePermit.objects.select_for_update(of=("self",)).get(pk=permit.pk)
    missing = list(rules.missing_to_withdraw(permit))
    if missing:
        raise Blocked(missing)
    permit.withdrawn_at, permit.withdrawn_by = clock.now(), actor
    permit.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log.record(
        actor=actor,
        verb="permit.withdraw",
        label=_("Withdraw the late permit"),
        target=permit,
        unit=permit.unit,
        note=note,
    )
    return permit
