"""What may be typed about a block: itself and its members, its heads, its pledge."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.permissions import Perm
from campaigns.models import Block
from campaigns.rules import blocks
from core.audit import log
from core.clock import clock
from core.documents.fields import GateField
from core.ui.forms import PortalForm, PortalModelForm
from core.ui.merging import Merging
from criteria.models import CriteriaSet

MOST_MEMBERS = 200
YEARS_AHEAD = 2


class BlockForm(PortalModelForm):
    """A block with its members: names as they were in its year, one a line."""

    autosaves = True
    members = forms.CharField(
        label=gettext_lazy("Members of the block"),
        max_length=40_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy(
            "One unit a line, by the name that it had in that year. Case and accents do not count."
        ),
    )

    class Meta:
        model = Block
        fields = [
            "name",
            "year",
            "kind",
            "unit",
            "members",
            "criteria_set",
            "has_peers",
            "blind",
            "objection_days",
            "score_by",
        ]
        labels = {"unit": gettext_lazy("Drawn up by")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        paths = self.user.reach(Perm.BLOCK_MANAGE)
        units = Unit.objects.filter(path__in=paths)
        self.fields["unit"].queryset = units
        sets = CriteriaSet.objects.visible_to(self.user, Perm.CRITERIA_MANAGE)
        self.fields["criteria_set"].queryset = sets.exclude(state=CriteriaSet.State.RETIRED)
        if len(paths) == 1:
            self.fields["unit"].initial = units.first()
            self.fields["unit"].widget = forms.HiddenInput()
        if self.instance.pk:
            names = self.instance.members.values_list("unit_name", flat=True)
            self.initial["members"] = "\n".join(names)
        else:
            self.initial.setdefault("year", clock.today().year)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1945 <= year <= clock.today().year + YEARS_AHEAD:
            raise forms.ValidationError(_("Write the year with four digits, such as 2025."))
        return year

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("members") and values.get("year"):
            units, unknown = blocks.members_named(values["members"].splitlines(), values["year"])
            if unknown:
                text = _("No unit had this name in %(year)s: %(names)s.")
                said = {"year": values["year"], "names": "; ".join(unknown[:5])}
                self.add_error("members", text % said)
            if len(units) > MOST_MEMBERS:
                text = _("A block has %(most)s members at most.") % {"most": MOST_MEMBERS}
                self.add_error("members", text)
            self.units = units
        return values


class OfBlockForm(Merging):
    """What is kept of a block, in its row or in those of its members."""

    def __init__(self, *args: Any, block: Block, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.block = block

    def changed(self) -> str:
        return log.changed_meanwhile(self.block)

    def lock(self) -> None:
        Block.objects.select_for_update(of=("self",)).get(pk=self.block.pk)


class HeadsForm(OfBlockForm):
    """The head and the deputies, out of the members."""

    head = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Head of the block"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    deputies = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Deputies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The first one checks the sheet of the head's own unit."),
    )

    def __init__(self, *args: Any, block: Block, **kwargs: Any):
        super().__init__(*args, block=block, **kwargs)
        names = dict(block.members.values_list("unit_id", "unit_name"))
        for name in ("head", "deputies"):
            field: Any = self.fields[name]
            field.queryset = Unit.objects.filter(pk__in=names)
            field.label_from_instance = lambda unit: names[unit.pk]
        self.show(self.kept_now())

    def kept_now(self) -> dict[str, Any]:
        deputies = Unit.objects.filter(
            block_memberships__block=self.block, block_memberships__is_deputy=True
        )
        return {
            "head": Block.objects.select_related("head").get(pk=self.block.pk).head,
            "deputies": deputies.order_by("pk"),
        }


class UnrankedForm(OfBlockForm):
    """A reason for each member that is not ranked; the others stay empty."""

    def __init__(self, *args: Any, block: Block, **kwargs: Any):
        super().__init__(*args, block=block, **kwargs)
        for member in block.members.all():
            field = forms.CharField(label=member.unit_name, max_length=300, required=False)
            field.quiet = True  # an empty one is the rule here
            self.fields[f"unit-{member.unit_id}"] = field
        self.show(self.kept_now())

    def kept_now(self) -> dict[str, Any]:
        rows = self.block.members.values_list("unit_id", "not_ranked")
        return {f"unit-{unit}": reason for unit, reason in rows}

    def reasons(self) -> dict[int, str]:
        """{unit id: reason}."""
        mine = [name for name in self.fields if name.startswith("unit-")]
        return {int(name.partition("-")[2]): self.cleaned_data[name] for name in mine}


class CopyForm(PortalForm):
    """For which year a block is carried over."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=1946, max_value=2100, localize=False
    )


class ScorersForm(OfBlockForm):
    """By how many members each sheet is scored."""

    each = forms.IntegerField(
        label=gettext_lazy("Members that score each unit"),
        required=False,
        min_value=1,
        max_value=MOST_MEMBERS - 1,
        localize=False,
        help_text=gettext_lazy("Empty: everybody scores all the others."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.show(self.kept_now())

    def kept_now(self) -> dict[str, Any]:
        return {"each": Block.objects.values_list("scorers_each", flat=True).get(pk=self.block.pk)}


class PledgeForm(PortalForm):
    """The signed pledge as a file."""

    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"), help_text=gettext_lazy("Day/month/year.")
    )
    file = GateField(label=gettext_lazy("File"), kinds=("pdf", "jpg", "png"))

    def __init__(self, *args: Any, block: Block, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].of(block.unit, self.user)


class PressForm(PortalForm):
    """A button: nothing to fill in."""
