"""The inputs of a sheet of criteria: made from the set, read by its rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.forms import PortalForm
from criteria.rules import answers, numbers
from criteria.rules.answers import Ask, Form
from criteria.rules.scoring import Mark, asks, mark
from criteria.rules.totals import Item, Total, criteria_of, total


class AskField(forms.Field):
    """One answer as it is typed; cleans to its value, or None where nothing is said."""

    quiet = True  # what is still open is said by the sheet

    def __init__(self, ask: Ask, **kwargs: Any):
        self.ask = ask
        super().__init__(label=ask.label, required=False, widget=_widget(ask), **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return self.ask.read(value or "")
        except answers.Wrong as fault:
            raise forms.ValidationError(str(fault)) from None


@dataclass(frozen=True)
class Row:
    """A line of the sheet as its page shows it: a group, or a criterion with its inputs."""

    item: Item
    depth: int
    fields: list[Any]
    mark: Mark | None


class AnswersForm(PortalForm):
    """All criteria of a set. Field names are `c<key>-<name of the ask>`."""

    def __init__(self, *args: Any, groups: tuple[Item, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.groups = groups
        self.criteria = criteria_of(groups)
        for item in self.criteria:
            for ask in asks(_rule(item)):
                self.fields[field_name(item, ask)] = AskField(ask)

    def marks(self) -> dict[Any, Mark]:
        """A mark for each criterion by its key; what was typed wrongly counts as missing."""
        typed = self.cleaned_data if self.is_bound else {}
        return {
            item.key: mark(
                _rule(item),
                {ask.name: typed.get(field_name(item, ask)) for ask in asks(_rule(item))},
            )
            for item in self.criteria
        }

    def total(self) -> Total:
        return total(self.groups, self.marks())

    def rows(self) -> Iterator[Row]:
        """Groups and criteria in the order of the sheet, each with its bound inputs."""
        yield from self._rows(self.groups, 0, self.marks())

    def _rows(self, items: Iterable[Item], depth: int, marks: dict[Any, Mark]) -> Iterator[Row]:
        for item in items:
            inputs = [self[field_name(item, ask)] for ask in asks(item.rule)] if item.rule else []
            yield Row(item, depth, inputs, marks.get(item.key))
            yield from self._rows(item.members, depth + 1, marks)


def field_name(item: Item, ask: Ask) -> str:
    return f"c{item.key}-{ask.name}"


def _rule(item: Item) -> Any:
    return item.rule


def _widget(ask: Ask) -> forms.Widget:
    if ask.form is Form.YES:
        return forms.Select(choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))])
    if ask.form is Form.CHOICE:
        options = [(str(place), label) for place, label in enumerate(ask.options)]
        return forms.Select(choices=[("", "—"), *options])
    if ask.form is Form.TEXT:
        return forms.Textarea(attrs={"rows": 2, "maxlength": answers.MOST_TEXT})
    attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}
    if ask.most is not None:
        attrs["placeholder"] = f"0–{numbers.said(ask.most)}"
    return forms.TextInput(attrs=attrs)
