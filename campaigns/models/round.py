"""Phases and award rounds: when they are open, how many awards they may give, what they ask."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from awards.models import AwardType, NomineeKind
from campaigns.models.campaign import Campaign, PlanRow
from core.clock import clock
from core.scoping import ScopedQuerySet


class Phase(PlanRow):
    """A stretch of the campaign, half open [opens_at, closes_at).

    A plan that names years only keeps them as years: two phases may share one.
    """

    class Review(models.TextChoices):
        MID = "so_ket", _("Mid-term review")
        FINAL = "tong_ket", _("Final review")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="phases")
    code = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    work = models.CharField(max_length=600, blank=True)  # what is done in it
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    review_kind = models.CharField(max_length=8, choices=Review.choices, blank=True)
    review_year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=12, blank=True)  # where the plan itself is silent
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    by_agency = models.BooleanField(default=False)  # the plan is silent, the agency set it

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="phase_code_once"),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="phase_opens_before_it_closes",
                violation_error_message=_("A phase opens before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(from_year=None, to_year=None)
                | models.Q(from_year__lte=models.F("to_year")),
                name="phase_years_in_order",
            ),
        ]

    def __str__(self):
        return self.name


class RoundQuerySet(ScopedQuerySet):
    def in_force(self):
        """Rounds that the plan still names; a retired one only ends what it has begun."""
        return self.filter(retired_at=None)


class AwardRound(PlanRow):
    """A review (sơ kết, tổng kết) that gives awards, with an achievement period of its own.

    Dossiers are taken in [opens_at, closes_at); a bound that the plan does not give is open.
    `objects` are all rounds, retired ones too: their dossiers go on.
    """

    unit_lookup = "campaign__unit"
    shared_below = frozenset({Perm.CAMPAIGN_READ, Perm.CAMPAIGN_JOIN, Perm.DOSSIER_WRITE})

    class Kind(models.TextChoices):
        MID = "so_ket", _("Mid-term review")
        FINAL = "tong_ket", _("Final review")
        OTHER = "other", _("Another review")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="rounds")
    code = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    printed_period = models.CharField(max_length=120, blank=True)
    achieved_from = models.PositiveSmallIntegerField()  # year
    achieved_to = models.PositiveSmallIntegerField()  # year
    review_month = models.CharField(max_length=7, blank=True)  # “2025-12”
    award_type = models.ForeignKey(AwardType, models.PROTECT, related_name="rounds")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    appraisal_days = models.PositiveSmallIntegerField(null=True, blank=True)  # working days
    by_agency = models.JSONField(default=list)  # set by it: opens, last_day, appraisal_days
    shares = models.JSONField(default=list)  # places in per cent or for each block
    conditions = models.JSONField(default=list)  # of its awards, those that can be reckoned
    agency_note = models.CharField(max_length=300, blank=True)
    quote = models.CharField(max_length=300, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="award_round_code_once"),
            models.CheckConstraint(
                condition=models.Q(achieved_from__lte=models.F("achieved_to")),
                name="award_round_period_in_order",
                violation_error_message=_("The achievement period starts before it ends."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="award_round_opens_before_it_closes",
                violation_error_message=_("A round opens before it closes."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.campaign.get_absolute_url()}#{self.code}"

    @property
    def last_day(self):
        """The last day on which dossiers are taken; None when the plan names none."""
        return clock.last_day_before(self.closes_at) if self.closes_at else None

    def get_new_dossier_url(self):
        return reverse("dossiers:open", args=[self.pk])


class Quota(models.Model):
    """How many awards of a type a round may give to one kind of nominee.

    `used` counts places taken by entries in decisions; the database refuses one too many,
    whichever path leads there (reliability I1). No row for a kind: the plan sets no limit.
    """

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="quotas")
    award_type = models.ForeignKey(AwardType, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NomineeKind.choices)
    size = models.PositiveIntegerField(_("Places"))
    used = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["round_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["round", "award_type", "kind"], name="quota_once"),
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("size")),
                name="quota_is_not_exceeded",
                violation_error_message=_("The quota of this round is used up."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.used}/{self.size}"

    @property
    def left(self) -> int:
        return self.size - self.used


class ShareUse(models.Model):
    """Places taken of a share: one row for a percentage, one a block for “so many a block”.

    How many there are hangs on what the share is of, so the size is asked anew each time
    (`rules.share_for`); `used` rises by one statement that compares both.
    """

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="share_uses")
    award_type = models.ForeignKey(AwardType, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NomineeKind.choices)
    block = models.ForeignKey(
        "campaigns.Block", models.PROTECT, null=True, blank=True, related_name="+"
    )
    used = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["round_id", "kind", "block"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "award_type", "kind"],
                condition=models.Q(block=None),
                name="share_use_once",
            ),
            models.UniqueConstraint(
                fields=["round", "award_type", "kind", "block"], name="share_use_once_a_block"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.used}"


class Component(PlanRow):
    """A paper that every dossier of the campaign must hold (thành phần hồ sơ)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="components")
    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=250)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="component_code_once")
        ]

    def __str__(self):
        return self.name


class AwardForm(models.Model):
    """A form of commendation that the plan foresees, with its rule in words."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="award_forms")
    order = models.PositiveSmallIntegerField()
    award_type = models.ForeignKey(
        AwardType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=250)
    rule = models.CharField(max_length=400, blank=True)
    conditions = models.JSONField(default=list)  # words, and a rule where it can be reckoned

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="award_form_order_once")
        ]

    def __str__(self):
        return self.name
