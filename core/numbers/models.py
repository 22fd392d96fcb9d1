from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number given in a series, such as "golden-book/2025". Only `counter.take` writes."""

    series = models.CharField(_("series"), max_length=200, unique=True)
    value = models.PositiveBigIntegerField(_("last number"))

    class Meta:
        verbose_name = _("counter")
        ordering = ["series"]

    def __str__(self):
        return f"{self.series}: {self.value}"
