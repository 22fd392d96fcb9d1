"""Mails go by a job: one after another, none twice, even when the job is killed between two.

A mail is marked before it is handed to the server and again after. Where a worker died in
between nobody can say whether it went, so it is not sent again by itself: a person decides.
"""

from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.figures import dues
from campaigns.models import Reminder
from campaigns.workflow.reminders import REMINDER
from core.clock import clock
from core.jobs.background import background
from core.jobs.models import Job
from core.workflow import NotNow

State = Reminder.State
MARK = "X-Portal-Reminder"
OVER = (Job.State.DONE, Job.State.PARKED)


@background(gettext_noop("Reminder mails"))
def send_mails(job):
    """Send every mail that waits. Safe to repeat: what has begun is never begun again."""
    deliver(job)


def deliver(job: Any) -> int:
    """Send what waits of today, in the name of a job; returns how many went."""
    _give_up_unfinished(job)
    _stop_old()
    waiting = list(Reminder.objects.filter(state=State.WAITING).values_list("pk", flat=True))
    owed = _still_owed(waiting)
    return sum(_send(pk, job, pk in owed) for pk in job.track(waiting))


def _give_up_unfinished(job):
    """Mails of an earlier run of this job, or of one that is over, that were half sent."""
    left = Reminder.objects.filter(state=State.SENDING)
    left = left.filter(Q(job=job) | Q(job=None) | Q(job__state__in=OVER))
    error = _("The worker stopped while it was being sent. It may have gone; look before you send.")
    REMINDER.carry(left, "fail", actor=None, error=error)


def _stop_old():
    """Mails of earlier days say “3 days left” of days that are over."""
    old = Reminder.objects.filter(state=State.WAITING, day__lt=clock.today())
    REMINDER.carry(old, "drop", actor=None, error=_("Its day was over before it could be sent."))


def _still_owed(waiting):
    """Mails with at least one duty that is not done yet."""
    mails = Reminder.objects.filter(pk__in=waiting).prefetch_related("lines")
    held = list(mails)
    owed = {due.key for due in dues.open_dues({mail.unit_id for mail in held})}
    return {mail.pk for mail in held if any(line.key in owed for line in mail.lines.all())}


def _send(pk, job, owed) -> bool:
    mine = Reminder.objects.filter(pk=pk)
    try:
        if not owed:
            REMINDER.carry(mine, "drop", actor=None, error=_("The work is done meanwhile."))
            return False
        mail = REMINDER.carry(mine, "begin", actor=None, job=job)[0]
    except NotNow:
        return False  # stopped meanwhile, or another job has it
    try:
        message_of(mail).send()
    except (SMTPException, OSError, ValueError) as fault:
        REMINDER.carry(mine, "fail", actor=None, error=in_words(fault))
        return False
    REMINDER.carry(mine, "done", actor=None)
    return True


def message_of(mail: Reminder) -> EmailMessage:
    """The mail with a number of its own, by which mailboxes know it again."""
    return EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.email],
        headers={MARK: str(mail.pk), "Auto-Submitted": "auto-generated"},
    )


def in_words(fault: Exception) -> str:
    """Why a mail did not go, for an officer."""
    if isinstance(fault, BadHeaderError):
        return _("The address or the subject holds a line break.")
    if isinstance(fault, SMTPException):
        return _("The mail server refused it: %(said)s") % {"said": str(fault)[:200]}
    if isinstance(fault, OSError):
        return _("The mail server could not be reached: %(said)s") % {"said": str(fault)[:200]}
    return _("The mail could not be written: %(said)s") % {"said": str(fault)[:200]}
