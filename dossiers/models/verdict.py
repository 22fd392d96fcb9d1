"""What the appraising officer says of each nominee."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.scoping import ScopedQuerySet
from dossiers.models.nomination import Nomination


class Verdict(models.Model):
    """The officer's opinion of one nominee; the unit reads it only in its result."""

    unit_lookup = "nomination__dossier__unit"
    private_to = Perm.DOSSIER_APPRAISE

    class Opinion(models.TextChoices):
        OK = "ok", _("Meets the conditions")
        DROP = "drop", _("Drop from the list")

    nomination = models.OneToOneField(Nomination, models.CASCADE, related_name="verdict")
    opinion = models.CharField(_("Opinion"), max_length=4, choices=Opinion.choices)
    remark = models.TextField(_("Remark"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opinion="ok") | ~models.Q(remark=""),
                name="verdict_drop_has_a_reason",
                violation_error_message=_("Write why the nominee is dropped."),
            )
        ]

    def __str__(self):
        return f"{self.nomination}: {self.get_opinion_display()}"
