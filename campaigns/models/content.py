"""What units compete in, and who may take part, in the words of the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, PlanRow


class Content(PlanRow):
    """One content of the campaign. `code` is the printed label, free text: plans letter their
    lists “a, b, c, d, đ, e” or “a … j”, so it is never computed."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="contents")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=400)
    detail = models.TextField(blank=True)
    inherits = models.CharField(max_length=10, blank=True)  # its label in the superior plan
    parent_content = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="content_code_once")
        ]

    def __str__(self):
        return f"{self.code}) {self.name}"


class Sector(PlanRow):
    """A sector (lĩnh vực) that a content puts first, with its points."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="sectors")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    points = models.JSONField(default=list)  # sentences

    class Meta:
        ordering = ["content_id", "order"]
        constraints = [models.UniqueConstraint(fields=["content", "code"], name="sector_code_once")]

    def __str__(self):
        return self.name


class ParticipantGroup(models.Model):
    """Who may take part, in the words of the plan."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("Collectives")
        INDIVIDUAL = "individual", _("Individuals and households")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participants")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="participant_order_once")
        ]

    def __str__(self):
        return self.text
