"""What is typed into reports, syntheses and late permits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from campaigns.forms.results import figure_field, initial_of, typed
from core.ui.forms import PortalForm

TEXTS = {
    "summary": _("What was done in the period"),
    "difficulties": _("Difficulties and their causes"),
    "proposals": _("Proposals"),
}


class _Contents(PortalForm):
    """A long text for each content of the campaign, between the general ones."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rows = 5

    def __init__(self, *args: Any, contents: Any, written: Any, texts: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.contents = list(contents)
        for name, label in TEXTS.items():
            self._long(name, label, getattr(texts, name))
        for content in self.contents:
            self._long(part_of(content), str(content), written.get(content.pk, ""))
        self.initial.setdefault("version", texts.version)

    def _long(self, name: str, label: Any, text: str) -> None:
        widget = forms.Textarea({"rows": self.rows})
        self.fields[name] = forms.CharField(label=label, required=False, widget=widget)
        self.fields[name].quiet = True
        self.initial.setdefault(name, text)

    @property
    def parts(self) -> list[Any]:
        return [self[part_of(content)] for content in self.contents]

    def said(self) -> dict[int, str]:
        return {c.pk: self.cleaned_data[part_of(c)] for c in self.contents}

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXTS}


class ReportForm(_Contents):
    """One unit's report: general words, each content, and figures prefilled from results."""

    def __init__(self, *args: Any, targets: Any, kept: Any, figures: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.targets = list(targets)
        for target in self.targets:
            name, cell = figure_of(target), kept.get(target.pk)
            field = figure_field(target)
            field.help_text = _hint(target, cell)
            self.fields[name] = field
            whole = cell.result if cell and cell.whole else None
            self.initial.setdefault(name, figures.get(target.code) or initial_of(whole))

    @property
    def numbers(self) -> list[Any]:
        return [self[figure_of(target)] for target in self.targets]

    def figures(self) -> dict[str, str]:
        return {t.code: typed(self.cleaned_data.get(figure_of(t))) for t in self.targets}


class SynthesisForm(_Contents):
    """The agency's own words over those of the units."""

    rows = 10


class MergeForm(PortalForm):
    """Which duty and period are put together."""

    duty = forms.IntegerField(widget=forms.HiddenInput)
    period = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)


class UnitPermitForm(PortalForm):
    """A late permit: for whom, until when, why."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=_("Choose one"))
    last_day = forms.DateField(label=_("Last day"), help_text=_("Day/month/year."))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class PermitForm(UnitPermitForm):
    """And for what."""

    subject = forms.ChoiceField(label=_("What may be sent late"))
    field_order = ["unit", "subject"]

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subjects


class NoteForm(PortalForm):
    """A note on an act that others read."""

    note = forms.CharField(
        label=_("Reason"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )


def part_of(content: Any) -> str:
    return f"content_{content.pk}"


def _hint(target, cell):
    """Where the figure of the field comes from; one of which months are missing is told, not
    written into the field."""
    if cell is None:
        return target.unit_of_measure
    if not cell.whole:
        text = _("%(unit)s; known so far: %(figure)s (%(how)s)")
        said = {"unit": target.unit_of_measure, "figure": cell.figure, "how": cell.note}
        return (text % said).removeprefix("; ")
    text = _("%(unit)s; from the results of %(period)s")
    said = {
        "unit": target.unit_of_measure or _("as kept"),
        "period": cell.result.period_words,
    }
    return ", ".join(filter(None, [text % said, cell.note]))


def figure_of(target: Any) -> str:
    return f"figure_{target.pk}"
