"""The units of the province: a list, and one unit through its changes."""

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts import rules, services
from accounts.lists import UnitFilter, UnitTable
from accounts.models import Succession, Unit, UnitChange
from accounts.permissions import Perm
from core.clock import clock
from core.ui.views import DetailPage, ListPage

MOST_CHANGES = 60
LIST = (_("Units"), reverse_lazy("accounts:units"))


class UnitList(ListPage):
    perm = Perm.UNIT_READ
    model = Unit
    title = LIST[0]
    filter_class = UnitFilter
    table_class = UnitTable
    template_name = "accounts/unit_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            may_manage=user.holds(Perm.UNIT_MANAGE),
            begins=services.has_just_begun(user),
            crumbs=[(LIST[0], None)],
            **kwargs,
        )


class UnitDetail(DetailPage):
    perm = Perm.UNIT_READ
    model = Unit
    template_name = "accounts/unit_detail.html"

    def get_context_data(self, **kwargs):
        unit, user = self.object, self.request.user
        heir = rules.standing_for(unit, clock.today())
        before, superior = rules.predecessors_of(unit), Unit.objects.get_parent(unit)
        went = Succession.objects.standing().filter(predecessor=unit)
        became = list(went.select_related("successor", "change"))
        around = [*filter(None, [superior]), heir, *(arrow.successor for arrow in became)]
        return super().get_context_data(
            versions=unit.versions.select_related("superior"),
            superior=superior,
            became=became,
            heir=heir if heir != unit else None,
            open_to={one.pk for one in around if user.can(self.perm, one)},
            predecessors=before,
            changes=_changes_of([unit, *before]).visible_to(user, self.perm)[:MOST_CHANGES],
            inferiors=Unit.objects.get_children(unit).standing(clock.today())[:200],
            members=unit.memberships.in_force(clock.today()).select_related("user"),
            may_manage=user.can(Perm.UNIT_MANAGE, unit),
            crumbs=[LIST, (unit.name, None)],
            **kwargs,
        )


def _changes_of(units):
    """Standing reorganisations that concern a unit or one that went into it, newest first."""
    arrows = Succession.objects.filter(Q(predecessor__in=units) | Q(successor__in=units))
    mine = Q(unit__in=units) | Q(pk__in=arrows.values("change"))
    return UnitChange.objects.standing().filter(mine)
