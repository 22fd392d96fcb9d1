"""Members of a block score each other: whom, one sheet, and the matrix with its fairness."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.figures import peers as figures
from campaigns.forms import sheets as forms
from campaigns.models import Block, BlockMember, ScoreSheet, Stage
from campaigns.rules import marks, peers
from campaigns.rules import sheets as rules
from campaigns.views import saving
from campaigns.views.blocks import crumbs_of
from campaigns.views.ranking import WHO_APPRAISES
from core.ui.views import DetailPage
from core.workflow import Blocked, NotNow

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
        chosen = peers.design(list(sheets)).get(mine.unit_id, ()) if mine else ()
        done = set(
            ScoreSheet.objects.filter(
                block=block, entries__stage=Stage.PEER, entries__scorer=mine and mine.unit_id
            ).values_list("pk", flat=True)
        )
        return super().get_context_data(
            rows=[(sheets[unit], sheets[unit].pk in done) for unit in chosen],
            mine=mine,
            may_see_matrix=_may_see_matrix(user, block),
            crumbs=crumbs_of(block, (self.title, None)),
            **kwargs,
        )


@dataclass
class Line:
    """A group, or a criterion with what its unit answered and what this scorer says of it."""

    item: Any
    depth: int
    row: Any
    own: Any = None
    said: list[Any] = field(default_factory=list)
    explanation: str = ""
    inputs: list[Any] = field(default_factory=list)
    entry: Any = None
    seen: str = ""
    writable: bool = False
    uses: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.row.pk)


class PeerSheet(DetailPage):
    """The sheet of another unit of the block: its answers, and the visitor's points for it."""

    perm = Perm.SHEET_PEER
    model = ScoreSheet
    template_name = "campaigns/sheet_peers.html"

    @cached_property
    def mine(self):
        """The visitor's own place in the block of the sheet."""
        rows = BlockMember.objects.visible_to(self.request.user, Perm.SHEET_PEER)
        return rows.filter(block__sheets=self.kwargs["pk"]).select_related("unit").first()

    def scoped(self, queryset):
        if self.mine is None:
            return queryset.none()
        others = queryset.filter(block=self.mine.block_id).exclude(unit=self.mine.unit_id)
        return others.exclude(state=ScoreSheet.State.OPEN).select_related("block", "criteria_set")

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        try:
            found = saving.save(self.object, Stage.PEER, request.POST, request.user, self.mine.unit)
        except (NotNow, Blocked) as refused:
            return self._again(request.POST, str(refused))
        if found:
            return self._again(request.POST, _("A colleague of your unit saved in between."))
        return redirect(reverse("campaigns:peers", args=[self.object.block_id]))

    def _again(self, typed, fault):
        response = self.render_to_response(self.get_context_data(typed=typed, fault=fault))
        response.status_code = 422
        return response

    def get_context_data(self, typed=None, **kwargs):
        sheet = self.object
        groups = rules.groups_of(sheet)
        entries = list(sheet.entries.filter(stage=Stage.OWN))
        given = saving.kept_of(sheet, Stage.PEER, self.mine.unit)
        return super().get_context_data(
            page_title=sheet.unit_name,
            lines=list(self._lines(groups, entries, given, typed or {})),
            total=marks.total_at(groups, marks.standings(groups, entries), Stage.OWN),
            most=sheet.criteria_set.stated_total,
            writable=sheet.state == ScoreSheet.State.PEERS,
            mine=self.mine,
            crumbs=crumbs_of(
                sheet.block,
                (PeerPage.title, reverse("campaigns:peers", args=[sheet.block_id])),
                (sheet.unit_name, None),
            ),
            **kwargs,
        )

    def _lines(self, groups, entries, given, typed):
        rows = {row.pk: row for row in self.object.criteria_set.criteria.all()}
        own = {entry.criterion_id: entry for entry in entries}
        held = marks.standings(groups, entries)
        uses: dict[int, list[Any]] = {}
        for use in self.object.evidence_uses.select_related("evidence"):
            uses.setdefault(use.criterion_id, []).append(use)

        def level(items, depth):
            for item in items:
                line = Line(item, depth, rows[item.key])
                if item.rule:
                    entry = given.get(item.key)
                    line.own = held[item.key].own
                    line.said = forms.inputs(item, Stage.OWN, own.get(item.key))
                    line.explanation = own[item.key].explanation if item.key in own else ""
                    line.inputs = [
                        forms.Input(**{**vars(one), "value": typed.get(one.name, one.value)})
                        for one in forms.inputs(item, Stage.PEER, entry)
                    ]
                    line.entry, line.seen = entry, forms.seen_of(item, Stage.PEER, entry)
                    line.writable = self.object.state == ScoreSheet.State.PEERS
                    line.uses = uses.get(item.key, [])
                yield line
                yield from level(item.members, depth + 1)

        return level(groups, 0)


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
                ((scorers[unit], shift) for unit, shift in shown.shifts.items()),
                key=lambda pair: -abs(pair[1]),
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
