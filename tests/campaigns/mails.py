"""Mails of the outbox on their way, for tests."""

from campaigns.models import Reminder
from campaigns.services import reminders
from core.jobs import background
from core.jobs.models import Job


def states():
    return sorted(Reminder.objects.values_list("state", flat=True))


def run(job):
    background.run(str(job.pk))
    job.refresh_from_db()
    return job


def confirmed(officer):
    reminders.propose()
    reminders.confirm(rows=Reminder.objects.all(), actor=officer)
    return Job.objects.get()
