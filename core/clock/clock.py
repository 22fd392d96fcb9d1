"""What time it is. Nothing else in the portal reads a clock.

Deadlines are instants; a stretch of time is half open, [opens, closes). "By the end of
10 December" is stored as 00:00 on 11 December in Việt Nam: see `end_of`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.clock.models import DemoClock

# The law's days are days in Việt Nam, wherever the server stands and whatever TIME_ZONE says.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_held: ContextVar[dict[str, Any] | None] = ContextVar("held", default=None)


class ClockStands(Exception):
    """The clock may not be moved; `str()` is the sentence for the person who tried."""


def now() -> datetime:
    """The instant, aware. Inside a transaction on PostgreSQL it stays the same.

    The database's clock on PostgreSQL, so that several web servers agree; the system's on
    SQLite. In the demo: the day of the demo clock with the present time of day, or the instant
    at which it was stopped.
    """
    return once("moment", _read)


def today() -> date:
    """The day in Việt Nam."""
    return now().astimezone(ZONE).date()


def real_now() -> datetime:
    """The instant outside the demo's story, moving within a transaction: leases, heartbeats."""
    return _ask("SELECT clock_timestamp()")[0] if _has_clock() else datetime.now(UTC)


def real_once() -> datetime:
    """The instant outside the demo's story, the same for a whole page: how long somebody is idle."""
    return once("both", _real_and_demo)[0]


def stopped() -> datetime | None:
    """The instant at which the demo's clock stands still, if it does."""
    return None if once("both", _real_and_demo)[2] is None else now()


def as_instant(day: date) -> datetime:
    """00:00 of the day in Việt Nam."""
    return datetime.combine(day, time(), tzinfo=ZONE)


def end_of(day: date) -> datetime:
    """The first instant that is no longer this day: the open end of a deadline."""
    return as_instant(day + timedelta(days=1))


def last_day_before(end: datetime) -> date:
    """The last day of a stretch with this open end: 10/12 for 00:00 on 11/12."""
    return (end - timedelta(microseconds=1)).astimezone(ZONE).date()


@transaction.atomic
def move(day: date, *, actor: Any, at: time | None = None) -> DemoClock:
    """Put the demo on another day; stop its clock at a time of day, if one is given. Raises
    `ClockStands` outside the demo.

    `actor` may be None when a command loads the demo. Who may do it is the caller's question.
    """
    _only_in_the_demo()
    clock, _made = DemoClock.objects.update_or_create(
        pk=DemoClock.ONLY,
        defaults={"day": day, "time": at, "moved_at": real_now(), "moved_by": actor},
    )
    return clock


@contextmanager
def hold() -> Iterator[None]:
    """Within the block `now()` is one instant, read when first asked for: one page, one time."""
    with _holding({}):
        yield


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment`: how the demo writes a year of history. Demo only."""
    _only_in_the_demo()
    with _holding({"moment": moment}):
        yield


def once(key: str, read: Callable[[], Any]) -> Any:
    """`read()`, asked no more than once while an instant is held; each time otherwise."""
    held = _held.get()
    if held is None:
        return read()
    if key not in held:
        held[key] = read()
    return held[key]


@contextmanager
def _holding(answers):
    token = _held.set(answers)
    try:
        yield
    finally:
        _held.reset(token)


def _only_in_the_demo():
    if not settings.DEMO:
        raise ClockStands(_("The clock can be moved only in the demo."))


def _read():
    real, day, at = once("both", _real_and_demo)
    if day is None:
        return real
    return datetime.combine(day, real.astimezone(ZONE).time() if at is None else at, tzinfo=ZONE)


def _real_and_demo():
    """(real instant, day of the demo, time at which it stands); one query at most.

    Migrations ask what time it is too, some of them before the table has all its columns.
    """
    table = DemoClock._meta.db_table
    if _has_clock() and settings.DEMO:
        said = "transaction_timestamp(), to_jsonb(demo)->>'day', to_jsonb(demo)->>'time'"
        real, day, at = _ask(f"SELECT {said} FROM (SELECT 1) AS one LEFT JOIN {table} demo ON true")
    elif _has_clock():
        return _ask("SELECT transaction_timestamp()")[0], None, None
    else:
        row = _row(table) if settings.DEMO else {}
        real, day, at = datetime.now(UTC), row.get("day"), row.get("time")
    return (
        real,
        date.fromisoformat(str(day)) if day else None,
        None if at is None else time.fromisoformat(str(at)),
    )


def _row(table):
    """The one row of a table by the names of its columns, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone() or (), strict=False))


def _has_clock():
    return connection.vendor == "postgresql"


def _ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()
