"""What units type about targets: a field for each, by the way it is compared."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Target, TargetResult
from core.documents.fields import GateField
from core.ui.forms import PortalForm

YES_NO = (("", "–"), ("1", gettext_lazy("done")), ("0", gettext_lazy("not done yet")))


def figure_field(target: Target) -> forms.Field:
    """A number, a choice or words; an empty field says that nothing is known."""
    if target.compare == Target.Compare.YES_NO:
        field: Any = forms.ChoiceField(choices=YES_NO, required=False)
        field.widget.attrs["class"] = "form-select"
    elif target.compare == Target.Compare.TEXT:
        field = forms.CharField(max_length=400, required=False)
        field.widget.attrs["class"] = "form-control"
    else:
        field = forms.DecimalField(max_digits=16, decimal_places=4, required=False, localize=True)
        field.widget = forms.TextInput({"inputmode": "decimal", "class": "form-control num"})
    field.label, field.quiet = target.name, True
    return field


def typed(value: Any) -> str:
    """A cleaned figure as it is kept in a report."""
    return "" if value in (None, "") else str(value)


def initial_of(result: TargetResult | None) -> Any:
    """What stands in the field for a result that is kept."""
    if result is None:
        return None
    compare = result.target.compare
    if compare == Target.Compare.YES_NO:
        return str(int(result.value or 0))
    return result.text if compare == Target.Compare.TEXT else trimmed(result.value)


def trimmed(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the database adds: 12 rather than 12.0000."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


class ResultsForm(PortalForm):
    """All targets of a campaign for one unit and one period on one page."""

    def __init__(self, *args: Any, targets: Any, kept: dict[int, TargetResult], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.targets = list(targets)
        for target in self.targets:
            result = kept.get(target.pk)
            value, source = field_of(target), source_of(target)
            self.fields[value] = figure_field(target)
            self.fields[source] = forms.CharField(
                max_length=200, required=False, widget=forms.TextInput({"class": "form-control"})
            )
            self.fields[source].label = _("Source: %(target)s") % {"target": target.name}
            self.fields[source].quiet = True
            self.initial.setdefault(value, initial_of(result))
            self.initial.setdefault(source, result.source if result else "")

    def said(self) -> dict[int, tuple[Any, str]]:
        """{target id: (value or words or None, source)}."""
        values = self.cleaned_data
        return {t.pk: (values.get(field_of(t)), values.get(source_of(t), "")) for t in self.targets}


class EvidenceForm(PortalForm):
    """The file that proves one result."""

    file = GateField(label=gettext_lazy("File"))


def field_of(target: Target) -> str:
    return f"value_{target.pk}"


def source_of(target: Target) -> str:
    return f"source_{target.pk}"
