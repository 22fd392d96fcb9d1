"""A nominee of a dossier: a collective, a person, a household or an enterprise."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Sex, Unit
from accounts.permissions import Perm
from awards.models import Award, AwardType, NomineeKind, PositionClass
from campaigns.models import AwardRound
from core.scoping import ScopedQuerySet
from core.text import fold, nfc
from dossiers.models.dossier import Dossier

# Nominees that reached the agency: who stands, and who was turned down on the way since then.
PROPOSED = models.Q(stands=True) | models.Q(result__in=["dropped", "failed", "over_quota"])


class NominationQuerySet(ScopedQuerySet):
    def proposed(self):
        """The one meaning of “đề nghị”: sent, not withdrawn, whatever became of it."""
        return self.filter(PROPOSED)


class Nomination(models.Model):
    """One line of a proposal, with everything that form 0603.N and the certificate need.

    `identity` is the same for the same nominee written in other ways; among standing
    nominations (sent, not dropped) of a round the database lets it occur once (R03).
    """

    unit_lookup = "dossier__unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "dossier__campaign__steward"}

    class Result(models.TextChoices):
        PENDING = "pending", _("Waiting")
        OK = "ok", _("Meets the conditions")
        DROPPED = "dropped", _("Dropped at appraisal")
        PASSED = "passed", _("The council agreed")
        FAILED = "failed", _("Not enough votes")
        OVER_QUOTA = "over_quota", _("Beyond the quota")
        ENTERED = "entered", _("In a decision")
        AWARDED = "awarded", _("Awarded")

    TONES = {
        "pending": ("idle", "hourglass"),
        "ok": ("ok", "check-lg"),
        "dropped": ("err", "x-octagon"),
        "passed": ("ok", "check-lg"),
        "failed": ("err", "x-octagon"),
        "over_quota": ("warn", "exclamation-triangle"),
        "entered": ("info", "send"),
        "awarded": ("gold", "award"),
    }

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="nominations")
    round = models.ForeignKey(AwardRound, models.PROTECT, related_name="nominations")
    order = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("Nominee"), max_length=10, choices=NomineeKind.choices)
    award_type = models.ForeignKey(AwardType, models.PROTECT, verbose_name=_("Proposed award"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    collective = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    name = models.CharField(_("Name on the certificate"), max_length=200)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex.choices, blank=True)
    birth_day = models.DateField(_("Date of birth"), null=True, blank=True)
    position = models.CharField(_("Position"), max_length=200, blank=True)
    position_class = models.CharField(
        _("Class of position"), max_length=20, choices=PositionClass.choices, blank=True
    )
    workplace = models.CharField(_("Unit or address"), max_length=250, blank=True)
    headcount = models.PositiveIntegerField(_("Number of people"), null=True, blank=True)
    unit_votes = models.PositiveSmallIntegerField(
        _("Votes of the unit's council"), null=True, blank=True
    )
    under_review = models.BooleanField(
        _("Under discipline, inspection or complaint"), default=False
    )
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.PENDING)
    result_reason = models.CharField(max_length=400, blank=True)
    stands = models.BooleanField(default=False, editable=False)
    award = models.OneToOneField(
        Award, models.PROTECT, null=True, blank=True, related_name="nomination"
    )
    identity = models.CharField(max_length=300, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["dossier_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "identity"],
                condition=models.Q(stands=True),
                name="nomination_stands_once_a_round",
                violation_error_message=_("This nominee already stands in this round."),
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=["entered", "awarded"], award__isnull=False)
                | (~models.Q(result__in=["entered", "awarded"]) & models.Q(award=None)),
                name="nomination_award_and_result_together",
            ),
        ]
        indexes = [
            models.Index(  # all that the leaders' page counts, without reading the rows
                fields=[
                    "round",
                    "kind",
                    "award_type",
                    "position_class",
                    "result",
                    "award",
                    "dossier",
                ],
                condition=PROPOSED,
                name="nomination_proposed",
            ),
            models.Index(fields=["round", "identity"], name="nomination_in_round"),
        ]

    def __str__(self):
        return self.titled

    def save(self, *args, **kwargs):
        self.name, self.position, self.workplace = map(
            nfc, (self.name, self.position, self.workplace)
        )
        self.identity = self.compute_identity()
        self.search_text = fold(f"{self.name} {self.workplace}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("dossiers:nomination", args=[self.pk])

    def compute_identity(self) -> str:
        """What tells nominees apart: the unit, or the folded name with birth day or address."""
        if self.kind in {NomineeKind.COLLECTIVE, NomineeKind.ENTERPRISE} and self.collective_id:
            return f"unit:{self.collective_id}"
        apart = self.birth_day.isoformat() if self.birth_day else fold(self.workplace)
        return f"{self.kind}:{fold(self.name)}:{apart}"[:300]

    @property
    def titled(self) -> str:
        """The name as papers address it: “Ông …”, “Bà …”, “Hộ ông …” stays as typed."""
        if self.kind == NomineeKind.INDIVIDUAL and self.sex:
            return f"{'Bà' if self.sex == Sex.FEMALE else 'Ông'} {self.name}"
        return self.name
