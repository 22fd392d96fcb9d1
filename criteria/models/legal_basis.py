"""Laws, decrees and circulars with the days on which they are in force."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.scoping import ScopedQuerySet


class LegalBasisQuerySet(ScopedQuerySet):
    def in_force(self, day):
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        )


class LegalBasis(models.Model):
    """One legal document. `source` says where we read it; `confirmed` whether on its own page."""

    number = models.CharField(_("Number"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=300)
    issuer = models.CharField(_("Issued by"), max_length=120, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    valid_from = models.DateField(_("In force from"))
    valid_to = models.DateField(_("In force to"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("Source"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("Confirmed"), default=False)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "number"]

    def __str__(self):
        return self.number
