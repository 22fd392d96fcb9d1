"""What the portal does by itself once a day. The dispatcher asks for it, a worker does it."""

import logging
from datetime import timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.audit import chain, verdict
from core.clock import clock
from core.documents import parts, sweep
from core.documents.models import Document
from core.jobs.background import Stopped, background, daily, every_day
from core.jobs.models import Job
from core.ui import once

logger = logging.getLogger("portal.jobs")
FROM_HOUR = 2  # local time; nobody works then
KEYS_KEPT = 30  # days; a form that is older was opened before the browser was last closed
MOST_NAMED = 20  # entries
DAILY_KEPT = timedelta(days=30)


@background(gettext_noop("Daily housekeeping"))
def tidy(job):
    """Clear what crashes and unfinished forms left, then compare each file with its row.

    A file that is missing or changed parks the job, so that an administrator sees it.
    """
    sweep.forgotten()
    sweep.files_without_rows()
    parts.sweep(sweep.TWO_DAYS)
    once.forget_before(KEYS_KEPT)
    _forget_days_before(localtime(clock.real_now()).date() - DAILY_KEPT)
    documents = Document.objects.iterator()
    checked = job.track(documents, total=Document.objects.count())
    faults = [said for said in map(sweep.fault, checked) if said]
    for said in faults:
        logger.error("document %s", said)
    if faults:
        said = _("Files are lost or changed; take them from the backup: %(files)s")
        raise Stopped(said % {"files": "; ".join(faults)})


@every_day
@background(gettext_noop("Check of the history"))
def check_history(job):
    """Walk the hash chain and say what was found.

    A fault parks the job, so that an administrator sees it as well. So do words that
    are gone, on the first night on which they are missed: if the law had them erased, the
    administrator knows it. The job is parked in the transaction that keeps them as missed.
    """

    def park(found):
        if said := _to_answer_for(found):
            job.close(Job.State.PARKED, said, plain=True)

    _tone, sentence = verdict.of_check(chain.verify(park))
    return sentence


def _to_answer_for(found):
    """What an administrator must look into, in sentences; nothing for a history that is whole."""
    said = []
    if found.fault:
        text = _("Entry %(number)s of the history is not as it was written: %(fault)s.")
        said.append(text % {"number": found.broken, "fault": _(found.fault)})
    if found.lost:
        text = _(
            "Entries whose words are gone since the check before: %(which)s. Only what the law "
            "had erased may be missing; this is said once."
        )
        which = ", ".join(map(str, found.lost[:MOST_NAMED])) + (
            "…" if found.lost[MOST_NAMED:] else ""
        )
        said.append(text % {"which": which})
    return " ".join(said)


def ask_for_today() -> Job | None:
    """Today's housekeeping, asked for once however many dispatchers ask; None before its hour."""
    now = localtime(clock.real_now())
    if now.hour < FROM_HOUR:
        return None
    for task in daily:
        Job.objects.get_or_create(task=task.name, day=now.date(), defaults={"title": task.title})
    job, _made = Job.objects.get_or_create(
        task=tidy.name, day=now.date(), defaults={"title": tidy.title}
    )
    return job


def _forget_days_before(day):
    """Jobs that went well are of no use later; a parked one waits for a person."""
    names = [tidy.name, *(task.name for task in daily)]
    Job.objects.filter(task__in=names, state=Job.State.DONE, day__lt=day).delete()
