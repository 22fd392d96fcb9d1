"""Reorganisations: who became whom, when, by which document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit


class UnitChange(models.Model):
    """One reorganisation with its day and document (domain D2)."""

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
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")  # where it happened

    class Meta:
        ordering = ["-effective_on", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.effective_on:%d/%m/%Y}"


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
