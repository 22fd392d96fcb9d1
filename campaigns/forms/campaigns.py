"""What may be typed about campaigns."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from campaigns import rules
from core.ui.forms import PortalForm


class PlanForm(PortalForm):
    """A plan file, and whose campaign it is where the visitor answers for several units."""

    file = forms.FileField(
        label=gettext_lazy("Plan file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit that runs it"))

    def __init__(self, *args, units, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = most
        said = {"yaml": most["yaml"] // 1000, "xlsx": most["xlsx"] // 1000}
        self.fields["file"].help_text = (
            _(
                "An Excel workbook (.xlsx) of up to %(xlsx)s kB, or a YAML file (.yaml) of up to "
                "%(yaml)s kB. Nothing is changed before you have seen what it would change."
            )
            % said
        )
        self.fields["file"].widget.attrs["data-most"] = max(most.values())
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_file(self):
        file = self.cleaned_data["file"]
        most = self.most.get(file.name.lower().rpartition(".")[2])
        if most is None:
            raise forms.ValidationError(
                _("Choose a file that ends in .xlsx or .yaml; “%(name)s” is another kind of file.")
                % {"name": file.name}
            )
        if file.size > most:
            raise forms.ValidationError(
                _("The file has %(size)s kB; %(most)s kB are the most.")
                % {"size": file.size // 1000, "most": most // 1000}
            )
        return file


class ApplyForm(PortalForm):
    """`seen` stands for the changes that the page showed; a reason is asked for where the plan
    takes out what others rest on."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it is taken out all the same"),
        help_text=gettext_lazy("Kept in the history of the campaign."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args, resting, **kwargs):
        super().__init__(*args, **kwargs)
        if not resting:
            del self.fields["reason"]


class UnitForm(PortalForm):
    """Which of the visitor's units; the choices are those that may be registered."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in rules.units_to_register(self.user)]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys)
