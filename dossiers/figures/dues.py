"""What units have to do for dossiers by a day, beside what `campaigns.figures.dues` reckons."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Perm
from campaigns.figures.dues import Due, Units, register
from campaigns.models import AwardRound, Campaign, LatePermit, Participation
from core.clock import clock
from dossiers.models import Dossier

Pair = tuple[int, int]  # (round, unit)
State = Dossier.State
HOLDERS = {State.RETURNED: Perm.DOSSIER_WRITE, State.UNIT_REVIEW: Perm.DOSSIER_SUBMIT}


@register
def rounds(units: Units = None) -> list[Due]:
    """Award rounds to which a unit that takes part has not sent a dossier: four queries.

    Until the close each of them is meant, afterwards only who has begun one or may send late;
    the day is that of the round, or of the permit where it lasts longer.
    """
    now = clock.now()
    found = {row.pk: row for row in _rounds(now).select_related("campaign")}
    if not found:
        return []
    begun, sent = _dossiers(found, units)
    permits = _permits(found, units, now)
    closed = {key for key, row in found.items() if row.closes_at <= now}
    asked = {pair: None for pair in _taking_part(found, units) if pair[0] not in closed}
    asked |= dict.fromkeys([*permits, *begun])
    return [
        _round(found[key], unit, begun.get((key, unit)), permits.get((key, unit)))
        for key, unit in asked
        if (key, unit) not in sent
    ]


@register
def returned(units: Units = None) -> list[Due]:
    """Dossiers that came back and are to be sent again by a day: one query.

    The day stays while the head of the unit reads what was mended; then it is the head's.
    """
    rows = Dossier.objects.filter(state__in=HOLDERS, mend_by__isnull=False)
    return [
        Due(
            f"dossier-{row.pk}",
            row.unit_id,
            row.mend_by,
            f"Hạn bổ sung hồ sơ {row}",
            row.get_absolute_url(),
            perm=HOLDERS[State(row.state)],
        )
        for row in _of(rows, units).only("number", "unit_id", "mend_by", "state")
    ]


def _rounds(now: datetime) -> Any:
    rows = AwardRound.objects.in_force().filter(campaign__state=Campaign.State.OPEN)
    rows = rows.filter(closes_at__isnull=False)
    return rows.filter(Q(opens_at=None) | Q(opens_at__lte=now))


def _of(rows: Any, units: Units) -> Any:
    return rows if units is None else rows.filter(unit__in=units)


def _dossiers(found: Any, units: Units) -> tuple[dict[Pair, int], set[Pair]]:
    """({(round, unit): dossier that was not sent}, those that sent one)."""
    rows = _of(Dossier.objects.filter(round__in=found), units).exclude(state=State.WITHDRAWN)
    begun, sent = {}, set()
    for key, of_round, unit, at in rows.values_list("pk", "round", "unit", "submitted_at"):
        if at:
            sent.add((of_round, unit))
        else:
            begun[of_round, unit] = key
    return begun, sent


def _permits(found: Any, units: Units, now: datetime) -> dict[Pair, date]:
    """The last day until which a unit may send late."""
    rows = LatePermit.objects.filter(round__in=found, until__gt=now, withdrawn_at=None)
    ends = _of(rows, units).order_by("until").values_list("round", "unit", "until")
    return {(of_round, unit): clock.last_day_before(until) for of_round, unit, until in ends}


def _taking_part(found: Any, units: Units) -> list[Pair]:
    by_campaign: dict[int, list[int]] = {}
    for row in found.values():
        by_campaign.setdefault(row.campaign_id, []).append(row.pk)
    rows = _of(Participation.objects.filter(campaign__in=by_campaign), units)
    pairs = rows.order_by("campaign", "unit").values_list("campaign", "unit")
    return [(key, unit) for campaign, unit in pairs for key in by_campaign[campaign]]


def _round(row, unit, begun, permitted):
    where = ("dossiers:dossier", begun) if begun else ("dossiers:open", row.pk)
    return Due(
        f"round-{row.pk}-{unit}",
        unit,
        max(row.last_day, permitted) if permitted else row.last_day,
        f"Hạn gửi hồ sơ khen thưởng: {row}, {row.campaign}",
        reverse(where[0], args=[where[1]]),
        perm=Perm.DOSSIER_WRITE,
    )
