"""The ranking of a block: on a page, on paper, as a workbook."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.permissions import Perm
from accounts.rules import AS_TODAY
from campaigns import documents
from campaigns.figures import placing, years
from campaigns.models import Block, ScoreSheet
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.views.scoring.sheets import READERS
from core.documents import store, xlsx
from core.documents.views import made
from core.ui.views import DetailPage, Guarded

WHO_APPRAISES = (Perm.SHEET_APPRAISE, Perm.SHEET_PUBLISH)


class _Ranking(Guarded):
    abstract = True
    perm = Perm.BLOCK_READ

    def may_see(self, block):
        """Everybody once it is published; until then, who appraises."""
        user = self.request.user
        return placing.is_published(block) or any(user.can(perm, block) for perm in WHO_APPRAISES)

    @property
    def how(self):
        """Whether last year is that of units as they were, or as they are today."""
        return years.chosen(self.request.GET.get("so-sanh", ""))


class RankingPage(_Ranking, DetailPage):
    model = Block
    title = gettext_lazy("Ranking")
    template_name = "campaigns/block_ranking.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("unit", "previous")

    def get_context_data(self, **kwargs):
        block = self.object
        published, shown = placing.is_published(block), self.may_see(block)
        how = self.how
        return super().get_context_data(
            rows=placing.table(block, how) if shown else [],
            readable=self.readable(block),
            compared=years.compared(how, lambda code: f"?so-sanh={code}"),
            how=how,
            published=published,
            shown=shown,
            crumbs=crumbs_of(block, (self.title, None)),
            **kwargs,
        )

    def readable(self, block):
        """Keys of the sheets whose points this visitor may take apart."""
        rows = ScoreSheet.objects.visible_to(self.request.user, *READERS)
        return set(rows.filter(block=block).values_list("pk", flat=True))


class _RankingFile(_Ranking, View):
    abstract = True

    def block(self):
        block = get_object_or_404(self.scoped(Block.objects.all()), pk=self.kwargs["pk"])
        if not self.may_see(block):
            raise Http404
        return block


class RankingPaper(_RankingFile):
    def get(self, request, pk):
        block = self.block()
        content = documents.ranking(block, published=placing.is_published(block), how=self.how)
        return made(content, name=f"xep-hang-{block.pk}-{block.year}.pdf", media_type=store.PDF)


class RankingWorkbook(_RankingFile):
    def get(self, request, pk):
        block = self.block()
        columns = [
            xlsx.Column(_("Rank in the block"), 8),
            xlsx.Column(_("Unit"), 40),
            xlsx.Column(_("Points"), 12),
            xlsx.Column(self.last(_("Place last year")), 16),
            xlsx.Column(self.last(_("Points last year")), 16),
            xlsx.Column(_("Note"), 50),
        ]
        rows = (
            (row.place, row.unit_name, row.points, row.last_place, row.last_points, note(row))
            for row in placing.table(block, self.how)
        )
        book = xlsx.workbook(str(block), columns, rows)
        return made(book, name=f"xep-hang-{block.pk}-{block.year}.xlsx", media_type=store.XLSX)

    def last(self, title):
        return f"{title} ({_('By units of today')})" if self.how == AS_TODAY else title


def note(row):
    """What stands beside a place: a tie, what parted it from another, why there is none, and
    last year of several units that went into this one."""
    earlier = _("Last year: %(units)s") % {"units": row.apart} if row.before else ""
    return ". ".join(filter(None, [_beside(row), earlier]))


def _beside(row):
    if row.place is None:
        return _("Not ranked: %(reason)s") % {"reason": row.why_not or "–"}
    if row.tied:
        return _("Same place")
    return _("Ahead by %(reason)s") % {"reason": row.parted} if row.parted else ""
