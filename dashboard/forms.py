"""What a person says when asking for a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitKind
from accounts.rules import heads
from campaigns.models import AwardRound
from core.province import here
from core.ui.forms import PortalForm
from dashboard import figures

PARTS = {
    "models": _("III. Good examples and models"),
    "limits": _("V. Limits and causes"),
    "lessons": _("VI. Lessons"),
    "directions": _("VII. Directions"),
}


class ReportForm(PortalForm):
    """Round, signer, and the parts that no figure can write; an empty part is left blank."""

    round = forms.ModelChoiceField(label=_("Award round"), queryset=AwardRound.objects.none())
    number = forms.CharField(
        label=_("Number and symbol"),
        max_length=60,
        required=False,
        help_text=_("Without a number in front of the symbol, room is left for it."),
    )
    signed_on = forms.DateField(
        label=_("Day of the report"),
        required=False,
        help_text=_("Left empty, the day is written by hand."),
    )
    signer = forms.CharField(label=_("Signer"), max_length=120)
    signer_role = forms.CharField(
        label=_("Office of the signer"),
        max_length=120,
        help_text=_("Lines are parted by a stroke, for example KT. CHỦ TỊCH/PHÓ CHỦ TỊCH."),
    )
    receivers = forms.CharField(
        label=_("Who receives it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("One on each line."),
    )
    models = forms.CharField(label=PARTS["models"], widget=forms.Textarea, required=False)
    limits = forms.CharField(label=PARTS["limits"], widget=forms.Textarea, required=False)
    lessons = forms.CharField(label=PARTS["lessons"], widget=forms.Textarea, required=False)
    directions = forms.CharField(label=PARTS["directions"], widget=forms.Textarea, required=False)

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        field, named = self.fields["round"], figures.titles(rounds)
        field.queryset = rounds
        field.label_from_instance = lambda each: named[each.pk]

    def signing(self) -> dict[str, str]:
        """What `documents.summary` wants to know of number, day and signature, as plain text."""
        day = self.cleaned_data["signed_on"]
        said = {key: self.cleaned_data[key] for key in ("number", "signer", "signer_role")}
        receivers = self.cleaned_data["receivers"]
        return {**said, "receivers": receivers, "signed_on": day.isoformat() if day else ""}

    def remarks(self) -> dict[str, str]:
        """The written parts by their key."""
        return {key: self.cleaned_data[key] for key in PARTS}


def usual_signing(body: Unit) -> dict[str, str]:
    """What stands in the form before anybody writes: as a body of this kind does it."""
    role = f"{heads.FOR_COMMITTEE}/CHỦ TỊCH" if heads.is_committee(body) else "GIÁM ĐỐC"
    above = [here("Ủy ban nhân dân tỉnh (để báo cáo)")]
    if body.kind == UnitKind.PROVINCE:
        above = ["Bộ Nội vụ (để báo cáo)", here("Thường trực Tỉnh ủy (để báo cáo)")]
    return {
        "number": f"/{heads.symbol('BC', body)}",
        "signer_role": role,
        "receivers": "\n".join([*above, "Các đơn vị tham gia", "Lưu: VT"]),
    }
