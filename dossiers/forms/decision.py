"""What is typed to draw up a decision, and to leave somebody out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import whole
from core.ui.forms import PortalForm
from dossiers.models import Nomination

TICKED = {"decide": "nominee", "leave_out": "left"}
NEEDED = {"decide": ("subject", "reason", "place"), "leave_out": ("why",)}


class ComposeForm(PortalForm):
    """Two acts, each with ticks of its own, so that no slip turns the one into the other.

    `act` is the name of the button that was pressed: “decide”, for the nominees chosen and the
    words of the decision, or “leave_out”, for those left out and why.
    """

    nominee = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Nominees"), coerce=int, required=False
    )
    left = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Nominees left out"), coerce=int, required=False
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
        for name in TICKED.values():
            self.fields[name].choices = [(pk, pk) for pk in self.by_pk]
        for name in ("subject", "reason"):
            self.fields[name].widget.attrs["rows"] = 3
        for name in ("subject", "reason", "place", "why"):
            self.fields[name].quiet = True

    @property
    def pressed(self) -> str:
        return self.data.get("act", "decide")

    def ticked(self, name: str) -> set[int]:
        """Ids of the nominees whose box of “nominee” or “left” is ticked on the page as shown."""
        bound = self.is_bound and TICKED.get(self.pressed) == name
        kept = self.data.getlist(name) if bound else self.initial.get(name, [])
        return {whole(str(pk)) or 0 for pk in kept}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in NEEDED.get(self.pressed, ()):
            if not values.get(name, "").strip() and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        ticks = TICKED.get(self.pressed, "nominee")
        if not values.get(ticks) and ticks not in self.errors:
            self.add_error(ticks, _("Choose at least one nominee."))
        return values

    def chosen(self) -> list[Nomination]:
        return [self.by_pk[pk] for pk in self.cleaned_data[TICKED.get(self.pressed, "nominee")]]
