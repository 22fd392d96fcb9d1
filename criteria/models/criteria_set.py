"""Sets of criteria (bộ tiêu chí): what is measured, for how many points, by which rule."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from core.documents.models import Document
from core.scoping import ScopedQuerySet


class CriteriaSet(models.Model):
    """One edition of a set; `previous` is the edition that it replaces.

    A locked set is what units are scored by: nothing in it changes any more. A change is
    another edition, which carries over what stays the same.
    """

    unit_lookup = "unit"
    shared_below = frozenset({Perm.CRITERIA_READ})

    class State(models.TextChoices):
        DRAFT = "draft", _("Being drawn up")
        LOCKED = "locked", _("In use")
        RETIRED = "retired", _("Replaced")

    TONES = {
        "draft": ("idle", "pencil"),
        "locked": ("ok", "lock-fill"),
        "retired": ("idle", "archive"),
    }

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="criteria_sets", verbose_name=_("Drawn up by")
    )
    code = models.SlugField(_("Code"), max_length=60)
    year = models.PositiveSmallIntegerField(_("Year"))
    edition = models.PositiveSmallIntegerField(_("Edition"), default=1, editable=False)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", editable=False
    )
    title = models.CharField(_("Name"), max_length=300)
    stated_total = models.DecimalField(
        _("Points in all"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("As its title says, without bonus. The groups must add up to it."),
    )
    source = models.CharField(
        _("Where it is written"), max_length=300, blank=True, help_text=_("Decision, day, annex.")
    )
    note = models.TextField(
        _("Note"), blank=True, help_text=_("For example where the source is cut.")
    )
    file = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # as it was handed in
    tie_breaks = models.JSONField(default=list, editable=False)  # of rules.ranking.TIE_BREAKS
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "code", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code", "year", "edition"], name="criteria_set_edition_once"
            ),
            models.CheckConstraint(
                condition=models.Q(year__gte=1945, year__lte=2100),
                name="criteria_set_year_is_one",
                violation_error_message=_("Write the year with four digits, such as 2025."),
            ),
        ]

    def __str__(self):
        edition = f", {_('edition')} {self.edition}" if self.edition > 1 else ""
        return f"{self.title} ({self.year}{edition})"

    def get_absolute_url(self):
        return reverse("criteria:set", args=[self.pk])


class Criterion(models.Model):
    """A criterion, or a group of them where `kind` is empty. Numbers are points.

    `rule` is a list of lines as officers write them (`criteria.rules.wording`).
    """

    unit_lookup = "criteria_set__unit"
    shared_below = frozenset({Perm.CRITERIA_READ})
    unit_lookups = {Perm.SHEET_ADVISE: "verifier_unit"}

    class Role(models.TextChoices):
        BASE = "base", _("Points")
        BONUS = "bonus", _("Bonus")
        PENALTY = "penalty", _("Taken off")
        INFORMATION = "information", _("Information")

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    group = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="members")
    place = models.PositiveSmallIntegerField(editable=False)  # among its neighbours
    code = models.CharField(_("Number as printed"), max_length=20)
    name = models.CharField(_("Name"), max_length=500)
    role = models.CharField(_("Counts as"), max_length=11, choices=Role.choices, default=Role.BASE)
    most = models.DecimalField(
        _("Most points"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    kind = models.CharField(_("Way of scoring"), max_length=20, blank=True)
    rule = models.JSONField(default=list)
    guidance = models.TextField(_("Guidance"), blank=True)
    evidence = models.TextField(_("Evidence asked for"), blank=True)
    responsible = models.CharField(_("Responsible"), max_length=200, blank=True)
    verifier = models.CharField(_("Verified by"), max_length=200, blank=True)
    verifier_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Goes for verification to"),
    )
    data_source = models.CharField(_("Source of the data"), max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["criteria_set_id", "group_id", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"],
                name="criterion_code_once",
                violation_error_message=_("This number stands in the set already."),
            ),
            models.CheckConstraint(
                condition=models.Q(most=None) | models.Q(most__gte=0),
                name="criterion_most_is_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def is_group(self) -> bool:
        return not self.kind

    def words(self) -> dict[str, Any]:
        """What a person may write of it, for comparing two editions."""
        names = ("name", "role", "most", "kind", "rule", "guidance", "evidence")
        names += ("responsible", "verifier", "data_source")
        return {name: getattr(self, name) for name in names}
