"""A campaign (phong trào thi đua) as its plan says it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.permissions import Perm
from core.documents.models import Document
from core.scoping import ScopedQuerySet


class CampaignQuerySet(ScopedQuerySet):
    def for_reader(self, user):
        """Campaigns this person may read; one that is being set up, only those who set it up."""
        begun = ~models.Q(state=Campaign.State.DRAFT)
        return self.visible_to(user, Perm.CAMPAIGN_READ).filter(begun) | self.visible_to(
            user, Perm.CAMPAIGN_PLAN
        )


class Campaign(models.Model):
    """One campaign. `steward` is the standing agency that the plan names; who that is on a
    later day is asked of `steward_on`, since agencies merge (domain D9).

    What a plan does not say stays empty; nothing is invented.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "steward", Perm.REPORT_COLLECT: "steward"}
    shared_below = frozenset({Perm.CAMPAIGN_READ, Perm.CAMPAIGN_JOIN})

    class State(models.TextChoices):
        DRAFT = "draft", _("Being set up")
        OPEN = "open", _("Running")
        CLOSED = "closed", _("Ended")

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        PROGRAMME = "programme", _("Programme")
        LAUNCH = "launch", _("Call for a campaign")

    class Scope(models.TextChoices):
        NATION = "nation", _("Nationwide")
        PROVINCE = "province", _("Ministry or province")
        BLOCK = "block", _("Block or cluster")
        UNIT = "unit", _("One body")

    class Method(models.TextChoices):
        THEME = "theme", _("By theme")
        REGULAR = "regular", _("Regular, yearly")

    TONES = {
        "draft": ("idle", "pencil"),
        "open": ("info", "flag"),
        "closed": ("idle", "flag-fill"),
    }

    code = models.SlugField(_("Code"), max_length=60, unique=True)
    kind = models.CharField(_("Kind"), max_length=9, choices=Kind.choices, default=Kind.CAMPAIGN)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns")
    steward = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="stewarded"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    number = models.CharField(_("Number"), max_length=40, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=150, blank=True)
    signer = models.CharField(_("Signer"), max_length=150, blank=True)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    title = models.CharField(_("Title of the plan"), max_length=400)
    name = models.CharField(_("Name of the campaign"), max_length=300)
    short_name = models.CharField(_("Short name"), max_length=150, blank=True)
    theme = models.CharField(_("Theme"), max_length=300, blank=True)
    starts_year = models.PositiveSmallIntegerField(_("From year"), null=True, blank=True)
    ends_year = models.PositiveSmallIntegerField(_("To year"), null=True, blank=True)
    outlook_year = models.PositiveSmallIntegerField(null=True, blank=True)
    scope = models.CharField(max_length=8, choices=Scope.choices, blank=True)
    method = models.CharField(max_length=7, choices=Method.choices, blank=True)
    dossier_prefix = models.CharField(max_length=20, blank=True)  # “KH207” in KH207-0148
    purposes = models.JSONField(default=list)  # sentences
    requirement = models.TextField(blank=True)
    tasks = models.JSONField(default=list)  # what members must organise, sentences
    dossier_route = models.JSONField(default=list)  # the printed route, steps in words
    dossier_copies = models.PositiveSmallIntegerField(null=True, blank=True)
    dossier_original = models.BooleanField(null=True, blank=True)  # an original is asked for
    dossier_quote = models.CharField(max_length=400, blank=True)
    award_subjects = models.CharField(max_length=300, blank=True)  # who is commended, for what
    award_note = models.CharField(max_length=300, blank=True)
    award_quote = models.CharField(max_length=400, blank=True)
    feedback = models.CharField(max_length=300, blank=True)  # whom to tell of difficulties
    particulars = models.JSONField(default=dict)  # parts that no row rests on: plans/packing.py
    agency_note = models.CharField(max_length=400, blank=True)  # who set what the plan leaves open
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    plan_digest = models.CharField(max_length=64, blank=True, editable=False)  # canonical file
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_year=None)
                | models.Q(ends_year=None)
                | models.Q(starts_year__lte=models.F("ends_year")),
                name="campaign_starts_before_it_ends",
                violation_error_message=_("A campaign starts before it ends."),
            )
        ]

    def __str__(self):
        return self.short_name or self.name

    def get_absolute_url(self):
        return reverse("campaigns:campaign", args=[self.pk])

    def steward_on(self, day) -> Unit | None:
        """Who does the standing agency's work on a day; never one that is closed by then."""
        return unit_rules.answering_for(self.steward, day) if self.steward else None


class InForce(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(retired_at=None)


class PlanRow(models.Model):
    """A row that the plan asks for and on which others may rest.

    When a later plan leaves it out and something rests on it, it is not deleted but retired:
    out of the plan, still there for the dossiers and results that name it. `objects` are the
    rows in force, `_base_manager` all of them.
    """

    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InForce()

    class Meta:
        abstract = True


class Basis(models.Model):
    """A document that the plan rests on, as the plan cites it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="bases")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=12, blank=True)  # where the plan itself is silent

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="basis_order_once")
        ]

    def __str__(self):
        return self.number or self.text


class CampaignRole(models.Model):
    """Who does what in the campaign; `unit` is known where the body is one unit of the tree."""

    class Function(models.TextChoices):
        STEWARD = "standing_agency", _("Standing agency of the campaign")
        COUNCIL_AGENCY = "council_standing_agency", _("Standing agency of the council")
        MOBILISE = "mobilise", _("Mobilises members and people")
        PARTICIPANT = "participant", _("Takes part")
        PRESS = "press", _("Press and media")
        STEERING = "steering", _("Steers")
        SYNTHESIS = "synthesis", _("Draws the reports together")
        PARTNER = "partner", _("Partner")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField()
    function = models.CharField(max_length=24, choices=Function.choices)
    body = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    duties = models.JSONField(default=list)

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="campaign_role_order_once")
        ]

    def __str__(self):
        return f"{self.body}: {self.get_function_display()}"


class PlanFile(models.Model):
    """A plan as it was handed in; once it is applied, to which campaign, when and by whom.

    What is applied is the bytes that were previewed: they are read again from `document`.
    """

    unit_lookup = "document__unit"

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="plan_files"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changes = models.JSONField(default=dict)  # counts: added, changed, removed

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(campaign=None, applied_at=None, applied_by=None)
                | models.Q(
                    campaign__isnull=False, applied_at__isnull=False, applied_by__isnull=False
                ),
                name="plan_file_applied_wholly",
            )
        ]

    def __str__(self):
        return self.document.name

    def get_absolute_url(self):
        return reverse("campaigns:plan", args=[self.pk])
