"""What the secretary types of a sitting: who was there, and the count for each nominee."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.documents.fields import GateField
from core.ui.forms import PortalForm
from dossiers.models import Nomination
from dossiers.rules import council
from dossiers.rules.council import Count, Presence

MOST = 500  # no council is larger
COUNTS = (
    ("for", gettext_lazy("For")),
    ("against", gettext_lazy("Against")),
    ("blank", gettext_lazy("Blank or invalid")),
    ("recused", gettext_lazy("Stood aside")),
)


class SittingForm(PortalForm):
    """Presence, then one row of numbers a nominee. A row left empty was not voted on."""

    held_on = forms.DateField(label=gettext_lazy("Day of the sitting"))
    chair = forms.CharField(label=gettext_lazy("Chaired by"), max_length=150)
    members_total = forms.IntegerField(
        label=gettext_lazy("Members of the council"),
        help_text=gettext_lazy("The share of votes is counted over all of them."),
        min_value=1,
        max_value=MOST,
    )
    members_present = forms.IntegerField(
        label=gettext_lazy("Members present"), min_value=0, max_value=MOST
    )
    written_opinions = forms.IntegerField(
        label=gettext_lazy("Written opinions of absent members"),
        min_value=0,
        max_value=MOST,
        initial=0,
    )
    recusals = forms.CharField(
        label=gettext_lazy("Who stood aside, and for whom"),
        help_text=gettext_lazy("Nobody votes on a nominee of their own unit."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    fewer = forms.BooleanField(
        label=gettext_lazy("Fewer ballots than members who took part: so it says in the minutes"),
        required=False,
    )
    minutes = GateField(
        label=gettext_lazy("Minutes"), kinds=("pdf", "docx", "jpg", "png"), required=False
    )

    def __init__(self, *args: Any, nominations: Sequence[Nomination], unit: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.nominations, self._short = nominations, False
        self.fields["minutes"].of(unit, self.user)
        for nomination in nominations:
            for name, label in COUNTS:
                words = _("%(what)s: %(name)s") % {"what": label, "name": nomination.name}
                self.fields[f"{name}_{nomination.pk}"] = forms.IntegerField(
                    label=words,
                    min_value=0,
                    max_value=MOST,
                    required=False,
                    widget=forms.TextInput(
                        attrs={
                            "class": "form-control",
                            "inputmode": "numeric",
                            "autocomplete": "off",
                            "data-votes": name,
                        }
                    ),
                )

    @property
    def sitting_fields(self) -> list[Any]:
        """The bound fields of the sitting itself."""
        return [self[name] for name in self.base_fields if name not in {"once", "fewer"}]

    @property
    def asks_about_fewer(self) -> bool:
        """Whether ballots were missing in what was typed: only then is there anything to ask."""
        return bool(self.is_bound and (self.data.get("fewer") or self._short))

    @property
    def rows(self) -> Iterable[dict[str, Any]]:
        for nomination in self.nominations:
            cells = [self[f"{name}_{nomination.pk}"] for name, _label in COUNTS]
            errors = [error for cell in cells for error in cell.errors]
            yield {"nomination": nomination, "cells": cells, "errors": errors}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for nomination in self.nominations:
            numbers = self._numbers(nomination, values)
            name = f"for_{nomination.pk}"
            begun = any(number is not None for number in numbers.values())
            if begun and numbers["for"] is None and name not in self.errors:
                self.add_error(name, _("Enter the votes for, 0 if there were none."))
        if not self.errors and not values["fewer"]:
            self._ask_about_fewer()
        return values

    def _ask_about_fewer(self):
        """Each row whose ballots do not add up, with what to do about it."""
        presence, counts = self.presence(), self.counts()
        if any(council.unsound_presence(presence)):
            return  # the numbers above are to be mended first
        for pk, count in counts.items():
            for finding in council.ballots_missing(count, presence):
                self._short = True
                self.add_error(f"for_{pk}", str(finding))

    def presence(self) -> Presence:
        values = self.cleaned_data
        return Presence(
            values["members_total"], values["members_present"], values["written_opinions"]
        )

    def counts(self) -> dict[int, Count]:
        """{id of the nominee: count}, for those whose votes for were entered."""
        found = {}
        for nomination in self.nominations:
            numbers = self._numbers(nomination, self.cleaned_data)
            if numbers["for"] is not None:
                found[nomination.pk] = Count(
                    numbers["for"],
                    numbers["against"] or 0,
                    numbers["blank"] or 0,
                    numbers["recused"] or 0,
                )
        return found

    def refuse(self, findings: Iterable[Any]) -> None:
        """Put each finding to the field or row that it names."""
        for finding in findings:
            key, _colon, pk = finding.part.partition(":")
            name = f"for_{pk}" if key == "nominee" else key
            self.add_error(name if name in self.fields else None, str(finding))

    def _numbers(self, nomination, values):
        return {name: values.get(f"{name}_{nomination.pk}") for name, _label in COUNTS}
