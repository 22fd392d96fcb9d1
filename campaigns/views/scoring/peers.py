"""Members of a block score each other: whom, one sheet, and the matrix with its fairness."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.figures import peers as figures
from campaigns.models import Block, BlockMember, ScoreSheet, Stage
from campaigns.rules import peers, scorers
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.views.scoring.judging import JudgePage, SaveJudgement
from campaigns.views.scoring.ranking import WHO_APPRAISES
from core.ui.views import DetailPage

FAR = 5  # per cent of the row's median, from where on a distance is marked


class PeerPage(DetailPage):
    """Whom the visitor's unit scores, and how far it has come."""

    perm = Perm.BLOCK_READ
    model = Block
    title = gettext_lazy("Scoring each other")
    template_name = "campaigns/block_peers.html"

    def get_context_data(self, **kwargs):
        block, user = self.object, self.request.user
        mine = BlockMember.objects.visible_to(user, Perm.SHEET_PEER).filter(block=block).first()
        sheets = {sheet.unit_id: sheet for sheet in block.sheets.all()}
        chosen = scorers.design_of(block).get(mine.unit_id, ()) if mine else ()
        done = set(
            ScoreSheet.objects.filter(
                block=block, entries__stage=Stage.PEER, entries__scorer=mine and mine.unit_id
            ).values_list("pk", flat=True)
        )
        return super().get_context_data(
            rows=[(sheets[unit], sheets[unit].pk in done) for unit in chosen if unit in sheets],
            mine=mine,
            may_see_matrix=_may_see_matrix(user, block),
            crumbs=crumbs_of(block, (self.title, None)),
            **kwargs,
        )


class _AsPeer:
    """The visitor as a member of the block; its head too, who checks the sheets beside that."""

    @cached_property
    def mine(self):
        """The visitor's own place in the block of the sheet."""
        rows = BlockMember.objects.visible_to(self.request.user, Perm.SHEET_PEER)
        return rows.filter(block__sheets=self.kwargs["pk"]).select_related("unit").first()

    def scoped(self, queryset):
        if self.mine is None:
            return queryset.none()
        scored = scorers.to_score(self.request.user).filter(block=self.mine.block_id)
        return queryset.filter(pk__in=scored.values("pk")).select_related("block", "criteria_set")


class PeerSheet(_AsPeer, JudgePage):
    """The sheet of another unit of the block, to be scored as one of its members."""

    perm = Perm.SHEET_PEER

    @cached_property
    def seat(self):
        return Stage.PEER, self.mine.unit

    def get_context_data(self, **kwargs):
        save_url = reverse("campaigns:peer_save", args=[self.object.pk])
        return super().get_context_data(save_url=save_url, **kwargs)


class SavePeer(_AsPeer, SaveJudgement):
    """POST of what a member typed at a criterion of another's sheet."""

    perm = Perm.SHEET_PEER

    def seat(self):
        if self.mine is None:
            raise Http404
        return Stage.PEER, self.mine.unit


class MatrixPage(DetailPage):
    """Who gave whom how much, and who is strict or lenient. Nothing is corrected by it."""

    perm = Perm.BLOCK_READ
    model = Block
    title = gettext_lazy("Points given to each other")
    template_name = "campaigns/block_matrix.html"

    def get_context_data(self, **kwargs):
        block, user = self.object, self.request.user
        if not _may_see_matrix(user, block):
            raise Http404
        names = dict(block.members.values_list("unit", "unit_name"))
        shown = figures.matrix(block)
        hidden = block.blind and not _appraises(user, block)
        scorers = {
            row.unit: _("Unit %(number)s") % {"number": place} if hidden else names[row.unit]
            for place, row in enumerate(shown.rows, start=1)
        }
        after = {place.runner.key: place for place in shown.corrected}
        return super().get_context_data(
            scorers=list(enumerate(scorers.values(), start=1)),
            rows=[(names[row.unit], row, _cells(row, scorers)) for row in shown.rows],
            hidden=hidden,
            shifts=sorted(
                ((scorers[unit], shift, abs(shift)) for unit, shift in shown.shifts.items()),
                key=lambda one: -one[2],
            ),
            places=[
                (names[place.runner.key], place, after.get(place.runner.key))
                for place in shown.plain
            ],
            moved=len(shown.moved),
            fewest=peers.FEWEST,
            favours=sorted(
                ((names[unit], more) for unit, more in shown.own_favour.items()),
                key=lambda pair: -pair[1],
            ),
            pairs=[]
            if hidden
            else [(names[one], names[other], by) for one, other, by in shown.pairs],
            crumbs=crumbs_of(block, (self.title, None)),
            **kwargs,
        )


def _cells(row, scorers):
    """[(points, distance, sign)] by scorer; None for who gave nothing, as for itself."""
    cells = []
    for scorer in scorers:
        if scorer not in row.given:
            cells.append(None)
            continue
        distance = row.distances[scorer]
        far = row.median and abs(distance) * 100 > FAR * abs(row.median)
        cells.append(
            (row.given[scorer], distance, ("up" if distance > 0 else "down") if far else "")
        )
    return cells


def _appraises(user, block):
    return any(user.can(perm, block) for perm in WHO_APPRAISES)


def _may_see_matrix(user, block):
    """Who appraises, and the head of the block; a member sees what it gave itself."""
    return block.has_peers and (_appraises(user, block) or user.can(Perm.SHEET_VERIFY, block))
