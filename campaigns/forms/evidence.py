"""What may be typed about evidence: itself, and the place of it that a criterion rests on."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from campaigns.models import Evidence
from core.documents.fields import GateField
from core.ui.forms import PortalForm


class EvidenceForm(PortalForm):
    """A file, or the reference of a document, or both."""

    title = forms.CharField(label=gettext_lazy("Title or summary"), max_length=400)
    number = forms.CharField(
        label=gettext_lazy("Number of the document"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Such as 45/BC-UBND. Without a file it is needed."),
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Day of the document"),
        required=False,
        help_text=gettext_lazy("Day/month/year."),
    )
    file = GateField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, unit: Unit, parts: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        file: Any = self.fields["file"]
        file.of(unit, self.user)
        file.widget.attrs |= {"data-parts": parts, "data-most": settings.UPLOAD_MOST}

    def values(self) -> dict[str, Any]:
        names = ("title", "number", "issued_on", "file")
        return {name: self.cleaned_data[name] for name in names}


class UseForm(EvidenceForm):
    """Evidence for a criterion: out of the locker, or new; with the page and the words."""

    evidence = forms.ModelChoiceField(
        Evidence.objects.none(),
        label=gettext_lazy("Out of the locker"),
        required=False,
        empty_label=gettext_lazy("New evidence, as below"),
    )
    page = forms.IntegerField(
        label=gettext_lazy("Page"),
        required=False,
        min_value=1,
        max_value=9999,
        localize=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    quote = forms.CharField(
        label=gettext_lazy("Words quoted"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("The sentence that proves it; the appraiser sees it at once."),
    )

    field_order = ["evidence", "title", "number", "issued_on", "file", "page", "quote"]

    def __init__(self, *args: Any, evidence: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = evidence
        self.fields["title"].required = False
        for name in ("title", "number", "issued_on", "file"):
            self.fields[name].quiet = True

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("evidence") and not values.get("title"):
            self.add_error("title", _("Choose evidence out of the locker, or name a new one."))
        return values
