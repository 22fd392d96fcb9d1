"""What is typed to draw up a decision, and to leave somebody out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import whole
from core.ui.forms import PortalForm
from dossiers.models import Nomination


class _ActForm(PortalForm):
    """One of the two acts of the page: its ticks and its words, all of them needed.

    `beside` is what was sent along with the other act: this form, untouched by that act, then
    shows it in place of what the page begins with.
    """

    ticks: str
    words: tuple[str, ...]

    def __init__(
        self,
        *args: Any,
        nominations: Iterable[Nomination],
        beside: QueryDict | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        if beside is not None and any(name in beside for name in self.words):
            self.initial.update({name: beside.get(name, "") for name in self.words})
            self.initial[self.ticks] = beside.getlist(self.ticks)
        self.by_pk = {nomination.pk: nomination for nomination in nominations}
        self.fields[self.ticks].choices = [(pk, pk) for pk in self.by_pk]
        for name in self.words:
            self.fields[name].quiet = True
            if isinstance(self.fields[name].widget, forms.Textarea):
                self.fields[name].widget.attrs["rows"] = 3

    def ticked(self) -> set[int]:
        """Ids of the nominees whose box is ticked on the page as shown."""
        kept = self.data.getlist(self.ticks) if self.is_bound else self.initial.get(self.ticks, [])
        return {whole(str(pk)) or 0 for pk in kept}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in self.words:
            if not values.get(name, "").strip() and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if not values.get(self.ticks) and self.ticks not in self.errors:
            self.add_error(self.ticks, _("Choose at least one nominee."))
        return values

    def chosen(self) -> list[Nomination]:
        return [self.by_pk[pk] for pk in self.cleaned_data[self.ticks]]


class DecideForm(_ActForm):
    """The nominees chosen, and the words of their decision."""

    ticks = "nominee"
    words = ("subject", "reason", "place")

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


class LeaveOutForm(_ActForm):
    """Those who get into no decision of the round, with ticks of their own, so that no slip turns
    the one act into the other; and why."""

    ticks = "left"
    words = ("why",)

    left = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Nominees left out"), coerce=int, required=False
    )
    why = forms.CharField(
        label=gettext_lazy("Why they are left out"),
        help_text=gettext_lazy("The unit reads it; for example: beyond the quota of the plan."),
        max_length=400,
        required=False,
        widget=forms.TextInput,
    )

    def begun(self) -> bool:
        """Whether something stands in it."""
        return self.is_bound or bool(self.ticked() or self.initial.get("why"))
