"""The unit's page of its score sheet: all criteria on one screen, kept as one types."""

from contextlib import suppress
from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import View

from accounts.permissions import Perm
from campaigns import services
from campaigns.forms import sheets as forms
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.views.scoring import lines, points, saving
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.workflow import SHEET
from core.ui.once import Repeated, once, taken
from core.ui.views import DetailPage, FormPage, Guarded, StepView
from core.workflow import Blocked, NotNow
from criteria.rules.totals import criteria_of

READERS = (Perm.SHEET_READ, Perm.SHEET_VERIFY)


class SheetForm(FormPage):
    """A form about one sheet, or about one `criterion` of it that the address names."""

    abstract = True
    model = ScoreSheet

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("block", "unit", "criteria_set")

    @cached_property
    def criterion(self):
        rows = self.target().criteria_set.criteria.exclude(kind="")
        return get_object_or_404(rows, pk=self.kwargs["criterion"])


class SheetStep(StepView):
    model = ScoreSheet
    workflow = SHEET


class SheetPage(DetailPage):
    """All criteria of the sheet: inputs for the unit while it is open, else what was answered."""

    perm = READERS
    model = ScoreSheet
    workflow = SHEET
    template_name = "campaigns/sheet_detail.html"
    conflicts: dict[int, list[Any]] = {}
    typed: Any = None

    def scoped(self, queryset):
        rows = super().scoped(queryset)
        return rows.select_related("block__unit", "block__head", "unit", "criteria_set", "verifier")

    def post(self, request, *args, **kwargs):
        """The whole page, from a browser without scripts: kept, or shown again with both texts."""
        self.object = self.get_object()
        stage, scorer = self.seat_to_write()
        groups = rules.groups_of(self.object)
        try:
            found, _kept = saving.save(
                self.object, groups, stage, request.POST, request.user, scorer
            )
        except (NotNow, Blocked) as refused:
            self.typed = request.POST
            left = forms.strangers(request.POST, criteria_of(groups))
            return self.shown_again(
                fault=str(refused), left=[text for one in left.values() for text in one]
            )
        if not found:
            return redirect(request.get_full_path())
        self.conflicts = {one.criterion: one.conflicts for one in found}
        self.typed = request.POST
        return self.shown_again()

    def groups(self):
        """The criteria that this page shows."""
        return rules.groups_of(self.object)

    def seat_to_write(self):
        """(stage, unit that speaks or None) for what comes back from this page."""
        if not self.request.user.can(Perm.SHEET_WRITE, self.object):
            raise Http404
        return Stage.OWN, None

    def seat_shown(self):
        """(stage, unit that speaks or None) of which this page shows the points."""
        return Stage.OWN, None

    def entries(self):
        rows = self.object.entries.exclude(stage=Stage.PEER)
        return list(rows.select_related("by", "scorer"))

    def rows_of(self, groups, entries, held):
        return lines.lines_of(self.object, self.request.user, groups, entries, held)

    def pills_of(self, criteria, show):
        return lines.pills(criteria, show)

    def show(self, rows, show):
        return lines.filtered(rows, show)

    def total_of(self, groups, held):
        return marks.total_at(groups, held, Stage.OWN)

    def shown_again(self, **context):
        response = self.render_to_response(self.get_context_data(**context))
        response.status_code = 409
        return response

    def get_context_data(self, **kwargs):
        sheet, user = self.object, self.request.user
        groups = self.groups()
        entries = self.entries()
        held = marks.standings(groups, entries)
        rows = self.rows_of(groups, entries, held)
        lines.show_hints(rows, sheet, groups, entries, held)
        for line in rows:
            lines.show_conflicts(line, self.conflicts, self.typed)
        criteria = [line for line in rows if not line.row.is_group]
        show = self.request.GET.get("show", "")
        kwargs.setdefault("page_title", sheet.unit_name)
        kwargs.setdefault("crumbs", crumbs_of(sheet.block, (sheet.unit_name, None)))
        kwargs.setdefault("most", sheet.criteria_set.stated_total)
        return super().get_context_data(
            total=self.total_of(groups, held),
            pills=self.pills_of(criteria, show),
            lines=self.show(rows, show),
            writable=any(line.writable for line in criteria),
            stage=rules.stage_open_to(sheet, user),
            last_day=rules.last_day_to_object(sheet),
            may_object=_may_object(sheet, user),
            conflicting=bool(self.conflicts),
            points_data=self.points_data(groups, held, criteria),
            **kwargs,
        )

    def points_data(self, groups, held, criteria):
        open_ = [line.item.key for line in criteria if line.writable]
        return points.data(self.seat_shown(), groups, held, open_) if open_ else None


def _may_object(sheet, user):
    step = SHEET.transitions["object"]
    if not step.starts_from(sheet) or not user.can(step.perm, sheet):
        return False
    return not list(rules.missing_to_object(sheet))


class SaveEntries(Guarded, View):
    """POST of one criterion (or several) by the script of the page: kept at each pause.

    Answers JSON: 200 with what is kept now, 409 with both texts of each field that two people
    changed, 422 with sentences.
    """

    perm = Perm.SHEET_WRITE
    http_method_names = ["post"]

    def seat(self):
        """(stage, unit that speaks or None) for what comes in."""
        return Stage.OWN, None

    @cached_property
    def sheet(self):
        rows = ScoreSheet.objects.select_related("block", "unit")
        return get_object_or_404(self.scoped(rows), pk=self.kwargs["pk"])

    @cached_property
    def groups(self):
        return rules.groups_of(self.sheet)

    def shown_groups(self):
        """The criteria of which the page is told."""
        return self.groups

    def post(self, request, pk):
        stage, scorer = self.seat()
        try:
            found, kept = saving.save(
                self.sheet, self.groups, stage, request.POST, request.user, scorer
            )
        except NotNow as moved_on:
            return JsonResponse({"faults": [str(moved_on)]}, status=410)
        except Blocked as blocked:
            return JsonResponse({"faults": [str(f) for f in blocked.findings]}, status=422)
        kept = kept or self.as_it_stands()
        answer = points.kept_now(kept, self.shown_groups(), (stage, scorer), request.POST)
        if found:
            answer["conflicts"] = [_both(one) for merged in found for one in merged.conflicts]
        return JsonResponse(answer, status=409 if found else 200)

    def as_it_stands(self):
        """What colleagues have kept, where nothing of ours could be."""
        entries = list(self.sheet.entries.select_related("by"))
        return services.Kept(self.sheet, entries, marks.standings(self.groups, entries))


def _both(conflict):
    return {
        "name": conflict.name,
        "label": str(conflict.label),
        "kept": conflict.kept,
        "mine": conflict.mine,
    }


class MendCriterion(Guarded, View):
    """The button of a criterion that came back alone."""

    perm = Perm.SHEET_WRITE
    http_method_names = ["post"]

    def post(self, request, pk):
        sheets = self.scoped(ScoreSheet.objects.all())
        rows = SheetRemark.objects.select_related("sheet", "criterion", "by")
        remark = get_object_or_404(rows, pk=pk, sheet__in=sheets)
        address = f"{remark.sheet.get_absolute_url()}#c{remark.criterion_id}"
        # pressed twice, from one page or from two: it is mended
        with suppress(NotNow, Repeated), once(request) as key:
            services.mend_criterion(remark=remark, actor=request.user)
            key.answer(address)
        return taken(redirect(address), request)
