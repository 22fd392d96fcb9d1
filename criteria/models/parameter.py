"""Numbers of the law, with dates: thresholds, days, shares. No rule holds one of its own."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from criteria.models.legal_basis import LegalBasis

UNITS = {  # as `unit_of_measure` is kept: as it is said to people of another language
    "ngày làm việc": _("working days"),
    "đồng": _("đồng"),
    "lần lương cơ sở": _("times the base salary"),
    "lần MAD": _("times the MAD"),
    "đơn vị": _("units"),
}
OWN = ("soon_days.", "remind.", "hints.")  # how the portal works; no page of the law says it


class ParameterQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        )


class Parameter(models.Model):
    """One number in force between two days, e.g. `vote_share.BKT` = 80 (per cent).

    What no page of the law confirmed carries `confirmed=False`, and its page says so.
    """

    key = models.CharField(_("Name"), max_length=60)
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=4)
    unit_of_measure = models.CharField(_("Unit"), max_length=30, blank=True)
    meaning = models.CharField(_("Meaning"), max_length=300)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, blank=True, related_name="+")
    article = models.CharField(_("Article"), max_length=120, blank=True)
    confirmed = models.BooleanField(_("Confirmed"), default=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="parameter_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="parameter_ends_after_it_begins",
                violation_error_message=_("A number ends after it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.key} = {self.value.normalize():f}"

    @property
    def unit_words(self) -> str:
        """What the value counts: “ngày làm việc”, “%”."""
        return str(UNITS.get(self.unit_of_measure, self.unit_of_measure))

    @property
    def is_own(self) -> bool:
        """Whether it is the province's to choose, since no text of the law sets it."""
        return self.key.startswith(OWN)

    @property
    def shown(self) -> str:
        """The value as people write it: “2.340.000”, “66,67”."""
        plain = f"{self.value.normalize():f}"
        return number_format(
            plain, len(plain.partition(".")[2]), use_l10n=True, force_grouping=True
        )
