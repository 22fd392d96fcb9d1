"""What an officer types: a verdict on each nominee, the defects of a return."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.audit import log
from core.ui.forms import PortalForm, RowForm
from core.ui.merging import Merging
from dossiers.models import Nomination, Verdict
from dossiers.rules.appraisal import Opinion

LONGEST = 2000


class VerdictsForm(Merging):
    """One opinion and remark for each nominee; those left open stay open."""

    def __init__(self, *args: Any, nominations: Sequence[Nomination], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        self.verdicts = {n.pk: n.verdict for n in nominations if hasattr(n, "verdict")}
        for nomination in nominations:
            self._add(nomination.pk)
        self.show(self._kept())

    def _add(self, pk: int) -> None:
        self.fields[f"opinion_{pk}"] = forms.ChoiceField(
            label=_("Opinion"),
            choices=Verdict.Opinion.choices,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[f"remark_{pk}"] = forms.CharField(
            label=_("Remark"),
            help_text=_("Required to drop somebody: the unit reads it as the reason."),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONGEST,
            required=False,
        )
        for name in (f"opinion_{pk}", f"remark_{pk}"):
            self.fields[name].quiet = True  # what is open here is said by the sheet

    def _kept(self) -> dict[str, Any]:
        kept = {}
        for nomination in self.nominations:
            verdict = self.verdicts.get(nomination.pk)
            kept[f"opinion_{nomination.pk}"] = verdict.opinion if verdict else ""
            kept[f"remark_{nomination.pk}"] = verdict.remark if verdict else ""
        return kept

    def kept_now(self) -> dict[str, Any]:
        rows = Verdict.objects.filter(nomination__in=self.nominations)
        self.verdicts = {verdict.nomination_id: verdict for verdict in rows}
        return self._kept()

    def together(self) -> list[list[str]]:
        """A remark is the reason of its opinion."""
        return [[f"opinion_{n.pk}", f"remark_{n.pk}"] for n in self.nominations]

    def is_final(self) -> bool:
        return "conclude" in self.data

    def label_of(self, name: str) -> str:
        [whom] = [str(n) for n in self.nominations if n.pk == _nominee_of(name)]
        return f"{whom}: {_('Opinion and remark')}"

    def changed(self) -> str:
        """By the first verdict that was given in two places, else by the newest of all."""
        keys = [_nominee_of(conflict.name) for conflict in self.conflicts]
        newest = sorted(self.verdicts.values(), key=lambda verdict: verdict.at, reverse=True)
        given = [self.verdicts[key] for key in keys if key in self.verdicts] or newest
        return log.changed_meanwhile(given[0] if given else self.nominations[0].dossier)

    @property
    def rows(self) -> Iterable[dict[str, Any]]:
        """For the sheet: each nominee with its bound fields."""
        for nomination in self.nominations:
            pk = nomination.pk
            yield {
                "nomination": nomination,
                "opinion": self[f"opinion_{pk}"],
                "remark": self[f"remark_{pk}"],
            }

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for nomination in self.nominations:  # each is named: one list holds the faults of all
            who = {"name": nomination.titled}
            remark = values.get(f"remark_{nomination.pk}", "")
            opinion = values.get(f"opinion_{nomination.pk}", "")
            if opinion == Verdict.Opinion.DROP and not remark.strip():
                text = _("Write why %(name)s is dropped.")
                self.add_error(f"remark_{nomination.pk}", text % who)
            if remark.strip() and not opinion and not self.errors.get(f"opinion_{nomination.pk}"):
                text = _("Choose an opinion on %(name)s, too.")
                self.add_error(f"opinion_{nomination.pk}", text % who)
        return values

    def opinions(self) -> dict[int, Opinion]:
        """{id of the nominee: what was said}, for those with an opinion."""
        values = self.cleaned_data
        return {
            n.pk: Opinion(
                opinion=values[f"opinion_{n.pk}"],
                remark=values[f"remark_{n.pk}"].strip(),
                version=self.verdicts[n.pk].version if n.pk in self.verdicts else 0,
            )
            for n in self.nominations
            if values[f"opinion_{n.pk}"]
        }


def _nominee_of(name: str) -> int:
    return int(name.partition("_")[2])


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
