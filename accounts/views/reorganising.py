"""Reorganisations: chosen, typed, shown with what follows, entered; listed, and taken back."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services
from accounts.forms import reorganising as forms
from accounts.lists import ChangeFilter, ChangeTable
from accounts.models import Unit, UnitChange
from accounts.permissions import Perm
from accounts.rules import places
from core.clock import clock
from core.documents.views import DownloadPage
from core.findings import blocking
from core.ui.views import DetailPage, FormPage, ListPage
from core.workflow import Blocked

UNITS = (gettext_lazy("Units"), reverse_lazy("accounts:units"))
CHANGES = (gettext_lazy("Reorganisations"), reverse_lazy("accounts:changes"))
FIELDS = {"kind": "unit_kind"}  # parts of findings that the forms call otherwise


class Choice(DetailPage):
    """What can be done with one unit, each with a line on what it means."""

    perm = Perm.UNIT_MANAGE
    model = Unit
    template_name = "accounts/unit_reorganise.html"
    title = gettext_lazy("Reorganise the unit")

    def get_context_data(self, **kwargs):
        unit = self.object
        ways = [
            (way.title, way.says, reverse(f"accounts:{name}", args=[unit.pk]))
            for name, way in WAYS.items()
        ]
        crumbs = [UNITS, (unit.name, unit.get_absolute_url()), (self.title, None)]
        return super().get_context_data(unit=unit, ways=ways, crumbs=crumbs, history=[], **kwargs)


class Entering(FormPage):
    """One order: typed, then shown with what follows, then entered as it was shown."""

    abstract = True
    perm = Perm.UNIT_MANAGE
    model = Unit
    template_name = "accounts/order_form.html"
    says = ""
    message = gettext_lazy("The reorganisation is entered, with all that follows.")
    foreseen = None

    @property
    def unit(self):
        return self.target() if "pk" in self.kwargs else None

    def get_form_kwargs(self):
        standing = self.scoped(Unit.objects.standing(clock.today()))
        if self.unit:
            standing = standing.exclude(pk=self.unit.pk)
        return {**super().get_form_kwargs(), "unit": self.unit, "standing": standing}

    def form_valid(self, form):
        self.foreseen = services.foresee(form.order(), actor=self.request.user)
        missing = blocking(self.foreseen.findings)
        if missing:
            for finding in missing:
                part = FIELDS.get(finding.part, finding.part)
                form.add_error(part if part in form.fields else None, str(finding))
            self.foreseen = None
            return self.form_invalid(form)
        if form.cleaned_data["seen"] != self.foreseen.digest:
            form.data = form.data.copy()
            form.data["seen"] = self.foreseen.digest
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def act(self, form):
        change = services.reorganise(order=form.order(), actor=self.request.user)
        return change.get_absolute_url()

    def get_context_data(self, **kwargs):
        unit = self.unit
        place = [(unit.name, unit.get_absolute_url())] if unit else []
        return super().get_context_data(
            unit=unit,
            says=self.says,
            foreseen=self.foreseen,
            back=reverse("accounts:unit_reorganise", args=[unit.pk]) if unit else UNITS[1],
            crumbs=[UNITS, *place, (self.title, None)],
            **kwargs,
        )


class Rename(Entering):
    form_class = forms.RenameForm
    title = gettext_lazy("Rename the unit")
    says = gettext_lazy("Another name from a day on; papers of earlier days keep the old one.")


class Merge(Entering):
    form_class = forms.MergeForm
    title = gettext_lazy("Merge the unit into another")
    says = gettext_lazy("Whole: it closes, and its open work goes over. A part: it stays.")


class Split(Entering):
    form_class = forms.SplitForm
    title = gettext_lazy("Split the unit")
    says = gettext_lazy("It closes; two new units or more take its place.")


class Separate(Entering):
    form_class = forms.SeparateForm
    title = gettext_lazy("Separate a part")
    says = gettext_lazy("A part becomes a new unit; the unit itself goes on with its work.")


class Dissolve(Entering):
    form_class = forms.DissolveForm
    title = gettext_lazy("Dissolve the unit")
    says = gettext_lazy("It closes without a successor; somebody takes over what is unfinished.")


class Move(Entering):
    form_class = forms.MoveForm
    title = gettext_lazy("Move under another superior")
    says = gettext_lazy("With everything below it; who reaches it follows at once.")


class Found(Entering):
    form_class = forms.FoundForm
    title = gettext_lazy("Open a unit")
    says = gettext_lazy("A new unit, by a document, from a day on.")


WAYS = {
    "unit_rename": Rename,
    "unit_merge": Merge,
    "unit_split": Split,
    "unit_separate": Separate,
    "unit_dissolve": Dissolve,
    "unit_move": Move,
}


class ChangeList(ListPage):
    """All that were entered or loaded, the newest first."""

    perm = Perm.UNIT_READ
    model = UnitChange
    queryset = UnitChange.objects.select_related("unit")
    title = CHANGES[0]
    filter_class = ChangeFilter
    table_class = ChangeTable
    template_name = "accounts/change_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_load=services.may_load(self.request.user),
            crumbs=[UNITS, (self.title, None)],
            **kwargs,
        )


class ChangeDetail(DetailPage):
    perm = Perm.UNIT_READ
    model = UnitChange
    queryset = UnitChange.objects.select_related("unit", "file", "by", "undone_by")
    template_name = "accounts/change_detail.html"
    context_object_name = "change"

    def get_context_data(self, **kwargs):
        change = self.object
        may = self.request.user.can(Perm.UNIT_MANAGE, change)
        return super().get_context_data(
            arrows=change.successions.select_related("predecessor", "successor"),
            carried=change.carried.count(),
            may_undo=may and not change.undone_at,
            stands=services.missing_to_undo(change)[:MOST_REASONS] if may else [],
            crumbs=[UNITS, CHANGES, (str(change), None)],
            history=[],
            **kwargs,
        )


MOST_REASONS = 8


class Load(FormPage):
    """The published reorganisation of 1 July 2025: what it says, what it would do here, done."""

    perm = Perm.UNIT_MANAGE
    model = Unit
    form_class = forms.LoadForm
    template_name = "accounts/load_form.html"
    title = gettext_lazy("Load the reorganisation of 01/07/2025")
    would = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not services.may_load(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        code = form.cleaned_data["province"]
        try:
            self.would = services.try_out(code, actor=self.request.user)
        except Blocked as blocked:
            for finding in blocked.findings:
                form.add_error(None, str(finding))
            return self.form_invalid(form, status=409)
        seen = f"{code} {self.would}"
        if form.cleaned_data["seen"] != seen:
            form.data = form.data.copy()
            form.data["seen"] = seen
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def act(self, form):
        done = services.load_reorganisation(form.cleaned_data["province"], actor=self.request.user)
        said = _("%(opened)s units opened, %(remembered)s of before entered, %(merged)s closed.")
        self.message = said % vars(done)
        return reverse("accounts:changes")

    def get_context_data(self, **kwargs):
        day, known = places.published()
        form = kwargs.get("form")
        chosen = known.get(form.cleaned_data.get("province")) if self.would else None
        return super().get_context_data(
            day=day,
            provinces=known.values(),
            chosen=chosen,
            would=self.would,
            crumbs=[UNITS, CHANGES, (self.title, None)],
            **kwargs,
        )


class ChangeUndo(FormPage):
    perm = Perm.UNIT_MANAGE
    model = UnitChange
    form_class = forms.UndoForm
    template_name = "accounts/change_undo.html"
    title = gettext_lazy("Take the reorganisation back")
    message = gettext_lazy("The reorganisation is taken back; everything is as it was.")

    def get_context_data(self, **kwargs):
        change = self.target()
        return super().get_context_data(
            change=change,
            stands=services.missing_to_undo(change)[:MOST_REASONS],
            crumbs=[UNITS, CHANGES, (str(change), change.get_absolute_url()), (self.title, None)],
            **kwargs,
        )

    def act(self, form):
        change = services.undo(
            change=self.target(), because=form.cleaned_data["because"], actor=self.request.user
        )
        return change.get_absolute_url()


class ChangeFile(DownloadPage):
    perm = Perm.UNIT_READ
    model = UnitChange

    def document_of(self, obj):
        return obj.file
