"""What may be typed about aims: a call with its day, a unit's lines."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardType, NomineeKind
from campaigns.models import AimCall
from campaigns.rules import aims as rules
from campaigns.rules.aims import Line
from core.audit import log
from core.clock import clock
from core.text import nfc
from core.ui.forms import PortalForm, RowForm
from core.ui.merging import Merging

BLANK = 2  # rows to fill in where no script adds more


def outside(words: Any) -> dict[str, Any]:
    """One sentence for whatever is no whole number or lies outside the bounds."""
    return dict.fromkeys(("invalid", "min_value", "max_value"), words)


class CallForm(PortalForm):
    """Whom to ask, for which year, until when. `subjects` are [("campaign:3", name)]."""

    subject = forms.ChoiceField(label=gettext_lazy("Campaign or block"))
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=1946,
        max_value=2100,
        localize=False,
        error_messages=outside(gettext_lazy("Write a year from 1946 to 2100.")),
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


class DayForm(Merging):
    """Another last day of a call."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Day/month/year."),
    )
    note = forms.CharField(
        label=gettext_lazy("What the units should know"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, call: AimCall, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.call = call
        self.show({"last_day": call.last_day, "note": call.note})

    def kept_now(self) -> dict[str, Any]:
        call = AimCall.objects.get(pk=self.call.pk)
        return {"last_day": call.last_day, "note": call.note}

    def changed(self) -> str:
        return log.changed_meanwhile(self.call)

    def lock(self) -> None:
        AimCall.objects.select_for_update(of=("self",)).get(pk=self.call.pk)


MISSING = {
    "award_type": gettext_lazy("Choose the title or form."),
    "kind": gettext_lazy("Choose for whom it is."),
}


class AimRow(RowForm):
    """One aim: a title or form, for whom, how many, or one by name."""

    award_type = forms.ModelChoiceField(
        AwardType.objects.none(), label=gettext_lazy("Title or form"), required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Given to"), required=False)
    number = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=9999,
        required=False,
        error_messages=outside(gettext_lazy("Write a number from 1 to 9999.")),
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
        if any(values.values()) or self.errors:
            for name, sentence in MISSING.items():
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if not self.errors and values.get("award_type"):
            for fault in rules.faults_of_line(self.line()):
                self.add_error(fault.part, capfirst(str(fault)))
        return values

    def line(self) -> Line:
        """What the row says; without a number one is meant."""
        said = self.cleaned_data
        name = nfc(said["name"]).strip()
        return Line(said["award_type"], said["kind"], said["number"] or 1, name)


class AllAimRows(forms.BaseFormSet):
    """The rows together: one title or form stands once for the same."""

    def clean(self) -> None:
        rows = [form for form in self.filled() if not form.errors]
        for place, fault in rules.twice([form.line() for form in rows]).items():
            rows[place].add_error(fault.part, str(fault))

    def filled(self) -> list[AimRow]:
        """Rows that say something and stay."""
        said = [(form, form.cleaned_data) for form in self.forms]
        return [form for form, row in said if row.get("award_type") and not row.get("DELETE")]


AimRows = forms.formset_factory(AimRow, AllAimRows, extra=BLANK, can_delete=True, max_num=250)


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

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])

    def lines(self) -> list[Line]:
        """The lines that say something."""
        return [form.line() for form in self.rows.filled()]


class ChosenForm(PortalForm):
    """Rows that somebody ticked; `name` of the boxes is “row”."""
