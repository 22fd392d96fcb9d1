"""What may be typed about decisions and awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import rules
from awards.models import Award, Decision
from core.ui.forms import PortalForm, PortalModelForm

AS_ON_PAPER = _("As on the paper, for example 902/QĐ-UBND.")
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
        values = super().clean()
        named = {name: value for name, value in values.items() if name in self._meta.fields}
        said = Decision(pk=self.instance.pk, unit=self.instance.unit, **named)
        for finding in rules.unsound_signing(said):
            if finding.part not in self.errors:
                self.add_error(finding.part, str(finding))
        for name, other in (PROPOSAL, PROPOSAL[::-1]):
            if values.get(other) and not values.get(name) and name not in self.errors:
                self.add_error(name, _("A submission is cited by number and day: enter both."))
        return values


class CorrectionForm(PortalModelForm):
    """Other words for a granted award, and the decision that orders them."""

    by = forms.CharField(label=_("Correcting decision"), max_length=120, help_text=AS_ON_PAPER)
    on = forms.DateField(label=_("Corrected on"), help_text=_("Day/month/year."))

    class Meta:
        model = Award
        fields = ["name", "position"]

    def clean(self):
        values = super().clean()
        _refuse_unsound(self, self.instance)
        return values


class RevocationForm(PortalForm):
    """The revoking decision and the letter of article 93."""

    by = forms.CharField(
        label=_("Revoking decision"),
        max_length=120,
        help_text=AS_ON_PAPER,
    )
    on = forms.DateField(label=_("Revoked from"), help_text=_("Day/month/year."))
    cause = forms.ChoiceField(
        label=_("Reason of revocation"), choices=Award.Cause.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, award, **kwargs):
        super().__init__(*args, **kwargs)
        self.award = award

    def clean(self):
        values = super().clean()
        _refuse_unsound(self, self.award)
        return values


def _refuse_unsound(form, award):
    """Say at the fields what is wrong with the decision by which the award changes."""
    by, on = form.cleaned_data.get("by"), form.cleaned_data.get("on")
    if by and on:
        for finding in rules.unsound_later(award, by=by, on=on):
            form.add_error(finding.part, str(finding))
