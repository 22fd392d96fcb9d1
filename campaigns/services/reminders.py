"""Acts on reminders: proposed for a day, taken out or stopped, confirmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.permissions import Perm
from accounts.services import notify
from campaigns import tasks
from campaigns.figures import dues
from campaigns.figures.dues import Due
from campaigns.models import Reminder, ReminderLine
from campaigns.rules import reminders as rules
from campaigns.services import mailing
from campaigns.workflow.reminders import REMINDER
from core.audit import log
from core.clock import clock
from core.jobs.background import background, every_day
from core.workflow import Blocked, act

State = Reminder.State
SUBJECT = "Nhắc việc: {count} việc đến hạn – {unit}"


@dataclass(frozen=True)
class Wanted:
    """What one person is to be told of one unit."""

    user: User
    unit: Unit
    dues: list[Due]


def propose(*, paths: Collection[str] | None = None) -> list[Reminder]:
    """Put today's mails into the outbox: to those who can do what units are late with.

    `paths` bound the units; None: all. Asking again adds only what is new; nobody is reminded
    of one duty twice a day. What an earlier day proposed or confirmed and did not send is
    stopped, since today's mail says it anew. Nothing is sent.
    """
    try:
        return _propose(paths)
    except IntegrityError:  # somebody else has just proposed: what is left now is new
        return _propose(paths)


@act
def _propose(paths):
    now, today = clock.now(), clock.today()
    old = Reminder.objects.filter(state__in=[State.PROPOSED, State.WAITING], day__lt=today)
    REMINDER.carry(_under(old, paths), "stop", actor=None)
    numbers = rules.settings_on(today)
    wanted = list(_wanted(paths, today, numbers))
    made = Reminder.objects.bulk_create(_mail(each, now, today, numbers) for each in wanted)
    ReminderLine.objects.bulk_create(
        ReminderLine(
            reminder=mail,
            user=each.user,
            key=due.key,
            day=today,
            due_on=due.day,
            words=due.words[:500],
            address=due.address,
        )
        for mail, each in zip(made, wanted, strict=True)
        for due in each.dues
    )
    return made


def _under(rows, paths):
    if paths is None:
        return rows
    return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths)))


def _wanted(paths, today, numbers):
    near: dict[int, list[Due]] = {}
    for due in dues.open_dues():
        if rules.is_near(due.day, today, numbers):
            near.setdefault(due.unit, []).append(due)
    rows = Unit.objects.filter(pk__in=near).standing(today)
    units = {unit.pk: unit for unit in rows} if paths is None else _inside(rows, paths)
    people = tasks.holders_in(list(units), {due.perm for key in units for due in near[key]})
    keys = {due.key for key in units for due in near[key]}
    told = rules.told_lately(keys, today, numbers)
    for key, unit in units.items():
        for user, held in people.get(key, {}).items():
            mine = [due for due in near[key] if due.perm in held]
            new = [due for due in mine if (user.pk, due.key) not in told]
            if new:
                yield Wanted(user, unit, new)


def _inside(units, paths):
    return {unit.pk: unit for unit in units if unit.path.startswith(tuple(paths))}


def _mail(each: Wanted, at: datetime, today: date, numbers: rules.Settings) -> Reminder:
    """Vietnamese, whatever language the officer reads; one line a subject."""
    lines = [
        {
            "words": due.words,
            "due_on": due.day,
            "left": rules.left_in_words(due.day, today, numbers),
            "address": due.address,
        }
        for due in each.dues
    ]
    context = {
        "user": each.user,
        "unit": each.unit,
        "day": today,
        "lines": lines,
        "address": settings.PORTAL_ADDRESS,
    }
    subject = SUBJECT.format(count=len(lines), unit=each.unit.name)
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("campaigns/mail/reminder.txt", context)
    return Reminder(
        user=each.user,
        unit=each.unit,
        unit_name=each.unit.name,
        day=today,
        email=rules.usable(each.user.email),
        subject=" ".join(subject.split())[:200],
        body=body.strip() + "\n",
        proposed_at=at,
    )


@act
def confirm(*, rows: Any, actor: Any, shown: int | None = None) -> tuple[int, int]:
    """Send what is still proposed of `rows`: (mails that wait for the job, people without one).

    Everybody is told in the portal as well. `shown` is how many the officer saw. Raises
    `Blocked` when nothing is left to send, or when it is no longer as many as were shown.
    """
    rows = rows.filter(state=State.PROPOSED, day=clock.today())
    missing = list(rules.missing_to_send(rows, shown))
    if missing:
        raise Blocked(missing)
    told = REMINDER.carry(rows.filter(email=""), "tell", actor=actor)
    mails = REMINDER.carry(rows.exclude(email=""), "confirm", actor=actor)
    for mail in _with_lines([*told, *mails]):
        notify(users=[mail.user], text=mail.subject, address=_address_of(mail))
    if actor:
        _record(actor, "confirm", _("Send reminders"), len(mails), len(told))
        if mails:
            mailing.send_mails.start(by=actor, back_to=reverse("campaigns:reminders"))
    return len(mails), len(told)


def _with_lines(mails: Sequence[Reminder]) -> Any:
    keys = [mail.pk for mail in mails]
    return Reminder.objects.filter(pk__in=keys).select_related("user").prefetch_related("lines")


def _address_of(mail):
    lines = list(mail.lines.all())
    return lines[0].address if len(lines) == 1 else reverse("home")


@act
def take_out(*, rows: Any, actor: Any) -> int:
    """Leave these out of the sending; returns how many were still proposed."""
    return len(REMINDER.carry(rows.filter(state=State.PROPOSED), "take_out", actor=actor))


@act
def put_back(*, rows: Any, actor: Any) -> int:
    """Take them in again."""
    return len(REMINDER.carry(rows.filter(state=State.OUT), "put_back", actor=actor))


@act
def stop(*, rows: Any, actor: Any) -> int:
    """Stop all that has not begun to go: what is proposed and what waits for the job."""
    waiting = rows.filter(state__in=[State.PROPOSED, State.WAITING])
    stopped = REMINDER.carry(waiting, "stop", actor=actor)
    if stopped:
        _record(actor, "stop", _("Stop reminders"), len(stopped), 0)
    return len(stopped)


@act
def send_again(*, rows: Any, actor: Any) -> int:
    """A person says that mails of today which failed shall be tried once more.

    Those of an earlier day count days that are over; their duties come in a mail of their own.
    """
    failed = rows.filter(state=State.FAILED, day=clock.today())
    mails = REMINDER.carry(failed, "again", actor=actor)
    if mails:
        _record(actor, "again", _("Send reminders again"), len(mails), 0)
        mailing.send_mails.start(by=actor, back_to=reverse("campaigns:reminders"))
    return len(mails)


def _record(actor, verb, label, mails, told):
    """The history of the unit for which the officer acts holds one line for all the mails."""
    path = min(actor.reach(Perm.REMINDER_SEND), key=len)
    unit = Unit.objects.get(path=path)
    log.record(
        actor=actor,
        verb=f"reminder.{verb}",
        label=label,
        target=unit,
        unit=unit,
        changes={"mails": ["", str(mails)], "portal": ["", str(told)]},
    )


@every_day
@background(gettext_noop("Reminders of the day"))
def remind_of_today(job):
    """Propose each day's mails; they are sent without an officer only where a number says so.

    Safe to repeat: a worker that died may have left mails anywhere between proposed and sent.
    """
    propose()
    today = clock.today()
    if not rules.settings_on(today).sends_itself:
        return
    rows = Reminder.objects.filter(state=State.PROPOSED, day=today)
    if rows.exists():
        confirm(rows=rows, actor=None)
    mailing.deliver(job)
