"""What is typed to draw up a decision, and to leave somebody out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.forms import PortalForm
from dossiers.models import Nomination

NEEDED = {"decide": ("subject", "reason", "place"), "leave_out": ("why",)}


class ComposeForm(PortalForm):
    """Nominees chosen, then either the words of the decision or why they are left out.

    `act` is the name of the button that was pressed: “decide” or “leave_out”.
    """

    nominee = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Nominees"), coerce=int, required=False
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=400, required=False, widget=forms.Textarea
    )
    reason = forms.CharField(
        label=gettext_lazy("Achievement, as printed"),
        help_text=gettext_lazy("Stands on every certificate of this decision."),
        max_length=400,
        required=False,
        widget=forms.Textarea,
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=80, required=False)
    why = forms.CharField(
        label=gettext_lazy("Why they are left out"),
        help_text=gettext_lazy("The unit reads it; for example: beyond the quota of the plan."),
        max_length=400,
        required=False,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, nominations: Iterable[Nomination], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by_pk = {nomination.pk: nomination for nomination in nominations}
        self.fields["nominee"].choices = [(pk, pk) for pk in self.by_pk]
        for name in ("subject", "reason"):
            self.fields[name].widget.attrs["rows"] = 3
        for name in ("subject", "reason", "place", "why"):
            self.fields[name].quiet = True

    @property
    def pressed(self) -> str:
        return self.data.get("act", "decide")

    @property
    def ticked(self) -> set[int]:
        """Ids of the nominees whose box is ticked on the page as it is shown."""
        kept = self.data.getlist("nominee") if self.is_bound else self.initial.get("nominee", [])
        return {int(pk) for pk in kept if str(pk).isdigit()}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in NEEDED.get(self.pressed, ()):
            if not values.get(name, "").strip() and name not in self.errors:
                self.add_error(name, _("This field is needed."))
        if not values.get("nominee") and "nominee" not in self.errors:
            self.add_error("nominee", _("Choose at least one nominee."))
        return values

    def chosen(self) -> list[Nomination]:
        return [self.by_pk[pk] for pk in self.cleaned_data["nominee"]]
