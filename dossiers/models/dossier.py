"""A dossier (hồ sơ khen thưởng): what one unit puts forward in one award round."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models import AwardRound, Campaign
from core import addresses
from core.clock import clock
from core.scoping import ScopedQuerySet
from core.workdays import count

WITH_AGENCY = models.Q(state="submitted", campaign__steward__isnull=False, appraisal_from=None)


LINE = (
    "number",
    "state",
    "unit_name",
    "held_since",
    "submitted_at",
    "appraisal_from",
    "due_on",
    "checked_at",
    "check_blocks",
    "check_warns",
)
# all that a queue counts and sorts by, so that it is counted without reading the rows
IN_QUEUE = ("state", "due_on", "held_since", "id", "unit", "campaign", "appraisal_from", "officer")


class DossierQuerySet(ScopedQuerySet):
    def sent(self):
        """Dossiers that left their unit: the one meaning of “đã nộp”."""
        return self.exclude(submitted_at=None).exclude(state=Dossier.State.WITHDRAWN)

    def with_home_affairs(self):
        """What an officer or head has on the desk, or waits to get back from its unit.

        Its states are named once more by themselves: an index finds them.
        """
        desk, around = ["aggregated", "appraising", "appraised"], ["submitted", "returned"]
        return self.filter(
            models.Q(state__in=desk)
            | models.Q(appraisal_from__isnull=False)
            | models.Q(state="submitted", campaign__steward=None),
            state__in=desk + around,
        )

    def with_agency(self):
        """What waits for the standing agency of its campaign."""
        return self.filter(WITH_AGENCY)

    def running(self):
        """Dossiers whose appraisal clock runs."""
        return self.filter(due_on__isnull=False, state__in=sorted(Dossier.IN_APPRAISAL))

    def late(self, day):
        return self.running().filter(due_on__lt=day)

    def due_within(self, day, last):
        return self.running().filter(due_on__gte=day, due_on__lte=last)

    def with_appraisal_due(self):
        """`due_now`: what `appraisal_due` says of a row, to sort a list by it."""
        clocked = sorted(Dossier.IN_APPRAISAL | Dossier.BEFORE_SENDING)
        day = models.Case(models.When(state__in=clocked, then="due_on"))
        return self.annotate(due_now=day)

    def with_sendings(self):
        """`sendings`: how many times each was sent."""
        sent = self.model.submissions.rel.related_model.objects.filter(
            dossier=models.OuterRef("pk")
        )
        latest = sent.order_by("-ordinal").values("ordinal")[:1]
        return self.annotate(sendings=Coalesce(models.Subquery(latest), 0))

    def sent_again(self):
        """Dossiers that came back from their unit at least once."""
        return self.filter(
            models.Exists(
                self.model.submissions.rel.related_model.objects.filter(
                    dossier=models.OuterRef("pk"), ordinal__gt=1
                )
            )
        )

    def with_unit(self):
        return self.select_related("unit", "round", "campaign__steward", "officer")

    def in_lines(self):
        """A line of a list each: what its cells say and who holds it, not all that is joined."""
        return self.select_related("round", "campaign__steward", "officer").only(
            *LINE,
            "round__name",
            "campaign__name",
            "campaign__short_name",
            "campaign__steward__name",
            "campaign__steward__closed_on",
            "officer__full_name",
            "officer__username",
        )


class Dossier(models.Model):
    """State and stamps of a dossier; its matter stands in nominations, reports and papers.

    The number is given once, when the unit first sends it, and stays through returns.
    `held_since` says since when the present holder has it; `holder` says in words who.
    """

    unit_lookup = "unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "campaign__steward"}

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        UNIT_REVIEW = "unit_review", _("Waiting for the head of the unit")
        SUBMITTED = "submitted", _("Sent, waiting for the standing agency")
        AGGREGATED = "aggregated", _("On the standing agency's list")
        APPRAISING = "appraising", _("Being appraised")
        APPRAISED = "appraised", _("Appraised, to be confirmed")
        COUNCIL = "council", _("Before the council")
        PASSED = "passed", _("The council agreed")
        PROPOSED = "proposed", _("In a draft decision")
        AWARDED = "awarded", _("Awarded")
        RETURNED = "returned", _("Returned for supplement")
        NOT_APPROVED = "not_approved", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TONES = {
        "draft": ("idle", "pencil"),
        "unit_review": ("idle", "person-check"),
        "submitted": ("idle", "inbox"),
        "aggregated": ("info", "collection"),
        "appraising": ("info", "search"),
        "appraised": ("ok", "check-lg"),
        "council": ("info", "people"),
        "passed": ("ok", "check-lg"),
        "proposed": ("info", "send"),
        "awarded": ("gold", "award"),
        "returned": ("err", "arrow-return-left"),
        "not_approved": ("err", "x-octagon"),
        "withdrawn": ("idle", "dash-circle"),
    }

    BEFORE_SENDING = frozenset({State.DRAFT, State.UNIT_REVIEW, State.RETURNED})
    # `due_on` is the day by which Home Affairs has appraised, the head's confirmation included
    # (domain 6.2, 6.3). With the council and after it nobody's clock runs.
    IN_APPRAISAL = frozenset({State.SUBMITTED, State.AGGREGATED, State.APPRAISING, State.APPRAISED})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers")
    unit_name = models.CharField(max_length=200)  # as it was called when the dossier was opened
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="dossiers")
    round = models.ForeignKey(AwardRound, models.PROTECT, related_name="dossiers")
    number = models.CharField(_("Number"), max_length=30, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    proposal_number = models.CharField(_("Number of the proposal"), max_length=60, blank=True)
    proposal_on = models.DateField(_("Day of the proposal"), null=True, blank=True)
    council_met_on = models.DateField(_("The unit's council met on"), null=True, blank=True)
    council_total = models.PositiveSmallIntegerField(_("Members"), null=True, blank=True)
    council_present = models.PositiveSmallIntegerField(_("Present"), null=True, blank=True)
    contact = models.CharField(_("Contact"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_since = models.DateTimeField(default=clock.now, editable=False)
    appraisal_from = models.DateField(null=True, blank=True)  # the working-day clock started
    due_on = models.DateField(null=True, blank=True)  # appraisal; moves when the clock stops
    mend_by = models.DateField(null=True, blank=True)  # while returned
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the rules found when they last looked, so that a list need not run them.
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    check_blocks = models.PositiveSmallIntegerField(default=0, editable=False)
    check_warns = models.PositiveSmallIntegerField(default=0, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    # Read once by a page that only shows; see rules.contents and rules.parts.
    _rows: Any
    _rows_with_reports: Any
    _open_defects: list[Any]
    _flaws: list[Any]
    _history: list[Any]
    _sendings: list[Any]

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="dossier_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, submitted_by=None)
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="dossier_submitted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "unit_review", "withdrawn"])
                | (models.Q(submitted_at__isnull=False) & ~models.Q(number="")),
                name="dossier_past_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(appraised_by=None)
                | models.Q(confirmed_by=None)
                | ~models.Q(appraised_by=models.F("confirmed_by")),
                name="dossier_four_eyes",
                violation_error_message=_("Whoever appraised a dossier does not confirm it."),
            ),
        ]
        indexes = [
            models.Index(fields=IN_QUEUE, name="dossier_queue"),
            models.Index(  # all that the leaders' page counts
                fields=["round", "state", "due_on", "submitted_at", "unit", "id"],
                name="dossier_round_state",
            ),
            models.Index(fields=["-created_at", "-id"], name="dossier_newest_first"),
        ]

    def __str__(self):
        return self.number or str(_("Draft dossier %(pk)s") % {"pk": self.pk})

    def get_absolute_url(self):
        return addresses.of_row("dossiers:dossier")(self.pk)

    @property
    def is_before_sending(self) -> bool:
        """Whether it is on its way out of the unit, for the first time or again."""
        return self.state in self.BEFORE_SENDING

    @property
    def is_with_unit(self) -> bool:
        """Whether the unit may write in it now (all of it, or the flagged parts)."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def paused(self) -> bool:
        """Whether the appraisal clock stands: the dossier is back with its unit."""
        return self.state == self.State.RETURNED or (
            self.state == self.State.UNIT_REVIEW and self.submitted_at is not None
        )

    @property
    def appraisal_due(self) -> Any:
        """The day of a clock that runs or stands; None before the appraisal and once it is over."""
        clocked = self.is_before_sending or self.state in self.IN_APPRAISAL
        return self.due_on if clocked else None

    def keep_checks(self, findings) -> None:
        """Count what the rules find, so that a queue shows it without running them."""
        weights = [finding.blocks for finding in findings]
        self.check_blocks = sum(weights)
        self.check_warns = len(weights) - self.check_blocks
        self.checked_at = clock.now()

    def start_clock(self, day, working_days: int) -> None:
        """Begin to count the working days of appraisal; a clock that runs is left alone."""
        if self.appraisal_from is None:
            self.appraisal_from = day
            self.due_on = count.due(day, working_days)

    def stop_clock(self, day) -> None:
        """The dossier goes back to its unit. A clock that never ran has nothing to stop."""
        if self.appraisal_from and not self.stops.filter(until_day=None).exists():
            self.stops.create(from_day=day)

    def restart_clock(self, day) -> None:
        """The unit sent it again: the due day moves by the working days that it stood."""
        stop = self.stops.filter(until_day=None).first()
        if stop is None:
            return
        stop.until_day = day
        stop.save(update_fields=["until_day"])
        self.due_on = count.due(self.due_on, count.between(stop.from_day, day))
