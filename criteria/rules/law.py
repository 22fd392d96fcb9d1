"""Which number of the law holds on a day."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from criteria.models import Parameter


class NotSet(LookupError):
    """No number of this name holds on that day; `str()` is the sentence for people."""


def value(key: str, day: date) -> Decimal:
    """The number in force on a day, e.g. `value("vote_share.BKT", day)` = 80 (per cent).

    Raises `NotSet`. Whether it is confirmed by the law's own text is asked of `parameter`.
    """
    return parameter(key, day).value


def parameter(key: str, day: date) -> Parameter:
    """The row in force on a day, with its source and whether it is confirmed."""
    row = Parameter.objects.on(day).filter(key=key).select_related("basis").first()
    if row is None:
        raise NotSet(
            _("No value of “%(key)s” is set for %(day)s. Set it under “Law and numbers”.")
            % {"key": key, "day": day.strftime("%d/%m/%Y")}
        )
    return row
