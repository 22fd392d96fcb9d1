"""Who may still send after a close."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.models import LatePermit
from core.findings import Finding


def permit_for(
    unit: Unit | int, moment: datetime, *, round: Any = None, duty: Any = None, period: str = ""
) -> LatePermit | None:
    """The permit by which a unit may send at a moment, the longest if there are several."""
    rows = LatePermit.objects.filter(unit=unit, until__gt=moment, withdrawn_at=None)
    rows = rows.filter(round=round) if round else rows.filter(duty=duty, period=period)
    return rows.order_by("-until").first()


def missing_to_permit(until: datetime, moment: datetime) -> Iterable[Finding]:
    """Why a permit until then is of no use."""
    if until <= moment:
        yield Finding(_("The last day of the permit must still be to come."))


def missing_to_withdraw(permit: LatePermit) -> Iterable[Finding]:
    if permit.withdrawn_at:
        yield Finding(_("This permit is withdrawn already."))
