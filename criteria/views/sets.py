"""Sets of criteria: the list, one set, its editions, and how a unit will see it."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Perm
from core.ui.views import DetailPage, FormPage, Guarded, ListPage, StepView
from criteria import services
from criteria.forms.answers import AnswersForm
from criteria.forms.sets import EditionForm, SetForm, ties_in_words
from criteria.lists import SetFilter, SetTable
from criteria.models import CriteriaSet
from criteria.rules import sets
from criteria.rules.scoring import KINDS
from criteria.workflow import CRITERIA_SET

LIST = (gettext_lazy("Sets of criteria"), reverse_lazy("criteria:sets"))
State = CriteriaSet.State


def crumbs_of(criteria_set, *more):
    """The way to a page of one set."""
    return [LIST, (str(criteria_set), criteria_set.get_absolute_url()), *more]


class SetList(ListPage):
    perm = Perm.CRITERIA_READ
    model = CriteriaSet
    title = LIST[0]
    filter_class = SetFilter
    table_class = SetTable
    template_name = "criteria/set_list.html"

    def scoped(self, queryset):
        rows = visible(queryset, self.request.user)
        return rows.annotate(number=Count("criteria", filter=~Q(criteria__kind="")))

    def get_context_data(self, **kwargs):
        may_manage = self.request.user.holds(Perm.CRITERIA_MANAGE)
        return super().get_context_data(may_manage=may_manage, crumbs=[(LIST[0], None)], **kwargs)


def visible(queryset, user):
    """Sets in use for those who read them; drafts for those who draw them up."""
    begun = queryset.visible_to(user, Perm.CRITERIA_READ).exclude(state=State.DRAFT)
    return begun | queryset.visible_to(user, Perm.CRITERIA_MANAGE)


class SetPage(DetailPage):
    """The whole set with its rules, what is missing, and its steps."""

    perm = Perm.CRITERIA_READ
    model = CriteriaSet
    workflow = CRITERIA_SET
    template_name = "criteria/set_detail.html"

    def scoped(self, queryset):
        return visible(queryset, self.request.user).select_related("unit", "previous", "file")

    def get_context_data(self, **kwargs):
        held = self.object
        rows = list(held.criteria.select_related("verifier_unit"))
        drafting = held.state == State.DRAFT and self.request.user.can(Perm.CRITERIA_MANAGE, held)
        return super().get_context_data(
            page_title=held.title,
            rows=list(in_order(rows)),
            number=sum(not row.is_group for row in rows),
            findings=sets.missing_to_lock(held) if drafting else [],
            drafting=drafting,
            ties=ties_in_words(held),
            may_manage=self.request.user.can(Perm.CRITERIA_MANAGE, held),
            later=CriteriaSet.objects.filter(previous=held).first(),
            crumbs=[LIST, (str(held), None)],
            **kwargs,
        )


def in_order(rows):
    """(row, depth, title of its way of scoring) as the sheet prints them."""
    inside = {}
    for row in rows:
        inside.setdefault(row.group_id, []).append(row)

    def level(key, depth):
        for row in sorted(inside.get(key, []), key=lambda row: row.place):
            yield row, depth, KINDS[row.kind].title if row.kind in KINDS else ""
            yield from level(row.pk, depth + 1)

    return level(None, 0)


class SetStep(StepView):
    model = CriteriaSet
    workflow = CRITERIA_SET


class NewSet(FormPage):
    perm = Perm.CRITERIA_MANAGE
    form_class = SetForm
    title = gettext_lazy("Draw up a set of criteria")
    template_name = "criteria/set_form.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def act(self, form):
        values = dict(form.cleaned_data)
        for name in ("once", "version"):
            values.pop(name)
        made = services.draw_up(code=form.code, actor=self.request.user, **values)
        self.message = _("The set is begun. Add its groups and criteria, or fill it from a file.")
        return made.get_absolute_url()


class EditSet(FormPage):
    perm = Perm.CRITERIA_MANAGE
    model = CriteriaSet
    form_class = SetForm
    title = gettext_lazy("What is said of the set")
    message = gettext_lazy("The set is kept.")
    template_name = "criteria/set_form.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.target()}

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target(), (self.title, None))
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def act(self, form):
        names = ("title", "year", "stated_total", "tie_breaks", "source", "note")
        values = {name: form.cleaned_data[name] for name in names}
        held = CriteriaSet.objects.get(pk=self.kwargs["pk"])
        services.change_set(criteria_set=held, actor=self.request.user, **values)
        return held.get_absolute_url()


class NewEdition(FormPage):
    perm = Perm.CRITERIA_MANAGE
    model = CriteriaSet
    form_class = EditionForm
    title = gettext_lazy("Begin a new edition")
    template_name = "criteria/edition_form.html"

    def get_initial(self):
        return {"year": self.target().year}

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target(), (self.title, None))
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def act(self, form):
        year = form.cleaned_data["year"]
        made = services.new_edition(criteria_set=self.target(), year=year, actor=self.request.user)
        self.message = _("The new edition is begun; it has all that the one before had.")
        return made.get_absolute_url()


class TrySet(Guarded, TemplateView):
    """The set as a unit will see it. What is typed is counted and not kept."""

    perm = Perm.CRITERIA_READ
    template_name = "criteria/set_try.html"

    def held(self):
        rows = visible(CriteriaSet.objects.all(), self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        held = self.held()
        typed = self.request.POST if self.request.method == "POST" else None
        form = AnswersForm(typed, groups=sets.of_set(held), user=self.request.user)
        if form.is_bound:
            form.is_valid()
        written = {row.pk: row for row in held.criteria.select_related("verifier_unit")}
        return super().get_context_data(
            criteria_set=held,
            form=form,
            rows=[(row, written[row.item.key]) for row in form.rows()],
            total=form.total(),
            title=_("As a unit will see it"),
            page_title=held.title,
            crumbs=crumbs_of(held, (_("As a unit will see it"), None)),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)
