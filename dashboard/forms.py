"""What a person says when asking for a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import AwardRound
from core.ui.forms import PortalForm

PARTS = {
    "models": _("III. Good examples and models"),
    "limits": _("V. Limits and causes"),
    "lessons": _("VI. Lessons"),
    "directions": _("VII. Directions"),
}


class ReportForm(PortalForm):
    """Round, signer, and the parts that no figure can write; an empty part is left blank."""

    round = forms.ModelChoiceField(label=_("Award round"), queryset=AwardRound.objects.none())
    signer = forms.CharField(label=_("Signer"), max_length=120)
    signer_role = forms.CharField(label=_("Office of the signer"), max_length=120)
    models = forms.CharField(label=PARTS["models"], widget=forms.Textarea, required=False)
    limits = forms.CharField(label=PARTS["limits"], widget=forms.Textarea, required=False)
    lessons = forms.CharField(label=PARTS["lessons"], widget=forms.Textarea, required=False)
    directions = forms.CharField(label=PARTS["directions"], widget=forms.Textarea, required=False)

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds

    def remarks(self) -> dict[str, str]:
        """The written parts by their key."""
        return {key: self.cleaned_data[key] for key in PARTS}
