"""What an administrator types of a document that reorganises units, and of taking one back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitChange, UnitKind
from accounts.rules import NewUnit, Order, places
from core.documents.fields import GateField
from core.ui.forms import PortalForm

Kind = UnitChange.Kind
NEW_UNITS = 8  # of one split


class OrderForm(PortalForm):
    """The document of every kind. `seen` says which preview the person has read."""

    kind: str

    on = forms.DateField(label=_("Effective from"), help_text=_("For example 01/07/2025."))
    document = forms.CharField(
        label=_("Number and name of the document"),
        max_length=200,
        help_text=_("As papers cite it, for example: Nghị quyết 202/2025/QH15."),
    )
    signed_on = forms.DateField(label=_("Signed on"), required=False)
    file = GateField(label=_("The signed document"), required=False, kinds=("pdf",))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit | None, standing: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit = unit
        for name in ("other", "superior"):
            if name in self.fields:
                self.fields[name].queryset = standing
        self.fields["file"].of(unit or standing.first(), self.user)
        last = ["on", "document", "signed_on", "file"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def order(self) -> Order:
        """What was typed, as the services read it."""
        said = self.cleaned_data
        units = (self.unit,) if self.unit else ()
        values = {
            "kind": self.kind,
            "units": units,
            **{name: said[name] for name in ("on", "document", "signed_on", "file")},
        }
        return Order(**values | self.particulars(said))

    def particulars(self, said: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class RenameForm(OrderForm):
    """Another name from a day on; papers of earlier days keep the old one."""

    kind = Kind.RENAME
    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)

    def particulars(self, said):
        called = NewUnit(name=said["name"], short_name=said["short_name"], kind=self.unit.kind)
        return {"renamed": called}


class MergeForm(OrderForm):
    """This unit goes into another: whole, and closes; or a part of it, and it stays."""

    kind = Kind.MERGE
    other = forms.ModelChoiceField(label=_("Into which unit"), queryset=Unit.objects.none())
    extent = forms.ChoiceField(
        label=_("How much of it"),
        choices=[("whole", _("All of it; the unit closes")), ("part", _("A part; the unit stays"))],
        widget=forms.RadioSelect,
        initial="whole",
    )
    people = forms.BooleanField(
        label=_("Its people hold the same roles in the successor"), required=False, initial=True
    )

    def particulars(self, said):
        if said["extent"] == "part":
            return {"other": said["other"], "kind": Kind.SEPARATE}
        return {"other": said["other"], "people": said["people"]}


class NewUnitsForm(OrderForm):
    """Units that the document founds, a name a line."""

    names = forms.CharField(
        label=_("Names of the new units"),
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit_kind = forms.ChoiceField(label=_("Kind of the new units"), choices=UnitKind.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("unit_kind", self.unit.kind if self.unit else "")

    def clean_names(self):
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = [name for name in names if name]
        if len(names) > NEW_UNITS:
            raise forms.ValidationError(
                _("At most %(most)s units at once.") % {"most": NEW_UNITS}, code="many"
            )
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("A name has at most 200 letters."), code="long")
        return "\n".join(names)

    def new(self, said):
        names = said["names"].splitlines()
        return tuple(NewUnit(name=name, kind=said["unit_kind"]) for name in names)


class SplitForm(NewUnitsForm):
    """The unit closes; new ones take its place."""

    kind = Kind.SPLIT
    people = forms.BooleanField(
        label=_("Its people hold the same roles in the first of them"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].help_text = _(
            "One a line. The first takes over what is unfinished; the others begin anew."
        )

    def particulars(self, said):
        return {"new": self.new(said), "people": said["people"]}


class SeparateForm(NewUnitsForm):
    """A part of the unit becomes a new one; the unit itself goes on."""

    kind = Kind.SEPARATE

    def particulars(self, said):
        return {"new": self.new(said)}


class DissolveForm(OrderForm):
    """The unit closes and nobody is its successor."""

    kind = Kind.DISSOLVE
    other = forms.ModelChoiceField(
        label=_("Who takes over what is unfinished"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Needed where dossiers, reports or tasks are open, or units stand below it."),
    )

    def particulars(self, said):
        return {"other": said["other"]}


class MoveForm(OrderForm):
    """The unit, with everything below it, answers to another superior."""

    kind = Kind.MOVE
    other = forms.ModelChoiceField(label=_("New superior"), queryset=Unit.objects.none())

    def particulars(self, said):
        return {"other": said["other"]}


class FoundForm(OrderForm):
    """A new unit under a superior."""

    kind = Kind.FOUND
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    unit_kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    other = forms.ModelChoiceField(label=_("Superior"), queryset=Unit.objects.none())

    def __init__(self, *args, standing, **kwargs):
        super().__init__(*args, standing=standing, **kwargs)
        self.initial.setdefault("unit_kind", UnitKind.DEPARTMENT)
        self.initial.setdefault("other", standing.filter(depth=1).first())

    def particulars(self, said):
        new = NewUnit(name=said["name"], short_name=said["short_name"], kind=said["unit_kind"])
        return {"new": (new,), "other": said["other"], "units": ()}


class UndoForm(PortalForm):
    """Why a reorganisation is taken back."""

    because = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class LoadForm(PortalForm):
    """The province whose reorganisation of 1 July 2025 is loaded. `seen` as in an order."""

    province = forms.ChoiceField(label=_("Province of today"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _day, known = places.published()
        self.fields["province"].choices = [(each.code, each.name) for each in known.values()]
