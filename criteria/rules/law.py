"""Which number of the law holds on a day."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.clock import clock
from criteria.models import Parameter


class NotSet(LookupError):
    """No number of this name holds on that day; `str()` is the sentence for people."""


def value(key: str, day: date) -> Decimal:
    """The number in force on a day, e.g. `value("vote_share.BKT", day)` = 80 (per cent).

    Raises `NotSet`. Whether it is confirmed by the law's own text is asked of `parameter`.
    """
    return parameter(key, day).value


def parameter(key: str, day: date) -> Parameter:
    """The row in force on a day, with its source and whether it is confirmed. Raises `NotSet`."""
    row = in_force(day).get(key)
    if row is None:
        raise NotSet(
            _("No value of “%(key)s” is set for %(day)s. Set it under “Law and numbers”.")
            % {"key": key, "day": day.strftime("%d/%m/%Y")}
        )
    return row


def in_force(day: date) -> dict[str, Parameter]:
    """{key: row} of all numbers that hold on a day; a page that asks again reads them once."""
    return clock.once(f"numbers of {day}", lambda: _read(day))


def _read(day):
    newest_last = Parameter.objects.on(day).order_by("valid_from")
    return {row.key: row for row in newest_last}
