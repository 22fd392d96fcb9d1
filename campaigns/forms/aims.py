"""What may be typed about aims: a call with its day, a unit's lines."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardType, NomineeKind
from campaigns.rules.aims import Line
from core.clock import clock
from core.text import nfc
from core.ui.forms import PortalForm

BLANK = 2  # rows to fill in where no script adds more


class CallForm(PortalForm):
    """Whom to ask, for which year, until when. `subjects` are [("campaign:3", name)]."""

    subject = forms.ChoiceField(label=gettext_lazy("Campaign or block"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=1946, max_value=2100, localize=False
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Day/month/year. After it the portal takes no first list."),
    )
    note = forms.CharField(
        label=gettext_lazy("What the units should know"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, subjects: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("Choose one")), *subjects]
        self.initial.setdefault("year", clock.today().year)


class DayForm(PortalForm):
    """Another last day of a call."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("Day/month/year.")
    )
    note = forms.CharField(
        label=gettext_lazy("What the units should know"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class AimRow(forms.Form):
    """One aim: a title or form, for whom, how many, or one by name."""

    award_type = forms.ModelChoiceField(
        AwardType.objects.none(), label=gettext_lazy("Title or form"), required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Given to"), required=False)
    number = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=9999, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Name, where it is settled"), max_length=200, required=False
    )

    def __init__(self, *args: Any, types: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["award_type"].queryset = types
        self.fields["award_type"].empty_label = _("Choose one")
        self.fields["kind"].choices = [("", _("Choose one")), *NomineeKind.choices]
        for field in self.fields.values():
            field.quiet = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        said = [name for name in ("award_type", "kind", "number", "name") if values.get(name)]
        if said and not self.errors:
            if not values.get("award_type"):
                self.add_error("award_type", _("Choose the title or form."))
            if not values.get("kind"):
                self.add_error("kind", _("Choose for whom it is."))
        return values


AimRows = forms.formset_factory(AimRow, extra=BLANK, can_delete=True, max_num=250)


class AimsForm(PortalForm):
    """A unit's list: its lines and a remark."""

    note = forms.CharField(
        label=gettext_lazy("Remarks of the unit"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *args: Any, types: Any, lines: Iterable[Any] = (), **kwargs: Any
    ):
        super().__init__(data, *args, **kwargs)
        initial = [
            {
                "award_type": aim.award_type_id,
                "kind": aim.kind,
                "number": None if aim.name else aim.number,
                "name": aim.name,
            }
            for aim in lines
        ]
        self.rows = AimRows(data, prefix="aims", initial=initial, form_kwargs={"types": types})
        self.formsets = [self.rows]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.rows.is_valid():
            self.add_error(None, _("Look at the lines again."))
        return values

    def lines(self) -> list[Line]:
        """The lines that say something; without a number one is meant."""
        return [
            Line(row["award_type"], row["kind"], row["number"] or 1, nfc(row["name"]).strip())
            for row in (form.cleaned_data for form in self.rows)
            if row.get("award_type") and not row.get("DELETE")
        ]


class ChosenForm(PortalForm):
    """Rows that somebody ticked; `name` of the boxes is “row”."""
