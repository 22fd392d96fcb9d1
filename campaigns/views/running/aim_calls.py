"""The collecting agency's side of aims: it asks, takes lists in, sends them upward."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.figures import aims as figures
from campaigns.forms.aims import CallForm, ChosenForm, DayForm
from campaigns.lists.aims import CHOICES, StandingTable, UnitsFilter
from campaigns.models import AimCall, AimList
from campaigns.rules import aims as rules
from campaigns.services import aims as services
from campaigns.views.running.aims import LIST, READERS, RELATED, crumbs_of, subjects
from core.clock import clock
from core.documents import store, xlsx
from core.documents.views import made
from core.findings import blocking
from core.text import whole
from core.ui.views import DetailPage, FormPage, Guarded

PER_PAGE = 50
COLUMNS = (
    xlsx.Column(gettext_lazy("Unit"), 46),
    xlsx.Column(gettext_lazy("State"), 24),
    xlsx.Column(gettext_lazy("Sent on"), 18),
    xlsx.Column(gettext_lazy("Title or form"), 40),
    xlsx.Column(gettext_lazy("Given to"), 16),
    xlsx.Column(gettext_lazy("How many"), 10),
    xlsx.Column(gettext_lazy("Name"), 34),
)


OPEN = {AimList.State.DRAFT, AimList.State.REFUSED}


class CallPage(DetailPage):
    """One call: our own units' lists, and for the collector every unit by where it stands."""

    perm = READERS
    model = AimCall
    template_name = "campaigns/aim_call.html"

    def scoped(self, queryset):
        return super().scoped(queryset).select_related(*RELATED)

    def get_context_data(self, **kwargs):
        call, user = self.object, self.request.user
        ours = figures.own_lists(call, user)
        open_ = [unit for unit, _name, row in ours if row is None or row.state in OPEN]
        context = {}
        if figures.watches(user, call):
            context = self.roll_up(call, user)
        return super().get_context_data(
            page_title=_("Titles aimed at in %(year)s") % {"year": call.year},
            call=call,
            ours=ours,
            first=open_[0] if open_ else None,  # the one red button: one's own list goes before
            late=rules.is_late(call, clock.now()),
            roll_ups=list(call.roll_ups.select_related("by")),
            crumbs=crumbs_of(call),
            **context,
            **kwargs,
        )

    def roll_up(self, call, user):
        every = figures.standings(call)
        search = UnitsFilter(self.request.GET, Unit.objects.all(), request=self.request)
        keys = search.keys()
        named = [each for each in every if keys is None or each.unit in keys]
        shown = self.request.GET.get("show", "")
        shown = shown if shown in AimList.State.values else ""
        found = [each for each in named if shown in ("", each.state)]
        table = StandingTable(found, request=self.request)
        table.turn_to(self.request, PER_PAGE)
        counts = figures.counts(every)
        collects = user.can(Perm.AIM_COLLECT, call)
        missing = blocking(rules.missing_to_forward(call)) if collects else []
        return {
            "watches": True,
            "filter": search,
            "table": table,
            "nothing": {"title": _("No unit of this registration fits.")},
            "counts": counts,
            "choices": self.choices(figures.counts(named), shown),
            "collects": collects,
            "may_send": collects and user.works_in(call.collector),
            "waiting": any(each.state == AimList.State.SENT for each in found),
            "why_not": str(missing[0]) if missing else "",
            "to_go": rules.to_forward(call).count() if collects else 0,
        }

    def choices(self, counts, shown):
        """The pills of where lists stand; they keep what is searched for."""
        asked = self.request.GET.copy()
        for name in ("show", "page"):
            asked.pop(name, None)
        return [
            {
                "label": label,
                "url": f"?{urlencode([('show', state), *asked.items()])}",
                "count": counts[state] if state else counts["all"],
                "on": state == shown,
            }
            for state, label in CHOICES
        ]


class NewCall(FormPage):
    """Ask the units of a campaign or block."""

    perm = Perm.AIM_COLLECT
    form_class = CallForm
    template_name = "campaigns/aim_call_form.html"
    title = gettext_lazy("Ask units for their aims")
    message = gettext_lazy("The units have been told.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "subjects": subjects(self)}

    def get_initial(self):
        asked = self.request.GET
        year = asked.get("year", "")
        return {"subject": asked.get("subject", "")} | ({"year": year} if whole(year) else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], back=LIST[1], **kwargs)

    def act(self, form):
        said = form.cleaned_data
        call = services.open_call(
            subject=services.subject_named(said["subject"], self.request.user),
            year=said["year"],
            last_day=said["last_day"],
            note=said["note"],
            actor=self.request.user,
        )
        return call.get_absolute_url()


class _OfCall(FormPage):
    """An act of the collector on a call; comes back to it."""

    abstract = True
    perm = Perm.AIM_COLLECT
    model = AimCall
    template_name = "campaigns/aim_call_form.html"

    def scoped(self, queryset):
        return super().scoped(queryset.select_related(*RELATED))

    def get_context_data(self, **kwargs):
        call = self.target()
        crumbs = crumbs_of(call, (self.title, None))
        back = call.get_absolute_url()
        return super().get_context_data(call=call, crumbs=crumbs, back=back, **kwargs)


class MoveDay(_OfCall):
    form_class = DayForm
    title = gettext_lazy("Move the last day")
    message = gettext_lazy("The last day is moved.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "call": self.target()}

    def act(self, form):
        moved = services.move_day(
            call=self.target(),
            last_day=form.cleaned_data["last_day"],
            note=form.cleaned_data["note"],
            actor=self.request.user,
        )
        if not moved:
            self.message = ""
            messages.info(self.request, _("Nothing is changed: day and words are as they were."))
        return self.target().get_absolute_url()


class ApproveChosen(_OfCall):
    """The ticked lists; those that moved on meanwhile are named."""

    form_class = ChosenForm
    title = gettext_lazy("Approve the chosen lists")

    def act(self, form):
        pks = [whole(pk) or 0 for pk in self.request.POST.getlist("row")]
        rows = AimList.objects.visible_to(self.request.user, Perm.AIM_COLLECT)
        chosen = list(rows.filter(call=self.target(), pk__in=pks).order_by("unit__path"))
        done, refused = services.approve(lists=chosen, actor=self.request.user)
        if done:
            text = ngettext("%d list is approved.", "%d lists are approved.", len(done))
            messages.success(self.request, text % len(done))
        elif not refused:
            messages.warning(self.request, _("Choose at least one list."))
        for sentence in refused:
            messages.warning(self.request, sentence)
        return self.target().get_absolute_url()


class SendUpward(_OfCall):
    """Every approved list in one act."""

    form_class = ChosenForm
    title = gettext_lazy("Send the approved lists upward")

    def act(self, form):
        sent = services.send_upward(call=self.target(), actor=self.request.user)
        self.message = _("Sent upward with the receipt %(number)s.") % {"number": sent.number}
        return sent.get_absolute_url()


class CallWorkbook(Guarded, View):
    """Every unit with its lines; one that sent nothing has an empty row."""

    perm = READERS

    def get(self, request, pk):
        call = self.scoped(AimCall.objects.select_related(*RELATED)).filter(pk=pk).first()
        if call is None or not figures.watches(request.user, call):
            raise Http404
        book = xlsx.workbook(str(call), COLUMNS, _rows(call))
        name = f"dang-ky-danh-hieu-{call.year}-{call.pk}.xlsx"
        return made(book, name=name, media_type=store.XLSX)


def _rows(call):
    aims = {}
    for row in call.lists.prefetch_related("aims__award_type"):
        aims[row.pk] = list(row.aims.all())
    for each in figures.standings(call):
        start = (each.unit_name, AimList.State(each.state).label, each.sent_at)
        lines = aims.get(each.pk, [])
        for aim in lines:
            yield (*start, str(aim.award_type), aim.get_kind_display(), aim.number, aim.name)
        if not lines:
            yield (*start, "", "", None, "")
