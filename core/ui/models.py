"""Rows that pages need for themselves: sent forms and texts not yet sent."""

import uuid

from django.conf import settings
from django.db import models

from core.clock import clock


class SentForm(models.Model):
    """A form that was carried out, by the key its page gave it, and where it led.

    `digest` tells the same form from another under its key. `version` of its row and `marks` of
    its values (core.ui.merging) are those that the form left, where the form compares them.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    marks = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=clock.real_now, db_index=True)

    def __str__(self):
        return f"{self.path} {self.key}"

    def answer(self, address: str, version: int | None = None, marks: str = "") -> None:
        """Say where this form leads; the same form again leads there at once."""
        self.address, self.version, self.marks = address[:300], version, marks


class Draft(models.Model):
    """What somebody has typed into a form and not yet sent, kept every few seconds.

    One row a person and form (`form` is the form's address). It is private to that person
    and goes when the form is sent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once_a_form")]

    def __str__(self):
        return self.form
