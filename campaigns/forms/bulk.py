"""What is done with many cells of a block at once."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import BulkAct
from core.ui.forms import PortalForm
from criteria.rules import numbers

CELL = re.compile(r"(\d{1,12})-(\d{1,12})-(\d{1,9})")


class BulkForm(PortalForm):
    """How to judge the cells that were chosen."""

    way = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=BulkAct.Way.choices,
        initial=BulkAct.Way.AGREE,
        widget=forms.RadioSelect,
    )
    points = forms.CharField(
        label=gettext_lazy("Points"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed where points change; the units will read it."),
    )

    def clean_points(self) -> str:
        typed = self.cleaned_data["points"].strip()
        if typed:
            try:
                numbers.read(typed)
            except numbers.NotANumber as fault:
                raise forms.ValidationError(str(fault)) from fault
        return typed

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("way") == BulkAct.Way.POINTS:
            if not values.get("points") and "points" not in self.errors:
                self.add_error("points", _("Write the points."))
            if not values.get("reason"):
                self.add_error("reason", _("Write the reason: the units will read it."))
        return values


def cells(values: list[str]) -> list[tuple[int, int, int]]:
    """(sheet, criterion, version) of the cells that came back, one or several in a value; what
    is no cell is passed over."""
    found = filter(None, (CELL.fullmatch(each) for value in values for each in value.split(",")))
    return [(int(match[1]), int(match[2]), int(match[3])) for match in found]
