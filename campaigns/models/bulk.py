"""Points given to many cells of a block at once, kept so that the last such act can be undone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.block import Block
from campaigns.models.sheet import ScoreEntry, Stage
from core.clock import clock
from core.scoping import ScopedQuerySet


class BulkAct(models.Model):
    """One press of the button over many cells. `left` are sentences on cells it passed over;
    `stuck`, after the undoing, on those that it could not put back."""

    unit_lookup = "block__unit"

    class Way(models.TextChoices):
        AGREE = "agree", _("Agree with the points of the step before")
        OWN = "own", _("Take the unit's own points")
        POINTS = "points", _("Give the same points")

    block = models.ForeignKey(Block, models.PROTECT, related_name="bulk_acts")
    stage = models.CharField(max_length=9, choices=Stage.choices)
    way = models.CharField(max_length=6, choices=Way.choices)
    points = models.CharField(max_length=20, blank=True)  # as typed
    reason = models.TextField(blank=True)
    left: Any = models.JSONField(default=list)
    stuck: Any = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_way_display()}: {self.block}"


class BulkCell(models.Model):
    """What stood in one cell before; `version` is that of the entry after the act."""

    act = models.ForeignKey(BulkAct, models.CASCADE, related_name="cells")
    entry = models.ForeignKey(ScoreEntry, models.PROTECT, related_name="+")
    old_given: Any = models.JSONField(default=dict)
    old_explanation = models.TextField(blank=True)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["act", "entry"], name="bulk_cell_once")]

    def __str__(self):
        return str(self.entry)
