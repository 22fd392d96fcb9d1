"""What is typed about tasks and about a unit's own plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from campaigns.models import Task
from core.documents.fields import GateField
from core.ui.forms import PortalForm


class AssignForm(PortalForm):
    """Which task, to whom, by when."""

    task = forms.ModelChoiceField(Task.objects.none(), label=_("Task"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    due_on = forms.DateField(label=_("Last day"), required=False, help_text=_("Day/month/year."))

    def __init__(self, *args: Any, tasks: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = tasks
        self.fields["unit"].queryset = units


class OwnPlanForm(PortalForm):
    """The unit's plan for the campaign, as a file."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        required=False,
        help_text=_("Such as 45/KH-UBND."),
    )
    file = GateField(label=_("The unit's own plan"))


class OpenForm(PortalForm):
    """Nothing to type: opening is the act."""
