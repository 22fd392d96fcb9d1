"""What is typed step by step when a campaign is set up on pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from campaigns.models import Campaign
from core.ui.forms import PortalForm, RowForm


@dataclass(frozen=True)
class Ask:
    """One field of a step: `choices` as (value, label), `long` for several lines."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    long: bool = False

    def field(self) -> forms.Field:
        if self.choices:
            choices = [("", _("Choose")), *self.choices]
            return forms.ChoiceField(label=self.label, choices=choices, required=False)
        widget = forms.Textarea(attrs={"rows": 3}) if self.long else forms.TextInput()
        return forms.CharField(
            label=self.label, help_text=self.hint, required=False, widget=widget, strip=True
        )


class StepForm(PortalForm):
    """The single values of a step. What they must be, the reader of plans says. `seen` are marks
    of what the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: Sequence[Ask], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for ask in asks:
            field = ask.field()
            field.quiet = True
            self.fields[ask.name] = field


class StepRow(RowForm):
    """One row of a table of a step; `kept` is its place before."""

    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: Sequence[Ask] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        for ask in asks:
            field = ask.field()
            field.quiet = True
            self.fields[ask.name] = field


StepRows = forms.formset_factory(StepRow, extra=0, can_delete=True)


class BeginForm(PortalForm):
    """A new campaign: blank, or last year's with its dates moved."""

    name = forms.CharField(label=gettext_lazy("Name of the campaign"), max_length=300)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy("Letters without marks, digits and hyphens: xanh-2026."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit that runs it"))
    source = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("Copy the plan of"),
        required=False,
        empty_label=gettext_lazy("No plan: begin with a blank one"),
    )
    years = forms.IntegerField(
        label=gettext_lazy("Move its dates by so many years"), min_value=0, max_value=10, initial=1
    )

    def __init__(self, *args: Any, units: Any, sources: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["source"].queryset = sources
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Campaign.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a campaign with this code already."))
        return code
