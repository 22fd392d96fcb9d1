"""What may be typed about decisions and awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Decision
from core.ui.forms import PortalModelForm


class SigningForm(PortalModelForm):
    """Number, day and signer of a draft, as they stand on the signed paper."""

    class Meta:
        model = Decision
        fields = ["number", "signed_on", "signer_role", "signer", "place"]
        widgets = {"signer_role": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "number": _("As on the paper, for example 1286/QĐ-UBND."),
            "signer_role": _("As above the signature, on one line or two."),
            "place": _("As before the date, for example Đồng Tháp."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = field.required or field.widget.is_hidden is False
