"""What was sent each time, kept as it was; and what must be mended after a return."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from dossiers.models.dossier import Dossier


class Submission(models.Model):
    """One sending: the receipt (number, time, sha256 of the contents) and the contents.

    What is judged, printed and signed is this snapshot (reliability I7, I10).
    """

    unit_lookup = "dossier__unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "dossier__campaign__steward"}

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="submissions")
    ordinal = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    contents = models.JSONField()
    sha256 = models.CharField(max_length=64)
    receipt = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["dossier_id", "-ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="submission_ordinal_once")
        ]

    def __str__(self):
        return self.number


class Defect(models.Model):
    """One thing to mend in a returned dossier; only its part may be edited (product D1).

    `part` is a key of dossiers.rules.parts, e.g. “general”, “nominee:12”, “report:12”,
    “paper:BB”.
    """

    unit_lookup = "dossier__unit"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="defects")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="defects")
    part = models.CharField(max_length=40)
    text = models.CharField(_("What must be mended"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)  # the unit sent again
    answer = models.CharField(_("Why the part stays as it is"), max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["dossier_id", "pk"]

    def __str__(self):
        return self.text
