"""When the appraisal clock of a dossier stood still."""

from django.db import models

from dossiers.models.dossier import Dossier


class ClockStop(models.Model):
    """A stretch in which the appraisal clock stands: the dossier is back with its unit."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="stops")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["dossier_id", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(until_day=None),
                name="clock_stop_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until_day=None) | models.Q(until_day__gte=models.F("from_day")),
                name="clock_stop_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.dossier} {self.from_day:%d/%m/%Y}"
