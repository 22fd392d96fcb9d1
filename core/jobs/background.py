"""`@background` makes a function a job: a row in the outbox, one Celery task, a progress page.

Starting a job only writes its row, in the transaction of the act that asks for it. The
dispatcher sends ids to Celery; the worker claims the row, so a message that comes twice,
late or never does no harm (docs/decisions/0003-jobs.md).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from celery import current_app, shared_task
from django.conf import settings
from django.db import transaction

from core.documents import pdf, store
from core.documents.models import Document
from core.jobs.models import Job, LostLease, lease
from core.language import speaking

logger = logging.getLogger("portal.jobs")
_tasks: dict[str, "Task"] = {}
daily: list["Task"] = []  # asked for once a day by the dispatcher, without parameters


class Stopped(Exception):
    """Work that cannot go on, in a sentence that the requester reads; not tried again."""


@dataclass(frozen=True)
class Task:
    """What `@background` leaves in place of the function."""

    name: str
    title: Any
    work: Callable[..., str | None]
    needs: Callable[[Job], Iterable[str]] | None = None

    def start(self, *, by: Any, about: Any = "", back_to: str = "", **params: Any) -> Job:
        """Ask for the work, in the caller's transaction; `params` must be JSON values.

        Everybody who may watch jobs reads what it is `about`: a lazy one is put into the
        portal's language.
        """
        with speaking(settings.LANGUAGE_CODE):
            return Job.objects.create(
                task=self.name,
                title=str(self.title),
                about=str(about),
                back_to=back_to,
                params=params,
                requested_by=by,
            )


def background(
    title: Any, *, needs: Callable[[Job], Iterable[str]] | None = None
) -> Callable[[Callable[..., str | None]], Task]:
    """Declare a job; the function gets the Job and its params, and must be safe to repeat.

    Where the work is a question, it returns the answer in a sentence.

    `needs(job)` are permissions of which one is asked for when its result is fetched.
    """

    def wrap(work: Callable[..., str | None]) -> Task:
        name = f"{work.__module__}.{work.__name__}"
        _tasks[name] = Task(name, title, work, needs)
        return _tasks[name]

    return wrap


def is_open_to(job: Job, user: Any) -> bool:
    """Whether this person may (still) have what comes of the job; asking for it is not enough."""
    if not user.current_memberships():
        return False
    task = _tasks.get(job.task)
    return task is None or task.needs is None or user.holds(*task.needs(job))


def every_day(task: Task) -> Task:
    """Ask for this job once a day, after midnight, as `core.jobs.tasks` does for its own."""
    daily.append(task)
    return task


@shared_task(name="core.jobs.run")
def run(job_id: str) -> None:
    """Run one job to its end. Errors are kept on the row, never raised to Celery."""
    job = Job.objects.claim(job_id)
    if job is None:
        return
    try:
        with pdf.telling(job.beat, every=lease().total_seconds() / 4):
            answer = _tasks[job.task].work(job, **job.params)
        if not job.is_over:
            job.close(Job.State.DONE, answer=answer or "")
    except LostLease:
        logger.warning("job %s lost its lease", job_id)
    except Stopped as stop:
        job.close(Job.State.PARKED, str(stop), plain=True)
    except Exception as error:
        logger.exception("job %s failed, attempt %s", job_id, job.attempts)
        job.give_back(f"{type(error).__name__}: {error}")


def deliver(job: Job, content: bytes, *, name: str, media_type: str, unit: Any) -> Document:
    """Keep the one file that comes of a job, link it and close the job: the last act of its work.

    All in one transaction with the proof that this run still holds the job, so a run that is
    killed or was given up for dead leaves no second result. Raises LostLease, OSError.
    """
    with store.staged([content]) as paper, transaction.atomic():
        job.beat(done=job.total)
        kept = paper.keep(name=name, media_type=media_type, unit=unit, by=job.requested_by)
        job.results.add(kept)
        job.close(Job.State.DONE)
    return kept


def send(job: Job) -> None:
    """Hand one id to the broker; the caller is the dispatcher, never a web request."""
    current_app.send_task("core.jobs.run", [str(job.pk)], ignore_result=True, retry=False)
