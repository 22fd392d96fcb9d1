"""Reorganisations: who became whom, when, by which document."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from core.documents.models import Document
from core.scoping import ScopedQuerySet


class UnitChangeQuerySet(ScopedQuerySet):
    def standing(self):
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class UnitChange(models.Model):
    """One reorganisation with its day and document (domain D2).

    `document` is its number and name as papers cite it; `file` the signed copy. One that was
    wrong is taken back by another act: `undone_at` and the reason stay, the row too.
    """

    unit_lookup = "unit"

    class Kind(models.TextChoices):
        RENAME = "rename", _("Renamed")
        MERGE = "merge", _("Merged")
        SPLIT = "split", _("Split")
        SEPARATE = "separate", _("Part separated")
        DISSOLVE = "dissolve", _("Dissolved")
        FOUND = "found", _("Founded")
        MOVE = "move", _("Moved under another superior")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    effective_on = models.DateField(_("Effective from"))
    document = models.CharField(_("Document"), max_length=200)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    file = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")  # where it happened
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)  # when it was entered here
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=400, blank=True)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="unit_change_undone_at_and_by_together",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.effective_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("accounts:change", args=[self.pk])


class SuccessionQuerySet(models.QuerySet):
    def standing(self):
        """Arrows of changes that were not taken back."""
        return self.filter(change__undone_at=None)


class Succession(models.Model):
    """One arrow of a change: what a unit left went, whole or in part, to another."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("Whole")
        PART = "part", _("Part")

    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    extent = models.CharField(max_length=5, choices=Extent.choices, default=Extent.WHOLE)
    note = models.CharField(max_length=200, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "predecessor", "successor"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_between_two",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class Carried(models.Model):
    """One row that a change carried along: what stood in it before, what stands in it since.

    `before` is None for a row that the change made; `after` is {"pk": None} for one that it
    took away. While each row still says `after`, and
    nobody saved it since (`version`), the change can be taken back.
    """

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="carried")
    model = models.CharField(max_length=80)  # “campaigns.periodicreport”
    row = models.BigIntegerField()
    what = models.CharField(max_length=300)  # how a reader knows the row
    before: Any = models.JSONField(null=True)  # {field: value}
    after: Any = models.JSONField(default=dict)
    row_version = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["change", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "model", "row"], name="carried_once_a_change")
        ]

    def __str__(self):
        return self.what
