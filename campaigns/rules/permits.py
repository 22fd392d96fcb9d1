"""Who may still send after a close."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit
from campaigns.models import LatePermit
from core.findings import Finding


def permit_for(
    unit: Unit | int,
    moment: datetime,
    *,
    round: Any = None,
    call: Any = None,
    duty: Any = None,
    period: str = "",
) -> LatePermit | None:
    """The permit by which a unit may send at a moment, the longest if there are several."""
    rows = LatePermit.objects.filter(unit=unit, until__gt=moment, withdrawn_at=None)
    rows = rows.filter(round=round, call=call, duty=duty, period=period)
    return rows.order_by("-until").first()


def missing_to_permit(
    until: datetime, moment: datetime, *, unit: Any = None, call: Any = None
) -> Iterable[Finding]:
    """Why a permit until then is of no use; for a call for titles also what the unit has sent."""
    if until <= moment:
        yield Finding(_("The last day of the permit must still be to come."))
    if call is None:
        return
    if until <= call.due_at:
        text = _("All units may send until the end of %(day)s; a permit must last longer.")
        yield Finding(text % {"day": f"{call.last_day:%d/%m/%Y}"})
    if not call.taking_part.filter(unit=unit).exists():
        text = _("%(unit)s does not take part in this registration.")
        yield Finding(text % {"unit": unit})
    if call.lists.filter(unit=unit, first_sent_at__isnull=False).exists():
        text = _("%(unit)s has sent its list; a list that comes back is not bound by the day.")
        yield Finding(text % {"unit": unit})


def missing_to_withdraw(permit: LatePermit) -> Iterable[Finding]:
    if permit.withdrawn_at:
        yield Finding(_("This permit is withdrawn already."))
