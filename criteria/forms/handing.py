"""Handing in a set of criteria as a YAML file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from core.ui.forms import PortalForm
from core.yaml.nodes import MOST_BYTES


class HandInForm(PortalForm):
    """A file, or the `text` of one that the page has shown; `seen` stands for what it showed."""

    file = forms.FileField(
        label=gettext_lazy("File of the set"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml", "data-most": MOST_BYTES}),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=255)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].quiet = True
        self.fields["file"].help_text = _(
            "A YAML file (.yaml) of up to %(most)s kB. Nothing is changed before you have seen "
            "what it would change."
        ) % {"most": MOST_BYTES // 1000}
        units = Unit.objects.filter(path__in=self.user.reach(Perm.CRITERIA_MANAGE))
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s kB; %(most)s kB are the most.")
                % {"size": file.size // 1000, "most": MOST_BYTES // 1000}
            )
        if file and not file.name.lower().endswith((".yaml", ".yml")):
            raise forms.ValidationError(
                _("Choose a file that ends in .yaml; “%(name)s” is another kind of file.")
                % {"name": file.name}
            )
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("file"):
            values["name"] = values["file"].name
        elif not values.get("text") and "file" not in self.errors:
            self.add_error("file", _("Choose the file."))
        return values

    def content(self) -> bytes:
        """The file's bytes, or those of the text that was shown."""
        if self.cleaned_data["file"]:
            return self.cleaned_data["file"].read()
        return self.cleaned_data["text"].replace("\r\n", "\n").encode()
