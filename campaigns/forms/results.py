"""What units type about targets: a field for each, by the way it is compared."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from campaigns.figures import results
from campaigns.models import Campaign, Target, TargetResult
from core.audit import log
from core.documents.fields import GateField
from core.ui.forms import PortalForm
from core.ui.merging import Merging

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
        typed_in = forms.TextInput({"inputmode": "decimal", "class": "form-control num"})
        field = forms.DecimalField(max_digits=16, decimal_places=4, required=False, widget=typed_in)
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


class ResultsForm(Merging):
    """All targets of a campaign for one unit and one period on one page, merged cell by cell."""

    def __init__(self, *args: Any, campaign: Campaign, unit: Unit, period: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.campaign, self.unit, self.period = campaign, unit, period
        self.targets = list(campaign.targets.order_by("order"))
        for target in self.targets:
            value, source = field_of(target), source_of(target)
            self.fields[value] = figure_field(target)
            self.fields[source] = forms.CharField(
                max_length=200, required=False, widget=forms.TextInput({"class": "form-control"})
            )
            self.fields[source].label = _("Source: %(target)s") % {"target": target.name}
            self.fields[source].quiet = True
        self.show(self.kept_now())

    def kept_now(self) -> dict[str, Any]:
        self.kept = results.entered(self.unit, self.campaign, self.period)
        cells = {}
        for target in self.targets:
            result = self.kept.get(target.pk)
            cells[field_of(target)] = initial_of(result)
            cells[source_of(target)] = result.source if result else ""
        return cells

    def together(self) -> list[list[str]]:
        """A source is that of its figure."""
        return [[field_of(target), source_of(target)] for target in self.targets]

    def changed(self) -> str:
        """By whom the first figure was saved that was changed in two places."""
        names = {conflict.name for conflict in self.conflicts}
        met = [target for target in self.targets if field_of(target) in names]
        row = self.kept.get(met[0].pk) if met else None
        if row:
            return log.meanwhile(row.by, row.at)
        taken_out = {"words__changes__has_key": met[0].code} if met else {}
        return log.changed_meanwhile(self.campaign, unit=self.unit, **taken_out)

    def lock(self) -> None:
        """One at a time for a unit, also where there is no row yet that could be locked."""
        Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=self.unit.pk)

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
