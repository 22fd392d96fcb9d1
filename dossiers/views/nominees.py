"""The list of nominees: put on, written, moved, taken off and put back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import Person, Unit
from accounts.permissions import Perm
from awards.models import NomineeKind
from core.clock import clock
from core.text import fold, whole
from core.ui.once import Repeated, once
from core.ui.views import Guarded
from core.workflow import NotNow
from dossiers.forms.preparing import NomineeForm
from dossiers.models import Dossier, Nomination
from dossiers.services import preparing, removing
from dossiers.views.unit import READERS, dossier_of
from dossiers.views.writing import WritingPage

FOUND = 8  # people or units shown to choose from


class NomineePage(WritingPage):
    """What writing a new nominee and an old one have in common."""

    abstract = True
    form_class = NomineeForm
    template_name = "dossiers/nomination_form.html"
    kind = ""

    def people(self):
        return Person.objects.visible_to(self.request.user, Perm.DOSSIER_WRITE)

    def units(self):
        return Unit.objects.visible_to(self.request.user, Perm.DOSSIER_WRITE)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"kind": self.kind, "people": self.people(), "units": self.units()}

    def values(self, form):
        return {name: form.cleaned_data[name] for name in form.Meta.fields if name in form.fields}


class NominatePage(NomineePage):
    """A new nominee: found among the unit's people or units, or typed."""

    perm = Perm.DOSSIER_WRITE
    model = Dossier
    part = "nominees"

    @property
    def kind(self):
        if self.kwargs["kind"] not in NomineeKind.values:
            raise Http404
        return self.kwargs["kind"]

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"instance": Nomination(kind=self.kind), "initial": self._chosen()}

    def get_context_data(self, **kwargs):
        label = NomineeKind(self.kind).label
        return super().get_context_data(
            page_title=_("Nominate: %(kind)s") % {"kind": label.lower()},
            kind=self.kind,
            kinds=self._kinds(),
            query=self.request.GET.get("q", ""),
            found=self._found(),
            **kwargs,
        )

    def _kinds(self):
        """The four kinds as pills, this page's chosen."""
        return [
            {
                "label": label,
                "url": reverse("dossiers:nominate", args=[self.dossier.pk, kind]),
                "on": kind == self.kind,
            }
            for kind, label in NomineeKind.choices
        ]

    def act(self, form):
        nominee = preparing.add_nominee(
            dossier=self.dossier, kind=self.kind, actor=self.request.user, **self.values(form)
        )
        done = _("%(name)s is on the list. Write the report next.")
        messages.success(self.request, done % {"name": nominee.titled})
        return reverse("dossiers:report", args=[nominee.pk])

    def _found(self):
        """People or units whose name has every word of the search, with their address here."""
        words = fold(self.request.GET.get("q", "")).split()
        rows = self._among()
        if rows is None or not words:
            return []
        for word in words:
            rows = rows.filter(search_text__contains=word)
        name = "person" if self.kind == NomineeKind.INDIVIDUAL else "unit"
        return [(row, f"?{name}={row.pk}") for row in rows[:FOUND]]

    def _among(self):
        if self.kind == NomineeKind.INDIVIDUAL:
            return self.people().select_related("unit")
        if self.kind in {NomineeKind.COLLECTIVE, NomineeKind.ENTERPRISE}:
            return self.units().standing(clock.today())
        return None

    def _chosen(self):
        """What the form begins with once somebody was chosen."""
        person, unit = (whole(self.request.GET.get(name)) for name in ("person", "unit"))
        if person:
            chosen = get_object_or_404(self.people().select_related("unit"), pk=person)
            return {
                "person": chosen.pk,
                "name": chosen.full_name,
                "sex": chosen.sex,
                "birth_day": chosen.birth_day,
                "position": chosen.position,
                "workplace": chosen.unit.name,
            }
        if unit:
            chosen = get_object_or_404(self.units(), pk=unit)
            return {"collective": chosen.pk, "name": chosen.name}
        return {"workplace": self.dossier.unit_name} if self.kind == "individual" else {}


class NominationPage(NomineePage):
    """One nominee: the form for those who may write, the facts for those who read."""

    perm = READERS
    model = Nomination

    def scoped(self, queryset):
        return (
            super()
            .scoped(queryset)
            .select_related(
                "dossier__unit",
                "dossier__round",
                "dossier__campaign__steward",
                "award_type",
                "person",
                "collective",
            )
        )

    @property
    def dossier(self):
        return self.target().dossier

    @property
    def part(self):
        return f"nominee:{self.target().pk}"

    @property
    def kind(self):
        return self.target().kind

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.target()}

    def get_context_data(self, **kwargs):
        nominee = self.target()
        return super().get_context_data(nominee=nominee, page_title=nominee.titled, **kwargs)

    def act(self, form):
        nominee = preparing.save_nominee(
            nominee=self.target(),
            actor=self.request.user,
            version=form.base,
            **self.values(form),
        )
        messages.success(self.request, _("%(name)s is saved.") % {"name": nominee.titled})
        return self.dossier.get_absolute_url()


class Press(Guarded, View):
    """A button on the page of a dossier that does one thing, once, and returns there."""

    abstract = True
    http_method_names = ["post"]

    def post(self, request, **kwargs):
        dossier = self.find()
        back = dossier.get_absolute_url()
        try:
            with once(request) as key:
                address = f"{back}{self.press() or ''}"
                key.answer(address)
        except Repeated as repeated:
            address = repeated.address
        except NotNow as moved_on:
            messages.warning(request, str(moved_on))
            address = back
        return redirect(address)

    def find(self):
        """The dossier; keeps what the press is about. 404 out of reach."""
        raise NotImplementedError

    def press(self) -> str | None:
        """Do it; what is added to the dossier's address, if anything."""
        raise NotImplementedError


class PressOnNominee(Press):
    abstract = True

    def find(self):
        rows = self.scoped(Nomination.objects.all()).select_related("dossier__unit")
        self.nominee = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.nominee.dossier


class Remove(PressOnNominee):
    perm = Perm.DOSSIER_WRITE

    def press(self):
        kept = removing.remove_nominee(nominee=self.nominee, actor=self.request.user)
        return f"?removed={kept.pk}#nominees"


class Move(PressOnNominee):
    """…/len/ and …/xuong/ : one place up or down."""

    perm = Perm.DOSSIER_WRITE

    def press(self):
        if self.kwargs["way"] not in {"len", "xuong"}:
            raise Http404
        up = self.kwargs["way"] == "len"
        preparing.move_nominee(nominee=self.nominee, up=up, actor=self.request.user)
        return "#nominees"


class Restore(Press):
    """Put back the nominee that was taken off by mistake."""

    perm = Perm.DOSSIER_WRITE

    def find(self):
        dossier = dossier_of(self.request, self.kwargs["pk"], *self.perms)
        mine = removing.removed_by(self.request.user, dossier)
        self.removed = get_object_or_404(mine, pk=self.kwargs["removed"])
        return dossier

    def press(self):
        nominee = removing.restore_nominee(
            dossier=self.removed_from(), removed=self.removed, actor=self.request.user
        )
        messages.success(
            self.request, _("%(name)s is back on the list.") % {"name": nominee.titled}
        )
        return "#nominees"

    def removed_from(self):
        return dossier_of(self.request, self.kwargs["pk"], *self.perms)
