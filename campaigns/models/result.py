"""What was reached of a target, by whom, in which period, and how it is known."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.report import in_words
from campaigns.models.target import Target
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet


class TargetResult(models.Model):
    """One figure. No row: nothing was reported, which is not the same as nought.

    `unit` is a unit below, or the campaign's own for the province as a whole. `value` is 1 or 0
    for a target that is done or not; one in words has `text`. `period`: rules/periods.py.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.REPORT_COLLECT: "target__campaign__steward"}

    target = models.ForeignKey(Target, models.PROTECT, related_name="results")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="target_results")
    period = models.CharField(max_length=7)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("In words"), max_length=400, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["target", "unit", "period"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "target", "period"], name="target_result_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | ~models.Q(text=""),
                name="target_result_says_something",
            ),
        ]
        indexes = [
            # all that the page of a period counts stands in it; no row is looked up
            models.Index(
                fields=["period", "target", "unit", "value"], name="target_result_of_period"
            )
        ]

    def __str__(self):
        return f"{self.unit}: {self.target.code}, {in_words(self.period)}"

    def get_absolute_url(self):
        address = reverse(
            "campaigns:results_entry", args=[self.target.campaign_id, self.unit_id, self.period]
        )
        return f"{address}#{self.target.code}"

    @property
    def period_words(self) -> str:
        return in_words(self.period)

    @property
    def evidence_url(self) -> str:
        return reverse("campaigns:result_evidence_file", args=[self.pk])
