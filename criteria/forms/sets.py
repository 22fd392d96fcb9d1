"""What may be typed about a set of criteria and the criteria in it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from core.audit import log
from core.clock import clock
from core.documents.fields import GateField
from core.text import fold
from core.ui.forms import PortalForm, PortalModelForm
from core.ui.merging import MergingForm
from criteria.models import CriteriaSet, Criterion
from criteria.rules import numbers, wording
from criteria.rules.scoring import KINDS

EXAMPLES = {
    "options": "Trưởng ban là Bí thư hoặc Chủ tịch: tối đa\nTrưởng ban là cấp phó: 1/2 tối đa\nChưa có: 0",
    "parts": "Có kế hoạch: 1/2 tối đa\nCó báo cáo kết quả: 1/2 tối đa",
    "count_bands": "từ 4: 20\ntừ 3: 15\ntừ 2: 10\ntừ 1: 5\ncòn lại: 0",
    "percent_bands": "từ 90 %: tối đa\ntừ 70 % đến dưới 90 %: 1/2 tối đa\ndưới 70 %: 0",
    "ratio": "chỉ tiêu: 80 %\nmẫu số bằng 0: tối đa",
    "per_occurrence": "trừ mỗi lần: 0,5\nthấp nhất: −5",
    "penalty": "trừ mỗi lần: 5",
    "bonus": "Cờ thi đua của Chính phủ: 15\nCờ thi đua cấp tỉnh: 10",
    "manual": "điểm thấp nhất: 0\nbước: 0,25",
}


class PointsField(forms.CharField):
    """Points as people type them, “12,5”; None where nothing is typed."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_length": 20, "required": False, **kwargs})
        self.widget.attrs["inputmode"] = "decimal"
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        return numbers.said(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            points = numbers.read(typed)
        except numbers.NotANumber as fault:
            raise forms.ValidationError(str(fault)) from None
        if not 0 <= points <= 99_999 or points != numbers.to_points(points):
            raise forms.ValidationError(
                _("Points are from 0 to 99.999, with two decimals at most.")
            )
        return points


TIES = (  # of rules.ranking.TIE_BREAKS, one after the other
    ("", gettext_lazy("Equal totals share a place")),
    ("base", gettext_lazy("More points without bonus")),
    ("main", gettext_lazy("More points in the main group")),
    ("base,main", gettext_lazy("More points without bonus, then in the main group")),
    ("main,base", gettext_lazy("More points in the main group, then without bonus")),
)


class SetForm(PortalModelForm):
    """What is said of the whole set; its unit where the visitor draws up for several."""

    stated_total = PointsField(
        label=gettext_lazy("Points in all"),
        help_text=gettext_lazy("As its title says, without bonus. The groups must add up to it."),
    )

    tie_breaks = forms.ChoiceField(
        label=gettext_lazy("What parts equal totals"), choices=TIES, required=False
    )

    class Meta:
        model = CriteriaSet
        fields = ["title", "year", "unit", "stated_total", "source", "note"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(path__in=self.user.reach(Perm.CRITERIA_MANAGE))
        self.fields["unit"].queryset = units
        self.initial.setdefault("tie_breaks", ",".join(self.instance.tie_breaks))
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["year"].widget.attrs["inputmode"] = "numeric"
        if self.instance.pk:
            del self.fields["unit"]
        elif len(units) == 1:
            self.fields["unit"].initial = units[0]
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_tie_breaks(self) -> list[str]:
        return [name for name in self.cleaned_data["tie_breaks"].split(",") if name]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        title, unit = values.get("title"), values.get("unit")
        if title and unit and values.get("year"):
            self.code = slugify(fold(title))[:60] or "bo-tieu-chi"
            same = CriteriaSet.objects.filter(unit=unit, code=self.code, year=values["year"])
            if same.exists():
                text = _(
                    "There is a set of this name for %(year)s. Open it, or choose another name."
                )
                self.add_error("title", text % {"year": values["year"]})
        return values


def ties_in_words(held: CriteriaSet) -> Any:
    """How the set parts equal totals."""
    return dict(TIES).get(",".join(held.tie_breaks), "")


class CriterionForm(MergingForm):
    """A criterion, or a group where no way of scoring is chosen."""

    most = PointsField(label=gettext_lazy("Most points"))
    kind = forms.ChoiceField(label=gettext_lazy("Way of scoring"), required=False)
    rule = forms.CharField(
        label=gettext_lazy("Rule, a line each"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Criterion
        fields = [
            "code",
            "name",
            "group",
            "role",
            "most",
            "kind",
            "rule",
            "guidance",
            "evidence",
            "responsible",
            "verifier",
            "verifier_unit",
            "data_source",
        ]

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.criteria_set = criteria_set
        self.criteria_set = criteria_set
        kinds = [(name, kind.title) for name, kind in KINDS.items()]
        self.fields["kind"].choices = [("", _("None: this is a group")), *kinds]
        groups = criteria_set.criteria.filter(kind="").exclude(pk=self.instance.pk)
        self.fields["group"].queryset = groups
        self.fields["group"].label = _("Inside the group")
        self.fields["group"].empty_label = _("None: at the top")
        self.fields["role"].help_text = _("Of a group at the top; what is inside follows it.")
        self.fields["verifier_unit"].queryset = Unit.objects.standing(clock.today())
        for name in ("guidance", "evidence"):
            self.fields[name].widget.attrs["rows"] = 3
        if self.instance.pk:
            self.initial["rule"] = "\n".join(self.instance.rule)

    def values_of(self, row: Criterion) -> dict[str, Any]:
        return super().values_of(row) | {"rule": "\n".join(row.rule)}

    def changed(self) -> str:
        return log.changed_meanwhile(self.criteria_set)

    def lock(self) -> None:
        CriteriaSet.objects.select_for_update(of=("self",)).get(pk=self.criteria_set.pk)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        kind, most = values.get("kind"), values.get("most") or Decimal(0)
        values["rule"] = self._rule(kind, most, values.get("rule", ""))
        code = values.get("code", "").rstrip(".")
        values["code"] = code
        same = self.criteria_set.criteria.filter(code=code).exclude(pk=self.instance.pk)
        if code and same.exists():
            self.add_error("code", _("This number stands in the set already."))
        if values.get("group") and self._is_inside_itself(values["group"]):
            self.add_error("group", _("A group cannot stand inside itself."))
        return values

    def _rule(self, kind: str | None, most: Decimal, text: str) -> list[str]:
        if not kind:
            if text.strip():
                self.add_error("kind", _("Say the way of scoring for this rule."))
            elif self.instance.pk and self.instance.kind == "":
                return []
            return text.splitlines()
        rule, unclear = wording.read_rule(kind, most, text)
        for sentence in unclear:
            self.add_error("rule", sentence)
        return wording.write_rule(rule).splitlines()

    def _is_inside_itself(self, group: Criterion) -> bool:
        above: Criterion | None = group
        while above is not None:
            if above.pk == self.instance.pk:
                return True
            above = above.group
        return False

    def values(self) -> dict[str, Any]:
        """What the act is to write, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SheetFileForm(PortalForm):
    """A workbook that holds the groups and criteria; `seen` once its preview was shown."""

    file = GateField(label=gettext_lazy("Workbook"), kinds=("xlsx",))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].of(unit, self.user)
        self.fields["file"].help_text = _(
            "The workbook of this page, or one with the columns of published sheets. Nothing is "
            "changed before you have seen what was read."
        )


class EditionForm(PortalForm):
    """For which year the next edition is."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1945, max_value=2100)
