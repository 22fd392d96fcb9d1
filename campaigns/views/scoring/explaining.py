"""From a total down to what it is made of, as a page and as an annex on paper."""

from django.utils.translation import gettext as _

from campaigns import documents
from campaigns.figures import explaining
from campaigns.figures.cells import CONCLUDED
from campaigns.models import ScoreSheet, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.views.scoring.sheets import READERS
from core.documents import store
from core.documents.views import made
from core.ui.views import DetailPage


class ExplainPage(DetailPage):
    """Every point of a sheet, recomputed from its entries."""

    perm = READERS
    model = ScoreSheet
    template_name = "campaigns/sheet_explain.html"

    def scoped(self, queryset):
        rows = super().scoped(queryset)
        return rows.select_related("block__unit", "unit", "criteria_set")

    def get_context_data(self, **kwargs):
        sheet = self.object
        found = explaining.explain(sheet)
        return super().get_context_data(
            page_title=_("How the points of %(unit)s come about") % {"unit": sheet.unit_name},
            rows=found.rows,
            totals={stage: found.points(stage) for stage in explaining.COUNTED},
            silent=_silent(sheet, found),
            last=found.totals[Stage.APPRAISED],
            crumbs=crumbs_of(
                sheet.block,
                (sheet.unit_name, sheet.get_absolute_url()),
                (_("How the points come about"), None),
            ),
            **kwargs,
        )


def _silent(sheet, found):
    """[(stage, how many criteria it never looked at)] of the stages that are concluded."""
    stages = [stage for stage in marks.OVER if sheet.state in CONCLUDED[stage]]
    if sheet.verifier_id is None:
        stages = [stage for stage in stages if stage != Stage.VERIFIED]
    counts = [(stage.label, len(rules.not_looked_at(*found.standings, stage))) for stage in stages]
    return [(label, number) for label, number in counts if number]


class ExplainPaper(ExplainPage):
    """The same as a PDF, made for this request."""

    def render_to_response(self, context, **kwargs):
        sheet = self.object
        content = documents.score_annex(sheet)
        name = f"phu-luc-diem-{sheet.unit_name}-{sheet.block.year}.pdf"
        return made(content, name=name, media_type=store.PDF)
