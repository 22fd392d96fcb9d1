"""What an officer types: a verdict on each nominee, the defects of a return."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.ui.forms import PortalForm, RowForm
from dossiers.models import Nomination, Verdict
from dossiers.rules.appraisal import Opinion

LONGEST = 2000


class VerdictsForm(PortalForm):
    """One opinion and remark for each nominee; those left open stay open."""

    def __init__(self, *args: Any, nominations: Sequence[Nomination], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for nomination in nominations:
            self._add(nomination, getattr(nomination, "verdict", None))

    def _add(self, nomination: Nomination, verdict: Verdict | None) -> None:
        pk = nomination.pk
        self.fields[f"opinion_{pk}"] = forms.ChoiceField(
            label=_("Opinion"),
            choices=Verdict.Opinion.choices,
            widget=forms.RadioSelect,
            required=False,
            initial=verdict.opinion if verdict else None,
        )
        self.fields[f"remark_{pk}"] = forms.CharField(
            label=_("Remark"),
            help_text=_("Required to drop somebody: the unit reads it as the reason."),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONGEST,
            required=False,
            initial=verdict.remark if verdict else "",
        )
        self.fields[f"version_{pk}"] = forms.IntegerField(
            required=False,
            widget=forms.HiddenInput,
            initial=verdict.version if verdict else None,
        )
        for name in (f"opinion_{pk}", f"remark_{pk}"):
            self.fields[name].quiet = True  # what is open here is said by the sheet

    @property
    def rows(self) -> Iterable[dict[str, Any]]:
        """For the sheet: each nominee with its bound fields."""
        for nomination in self.nominations:
            pk = nomination.pk
            yield {
                "nomination": nomination,
                "opinion": self[f"opinion_{pk}"],
                "remark": self[f"remark_{pk}"],
                "version": self[f"version_{pk}"],
            }

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for nomination in self.nominations:
            remark = values.get(f"remark_{nomination.pk}", "")
            opinion = values.get(f"opinion_{nomination.pk}", "")
            if opinion == Verdict.Opinion.DROP and not remark.strip():
                self.add_error(f"remark_{nomination.pk}", _("Write why the nominee is dropped."))
            if remark.strip() and not opinion and not self.errors.get(f"opinion_{nomination.pk}"):
                self.add_error(f"opinion_{nomination.pk}", _("Choose an opinion, too."))
        return values

    def opinions(self) -> dict[int, Opinion]:
        """{id of the nominee: what was said}, for those with an opinion."""
        values = self.cleaned_data
        return {
            n.pk: Opinion(
                opinion=values[f"opinion_{n.pk}"],
                remark=values[f"remark_{n.pk}"].strip(),
                version=values[f"version_{n.pk}"],
            )
            for n in self.nominations
            if values[f"opinion_{n.pk}"]
        }


class DefectRow(RowForm):
    """One thing to mend: where, and what."""

    part = forms.ChoiceField(label=pgettext_lazy("of a dossier", "Part"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What must be mended"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"list": "defect-reasons", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", _("Choose a part")), *choices]
        for field in self.fields.values():
            field.quiet = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        part, text = values.get("part"), values.get("text")
        if text and not part and "part" not in self.errors:
            self.add_error("part", _("Choose the part that must be mended."))
        if part and not text and "text" not in self.errors:
            self.add_error("text", _("Say what must be mended."))
        return values


DefectRows = forms.formset_factory(DefectRow, extra=0, min_num=1, can_delete=True)


class ReturnForm(PortalForm):
    """Why a dossier goes back, and every defect at once."""

    note = forms.CharField(
        label=gettext_lazy("Reason of the return"),
        help_text=gettext_lazy("The unit reads it first; name the law or the plan where you can."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any
    ):
        super().__init__(data, *args, **kwargs)
        self.rows = DefectRows(data, prefix="defects", form_kwargs={"choices": choices})

    def is_valid(self) -> bool:
        """Its own fields and all rows; what is wrong in a row is said at its field."""
        own, rows = super().is_valid(), self.rows.is_valid()
        if rows and not self.defects():
            kept = [row for row in self.rows if not row.cleaned_data.get("DELETE")]
            form, field = (kept[0], "part") if kept else (self, None)
            form.add_error(field, _("Say what must be mended, part by part."))
        return own and not self.errors and self.rows.is_valid()

    def defects(self) -> list[tuple[str, str]]:
        """(key of the part, what must be mended), rows taken away left out."""
        return [
            (row.cleaned_data["part"], row.cleaned_data["text"])
            for row in self.rows
            if row.cleaned_data.get("text") and not row.cleaned_data.get("DELETE")
        ]


class BulkForm(PortalForm):
    """Dossiers chosen in a list."""

    row = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, pks: Iterable[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["row"].choices = [(pk, pk) for pk in pks]
