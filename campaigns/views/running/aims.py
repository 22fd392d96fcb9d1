"""Aims of a unit: the calls, a unit's list read and written, and its steps."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.forms.aims import AimsForm
from campaigns.lists.aims import CallFilter, CallTable
from campaigns.models import AimCall, AimList
from campaigns.rules import aims as rules
from campaigns.rules import permit_for
from campaigns.services import aims as services
from campaigns.workflow.aims import AIM_LIST
from core.audit.models import Entry
from core.clock import clock
from core.ui.views import DetailPage, FormPage, ListPage, StepView

LIST = (gettext_lazy("Titles aimed at"), reverse_lazy("campaigns:aims"))
READERS = (Perm.AIM_READ, Perm.AIM_COLLECT)
RELATED = ("campaign", "block", "unit", "collector", "opened_by")


def crumbs_of(call, *more):
    return [LIST, (str(call), call.get_absolute_url() if more else None), *more]


class CallList(ListPage):
    perm = READERS
    model = AimCall
    title = LIST[0]
    filter_class = CallFilter
    table_class = CallTable
    template_name = "campaigns/aim_calls.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related(*RELATED)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_open=self.request.user.holds(Perm.AIM_COLLECT) and bool(subjects(self)),
            empty={
                "title": _("Units have not been asked yet."),
                "text": _("The standing agency or the head of a block asks, with a last day."),
            },
            crumbs=[(LIST[0], None)],
            **kwargs,
        )


def subjects(page):
    """What the visitor may ask units about, as [("campaign:3", name)]."""
    return services.subjects_of(page.request.user)


class OfUnit:
    """Pages about one unit in one call, whether it has a list yet or not."""

    @cached_property
    def call(self):
        rows = AimCall.objects.visible_to(self.request.user, *READERS, Perm.AIM_WRITE)
        return get_object_or_404(rows.select_related(*RELATED), pk=self.kwargs["pk"])

    @cached_property
    def unit(self):
        unit = get_object_or_404(Unit, pk=self.kwargs["unit"])
        has_list = self.call.lists.filter(unit=unit).exists()
        if not (has_list or rules.takes_part(self.call, unit)) or not self.may_see(unit):
            raise Http404
        return unit

    def may_see(self, unit):
        user = self.request.user
        return user.can(Perm.AIM_READ, unit) or user.can(Perm.AIM_COLLECT, self.call)

    @cached_property
    def row(self):
        rows = AimList.objects.select_related("call", "unit", "receiver", "sent_by", "roll_up")
        return rows.filter(call=self.call, unit=self.unit).first()

    def lateness(self):
        """Whether a first list comes too late, the permit by which it does not, who may give one."""
        call, unit, user = self.call, self.unit, self.request.user
        sent = self.row and self.row.first_sent_at
        over = rules.is_late(call, clock.now()) and not sent
        permit = permit_for(unit, clock.now(), call=call) if over else None
        return {
            "late": over and permit is None,
            "permit": permit,
            "may_permit": over and user.can(Perm.AIM_COLLECT, call),
        }


class AimListPage(OfUnit, DetailPage):
    """What one unit aims at, where its list stands, and its steps."""

    perm = READERS
    model = AimCall
    template_name = "campaigns/aim_list.html"

    def get_object(self, queryset=None):
        return self.row or AimList(call=self.call, unit=self.unit, unit_name=self.unit.name)

    def get_context_data(self, **kwargs):
        row, user = self.row, self.request.user
        history = Entry.objects.about(row, user) if row else []
        writes = user.can(Perm.AIM_WRITE, self.unit) and not list(rules.missing_to_write(row))
        refusals = [line for line in history if line.verb == "aimlist.refuse"]
        return super().get_context_data(
            page_title=_("What the unit sets out to earn"),
            call=self.call,
            unit=self.unit,
            row=row,
            aims=list(row.aims.select_related("award_type")) if row else [],
            offers=AIM_LIST.offers(row, user) if row else [],
            writes=writes,
            **self.lateness(),
            refusal=refusals[0] if row and row.state == AimList.State.REFUSED else None,
            history=history,
            receiver=row.receiver
            if row
            else rules.receiver_of(self.call, self.unit, clock.today()),
            crumbs=crumbs_of(self.call, (str(self.unit), None)),
            **kwargs,
        )


class AimWrite(OfUnit, FormPage):
    """The lines of a unit's list."""

    perm = Perm.AIM_WRITE
    model = AimCall
    form_class = AimsForm
    template_name = "campaigns/aim_form.html"
    title = gettext_lazy("Write the list")
    message = gettext_lazy("The list is saved. It is not sent yet.")

    def may_see(self, unit):
        return self.request.user.can(Perm.AIM_WRITE, unit)

    def get_initial(self):
        row = self.row
        return {"note": row.note, "version": row.version} if row else {"version": 0}

    def get_form_kwargs(self):
        lines = self.row.aims.all() if self.row else ()
        types = [each.pk for each in rules.types_for(self.call)]
        kwargs = super().get_form_kwargs()
        queryset = rules.AwardType.objects.filter(pk__in=types)
        return kwargs | {"types": queryset, "lines": lines}

    def get_context_data(self, **kwargs):
        address = (self.row or AimList(call=self.call, unit=self.unit)).get_absolute_url()
        return super().get_context_data(
            call=self.call,
            unit=self.unit,
            back=address,
            locked=list(rules.missing_to_write(self.row)),
            **self.lateness(),
            crumbs=crumbs_of(self.call, (str(self.unit), address), (self.title, None)),
            **kwargs,
        )

    def act(self, form):
        row = services.save_aims(
            call=self.call,
            unit=self.unit,
            lines=form.lines(),
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"] or 0,
            actor=self.request.user,
        )
        return row.get_absolute_url()


class AimStep(StepView):
    """A step of the list of one unit in one call."""

    model = AimList
    workflow = AIM_LIST

    def row_for(self, pk, step, unit):
        row = get_object_or_404(AimList, call=pk, unit=unit)
        return super().row_for(row.pk, step)
