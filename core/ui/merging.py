"""Forms in which several colleagues write at once.

Each page carries a mark of every value that it showed. When it comes back, a value that
was changed elsewhere only is taken over, one that only this page changed is saved, and one
that both changed is shown twice, side by side, for this person to choose. “Elsewhere” is a
colleague, or the same person in a second tab.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.audit import log
from core.text import nfc
from core.ui.forms import PortalModelForm

KEPT, MINE = "kept", "mine"


@dataclass(frozen=True)
class Conflict:
    """One field that was changed in both places; `name` is the field of the form."""

    name: str
    label: Any
    kept: str
    mine: str

    @property
    def choice(self) -> str:
        """The name of the two radio buttons."""
        return f"choose-{self.name}"


class MergingForm(PortalModelForm):
    """A PortalModelForm that merges instead of refusing; `conflicts` is what it could not.

    A refused page names in `taken` the fields that now show what was saved elsewhere. `base` is the version on which the cleaned values rest: the act compares it once more
    under the lock of the row.
    """

    data: Any  # a QueryDict, which the stubs call a Mapping
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.taken: list[Any] = []
        self.base = getattr(self.instance, "version", None)
        if self.instance.pk:
            self.initial["seen"] = self._marks(self.instance)

    def values_of(self, row: Any) -> dict[str, Any]:
        """What is kept, by field of the form; a form with fields of its own adds them."""
        return {name: getattr(row, name) for name in self._meta.fields or ()}

    def clean(self) -> dict[str, Any]:
        values = super(PortalModelForm, self).clean()  # not its own: that one refuses
        if self.instance.pk and values.get("seen"):
            self._merge(values)
        return values

    def _merge(self, values: dict[str, Any]) -> None:
        row = type(self.instance)._base_manager.get(pk=self.instance.pk)
        self.base = getattr(row, "version", None)
        seen, kept = _read(values["seen"]), self.values_of(row)
        taken = []
        for name in kept.keys() & values.keys():
            typed = values[name]
            if not self._take_over(name, kept[name], values, seen.get(name)):
                conflict = Conflict(name, self.fields[name].label, plain(kept[name]), plain(typed))
                self.conflicts.append(conflict)
            elif mark(typed) != mark(values[name]):
                taken.append(name)
        if self.conflicts:
            order = list(self.fields)
            self.conflicts.sort(key=lambda conflict: order.index(conflict.name))
            self._show_as_seen(row, {name: kept[name] for name in sorted(taken, key=order.index)})
            raise forms.ValidationError(log.changed_meanwhile(row), code="stale")

    def _take_over(self, name, kept, values, seen):
        """Whether `values[name]` is settled: unchanged, merged, or chosen by the person."""
        now, typed = mark(kept), mark(values[name])
        chosen = now == seen and self.data.get(f"choose-{name}") == KEPT
        if chosen or typed == seen:
            values[name] = kept
        return now == seen or typed in (seen, now)

    def _show_as_seen(self, row, taken):
        """The refused page shows what is kept now, so the next sending rests on that.

        A field that this person left alone shows the other's value: sent again as it was, it
        would count as typed and undo that.
        """
        self.data = self.data.copy()
        self.data["seen"], self.data["version"] = self._marks(row), str(self.base)
        for name, value in taken.items():
            self._type(name, value)
            if not self.fields[name].widget.is_hidden:
                self.taken.append(self.fields[name].label)

    def _type(self, name, value):
        """Put a value into the form as if it had been typed."""
        field, key = self.fields[name], self.add_prefix(name)
        shown = field.prepare_value(value)
        if not isinstance(field.widget, forms.widgets.ChoiceWidget):
            shown = field.widget.format_value(shown)
        if isinstance(field.widget, forms.CheckboxInput) and not value:
            self.data.pop(key, None)
        else:
            self.data[key] = "on" if value is True else "" if shown is None else str(shown)

    def _marks(self, row):
        return json.dumps({name: mark(value) for name, value in self.values_of(row).items()})


def mark(value: Any) -> str:
    """A short print of a value; alike for a value kept and the same value typed."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:12]


def plain(value: Any) -> str:
    """A value as text: days in ISO, lines ended alike, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return nfc(str(getattr(value, "pk", value))).replace("\r\n", "\n").strip()


def _read(text):
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
