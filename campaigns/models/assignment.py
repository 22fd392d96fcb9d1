"""What units are to do in a campaign: the campaign handed to them, and tasks of its plan."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.campaign import Campaign
from campaigns.models.target import Task
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet


class Assignment(models.Model):
    """One task of the plan with one unit: who does it, by when, where it stands."""

    unit_lookup = "unit"
    unit_lookups = {Perm.REPORT_COLLECT: "task__group__campaign__steward"}

    class State(models.TextChoices):
        TODO = "todo", _("Not taken up")
        DOING = "doing", _("Being done")
        STUCK = "stuck", _("Held up")
        DONE = "done", _("Done")

    TONES = {
        "todo": ("idle", "circle"),
        "doing": ("info", "arrow-repeat"),
        "stuck": ("warn", "exclamation-triangle-fill"),
        "done": ("ok", "check-circle-fill"),
    }

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name=_("Unit")
    )
    unit_name = models.CharField(max_length=200)
    due_on = models.DateField(_("Last day"), null=True, blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.TODO)
    moved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "task__group__order", "task__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"],
                name="assignment_once",
                violation_error_message=_("This unit has the task already."),
            )
        ]

    def __str__(self):
        return f"{self.task.code}. {self.task.name}"

    def get_absolute_url(self):
        return reverse("campaigns:assignment", args=[self.pk])


class Handout(models.Model):
    """A campaign handed to a unit at its launch: who opened it, and the unit's own plan."""

    unit_lookup = "unit"
    unit_lookups = {Perm.REPORT_COLLECT: "campaign__steward"}

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="handouts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="handouts")
    sent_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    plan_number = models.CharField(_("Number of the document"), max_length=80, blank=True)
    plan_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["campaign_id", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="handout_once"),
            models.CheckConstraint(
                condition=models.Q(opened_at=None, opened_by=None)
                | models.Q(opened_at__isnull=False, opened_by__isnull=False),
                name="handout_opened_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.campaign}"

    def get_absolute_url(self):
        return reverse("campaigns:unit_part", args=[self.campaign_id, self.unit_id])

    @property
    def plan_url(self) -> str:
        return reverse("campaigns:own_plan_file", args=[self.pk])
