"""What a unit types into its dossier: general data, nominees by kind, reports, papers."""

import datetime
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit
from awards.models import NomineeKind
from core.audit import log
from core.clock import clock
from core.documents.fields import GateField
from core.province import here_lazy
from core.ui.forms import PortalForm
from core.ui.merging import Merging, MergingForm
from dossiers.models import AchievementReport, Defect, Dossier, Nomination
from dossiers.models.report import AFTER_CONTENTS, BEFORE_CONTENTS, PARTS

FIELDS = {
    NomineeKind.COLLECTIVE: ["name", "headcount", "workplace", "unit_votes", "under_review"],
    NomineeKind.INDIVIDUAL: [
        "name",
        "sex",
        "birth_day",
        "position",
        "position_class",
        "workplace",
        "unit_votes",
        "under_review",
    ],
    NomineeKind.HOUSEHOLD: ["name", "workplace", "unit_votes", "under_review"],
    NomineeKind.ENTERPRISE: ["name", "workplace", "headcount", "unit_votes", "under_review"],
}
NAMES = {
    NomineeKind.COLLECTIVE: _("In full, as the certificate prints it."),
    NomineeKind.INDIVIDUAL: _("As the certificate prints it, without “Ông” or “Bà”."),
    NomineeKind.HOUSEHOLD: _("As the certificate prints it, such as “Hộ ông Nguyễn Văn A”."),
    NomineeKind.ENTERPRISE: _("As registered; the certificate prints it like this."),
}
WORKPLACES = {
    NomineeKind.COLLECTIVE: _("Belongs to"),
    NomineeKind.INDIVIDUAL: _("Unit"),
    NomineeKind.HOUSEHOLD: _("Address"),
    NomineeKind.ENTERPRISE: _("Address"),
}
PART_ONE, PART_THREE = BEFORE_CONTENTS[:1], AFTER_CONTENTS[-1:]


_MANY = 9_999  # members of a council; a misplaced thumb types more
_FIRST_DAY = datetime.date(1945, 9, 2)  # before it no office of ours signed anything


_TOO_MANY = {
    "council_total": (_MANY, _("Nobody has as many members: write at most %(limit_value)s.")),
    "council_present": (_MANY, _("Nobody has as many members: write at most %(limit_value)s.")),
    "unit_votes": (_MANY, _("Nobody has as many members: write at most %(limit_value)s.")),
    "headcount": (9_999_999, _("Write the number of people, at most %(limit_value)s.")),
}


def _bounded(form: forms.Form) -> None:
    """Refuse what cannot be meant, with a sentence that says what can.

    In front of the bounds of the database's columns, which know nothing of councils.
    """
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField):
            first = datetime.date(1900, 1, 1) if name == "birth_day" else _FIRST_DAY
            text = _("This day is too long ago; look at its year once more.")
            field.error_messages["min_value"] = text
            field.validators.append(validators.MinValueValidator(first))
        elif name in _TOO_MANY:
            most, field.error_messages["max_value"] = _TOO_MANY[name]
            kept = [each for each in field.validators if each.code != "max_value"]
            field.validators = [validators.MaxValueValidator(most), *kept]


class OpenForm(PortalForm):
    """For which unit a dossier is opened; one with a single unit is not asked."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class GeneralForm(MergingForm):
    """The proposal and the sitting of the unit's council. Unfinished work may be saved."""

    class Meta:
        model = Dossier
        fields = [
            "proposal_number",
            "proposal_on",
            "council_met_on",
            "council_total",
            "council_present",
            "contact",
        ]
        help_texts = {
            "proposal_number": _("Such as 45/TTr-UBND."),
            "proposal_on": _("Day/month/year."),
            "council_met_on": _("Day/month/year, as in the minutes."),
            "council_total": _("How many members the unit's council has."),
            "council_present": _("How many of them were at the sitting."),
            "contact": _("Name and telephone of whoever knows this dossier."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _say_nothing_of_optional(self)
        _bounded(self)


class NomineeForm(MergingForm):
    """One nominee; the fields follow the kind. `person` and `collective` tell whom it is."""

    person = forms.ModelChoiceField(Person.objects.none(), required=False, widget=forms.HiddenInput)
    collective = forms.ModelChoiceField(
        Unit.objects.none(), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Nomination
        fields = [
            "name",
            "sex",
            "birth_day",
            "position",
            "position_class",
            "workplace",
            "headcount",
            "unit_votes",
            "under_review",
            "person",
            "collective",
        ]
        help_texts = {
            "birth_day": _("Day/month/year."),
            "position": _("As the certificate prints it, such as “Công chức Văn phòng”."),
            "position_class": here_lazy(_("For the statistics of the province.")),
            "unit_votes": _("Members of the unit's council who agreed, as in the minutes."),
            "under_review": _("Tick if anything of the kind is open now; see the law, Article 5."),
        }

    def __init__(self, *args: Any, kind: str, people: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = NomineeKind(kind)
        shown = FIELDS[self.kind]
        for name in set(self._meta.fields) - set(shown) - {"person", "collective"}:
            del self.fields[name]
        self.fields["person"].queryset = people
        self.fields["collective"].queryset = units
        self.fields["name"].help_text = NAMES[self.kind]
        self.fields["workplace"].label = WORKPLACES[self.kind]
        if self.kind == NomineeKind.COLLECTIVE:
            self.fields["name"].label = _("Name of the collective, as on the certificate")
        _say_nothing_of_optional(self)
        _bounded(self)

    def clean_birth_day(self) -> Any:
        day = self.cleaned_data["birth_day"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of birth is still to come."))
        return day

    def values_of(self, row: Any) -> dict[str, Any]:
        kept = super().values_of(row)
        return {name: value for name, value in kept.items() if name in self.fields}


class ReportForm(MergingForm):
    """Parts I–III of an achievement report, part II with a text for each content."""

    class Meta:
        model = AchievementReport
        fields = PARTS

    def __init__(self, *args: Any, contents: Any, **kwargs: Any):
        self.contents = list(contents)
        super().__init__(*args, **kwargs)
        for content in self.contents:
            name = field_of(content)
            self.fields[name] = forms.CharField(
                label=str(content), required=False, widget=forms.Textarea({"rows": 4})
            )
        for name in PARTS:
            self.fields[name].widget.attrs["rows"] = 6
        self.show(self.values_of(self.instance))  # a first text, too, may meet a colleague's
        _say_nothing_of_optional(self)

    def row_now(self) -> Any:
        nominee = self.instance.nomination_id
        return AchievementReport.objects.filter(nomination=nominee).first()

    def values_of(self, row: Any) -> dict[str, Any]:
        written = _written(row)
        texts = {field_of(content): written.get(content.pk, "") for content in self.contents}
        return super().values_of(row) | texts

    def sections(self) -> dict[int, str]:
        """The cleaned texts by content."""
        return {c.pk: self.cleaned_data[field_of(c)] for c in self.contents}

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def part_one(self) -> list[Any]:
        return self.part(*PART_ONE)

    @property
    def part_two(self) -> list[Any]:
        """The general text, the contents in their order, then the rest of the part."""
        contents = (field_of(content) for content in self.contents)
        return self.part(*BEFORE_CONTENTS[1:], *contents, *AFTER_CONTENTS[:-1])

    @property
    def part_three(self) -> list[Any]:
        return self.part(*PART_THREE)


class ExplainForm(Merging):
    """Why a part that came back stays as it is."""

    answer = forms.CharField(
        label=_("Why the part stays as it is"),
        help_text=_("The head of the unit and the officer read it beside the thing to mend."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )

    def __init__(self, *args: Any, defect: Defect, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.defect = defect
        self.show({"answer": defect.answer})

    def kept_now(self) -> dict[str, Any]:
        return {"answer": Defect.objects.values_list("answer", flat=True).get(pk=self.defect.pk)}

    def changed(self) -> str:
        part = {"words__changes__has_key": self.defect.part}
        return log.changed_meanwhile(self.defect.dossier, verb="dossier.explain", **part)

    def lock(self) -> None:
        Dossier.objects.select_for_update(of=("self",)).get(pk=self.defect.dossier_id)


class PaperForm(PortalForm):
    """One file for a component, with what the paper itself says."""

    file = GateField(label=_("File"))
    nomination = forms.ModelChoiceField(
        Nomination.objects.none(),
        required=False,
        label=_("For which nominee"),
        empty_label=_("The whole dossier"),
    )
    number = forms.CharField(
        max_length=60,
        required=False,
        label=_("Number of the document"),
        help_text=_("Such as 45/TTr-UBND."),
    )
    signed_on = forms.DateField(
        required=False, label=_("Day of the document"), help_text=_("Day/month/year.")
    )
    signer = forms.CharField(max_length=150, required=False, label=_("Signer"))

    def __init__(self, *args: Any, dossier: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["nomination"].queryset = dossier.nominations.all()
        self.fields["file"].of(dossier.unit, self.user)
        _bounded(self)


def field_of(content: Any) -> str:
    return f"content_{content.pk}"


def _written(report):
    if report is None or report.pk is None:
        return {}
    return {section.content_id: section.text for section in report.sections.all()}


def _say_nothing_of_optional(form):
    """Every field is needed in the end and none to save: the rail says what is missing."""
    for name, field in form.fields.items():
        if name != "name":
            field.required = False
        field.quiet = True
