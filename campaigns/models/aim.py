"""What units set out to earn: a call for a year, each unit's list, and lists sent upward.

Đăng ký danh hiệu thi đua, hình thức khen thưởng phấn đấu trong năm.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from awards.models import AwardType, NomineeKind
from campaigns.models.block import Block
from campaigns.models.campaign import Campaign
from core.clock import clock
from core.scoping import ScopedQuerySet


class AimCall(models.Model):
    """Units of one campaign, or of one block, are asked for their aims of a year.

    `unit` is whose campaign or block it is: lists go up to it. `collector` takes the lists in:
    the standing agency, the head of the block, or `unit` itself where there is neither.
    `due_at` is the first instant that is too late.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.AIM_COLLECT: "collector"}
    shared_below = frozenset({Perm.AIM_READ, Perm.AIM_WRITE, Perm.AIM_SEND})
    told_changes = ("due_at", "note")

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="aim_calls"
    )
    block = models.ForeignKey(
        Block, models.PROTECT, null=True, blank=True, related_name="aim_calls"
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    collector = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("Last day"))
    note = models.CharField(_("What the units should know"), max_length=600, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "year"],
                name="aim_call_once_a_campaign_and_year",
                violation_error_message=_("Units are asked for this campaign and year already."),
            ),
            models.UniqueConstraint(
                fields=["block", "year"],
                name="aim_call_once_a_block_and_year",
                violation_error_message=_("Units are asked for this block and year already."),
            ),
            models.CheckConstraint(
                condition=models.Q(campaign=None, block__isnull=False)
                | models.Q(campaign__isnull=False, block=None),
                name="aim_call_of_a_campaign_or_a_block",
            ),
        ]

    def __str__(self):
        if self.block_id:
            return str(self.block)
        return f"{self.campaign} ({self.year})"

    def get_absolute_url(self):
        return reverse("campaigns:aim_call", args=[self.pk])

    @property
    def last_day(self):
        return clock.last_day_before(self.due_at)

    @property
    def taking_part(self):
        """Rows, each of a unit, of those that are asked: of the campaign, or of the block."""
        return self.campaign.participations.all() if self.campaign else self.block.members.all()


class AimRollUp(models.Model):
    """Approved lists sent upward in one act. `contents` is what was sent, `sha256` its digest.

    Whoever reads the call reads that it was sent, when and by whom; of what was sent only the
    lists that they may read (`figures.aims.shown_of`).
    """

    unit_lookup = "call__unit"
    unit_lookups = {Perm.AIM_COLLECT: "receiver"}
    shared_below = frozenset({Perm.AIM_READ})

    call = models.ForeignKey(AimCall, models.PROTECT, related_name="roll_ups")
    number = models.CharField(max_length=30, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    contents: Any = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("campaigns:aim_roll_up", args=[self.pk])


class AimList(models.Model):
    """What one unit, its collectives and its people set out to earn in one call."""

    unit_lookup = "unit"
    unit_lookups = {Perm.AIM_COLLECT: "receiver"}

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent")
        SENT = "sent", _("Waiting for approval")
        REFUSED = "refused", _("Refused")
        APPROVED = "approved", _("Approved")

    TONES = {
        "draft": ("idle", "pencil"),
        "sent": ("info", "hourglass"),
        "refused": ("err", "arrow-return-left"),
        "approved": ("ok", "check-circle-fill"),
    }

    call = models.ForeignKey(AimCall, models.PROTECT, related_name="lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aim_lists")
    unit_name = models.CharField(max_length=200)
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    note = models.CharField(_("Remarks of the unit"), max_length=600, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    roll_up = models.ForeignKey(
        AimRollUp, models.PROTECT, null=True, blank=True, related_name="lists"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="aim_list_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None, sent_by=None)
                | models.Q(sent_at__isnull=False, sent_by__isnull=False),
                name="aim_list_sent_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=models.Q(roll_up=None) | models.Q(state="approved"),
                name="aim_list_sent_upward_is_approved",
            ),
        ]

    def __str__(self):
        return f"{self.unit_name}, {self.call}"

    def get_absolute_url(self):
        return reverse("campaigns:aim_list", args=[self.call_id, self.unit_id])


class Aim(models.Model):
    """One line: so many of a title or form for a kind of nominee, or one named nominee."""

    list = models.ForeignKey(AimList, models.CASCADE, related_name="aims")
    order = models.PositiveSmallIntegerField()
    award_type = models.ForeignKey(AwardType, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NomineeKind.choices)
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["list_id", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "award_type", "kind", "name"], name="aim_once_a_list"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & (models.Q(name="") | models.Q(number=1)),
                name="aim_of_some_or_of_one_by_name",
                violation_error_message=_("A line with a name stands for one nominee."),
            ),
        ]

    def __str__(self):
        who = self.name or f"{self.number} {self.get_kind_display()}"
        return f"{self.award_type.short_name}: {who}"
