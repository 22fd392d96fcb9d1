from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DemoClock(models.Model):
    """The day on which the demo stands. One row at most; no row means the real day.

    Without `time` the time of day goes on as it is; with it the clock stands still at that
    instant, so that a deadline can be tried to the second.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    day = models.DateField(_("day"))
    time = models.TimeField(_("time of day"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved at"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("moved by"),
    )

    class Meta:
        verbose_name = _("demo clock")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_demo_clock")]

    def __str__(self):
        day = f"{self.day:%d/%m/%Y}"
        return day if self.time is None else f"{day} {self.time:%H:%M:%S}"
