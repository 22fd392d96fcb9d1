"""Sittings of the provincial council and the count for each nominee."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from campaigns.models import AwardRound
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from dossiers.models.nomination import Nomination


class Sitting(models.Model):
    """One meeting: who was there, in numbers. Single ballots are never kept (domain 6.3, 8)."""

    unit_lookup = "unit"

    class State(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        WITHDRAWN = "withdrawn", _("Result withdrawn")

    TONES = {
        "recorded": ("ok", "check-lg"),
        "withdrawn": ("warn", "arrow-counterclockwise"),
    }

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sittings")
    round = models.ForeignKey(AwardRound, models.PROTECT, related_name="sittings")
    held_on = models.DateField(_("Held on"))
    members_total = models.PositiveSmallIntegerField(_("Members of the council"))
    members_present = models.PositiveSmallIntegerField(_("Members present"))
    written_opinions = models.PositiveSmallIntegerField(_("Written opinions"), default=0)
    chair = models.CharField(_("Chaired by"), max_length=150)
    recusals = models.TextField(_("Who stood aside, and for whom"), blank=True)  # R25
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    state = models.CharField(
        _("State"), max_length=9, choices=State.choices, default=State.RECORDED, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(members_present__lte=models.F("members_total")),
                name="sitting_present_within_members",
                violation_error_message=_("No more members are present than there are."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    written_opinions__lte=models.F("members_total") - models.F("members_present")
                ),
                name="sitting_opinions_of_the_absent",
                violation_error_message=_("Only absent members send a written opinion."),
            ),
        ]

    def __str__(self):
        return str(_("Sitting of %(day)s") % {"day": f"{self.held_on:%d/%m/%Y}"})

    def get_absolute_url(self):
        return reverse("dossiers:sitting", args=[self.pk])

    @property
    def voters(self) -> int:
        return self.members_present + self.written_opinions


class CouncilResult(models.Model):
    """The count for one nominee; passed or not by the threshold in force that day.

    `share` is rounded down, so that it never looks like a threshold that was not reached.
    """

    unit_lookup = "sitting__unit"

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="results")
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="council_result")
    votes_for = models.PositiveSmallIntegerField(_("For"))
    votes_against = models.PositiveSmallIntegerField(_("Against"), default=0)
    votes_blank = models.PositiveSmallIntegerField(_("Blank or invalid"), default=0)
    recused = models.PositiveSmallIntegerField(_("Stood aside"), default=0)
    share = models.DecimalField(max_digits=5, decimal_places=2)  # per cent of all members
    threshold = models.DecimalField(max_digits=5, decimal_places=2)  # per cent
    passed = models.BooleanField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["sitting_id", "nomination__dossier_id", "nomination__order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(passed=True, share__gte=models.F("threshold"))
                | models.Q(passed=False, share__lt=models.F("threshold")),
                name="council_result_follows_the_threshold",
                violation_error_message=_("A nominee passes with the threshold, never without."),
            )
        ]

    def __str__(self):
        return f"{self.nomination}: {self.votes_for}"
