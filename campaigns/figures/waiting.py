"""How much waits for an officer: mails to look at, lists of titles to approve."""

from typing import Any

from accounts.permissions import Perm
from campaigns.models import AimList, Reminder
from core.clock import clock


def count_reminders(user: Any) -> int:
    """Mails of today that somebody has to look at: one query, asked once a request."""
    rows = Reminder.objects.filter(state=Reminder.State.PROPOSED, day=clock.today())
    return _count(user, rows, Perm.REMINDER_SEND)


def count_lists(user: Any) -> int:
    """Lists of titles that wait to be approved: one query, asked once a request."""
    return _count(user, AimList.objects.filter(state=AimList.State.SENT), Perm.AIM_COLLECT)


def _count(user, rows, perm):
    """The menu and the home page ask on the same page: the answer stays with the visitor."""
    held = user.__dict__.setdefault("_waiting", {})
    if perm not in held:
        held[perm] = rows.visible_to(user, perm).count() if user.holds(perm) else 0
    return held[perm]
