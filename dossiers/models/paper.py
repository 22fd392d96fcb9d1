"""Papers of a dossier: the components that the plan asks for, as files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from campaigns.models import Component
from core.clock import clock
from core.documents.models import Document
from core.scoping import ScopedQuerySet
from dossiers.models.dossier import Dossier
from dossiers.models.nomination import Nomination


class Paper(models.Model):
    """A file given for one component; number, day and signer as the paper says them."""

    unit_lookup = "dossier__unit"
    unit_lookups = {Perm.DOSSIER_AGGREGATE: "dossier__campaign__steward"}

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    component = models.ForeignKey(Component, models.PROTECT, related_name="papers")
    nomination = models.ForeignKey(
        Nomination, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    number = models.CharField(_("Number of the document"), max_length=60, blank=True)
    signed_on = models.DateField(_("Day of the document"), null=True, blank=True)
    signer = models.CharField(_("Signer"), max_length=150, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["dossier_id", "component__order", "pk"]

    def __str__(self):
        return self.document.name
