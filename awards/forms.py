"""What may be typed about decisions and awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import rules
from awards.models import Award, Decision
from core.ui.forms import PortalForm, PortalModelForm

PROPOSAL = ("proposal_number", "proposal_on")


class SigningForm(PortalModelForm):
    """Number, day and signer of a draft, as they stand on the signed paper."""

    class Meta:
        model = Decision
        fields = [
            "number",
            "signed_on",
            "signer_role",
            "signer",
            "place",
            "proposal_number",
            "proposal_on",
        ]
        widgets = {"signer_role": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "signed_on": _("Day/month/year."),
            "number": _("As on the paper, for example 1286/QĐ-UBND."),
            "signer_role": _("As above the signature, on one line or two."),
            "place": _("As before the date, for example Đồng Tháp."),
            "proposal_number": _(
                "Of Home Affairs, for example 412/TTr-SNV; the decision cites it."
            ),
            "proposal_on": _("Day/month/year."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("number", "signed_on", "signer_role", "signer", "place"):
            self.fields[name].required = True
        if not self.instance.signer and (last := self.last_signed()):
            self.initial |= {"signer": last.signer, "signer_role": last.signer_role}

    def last_signed(self):
        """The unit's newest decision with a signer: mostly the same person signs the next."""
        return Decision.objects.filter(unit=self.instance.unit).exclude(signer="").first()

    def clean(self):
        """The constraint on number and day in words; its third field, the unit, is not typed."""
        values = super().clean()
        others = Decision.objects.exclude(pk=self.instance.pk).filter(unit=self.instance.unit)
        if others.filter(number=values.get("number"), signed_on=values.get("signed_on")).exists():
            self.add_error("number", _("There is already a decision with this number and day."))
        for name, other in (PROPOSAL, PROPOSAL[::-1]):
            if values.get(other) and not values.get(name) and name not in self.errors:
                self.add_error(name, _("A submission is cited by number and day: enter both."))
        return values


class CorrectionForm(PortalModelForm):
    """Other words for a granted award, and the decision that orders them."""

    by = forms.CharField(label=_("Correcting decision"), max_length=120)
    on = forms.DateField(label=_("Corrected on"), help_text=_("Day/month/year."))

    class Meta:
        model = Award
        fields = ["name", "position"]

    def clean_on(self):
        return _sound_day(self.instance, self.cleaned_data["on"])


class RevocationForm(PortalForm):
    """The revoking decision and the letter of article 93."""

    by = forms.CharField(
        label=_("Revoking decision"),
        max_length=120,
        help_text=_("As on the paper, for example 902/QĐ-UBND."),
    )
    on = forms.DateField(label=_("Revoked from"), help_text=_("Day/month/year."))
    cause = forms.ChoiceField(
        label=_("Reason of revocation"), choices=Award.Cause.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        self.award = award

    def clean_on(self):
        return _sound_day(self.award, self.cleaned_data["on"])


def _sound_day(award, day):
    if refused := [str(finding) for finding in rules.unsound_day(award, day)]:
        raise forms.ValidationError(refused)
    return day
