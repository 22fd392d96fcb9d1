"""What may be typed about the numbers of the law."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.forms import PortalModelForm
from criteria.models import LegalBasis, Parameter


class ParameterForm(PortalModelForm):
    """A number from a day on. The day of a number that stands already corrects that number."""

    basis = forms.ModelChoiceField(LegalBasis.objects.all(), required=False)

    class Meta:
        model = Parameter
        fields = ["value", "valid_from", "basis", "article", "confirmed"]
        localized_fields = ["value"]

    def __init__(self, *args, newest, **kwargs):
        self.newest = newest
        super().__init__(*args, **kwargs)
        self.fields["value"].label = ", ".join(filter(None, (_("Value"), newest.unit_words)))
        self.fields["value"].widget.attrs["inputmode"] = "decimal"
        self.fields["valid_from"].help_text = gettext_lazy(
            "Papers of earlier days keep the number of their day."
        )
        self.fields["basis"].label = _("Legal basis")
        self.fields["article"].help_text = gettext_lazy("For example Điều 45 khoản 8.")
        self.fields["confirmed"].help_text = gettext_lazy(
            "Tick this once the text in force has been read and says so."
        )

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day < self.newest.valid_from:
            raise forms.ValidationError(
                _("There is a number from %(day)s already. Choose that day or a later one.")
                % {"day": f"{self.newest.valid_from:%d/%m/%Y}"}
            )
        return day
