"""People whom units put forward; most have no sign-in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from core.scoping import ScopedQuerySet
from core.text import fold, name_key, nfc


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Person(models.Model):
    """Somebody with a name; what they did follows them from unit to unit (domain D6).

    No citizen number is kept: the law's forms do not need it here, and what is not kept
    cannot leak.
    """

    unit_lookup = "unit"

    full_name = models.CharField(_("Full name"), max_length=150)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex.choices)
    birth_day = models.DateField(_("Date of birth"), null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    position = models.CharField(_("Position"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = nfc(self.full_name)
        self.sort_key = name_key(self.full_name)
        self.search_text = fold(self.full_name)
        super().save(*args, **kwargs)

    @property
    def titled(self) -> str:
        """The name as papers address it: “Ông …” or “Bà …” (Vietnamese on paper always)."""
        return f"{'Bà' if self.sex == Sex.FEMALE else 'Ông'} {self.full_name}"


class Employment(models.Model):
    """Where somebody worked, as what, from when until when."""

    unit_lookup = "unit"

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments")
    position = models.CharField(_("Position"), max_length=200)
    from_day = models.DateField(_("From"), null=True, blank=True)
    until_day = models.DateField(_("To"), null=True, blank=True)

    class Meta:
        ordering = ["person_id", "-from_day"]

    def __str__(self):
        return f"{self.person}, {self.position}"
