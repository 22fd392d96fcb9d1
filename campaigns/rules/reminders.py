"""Who is reminded of what, and why a mail cannot go. The numbers stand under “Law and numbers”."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from campaigns.models import Reminder, ReminderLine
from core.findings import Finding
from core.ui.components import marks
from core.workdays import count
from criteria.rules import law

State = Reminder.State
TOLD = (State.WAITING, State.SENDING, State.SENT, State.PORTAL)
KEYS = {  # number of the law: what holds where the province has set none
    "soon_days.unit": marks.SOON,
    "remind.again_days": 3,
    "remind.late_days": 30,
    "remind.sends_itself": 0,
}


@dataclass(frozen=True)
class Settings:
    """Working days before the day, between two mails of one duty, after the day; and whether
    the daily job sends what it proposes. `calendar` tells which days are worked."""

    calendar: count.Calendar
    before: int
    again: int
    late: int
    sends_itself: bool


def settings_on(day: date) -> Settings:
    rows = law.in_force(day)
    before, again, late, itself = (
        int(rows[key].value) if key in rows else without for key, without in KEYS.items()
    )
    return Settings(count.calendar(), before, again, late, bool(itself))


def is_near(due: date, today: date, numbers: Settings) -> bool:
    """Late, or nearly so; what is late for very long is no longer a matter of mails."""
    return -numbers.late <= numbers.calendar.left(today, due) <= numbers.before


def told_lately(keys: Collection[str], today: date, numbers: Settings) -> set[tuple[int, str]]:
    """(user, duty) of mails that went in the last days, and of every mail of today."""
    rows = ReminderLine.objects.filter(key__in=keys, day__lte=today)
    since = numbers.calendar.between
    return {
        (user, key)
        for user, key, day, state in rows.values_list("user", "key", "day", "reminder__state")
        if day == today or (state in TOLD and since(day, today) < numbers.again)
    }


def usable(email: str) -> str:
    """The address if a mail can go there, else nothing: a line break never reaches a header."""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email


def left_in_words(due: date, today: date, numbers: Settings) -> str:
    """Vietnamese, as in a paper: “còn 3 ngày làm việc”."""
    left = numbers.calendar.left(today, due)
    if left < 0:
        return f"quá hạn {-left} ngày làm việc"
    return "hết hạn hôm nay" if left == 0 else f"còn {left} ngày làm việc"


def missing_to_send(rows: Any, shown: int | None = None) -> Iterable[Finding]:
    """Why nothing can be sent; `shown` is how many the officer saw, None where nobody looked."""
    now = rows.count()
    if not now:
        yield Finding(_("There is no mail to send: nothing was proposed, or all is taken out."))
    elif shown is not None and shown != now:
        text = _("Meanwhile %(now)s mails are to go, and %(shown)s were shown. Look at them again.")
        yield Finding(text % {"now": now, "shown": shown})
