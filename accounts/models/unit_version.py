"""How a unit was called, and to whom it answered, between two days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit, UnitKind


class CodeSystem(models.TextChoices):
    """Which table of codes a code is from: the same number means another place in another."""

    THREE = "three", _("Codes of the three levels (until 30/6/2025)")
    TWO = "two", _("Codes of the two levels (from 01/7/2025)")


class UnitVersionQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        )


class UnitVersion(models.Model):
    """One name of a unit; never edited in place (a decision of 2023 keeps the name of 2023).

    `valid_to` is the last day on which it holds. A place is known by the system of its code,
    the code and the day from which it holds: codes are reused, so a code alone names none (D3).
    """

    unit_lookup = "unit"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=UnitKind.choices)
    superior = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="inferior_versions"
    )
    code_system = models.CharField(
        _("Table of codes"), max_length=5, choices=CodeSystem.choices, blank=True
    )
    code = models.CharField(_("Code"), max_length=20, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    legal_basis = models.CharField(_("Legal basis"), max_length=200, blank=True)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once_a_day"),
            models.UniqueConstraint(
                fields=["code_system", "code", "valid_from"],
                condition=~models.Q(code_system="") & ~models.Q(code=""),
                name="place_by_system_code_and_day",
                violation_error_message=_("Another unit has this code from the same day."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_version_ends_after_it_begins",
                violation_error_message=_("A name ends after it begins."),
            ),
        ]

    def __str__(self):
        return self.name
