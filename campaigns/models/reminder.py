"""Mails that remind people of what their unit still has to do; seen before they go."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from core.clock import clock
from core.jobs.models import Job
from core.scoping import ScopedQuerySet


class Reminder(models.Model):
    """One mail of one day to one person, about one unit. Without `email` it is told in the
    portal only. `state` says where it is; a mail that is being sent belongs to `job`."""

    unit_lookup = "unit"

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be looked at")
        OUT = "out", _("Left out")
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent by mail")
        FAILED = "failed", _("Could not be sent")
        STOPPED = "stopped", _("Stopped")
        PORTAL = "portal", _("Told in the portal only")

    TONES = {
        "proposed": ("info", "eye"),
        "out": ("idle", "dash-circle"),
        "waiting": ("info", "hourglass"),
        "sending": ("info", "arrow-repeat"),
        "sent": ("ok", "envelope-check"),
        "failed": ("err", "envelope-exclamation"),
        "stopped": ("idle", "stop-circle"),
        "portal": ("warn", "bell"),
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=200)
    day = models.DateField()
    email = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    error = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "unit__path", "pk"]
        indexes = [models.Index(fields=["state", "day"], name="reminder_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "sending", "sent", "failed"]) | ~Q(email=""),
                name="reminder_by_mail_has_an_address",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.subject}"

    def get_absolute_url(self):
        return reverse("campaigns:reminder", args=[self.pk])


class ReminderLine(models.Model):
    """One duty in a mail. A person is reminded of a duty once a day at most: the database says so."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="lines")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    day = models.DateField()
    due_on = models.DateField()
    words = models.CharField(max_length=500)
    address = models.CharField(max_length=300)

    class Meta:
        ordering = ["reminder", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "day"], name="reminded_once_a_day")
        ]

    def __str__(self):
        return self.words
