"""The units of the province: a list, one unit through its changes, and what changes it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts import rules, services
from accounts.forms import MergeForm, RenameForm, UnitForm
from accounts.lists import UnitFilter, UnitTable
from accounts.models import Succession, Unit
from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import DetailPage, FormPage, ListPage

LIST = (_("Units"), reverse_lazy("accounts:units"))


class UnitList(ListPage):
    perm = Perm.UNIT_READ
    model = Unit
    title = LIST[0]
    filter_class = UnitFilter
    table_class = UnitTable
    template_name = "accounts/unit_list.html"

    def get_context_data(self, **kwargs):
        may = self.request.user.holds(Perm.UNIT_MANAGE)
        return super().get_context_data(may_manage=may, crumbs=[(LIST[0], None)], **kwargs)


class UnitDetail(DetailPage):
    perm = Perm.UNIT_READ
    model = Unit
    template_name = "accounts/unit_detail.html"

    def get_context_data(self, **kwargs):
        unit, user = self.object, self.request.user
        return super().get_context_data(
            versions=unit.versions.select_related("superior"),
            superior=Unit.objects.get_parent(unit),
            became=Succession.objects.filter(predecessor=unit).select_related(
                "successor", "change"
            ),
            predecessors=rules.predecessors_of(unit),
            inferiors=Unit.objects.get_children(unit).standing(clock.today())[:200],
            members=unit.memberships.in_force(clock.today()).select_related("user"),
            may_manage=user.can(Perm.UNIT_MANAGE, unit),
            crumbs=[LIST, (unit.name, None)],
            **kwargs,
        )


class UnitFound(FormPage):
    perm = Perm.UNIT_MANAGE
    model = Unit
    form_class = UnitForm
    template_name = "accounts/unit_form.html"
    title = _("Open a unit")
    message = _("The unit is opened.")

    def get_form_kwargs(self):
        superiors = self.scoped(Unit.objects.standing(clock.today()))
        return {**super().get_form_kwargs(), "superiors": superiors}

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def act(self, form):
        values = {k: v for k, v in form.cleaned_data.items() if k != "once"}
        unit = services.found_unit(**values, actor=self.request.user)
        return unit.get_absolute_url()


class _UnitAct(FormPage):
    perm = Perm.UNIT_MANAGE
    model = Unit
    template_name = "accounts/unit_form.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "unit": self.target()}

    def get_context_data(self, **kwargs):
        unit = self.target()
        crumbs = [LIST, (unit.name, unit.get_absolute_url()), (self.title, None)]
        return super().get_context_data(unit=unit, crumbs=crumbs, **kwargs)


class UnitRename(_UnitAct):
    form_class = RenameForm
    title = _("Rename the unit")
    message = _("The unit has its new name; papers of earlier days keep the old one.")

    def act(self, form):
        values = {k: v for k, v in form.cleaned_data.items() if k != "once"}
        services.rename_unit(unit=self.target(), **values, actor=self.request.user)
        return self.target().get_absolute_url()


class UnitMerge(_UnitAct):
    form_class = MergeForm
    title = _("Merge the unit into another")
    message = _("The units are merged; people of the successor see what it left.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "successors": self.scoped(Unit.objects.all())}

    def act(self, form):
        successor = form.cleaned_data["successor"]
        services.merge_units(
            predecessors=[self.target()],
            successor=get_object_or_404(self.scoped(Unit.objects.all()), pk=successor.pk),
            on=form.cleaned_data["on"],
            document=form.cleaned_data["document"],
            actor=self.request.user,
        )
        return reverse("accounts:unit", args=[successor.pk])
