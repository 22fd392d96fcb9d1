"""Reports that a plan asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, PlanRow


class ReportDuty(PlanRow):
    """Who reports to whom, how often, by when. `due` is as `plans/deadlines.py` keeps it."""

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        HALF_YEARLY = "half_yearly", _("Every half year")
        YEARLY = "yearly", _("Yearly")
        ONCE = "once", _("Once")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="duties")
    code = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=200)
    to = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=300, blank=True)
    frequency = models.CharField(max_length=11, choices=Frequency.choices)
    due = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="duty_code_once")]

    def __str__(self):
        return f"{self.who} → {self.to}" if self.to else self.who
