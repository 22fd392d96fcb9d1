"""What may be typed in judging a sheet: why a criterion comes back, why a unit objects."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.ui.forms import PortalForm
from criteria.models import Criterion


class ReturnForm(PortalForm):
    """Why one criterion comes back alone."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("What is missing or wrong, and how it is mended."),
    )


class ObjectionForm(PortalForm):
    """A reason for each criterion to which the unit objects; the others stay empty."""

    autosaves = True
    text = forms.CharField(
        label=gettext_lazy("In general"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, criteria: Mapping[Criterion, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for row, said in criteria.items():
            self.fields[f"why-{row.pk}"] = forms.CharField(
                label=str(row),
                help_text=said,
                max_length=2000,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def reasons(self) -> dict[Criterion, str]:
        """The criteria with a reason."""
        found = {row: self.cleaned_data[f"why-{row.pk}"] for row in self.criteria}
        return {row: why for row, why in found.items() if why}
