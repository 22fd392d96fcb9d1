"""Late permits: a unit may still send after the close, until when, why, and who said so."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models.aim import AimCall
from campaigns.models.campaign import Campaign
from campaigns.models.duty import ReportDuty
from campaigns.models.report import in_words
from campaigns.models.round import AwardRound
from core.clock import clock
from core.scoping import ScopedQuerySet


class LatePermit(models.Model):
    """For one unit, and one of: a period of a duty, an award round, a call for titles.

    It holds for moments before `until` (half open, like every deadline) unless withdrawn. A
    call of a block has no campaign. Whoever takes lists of titles in gives permits for them.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.PERMIT_GIVE: "given_for", Perm.AIM_COLLECT: "given_for"}

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="permits"
    )
    given_for = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # whose deadline it is
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="late_permits", verbose_name=_("Unit")
    )
    duty = models.ForeignKey(
        ReportDuty, models.PROTECT, null=True, blank=True, related_name="permits"
    )
    period = models.CharField(max_length=7, blank=True)
    round = models.ForeignKey(
        AwardRound, models.PROTECT, null=True, blank=True, related_name="permits"
    )
    call = models.ForeignKey(AimCall, models.PROTECT, null=True, blank=True, related_name="permits")
    until = models.DateTimeField()
    reason = models.CharField(_("Reason"), max_length=400)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(duty__isnull=False, round=None, call=None)
                | models.Q(duty=None, period="", round__isnull=False, call=None)
                | models.Q(duty=None, period="", round=None, call__isnull=False),
                name="permit_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(campaign__isnull=False) | models.Q(call__isnull=False),
                name="permit_is_of_a_campaign_or_a_call",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="permit_withdrawn_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.subject}"

    @property
    def subject(self) -> str:
        if self.call:
            return str(_("Titles aimed at: %(call)s") % {"call": self.call})
        return str(self.round) if self.round else f"{self.duty.who}, {in_words(self.period)}"

    @property
    def address(self) -> str:
        """Where the unit reads what it may send late."""
        of = self.call or self.campaign
        return of.get_absolute_url() if of else ""

    @property
    def last_day(self):
        return clock.last_day_before(self.until)
