"""Judging many units at once: a grid of sheets and criteria, one act over the cells chosen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from accounts.permissions import Perm
from campaigns import services
from campaigns.figures import cells, explaining, hinting
from campaigns.forms import bulk as forms
from campaigns.models import Block, BulkAct, ScoreSheet, Stage
from campaigns.rules import marks
from campaigns.rules import sheets as rules
from campaigns.views.scoring.blocks import JUDGES, crumbs_of
from core.findings import Finding, Weight
from core.text import whole
from core.ui.once import Repeated, once, taken
from core.ui.views import DetailPage, FormPage, Guarded
from core.workflow import Blocked, NotNow
from criteria.models import Criterion

# Cells that one page shows; beyond, one group at a time, and of it some units. Without a script
# each is a field of the form: stay below DATA_UPLOAD_MAX_NUMBER_FIELDS.
MOST_SHOWN = 1_500


class GridPage(FormPage):
    """All units of a block by the criteria of one group, and what to do with those chosen."""

    perm = JUDGES
    model = Block
    form_class = forms.BulkForm
    title = gettext_lazy("Judge many units at once")
    template_name = "campaigns/block_grid.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("unit", "head", "criteria_set")

    @cached_property
    def stage(self):
        """Whoever appraises does that here; else the head of the block checks."""
        appraises = self.request.user.can(Perm.SHEET_APPRAISE, self.target())
        return Stage.APPRAISED if appraises else Stage.VERIFIED

    @cached_property
    def editions(self):
        """{edition of the criteria: sheets by it}, that of the block first; sheets that were sent
        stay with the edition by which they were filled in."""
        perm = services.bulk.PERMS[self.stage]
        rows = ScoreSheet.objects.visible_to(self.request.user, perm).filter(block=self.target())
        rows = rows.select_related("unit", "verifier", "block__unit", "block__head", "criteria_set")
        found = {}
        for sheet in rows:
            found.setdefault(sheet.criteria_set, []).append(sheet)
        current = self.target().criteria_set_id
        return dict(sorted(found.items(), key=lambda pair: (pair[0].pk != current, -pair[0].pk)))

    @cached_property
    def edition(self):
        """The edition that the address names, else the first by which a sheet waits."""
        asked = self.request.GET.get("lan", "")
        named = (one for one in self.editions if str(one.pk) == asked)
        waits = (one for one, sheets in self.editions.items() if any(map(self.may_write, sheets)))
        return next(named, None) or next(waits, None) or next(iter(self.editions), None)

    @cached_property
    def sheets(self):
        return self.editions.get(self.edition, [])

    def edition_pills(self):
        """One for each edition, where there are several."""
        return [
            {
                "label": str(edition),
                "url": f"?lan={edition.pk}",
                "count": len(sheets),
                "on": edition == self.edition,
            }
            for edition, sheets in self.editions.items()
            if len(self.editions) > 1
        ]

    @cached_property
    def groups(self):
        """The groups at the top that have criteria, in the order of the set."""
        if not self.sheets:
            return []
        return [group for group in rules.groups_of(self.sheets[0]) if any(group.criteria())]

    @cached_property
    def group(self):
        """The group that the address names; None for all, where they are few enough."""
        asked = self.request.GET.get("nhom", "")
        if asked == "tat-ca" and self.all_fit:
            return None
        chosen = (group for group in self.groups if str(group.key) == asked)
        return next(chosen, None) or next(iter(self.groups), None)

    @cached_property
    def all_fit(self):
        number = sum(len(list(group.criteria())) for group in self.groups)
        return number * len(self.sheets) <= MOST_SHOWN

    @cached_property
    def columns(self):
        groups = [self.group] if self.group else self.groups
        return [item for group in groups for item in group.criteria()]

    @cached_property
    def page(self):
        """The units that the address asks for, as many as there is room for."""
        rows = MOST_SHOWN // max(1, len(self.columns))
        pages = Paginator(self.sheets, max(1, rows))
        return pages.get_page(self.request.GET.get("trang", 1))

    def pills(self):
        lan = f"lan={self.edition.pk}&" if len(self.editions) > 1 else ""
        shown = [
            {
                "label": f"{group.code}. {group.name}",
                "url": f"?{lan}nhom={group.key}",
                "count": len(list(group.criteria())),
                "on": group is self.group,
            }
            for group in self.groups
        ]
        if self.all_fit and len(shown) > 1:
            everything = {"label": _("All"), "url": f"?{lan}nhom=tat-ca", "on": self.group is None}
            shown.append(everything)
        return shown

    def get_context_data(self, **kwargs):
        block, user = self.target(), self.request.user
        all_writable = {sheet.pk for sheet in self.sheets if self.may_write(sheet)}
        writable = all_writable & {sheet.pk for sheet in self.page}
        return super().get_context_data(
            the_block=block,
            stage=self.stage,
            pills=self.pills(),
            edition_pills=self.edition_pills(),
            group_key=str(self.group.key) if self.group else "tat-ca",
            columns=self.columns,
            page=self.page,
            rows=cells.rows(self.page, self.columns, self.stage, writable),
            chosen=set(",".join(self.request.POST.getlist("cell")).split(",")),
            last=BulkAct.objects.filter(block=block, by=user).first(),
            writable=bool(writable),
            elsewhere=bool(all_writable),
            crumbs=crumbs_of(block, (self.title, None)),
            **kwargs,
        )

    def may_write(self, sheet):
        user = self.request.user
        if rules.stage_open_to(sheet, user) != self.stage:
            return False
        return self.stage != Stage.APPRAISED or not any(rules.own_sheet(sheet, user))

    def act(self, form):
        done = services.give_many(
            block=self.target(),
            stage=self.stage,
            cells=[services.CellAt(*at) for at in forms.cells(self.request.POST.getlist("cell"))],
            way=form.cleaned_data["way"],
            points=form.cleaned_data["points"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )
        number = done.cells.count()
        said = ngettext(
            "%(number)s criterion is judged.", "%(number)s criteria are judged.", number
        )
        self.message = said % {"number": number}
        return self.request.get_full_path()


class UndoBulk(Guarded, View):
    """The button that puts back what stood before the last act over many cells."""

    perm = JUDGES
    http_method_names = ["post"]

    def post(self, request, pk):
        act = get_object_or_404(BulkAct.objects.filter(by=request.user), pk=pk)
        group = request.POST.get("nhom", "")
        asked = f"?nhom={group}" if whole(group) or group == "tat-ca" else ""
        address = reverse("campaigns:block_grid", args=[act.block_id]) + asked
        try:
            with once(request) as key:
                _act, number = services.undo_many(act=act, actor=request.user)
                key.answer(address)
        except Repeated as repeated:
            return taken(redirect(repeated.address), request)
        except (NotNow, Blocked) as refused:
            messages.warning(request, str(refused))
        else:
            said = ngettext(
                "%(number)s criterion is as before.", "%(number)s criteria are as before.", number
            )
            messages.success(request, said % {"number": number})
        return taken(redirect(address), request)


class CellPage(DetailPage):
    """One cell: the rule with its inputs, the unit's words, evidence, hints and history.

    The strip below the grid is this page without its frame.
    """

    perm = JUDGES
    model = ScoreSheet
    template_name = "campaigns/sheet_cell.html"

    def scoped(self, queryset):
        rows = super().scoped(queryset)
        return rows.select_related("block__unit", "unit", "criteria_set", "verifier")

    def get_template_names(self):
        part = self.request.headers.get("HX-Request")
        return ["campaigns/_cell.html"] if part else [self.template_name]

    def get_context_data(self, **kwargs):
        sheet = self.object
        found = explaining.explain(sheet)
        key = self.kwargs["criterion"]
        row = next((r for r in found.rows if r.item.key == key and r.item.rule), None)
        if row is None:
            raise Http404
        title = f"{row.item.code} {row.item.name}"
        grid = reverse("campaigns:block_grid", args=[sheet.block_id])
        return super().get_context_data(
            history=[],
            page_title=title,
            row=row,
            criterion=Criterion.objects.get(pk=key),
            hints=self.hints(row),
            sheet_address=sheet.judging_url if self.may_judge() else sheet.get_absolute_url(),
            crumbs=crumbs_of(
                sheet.block, (GridPage.title, grid), (f"{sheet.unit_name}, {row.item.code}", None)
            ),
            **kwargs,
        )

    def may_judge(self):
        return bool(rules.stage_open_to(self.object, self.request.user))

    def hints(self, row):
        """What is worth a second look at this criterion, as on the judge's page."""
        sheet = self.object
        groups = rules.groups_of(sheet)
        own = list(sheet.entries.filter(stage=Stage.OWN))
        asked = sheet.criteria_set.criteria.exclude(evidence="").values_list("pk", flat=True)
        found = hinting.hints_of(
            sheet,
            groups=groups,
            own=own,
            held=marks.standings(groups, own),
            papers={row.item.key: [(str(u.evidence), u.evidence.issued_on) for u in row.evidence]},
            asked=asked,
            last_year=rules.last_year(sheet),
        )
        said = found.get(row.item.key, ())
        return [Finding(hint.text, weight=Weight.WARN) for hint in said]
