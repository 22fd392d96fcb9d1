"""One criterion: added, written anew, moved, taken out."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.text import whole
from core.ui.views import FormPage
from criteria import services
from criteria.forms.acts import MoveForm
from criteria.forms.sets import EXAMPLES, CriterionForm
from criteria.models import CriteriaSet, Criterion
from criteria.rules.scoring import KINDS
from criteria.views.sets import crumbs_of


class _CriterionPage(FormPage):
    abstract = True
    perm = Perm.CRITERIA_MANAGE
    form_class = CriterionForm
    template_name = "criteria/criterion_form.html"

    def get_context_data(self, **kwargs):
        examples = [(KINDS[kind].title, text) for kind, text in EXAMPLES.items()]
        crumbs = crumbs_of(self.criteria_set(), (self.title, None))
        return super().get_context_data(examples=examples, crumbs=crumbs, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "criteria_set": self.criteria_set()}


class AddCriterion(_CriterionPage):
    model = CriteriaSet
    title = gettext_lazy("Add a group or criterion")

    def criteria_set(self):
        return self.target()

    def get_initial(self):
        group = whole(self.request.GET.get("group"))
        return {"group": group} if group else {}

    def act(self, form):
        made = services.add(criteria_set=self.target(), actor=self.request.user, **form.values())
        self.message = _("“%(name)s” is added.") % {"name": made}
        return f"{self.target().get_absolute_url()}#c{made.pk}"


class EditCriterion(_CriterionPage):
    model = Criterion
    title = gettext_lazy("Change a group or criterion")
    message = gettext_lazy("The criterion is kept.")

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("criteria_set__unit"))

    def criteria_set(self):
        return self.target().criteria_set

    def get_form_kwargs(self):
        row = Criterion.objects.get(pk=self.target().pk)
        return {**super().get_form_kwargs(), "instance": row}

    def get_context_data(self, **kwargs):
        return super().get_context_data(criterion=self.target(), **kwargs)

    def act(self, form):
        services.change(criterion=self.target(), actor=self.request.user, **form.values())
        return f"{self.criteria_set().get_absolute_url()}#c{self.target().pk}"


class _Act(FormPage):
    """A button on one criterion; comes back to the set."""

    abstract = True
    perm = Perm.CRITERIA_MANAGE
    model = Criterion
    form_class = MoveForm
    template_name = "criteria/criterion_act.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related("criteria_set__unit"))

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target().criteria_set, (self.title, None))
        return super().get_context_data(criterion=self.target(), crumbs=crumbs, **kwargs)

    def get(self, request, *args, **kwargs):
        return redirect(self.target().criteria_set.get_absolute_url())


class MoveCriterion(_Act):
    title = gettext_lazy("Move a criterion")

    def act(self, form):
        row = self.target()
        services.move(criterion=row, up=form.cleaned_data["to"] == "up", actor=self.request.user)
        return f"{row.criteria_set.get_absolute_url()}#c{row.pk}"


class RemoveCriterion(_Act):
    title = gettext_lazy("Take a criterion out")

    def act(self, form):
        row = self.target()
        address = row.criteria_set.get_absolute_url()
        self.message = _("“%(name)s” is taken out.") % {"name": row}
        services.remove(criterion=row, actor=self.request.user)
        return address
