"""Reports that units owe by the plan, and what the agency draws together from them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.content import Content
from campaigns.models.duty import ReportDuty
from core.clock import clock
from core.scoping import ScopedQuerySet


class PeriodicReport(models.Model):
    """What one unit owes by one duty for one period.

    `period` is as `rules/periods.py` keeps it. `due_at` is the first instant that is too late;
    empty where the plan names no day. `receiver` takes the report in and may return it.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.REPORT_COLLECT: "receiver", Perm.PERMIT_GIVE: "receiver"}

    class State(models.TextChoices):
        OPEN = "open", _("Not sent")
        SENT = "sent", _("Sent in")
        RETURNED = "returned", _("Returned to be mended")
        ACCEPTED = "accepted", _("Taken in")

    TONES = {
        "open": ("idle", "pencil"),
        "sent": ("info", "send"),
        "returned": ("err", "arrow-return-left"),
        "accepted": ("ok", "check-circle-fill"),
    }

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="periodic_reports")
    unit_name = models.CharField(max_length=200)
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    summary = models.TextField(_("What was done in the period"), blank=True)
    difficulties = models.TextField(_("Difficulties and their causes"), blank=True)
    proposals = models.TextField(_("Proposals"), blank=True)
    figures: Any = models.JSONField(default=dict)  # {code of a target: as typed}
    sent_at = models.DateTimeField(null=True, blank=True)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "unit_name"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "period"], name="periodic_report_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None, sent_by=None)
                | models.Q(sent_at__isnull=False, sent_by__isnull=False),
                name="periodic_report_sent_at_and_by_together",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="periodic_report_waiting")]

    def __str__(self):
        return f"{self.unit_name}, {self.period_words}"

    def get_absolute_url(self):
        return reverse("campaigns:report", args=[self.pk])

    @property
    def period_words(self) -> str:
        return in_words(self.period)

    @property
    def last_day(self):
        """The last day on which it may be sent; None when the plan names none."""
        return clock.last_day_before(self.due_at) if self.due_at else None


class ReportPart(models.Model):
    """What a report says of one content of the campaign."""

    report = models.ForeignKey(PeriodicReport, models.CASCADE, related_name="parts")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["report_id", "content__order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "content"], name="report_part_once")
        ]

    def __str__(self):
        return f"{self.report}: {self.content.code}"


class Synthesis(models.Model):
    """The receiver's report, put together from those of the units; theirs stay as they are.

    `merged` are keys of the reports that are in it already, so that a later one is added and
    nothing that was edited is written over.
    """

    unit_lookup = "unit"

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="syntheses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    summary = models.TextField(_("What was done in the period"), blank=True)
    difficulties = models.TextField(_("Difficulties and their causes"), blank=True)
    proposals = models.TextField(_("Proposals"), blank=True)
    merged: Any = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "period"], name="synthesis_once")
        ]

    def __str__(self):
        return _("Synthesis, %(period)s") % {"period": in_words(self.period)}

    def get_absolute_url(self):
        return reverse("campaigns:synthesis", args=[self.pk])


class SynthesisPart(models.Model):
    """What the synthesis says of one content."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="parts")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["synthesis_id", "content__order"]
        constraints = [
            models.UniqueConstraint(fields=["synthesis", "content"], name="synthesis_part_once")
        ]

    def __str__(self):
        return f"{self.synthesis}: {self.content.code}"


def in_words(period: str) -> str:
    """“tháng 11/2025”, “quý IV/2025”, “6 tháng đầu năm 2025”, “năm 2025”, or once."""
    year, _dash, part = period.partition("-")
    if not part:
        return _("year %(year)s") % {"year": year} if year else str(_("Once"))
    if part.startswith("Q"):
        return _("quarter %(number)s/%(year)s") % {"number": QUARTERS[int(part[1])], "year": year}
    if part == "H1":
        return _("first half of %(year)s") % {"year": year}
    if part == "H2":
        return _("second half of %(year)s") % {"year": year}
    return _("month %(month)s/%(year)s") % {"month": part, "year": year}


QUARTERS = {1: "I", 2: "II", 3: "III", 4: "IV"}
