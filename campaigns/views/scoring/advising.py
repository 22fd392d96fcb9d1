"""A department says what it knows of the criteria that name it; others decide on the points."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.figures import advice as figures
from campaigns.models import ScoreSheet, Stage
from campaigns.rules import advice
from campaigns.rules import sheets as rules
from campaigns.views.scoring import lines
from campaigns.views.scoring.judging import JudgePage, SaveJudgement
from core.ui.views import ListPage
from criteria.rules.totals import criteria_of

LIST = (gettext_lazy("Criteria waiting for an opinion"), reverse_lazy("campaigns:advice"))
WAITING = "waiting"


class AdviceList(ListPage):
    """The criteria of sheets under way on which the visitor's department is asked."""

    perm = Perm.SHEET_ADVISE
    model = ScoreSheet
    title = LIST[0]
    template_name = "campaigns/advice_list.html"

    def scoped(self, queryset):
        rows = advice.asked_of(self.request.user).select_related("block")
        return rows.order_by("said", "block_id", "asked", "unit_name")

    def get_queryset(self):
        rows = super().get_queryset()
        self.show = self.request.GET.get("show", "")
        self.waiting = rows.filter(said=False).count()
        self.all = rows.count()
        return rows.filter(said=False) if self.show == WAITING else rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(crumbs=[(LIST[0], None)], **kwargs)
        context["rows"] = figures.rows(context["page_obj"])
        counts = [("", _("All"), self.all), (WAITING, _("No opinion yet"), self.waiting)]
        context["pills"] = lines.as_pills(counts, self.show)
        return context


class _AsDepartment:
    """The visitor as one who speaks for the departments that the criteria name."""

    perm = Perm.SHEET_ADVISE

    @cached_property
    def asked(self):
        """The keys of the criteria that this visitor sees; nothing else of the sheet is shown."""
        rows = advice.criteria_for(self.request.user)
        sheet = ScoreSheet.objects.filter(pk=self.kwargs["pk"]).values("criteria_set")
        return set(rows.filter(criteria_set__in=sheet).values_list("pk", flat=True))

    def scoped(self, queryset):
        mine = advice.sheets_for(self.request.user).order_by().values("pk")
        return queryset.filter(pk__in=mine).select_related("block", "unit", "criteria_set")

    def narrowed(self, groups):
        return advice.narrowed(groups, self.asked)

    def refuse_others(self, groups):
        """A criterion of another department is not even read for this one."""
        sent = (item.key for item in criteria_of(groups) if item.key not in self.asked)
        if any(f"c{key}-seen" in self.request.POST for key in sent):
            raise Http404


class AdvicePage(_AsDepartment, JudgePage):
    """The criteria of one sheet on which the department is asked, with their evidence."""

    seat = Stage.ADVISED, None

    def scoped(self, queryset):
        return super().scoped(queryset).filter(state__in=advice.OPEN)

    def groups(self):
        return self.narrowed(rules.groups_of(self.object))

    def entries(self):
        return [row for row in super().entries() if row.criterion_id in self.asked]

    def post(self, request, *args, **kwargs):
        self.refuse_others(rules.groups_of(self.get_object()))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            save_url=reverse("campaigns:advise_save", args=[self.object.pk]),
            most=None,
            offers=[],
            history=[],
            crumbs=[LIST, (self.object.unit_name, None)],
            **kwargs,
        )


class SaveAdvice(_AsDepartment, SaveJudgement):
    """POST of what a department typed at a criterion that names it."""

    def seat(self):
        return Stage.ADVISED, None

    def shown_groups(self):
        return self.narrowed(self.groups)

    def post(self, request, pk):
        self.refuse_others(self.groups)
        return super().post(request, pk)
