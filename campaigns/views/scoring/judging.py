"""Judging a sheet: what the unit answered with its evidence, beside what the judge gives."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns import services
from campaigns.forms import sheets as forms
from campaigns.forms.judging import ObjectionForm, ReturnForm
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.rules import marks, scorers
from campaigns.rules import sheets as rules
from campaigns.views.scoring import lines, points
from campaigns.views.scoring.blocks import crumbs_of
from campaigns.views.scoring.sheets import SaveEntries, SheetForm, SheetPage
from core.ui.components.marks import points as shown
from core.ui.drafts import KeepsDraft

JUDGES = (Perm.SHEET_VERIFY, Perm.SHEET_APPRAISE, Perm.SHEET_PEER)
NEW, OBJECTED = "new", "objected"
BESIDE = (Stage.PEER, Stage.ADVISED)  # they do not see what others said, and decide nothing


def within_reach(queryset, user):
    """Sheets that somebody verifies or appraises, and those of the other members of a block."""
    mine = queryset.visible_to(user, Perm.SHEET_VERIFY, Perm.SHEET_APPRAISE)
    units = [held.unit_id for held in user.current_memberships()]
    peers = Q(state=ScoreSheet.State.PEERS, block__members__unit__in=units)
    return queryset.filter(Q(pk__in=mine.values("pk")) | peers).distinct()


def seat_of(sheet, user):
    """(stage, unit that speaks or None) in which somebody may judge a sheet now, else 404."""
    stage = rules.stage_open_to(sheet, user)
    if stage:
        return stage, None
    if sheet.state == ScoreSheet.State.PEERS:
        for held in user.current_memberships():
            inside = sheet.block.members.filter(unit=held.unit_id).exists()
            chosen = inside and scorers.scores(sheet.block, held.unit_id, sheet.unit_id)
            if chosen and user.can(Perm.SHEET_PEER, held.unit):
                return Stage.PEER, held.unit
    raise Http404


class JudgePage(SheetPage):
    """All criteria with an input for whoever judges now; kept as they type."""

    perm = JUDGES
    template_name = "campaigns/sheet_judge.html"

    def scoped(self, queryset):
        rows = within_reach(queryset, self.request.user)
        return rows.select_related("block__unit", "unit", "criteria_set", "verifier")

    @cached_property
    def seat(self):
        return seat_of(self.object, self.request.user)

    def seat_to_write(self):
        return self.seat

    def seat_shown(self):
        return self.seat

    def entries(self):
        return list(self.object.entries.select_related("by", "scorer"))

    def get_context_data(self, **kwargs):
        stage, _scorer = self.seat
        kwargs.setdefault("save_url", reverse("campaigns:judge_save", args=[self.object.pk]))
        return super().get_context_data(
            page_title=f"{self.object.unit_name} – {Stage(stage).label}",
            seat=stage,
            recused=list(rules.own_sheet(self.object, self.request.user)),
            **kwargs,
        )

    def rows_of(self, groups, entries, held):
        sheet, user = self.object, self.request.user
        stage, scorer = self.seat
        rows = lines.lines_of(sheet, user, groups, entries, held)
        kept = {
            row.criterion_id: row
            for row in entries
            if row.stage == stage and (scorer is None or row.scorer_id == scorer.pk)
        }
        objected = SheetRemark.Kind.OBJECTED
        remarks = rules.open_remarks(sheet, objected) if sheet.objected_at else []
        objections = {remark.criterion_id: remark for remark in remarks}
        looked = {key for key, row in kept.items() if row.speaks}
        unseen = (
            {item.key for group in groups for item in group.criteria()} - looked
            if stage in BESIDE
            else {item.key for item in rules.not_looked_at(groups, held, stage)}
        )
        for line in rows:
            if line.item.rule:
                line.said, line.entry_own = line.inputs, line.entry
                line.entry = kept.get(line.row.pk)
                line.inputs = forms.inputs(line.item, stage, line.entry)
                line.seen = forms.seen_of(line.item, stage, line.entry)
                line.now = points.mark_in(self.seat, held[line.row.pk])
                line.objection = objections.get(line.row.pk)
                line.writable = True
                line.unseen = line.row.pk in unseen
                if stage in BESIDE:
                    line.later = []
                else:
                    line.return_url = _return_url(sheet, line.row)
                    line.later = [row for row in line.later if row.stage != stage]
        return rows

    def pills_of(self, criteria, show):
        counts = [
            ("", _("All"), len(criteria)),
            (NEW, _("Not looked at"), sum(line.unseen for line in criteria)),
            (lines.BARE, _("Evidence missing"), sum(line.bare for line in criteria)),
            (lines.RETURNED, _("Sent back"), sum(bool(line.remark) for line in criteria)),
            (lines.HINTED, _("Worth a second look"), sum(bool(line.hints) for line in criteria)),
            (OBJECTED, _("Objected to"), sum(bool(line.objection) for line in criteria)),
        ]
        return lines.as_pills(counts, show)

    def show(self, rows, show):
        return lines.filtered(rows, show, TESTS)

    def total_of(self, groups, held):
        return lines.total_in(self.seat, groups, held)


TESTS = lines.TESTS | {
    NEW: lambda line: line.unseen,
    OBJECTED: lambda line: line.objection is not None,
}


def _return_url(sheet, criterion):
    return reverse("campaigns:criterion_return", args=[sheet.pk, criterion.pk])


class SaveJudgement(SaveEntries):
    """POST of what a judge typed at a criterion."""

    perm = JUDGES

    def scoped(self, queryset):
        return within_reach(queryset, self.request.user)

    def seat(self):
        return seat_of(self.sheet, self.request.user)


class ReturnCriterion(SheetForm):
    """One criterion goes back to the unit alone."""

    perm = (Perm.SHEET_VERIFY, Perm.SHEET_APPRAISE)
    form_class = ReturnForm
    title = gettext_lazy("Send a criterion back")
    message = gettext_lazy("The criterion is with the unit; the rest of the sheet stays shut.")
    template_name = "campaigns/criterion_return.html"

    def get_context_data(self, **kwargs):
        sheet = self.target()
        crumbs = crumbs_of(
            sheet.block, (sheet.unit_name, sheet.judging_url), (self.criterion.code, None)
        )
        return super().get_context_data(
            sheet=sheet, criterion=self.criterion, crumbs=crumbs, **kwargs
        )

    def act(self, form):
        sheet = self.target()
        reason = form.cleaned_data["reason"]
        services.return_criterion(
            sheet=sheet, criterion=self.criterion, reason=reason, actor=self.request.user
        )
        return f"{sheet.judging_url}#c{self.criterion.pk}"


class ObjectTo(KeepsDraft, SheetForm):
    """The unit objects, once, to points that others changed."""

    perm = Perm.SHEET_SEND
    form_class = ObjectionForm
    title = gettext_lazy("Object to points")
    message = gettext_lazy("The objection is sent; Home Affairs answers it.")
    template_name = "campaigns/sheet_object.html"

    @cached_property
    def changed(self):
        """{criterion: its points from stage to stage, in words} where others changed them."""
        sheet = self.target()
        groups = rules.groups_of(sheet)
        held = marks.standings(groups, sheet.entries.exclude(stage=Stage.PEER))
        rows = sheet.criteria_set.criteria.all()
        return {
            row: _from_to(held[row.pk])
            for row in rows
            if row.pk in held and held[row.pk].final.points != held[row.pk].own.points
        }

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "criteria": self.changed}

    def get_context_data(self, **kwargs):
        sheet = self.target()
        missing = list(rules.missing_to_object(sheet))
        if sheet.state != ScoreSheet.State.APPRAISED and not missing:
            raise Http404
        return super().get_context_data(
            sheet=sheet,
            missing=missing,
            last_day=rules.last_day_to_object(sheet),
            crumbs=crumbs_of(
                sheet.block, (sheet.unit_name, sheet.get_absolute_url()), (self.title, None)
            ),
            **kwargs,
        )

    def act(self, form):
        sheet = services.object_to(
            sheet=self.target(),
            criteria=form.reasons(),
            text=form.cleaned_data["text"],
            actor=self.request.user,
        )
        return sheet.get_absolute_url()


def _from_to(standing):
    said = _("own %(own)s, appraised %(final)s")
    return said % {"own": shown(standing.own.points), "final": shown(standing.final.points)}
