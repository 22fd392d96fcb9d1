"""Work that a person waits for: a row in the outbox, committed with the act that asks for it."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.clock import clock

MOST_ATTEMPTS = 3
RESEND_AFTER = timedelta(seconds=15)
Item = TypeVar("Item")


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class JobQuerySet(models.QuerySet):
    def to_send(self):
        """Waiting jobs whose id is not on its way to a worker, or was lost on the way."""
        stale = clock.real_now() - RESEND_AFTER
        return self.filter(state=Job.State.QUEUED).filter(Q(sent_at=None) | Q(sent_at__lt=stale))

    def claim(self, pk):
        """Take a waiting job for this worker; None if it is taken, over or parked."""
        now, token = clock.real_now(), uuid.uuid4()
        taken = self.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING,
            token=token,
            attempts=F("attempts") + 1,
            started_at=now,
            seen_at=now,
            error="",
            plain=False,
        )
        return self.filter(pk=pk, token=token).first() if taken else None

    def sweep(self):
        """Jobs whose worker died: back to the queue, or parked after the last attempt."""
        silent = self.filter(state=Job.State.RUNNING, seen_at__lt=clock.real_now() - lease())
        parked = silent.filter(attempts__gte=MOST_ATTEMPTS).update(
            state=Job.State.PARKED,
            finished_at=clock.real_now(),
            error=gettext("The worker stopped answering."),
        )
        again = silent.filter(attempts__lt=MOST_ATTEMPTS).update(
            state=Job.State.QUEUED, sent_at=None
        )
        return again, parked


class Job(models.Model):
    """What somebody asked for, how far it is, and what came of it.

    Times here are real ones (a lease is measured by the wall clock), except `created_at`,
    which a person reads. `token` tells two runs of one job apart: a worker that lost its
    lease cannot write over the one that took its place.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Finished")
        PARKED = "parked", _("Stopped, needs a person")

    TONES = {
        "queued": ("idle", "hourglass"),
        "running": ("info", "arrow-repeat"),
        "done": ("ok", "check-lg"),
        "parked": ("err", "x-octagon"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=300, blank=True)
    back_to = models.CharField(max_length=300, blank=True)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, editable=False)  # of the last claim
    error = models.TextField(blank=True)
    plain = models.BooleanField(default=False)  # the error is a sentence for whoever asked
    answer = models.TextField(blank=True)  # what was found, where the work was a question
    results = models.ManyToManyField("documents.Document", related_name="+", blank=True)
    requested_by = models.ForeignKey(  # nobody: the portal itself, on a day
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "sent_at"], name="job_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["task", "day"], name="job_once_a_day"),
            models.CheckConstraint(
                condition=Q(requested_by=None, day__isnull=False) | Q(day=None),
                name="job_asked_for_by_a_person_or_a_day",
            ),
        ]

    def __str__(self):
        return gettext(self.title)

    @property
    def number(self) -> str:
        """What a person names to the administrator."""
        return str(self.pk)[:8]

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.PARKED)

    def track(self, items: Iterable[Item], *, total: int | None = None) -> Iterator[Item]:
        """Yield the items, telling the progress page how far we are after each."""
        if total is None:
            items = list(items)
            total = len(items)
        self.beat(done=0, total=total)
        for count, item in enumerate(items, start=1):
            yield item
            self.beat(done=count)

    def beat(self, **values: int) -> None:
        """Show progress and stay alive; a run whose job was taken over ends here."""
        if not self._mine().update(seen_at=clock.real_now(), **values):
            raise LostLease(f"job {self.pk} was taken over")
        for name, value in values.items():
            setattr(self, name, value)

    @transaction.atomic
    def close(self, state: str, error: str = "", *, plain: bool = False, answer: str = "") -> None:
        said = {"error": error, "plain": plain, "answer": answer}
        if not self._mine().update(state=state, finished_at=clock.real_now(), **said):
            raise LostLease(f"job {self.pk} was taken over")
        self.state = state

    def _mine(self) -> "JobQuerySet":
        """The row while this run holds it. Attempts tell no runs apart: a person resets them."""
        return Job.objects.filter(pk=self.pk, state=self.State.RUNNING, token=self.token)

    def give_back(self, error: str) -> None:
        """After a failure: another attempt, or parked when there have been enough."""
        if self.attempts >= MOST_ATTEMPTS:
            self.close(self.State.PARKED, error)
        else:
            self._mine().update(state=self.State.QUEUED, sent_at=None, error=error)

    def try_again(self) -> bool:
        """A person lets a parked job run once more, with all its attempts."""
        parked = Job.objects.filter(pk=self.pk, state=self.State.PARKED)
        return bool(
            parked.update(
                state=self.State.QUEUED,
                attempts=0,
                sent_at=None,
                error="",
                plain=False,
                finished_at=None,
            )
        )


class LostLease(Exception):
    """This run was given up for dead and another has taken its job."""
