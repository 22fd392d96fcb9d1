"""The unit's page of its score sheet: all criteria on one screen, kept as one types."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.permissions import Perm
from campaigns import services
from campaigns.forms import sheets as forms
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.views import saving
from campaigns.views.blocks import crumbs_of
from campaigns.workflow import SHEET
from core.ui.components.marks import points as shown
from core.ui.views import DetailPage, Guarded, StepView
from core.workflow import Blocked, NotNow
from criteria.rules.scoring import State as Answered

READERS = (Perm.SHEET_READ, Perm.SHEET_VERIFY)
OPEN, BARE, RETURNED = "open", "bare", "returned"


@dataclass
class Line:
    """A group, or a criterion with all that its page shows of it."""

    item: Any
    depth: int
    row: Any
    inputs: list[Any] = field(default_factory=list)
    entry: Any = None
    mark: Any = None
    seen: str = ""
    writable: bool = False
    uses: list[Any] = field(default_factory=list)
    remark: Any = None
    last_year: Any = None
    standing: Any = None
    conflicts: list[Any] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.mark is not None and self.mark.state is Answered.MISSING

    @property
    def bare(self) -> bool:
        """Whether evidence is asked for, and points are claimed without any."""
        return bool(self.row.evidence and not self.open and self.mark.points and not self.uses)


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
        if not request.user.can(Perm.SHEET_WRITE, self.object):
            raise Http404
        try:
            found = saving.save(self.object, Stage.OWN, request.POST, request.user)
        except (NotNow, Blocked) as refused:
            return self.shown_again(fault=str(refused))
        if not found:
            return redirect(f"{self.object.get_absolute_url()}{_query(request)}")
        self.conflicts = {one.criterion: one.conflicts for one in found}
        self.typed = request.POST
        return self.shown_again()

    def shown_again(self, **context):
        response = self.render_to_response(self.get_context_data(**context))
        response.status_code = 409
        return response

    def get_context_data(self, **kwargs):
        sheet, user = self.object, self.request.user
        groups = rules.groups_of(sheet)
        entries = list(sheet.entries.exclude(stage=Stage.PEER).select_related("by"))
        held = marks.standings(groups, entries)
        lines = _lines(sheet, user, groups, entries, held)
        for line in lines:
            _show_conflicts(line, self.conflicts, self.typed)
        criteria = [line for line in lines if not line.row.is_group]
        show = self.request.GET.get("show", "")
        return super().get_context_data(
            page_title=sheet.unit_name,
            lines=_filtered(lines, show),
            writable=any(line.writable for line in criteria),
            pills=_pills(criteria, show),
            total=marks.total_at(groups, held, Stage.OWN),
            most=sheet.criteria_set.stated_total,
            stage=rules.stage_open_to(sheet, user),
            last_day=rules.last_day_to_object(sheet),
            may_object=_may_object(sheet, user),
            objections=rules.open_remarks(sheet, SheetRemark.Kind.OBJECTED),
            conflicting=bool(self.conflicts),
            crumbs=crumbs_of(sheet.block, (sheet.unit_name, None)),
            **kwargs,
        )


def _query(request):
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _may_object(sheet, user):
    step = SHEET.transitions["object"]
    if not step.starts_from(sheet) or not user.can(step.perm, sheet):
        return False
    return not list(rules.missing_to_object(sheet))


def _lines(sheet, user, groups, entries, held):
    rows = {row.pk: row for row in sheet.criteria_set.criteria.all()}
    own = {row.criterion_id: row for row in entries if row.stage == Stage.OWN}
    uses: dict[int, list[Any]] = {}
    for use in sheet.evidence_uses.select_related("evidence__file"):
        uses.setdefault(use.criterion_id, []).append(use)
    remarks = {remark.criterion_id: remark for remark in rules.open_remarks(sheet)}
    last_year = rules.last_year(sheet)
    writes = user.can(Perm.SHEET_WRITE, sheet)

    def level(items, depth):
        for item in items:
            line = Line(item, depth, rows[item.key])
            if item.rule:
                entry = own.get(item.key)
                line.inputs = forms.inputs(item, Stage.OWN, entry)
                line.entry, line.mark = entry, held[item.key].own
                line.seen = forms.seen_of(item, Stage.OWN, entry)
                line.writable = writes and rules.may_write(sheet, item.key, remarks)
                line.uses = uses.get(item.key, [])
                line.remark = remarks.get(item.key)
                line.last_year = last_year.get(item.code)
                line.standing = held[item.key]
            yield line
            yield from level(item.members, depth + 1)

    return list(level(groups, 0))


def _show_conflicts(line, conflicts, typed):
    """On a page that came back, a criterion shows what was typed beside what is kept."""
    if typed is None or line.row.is_group or f"c{line.row.pk}-seen" not in typed:
        return
    line.conflicts = conflicts.get(line.row.pk, [])
    line.inputs = [
        forms.Input(**{**vars(one), "value": typed.get(one.name, one.value)}) for one in line.inputs
    ]


def _filtered(lines, show):
    """The lines that a filter leaves, with the groups above them."""
    tests = {
        OPEN: lambda line: line.open,
        BARE: lambda line: line.bare,
        RETURNED: lambda line: line.remark is not None,
    }
    if show not in tests:
        return lines
    kept: list[Any] = []
    for line in reversed(lines):
        below = kept and kept[-1].depth > line.depth
        if below if line.row.is_group else tests[show](line):
            kept.append(line)
    return kept[::-1]


def _pills(criteria, show):
    counts = [
        ("", _("All"), len(criteria)),
        (OPEN, _("Not answered"), sum(line.open for line in criteria)),
        (BARE, _("Evidence missing"), sum(line.bare for line in criteria)),
        (RETURNED, _("Sent back"), sum(line.remark is not None for line in criteria)),
    ]
    return [
        {"label": label, "url": f"?show={key}" if key else "?", "count": number, "on": key == show}
        for key, label, number in counts
        if number or key in {"", show}
    ]


class SaveEntries(Guarded, View):
    """POST of one criterion (or several) by the script of the page: kept at each pause.

    Answers JSON: 200 with what is kept now, 409 with both texts of each field that two people
    changed, 422 with sentences.
    """

    perm = Perm.SHEET_WRITE
    stage = Stage.OWN
    http_method_names = ["post"]

    @cached_property
    def sheet(self):
        rows = ScoreSheet.objects.select_related("block", "unit")
        return get_object_or_404(self.scoped(rows), pk=self.kwargs["pk"])

    def post(self, request, pk):
        try:
            found = saving.save(self.sheet, self.stage, request.POST, request.user)
        except NotNow as moved_on:
            return JsonResponse({"faults": [str(moved_on)]}, status=410)
        except Blocked as blocked:
            return JsonResponse({"faults": [str(f) for f in blocked.findings]}, status=422)
        answer = _kept_now(self.sheet, self.stage, request.POST)
        if found:
            answer["conflicts"] = [_both(one) for merged in found for one in merged.conflicts]
        return JsonResponse(answer, status=409 if found else 200)


def _both(conflict):
    return {
        "name": conflict.name,
        "label": str(conflict.label),
        "kept": conflict.kept,
        "mine": conflict.mine,
    }


def _kept_now(sheet, stage, posted):
    """The criteria that were sent as they are kept now, and the sheet's total."""
    groups = rules.groups_of(sheet)
    entries = list(sheet.entries.exclude(stage=Stage.PEER).select_related("by"))
    held = marks.standings(groups, entries)
    kept = {row.criterion_id: row for row in entries if row.stage == stage}
    items = [item for group in groups for item in group.criteria()]
    total = marks.total_at(groups, held, stage)
    return {
        "criteria": {
            item.key: _criterion(item, stage, kept.get(item.key), held[item.key])
            for item in items
            if f"c{item.key}-seen" in posted
        },
        "total": shown(total.points),
        "missing": total.missing,
    }


def _criterion(item, stage, entry, standing):
    mark = standing.at(stage)
    kept = forms.values_of(entry)
    return {
        "seen": forms.seen_of(item, stage, entry),
        "values": {
            f"c{item.key}-{name}": kept.get(name, "") for name in forms.names_at(item, stage)
        },
        "faults": {one.name: one.fault for one in forms.inputs(item, stage, entry) if one.fault},
        "points": shown(mark.points),
        "working": mark.working,
        "answered": mark.state is not Answered.MISSING,
        "by": str(entry.by) if entry else "",
    }


class MendCriterion(Guarded, View):
    """The button of a criterion that came back alone."""

    perm = Perm.SHEET_WRITE
    http_method_names = ["post"]

    def post(self, request, pk):
        sheets = self.scoped(ScoreSheet.objects.all())
        rows = SheetRemark.objects.select_related("sheet", "criterion", "by")
        remark = get_object_or_404(rows, pk=pk, sheet__in=sheets)
        with suppress(NotNow):  # pressed twice: it is mended
            services.mend_criterion(remark=remark, actor=request.user)
        return redirect(f"{remark.sheet.get_absolute_url()}#c{remark.criterion_id}")
