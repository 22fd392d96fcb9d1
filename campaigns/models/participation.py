"""Units that take part."""

from django.conf import settings
from django.db import models

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.campaign import Campaign
from core.clock import clock
from core.scoping import ScopedQuerySet


class Participation(models.Model):
    """A unit registered for a campaign, with the name that it had on that day."""

    unit_lookup = "unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "campaign__steward"}

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="participations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    unit_name = models.CharField(max_length=200)
    registered_at = models.DateTimeField(default=clock.now)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="participation_once")
        ]

    def __str__(self):
        return f"{self.unit_name}: {self.campaign}"
