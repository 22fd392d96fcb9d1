"""The achievement report (báo cáo thành tích) of a nominee, part by part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Content
from core.scoping import ScopedQuerySet
from dossiers.models.nomination import Nomination

# The parts in the order of the form: the contents of the campaign stand in part II,
# after what is said of it in general.
BEFORE_CONTENTS = ("situation", "results")
AFTER_CONTENTS = ("initiatives", "observance", "earlier_awards")
PARTS = BEFORE_CONTENTS + AFTER_CONTENTS


class AchievementReport(models.Model):
    """Parts I–III of the form; part II follows the contents of the campaign in sections."""

    unit_lookup = "nomination__dossier__unit"

    nomination = models.OneToOneField(Nomination, models.CASCADE, related_name="report")
    situation = models.TextField(_("I. Situation"), blank=True)
    results = models.TextField(_("II. Results, general"), blank=True)
    initiatives = models.TextField(_("Initiatives"), blank=True)
    observance = models.TextField(_("Observance of law and policy"), blank=True)
    earlier_awards = models.TextField(_("III. Earlier awards"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    def __str__(self):
        return str(_("Report of %(name)s") % {"name": self.nomination})

    def in_order(self) -> list[tuple[str, str]]:
        """(heading, text) of every part as the form has them, empty ones too.

        Reads `sections` with their contents: prefetch them.
        """
        heads = {name: str(self._meta.get_field(name).verbose_name) for name in PARTS}
        sections = [(str(each.content), each.text) for each in self.sections.all()]
        before = [(heads[name], getattr(self, name)) for name in BEFORE_CONTENTS]
        after = [(heads[name], getattr(self, name)) for name in AFTER_CONTENTS]
        return [*before, *sections, *after]


class ReportSection(models.Model):
    """What a nominee did in one content of the campaign."""

    report = models.ForeignKey(AchievementReport, models.CASCADE, related_name="sections")
    content = models.ForeignKey(Content, models.PROTECT, related_name="sections")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["report_id", "content__order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "content"], name="report_section_once")
        ]

    def __str__(self):
        return f"{self.report} {self.content.code}"
