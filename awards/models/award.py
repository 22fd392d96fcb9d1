"""One award in the register: who, what, by which decision, with the words as printed."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from accounts.permissions import Perm
from awards.models.award_type import AwardType, NomineeKind, PositionClass
from awards.models.decision import Decision
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from core.text import fold, nfc

# Who opens files that are kept for the record only: of revoked awards, and from before a correction.
KEEPERS = (Perm.DECISION_READ, Perm.DECISION_DRAFT, Perm.DECISION_ISSUE, Perm.AWARD_REVOKE)


def new_code() -> str:
    """A public code of 128 random bits in letters that are not mistaken for one another."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(letters) for _n in range(26))


class AwardQuerySet(ScopedQuerySet):
    def standing(self):
        """Awards that are granted and not revoked."""
        return self.filter(state=Award.State.VALID)

    def granted(self):
        """Those of issued decisions, revoked ones too; what is pending nobody holds yet."""
        return self.exclude(state=Award.State.PENDING)

    def of_achievement(self, year):
        """Those for what was achieved until the end of this year, whenever they were signed."""
        unsaid = models.Q(achieved_to=None, year=year)
        return self.filter(models.Q(achieved_to=year) | unsaid)

    def with_certificate(self):
        """Those of a type that comes with a certificate (some titles have a decision only)."""
        return self.exclude(award_type__certificate_title="")

    def with_files_for(self, user):
        """Those whose certificate this person may open: a valid one, or any that is only kept."""
        return self.standing() | self.visible_to(user, *KEEPERS)

    def for_lists(self):
        return self.select_related("award_type", "decision", "unit")

    def for_papers(self):
        return self.select_related("award_type", "decision", "unit", "certificate")

    def in_book_order(self):
        """The order of the golden book and of the annex: by type, collectives first."""
        places = [models.When(kind=kind, then=n) for n, kind in enumerate(NomineeKind.values)]
        order = models.Case(*places, output_field=models.PositiveSmallIntegerField())
        return self.order_by("award_type__code", order, "pk")


class Award(models.Model):
    """Texts are copied when the award is entered, so a reprint equals the original (D5).

    `golden_number` is given when the decision is issued, without gaps in its `golden_series`
    (award type and year), and never again to another. `year` is that in which the decision was
    signed, for the golden book; who counts years of a title asks for `achievement_year`.
    """

    unit_lookup = "unit"
    told_changes = ("name", "position", "corrected_by", "corrected_on")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for the decision")
        VALID = "valid", _("Valid")
        REVOKED = "revoked", _("Revoked")

    class Cause(models.TextChoices):
        """Article 93 of the law of 2022, letters a to d."""

        FRAUD = "a", _("Fraud in declaring merit")
        FORGERY = "b", _("False information or forged papers")
        PROCEDURE = "c", _("Appraised, voted or proposed against the law")
        VIOLATION = "d", _("A violation in the period of the achievement came to light")

    TONES = {
        "pending": ("idle", "hourglass"),
        "valid": ("ok", "check-lg"),
        "revoked": ("err", "slash-circle-fill"),
    }

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    award_type = models.ForeignKey(AwardType, models.PROTECT, related_name="awards")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="awards")
    kind = models.CharField(_("Kind"), max_length=10, choices=NomineeKind.choices)
    position_class = models.CharField(max_length=20, choices=PositionClass.choices, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="awards")
    collective = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="awards_held"
    )
    name = models.CharField(_("Name, as printed"), max_length=250)
    position = models.CharField(_("Position and unit, as printed"), max_length=300, blank=True)
    reason = models.CharField(_("Achievement, as printed"), max_length=400)
    year = models.PositiveSmallIntegerField(_("Year"))
    achieved_from = models.PositiveSmallIntegerField(null=True, blank=True)
    achieved_to = models.PositiveSmallIntegerField(null=True, blank=True)  # or that year alone
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    golden_series = models.CharField(max_length=30, blank=True)
    golden_number = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=26, unique=True, default=new_code, editable=False)
    certificate = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    former_certificates = models.ManyToManyField(Document, related_name="+", blank=True)
    # By the last of its corrections, whose words stand now; `corrections` has them all.
    corrected_by = models.CharField(_("Correcting decision"), max_length=120, blank=True)
    corrected_on = models.DateField(_("Corrected on"), null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.CharField(_("Revoking decision"), max_length=120, blank=True)
    revoked_cause = models.CharField(
        _("Reason of revocation"), max_length=1, choices=Cause.choices, blank=True
    )
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "golden_series", "golden_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["golden_series", "golden_number"],
                condition=models.Q(golden_number__isnull=False),
                name="award_golden_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="pending") | models.Q(golden_number__isnull=False),
                name="award_granted_has_golden_number",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="revoked",
                    revoked_on__isnull=False,
                    revoked_cause__gt="",
                    revoked_by__gt="",
                )
                | (~models.Q(state="revoked") & models.Q(revoked_on=None)),
                name="award_revoked_by_decision_day_and_cause",
                violation_error_message=_("A revoked award has a decision, a day and a reason."),
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="award_year_state")]

    def __str__(self):
        return f"{self.award_type.short_name}: {self.name}"

    def save(self, *args, **kwargs):
        self.name, self.position, self.reason = map(nfc, (self.name, self.position, self.reason))
        self.search_text = fold(f"{self.name} {self.position}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("awards:award", args=[self.pk])

    @property
    def achievement_year(self) -> int:
        """The last year of the achievement, by which titles follow one another (domain 1.2, P6).

        Where nobody stated it, the year of signing.
        """
        return self.achieved_to or self.year

    @property
    def golden_entry(self) -> str:
        """The line of the golden book as certificates print it, e.g. “417/BKT-2025”."""
        if self.golden_number is None:
            return ""
        return f"{self.golden_number:02d}/{self.golden_series}"


class Correction(models.Model):
    """One correcting decision of an award. All of them stand: a number that was used stays used."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="corrections")
    number = models.CharField(_("Correcting decision"), max_length=120)
    signed_on = models.DateField(_("Corrected on"))

    class Meta:
        ordering = ["signed_on", "pk"]

    def __str__(self):
        words = {"number": self.number, "day": f"{self.signed_on:%d/%m/%Y}"}
        return str(_("No. %(number)s of %(day)s") % words)
