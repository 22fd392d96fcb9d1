"""Score sheets: a unit's points by the criteria of its block, stage beside stage."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.block import Block
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from criteria.models import CriteriaSet, Criterion


class Stage(models.TextChoices):
    """Who gave the points; they stand side by side, and none overwrites another."""

    OWN = "own", _("Scored by the unit")
    PEER = "peer", _("Scored by others of the block")
    ADVISED = "advised", _("Opinion of the department")
    VERIFIED = "verified", _("Checked by the head of the block")
    APPRAISED = "appraised", _("Appraised by Home Affairs")


class ScoreSheet(models.Model):
    """One unit's sheet in one block. Totals are copies for lists, from `rules.totals`.

    The set is that on which the sheet was opened; a new edition moves open sheets over,
    never one that was sent (domain 6.4). `verifier` is the unit that checks it for the block:
    its head, or a deputy for the head's own sheet; with nobody the step is left out.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.SHEET_VERIFY: "verifier"}

    class State(models.TextChoices):
        OPEN = "open", _("Being scored by the unit")
        SCORED = "scored", _("The unit has scored itself")
        PEERS = "peers", _("Being scored by the block")
        VERIFIED = "verified", _("Checked by the block")
        APPRAISED = "appraised", _("Appraised")
        OBJECTED = "objected", _("The unit objects")
        PUBLISHED = "published", _("Published")

    TONES = {
        "open": ("idle", "pencil"),
        "scored": ("info", "send"),
        "peers": ("info", "people"),
        "verified": ("info", "check2"),
        "appraised": ("info", "check2-all"),
        "objected": ("warn", "chat-left-text"),
        "published": ("ok", "megaphone"),
    }

    block = models.ForeignKey(Block, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="score_sheets")
    unit_name = models.CharField(max_length=200)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="sheets")
    verifier = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="sheets_to_check"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    held_since = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    appraised_at = models.DateTimeField(null=True, blank=True)
    objection = models.TextField(_("Objection"), blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    own_points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    peer_points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    verified_points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    appraised_points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # frozen when published
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["block", "unit_name"]
        constraints = [models.UniqueConstraint(fields=["block", "unit"], name="sheet_once")]

    def __str__(self):
        return f"{self.unit_name}, {self.block}"

    def get_absolute_url(self):
        return reverse("campaigns:sheet", args=[self.pk])

    @property
    def judging_url(self):
        return reverse("campaigns:sheet_judge", args=[self.pk])

    @property
    def points(self):
        """The points of the last stage that the sheet has reached; None before the first."""
        stages = (self.appraised_points, self.verified_points, self.own_points)
        return next((points for points in stages if points is not None), None)


class SheetRemark(models.Model):
    """A criterion that came back to the unit alone, or to which the unit objects.

    A returned one is open to the unit, whatever the state of the sheet, until it says that it
    is mended; an objection stays until the appraiser answers it.
    """

    class Kind(models.TextChoices):
        RETURNED = "returned", _("Sent back to the unit")
        OBJECTED = "objected", _("The unit objects")

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="remarks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "kind"],
                condition=models.Q(closed_at=None),
                name="one_open_remark_a_criterion",
            )
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.get_kind_display()}"


class ScoreEntry(models.Model):
    """What one scorer said of one criterion: `given` as typed, `points` as counted from it.

    `scorer` is the unit that gave it (for peers: another of the block; for an opinion: the
    department that answers for the one which the criterion names).
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="entries")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="entries")
    stage = models.CharField(max_length=9, choices=Stage.choices)
    scorer = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given: Any = models.JSONField(default=dict)
    points = models.DecimalField(max_digits=7, decimal_places=2, default=0)
    answered = models.CharField(max_length=8, default="missing")  # criteria.rules.scoring.State
    explanation = models.TextField(blank=True)
    answer_to_hints = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["sheet_id", "criterion_id", "stage", "scorer_id"]  # no joins for each saving
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "stage", "scorer"], name="score_entry_once"
            )
        ]

    def __str__(self):
        return f"{self.criterion.code} {self.get_stage_display()}: {self.points}"

    @property
    def speaks(self) -> bool:
        """Whether anything is said; an opinion may be words alone."""
        return bool(self.given or (self.stage == Stage.ADVISED and self.explanation))


class EntryChange(models.Model):
    """What stood in an entry before: old, new, why, who, when. Never changed, only added."""

    entry = models.ForeignKey(ScoreEntry, models.CASCADE, related_name="changes")
    old_given: Any = models.JSONField(default=dict)
    new_given: Any = models.JSONField(default=dict)
    old_points = models.DecimalField(max_digits=7, decimal_places=2)
    new_points = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["entry_id", "pk"]

    def __str__(self):
        return f"{self.entry}: {self.old_points} → {self.new_points}"


class Evidence(models.Model):
    """A file or a document reference that a unit keeps once and uses for many criteria."""

    unit_lookup = "unit"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence")
    number = models.CharField(_("Number of the document"), max_length=80, blank=True)
    issued_on = models.DateField(_("Day"), null=True, blank=True)
    title = models.CharField(_("Title or summary"), max_length=400)
    file = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return " ".join(filter(None, [self.number, self.title]))

    def get_absolute_url(self):
        return reverse("campaigns:evidence_page", args=[self.pk])


class EvidenceUse(models.Model):
    """Evidence at one criterion of a sheet, with the page and the words that are quoted."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="evidence_uses")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="uses")
    page = models.PositiveSmallIntegerField(_("Page"), null=True, blank=True)
    quote = models.CharField(_("Words quoted"), max_length=500, blank=True)

    class Meta:
        ordering = ["sheet_id", "criterion_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "evidence"], name="evidence_once_a_criterion"
            )
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.evidence}"
