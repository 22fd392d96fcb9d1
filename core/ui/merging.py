"""Forms in which several colleagues write at once.

Each page carries a mark of every value that it showed. When it comes back, a value that
was changed elsewhere only is taken over, one that only this page changed is saved, and one
that both changed is shown twice, side by side, for this person to choose. “Elsewhere” is a
colleague, or the same person in a second tab.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

from core.audit import log
from core.text import nfc
from core.ui.forms import PortalForm, PortalModelForm
from core.workflow import NotNow

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


class Merging(PortalForm):
    """A form over what is kept, in one row or in several, that merges instead of refusing.

    A subclass says in `kept_now` what is kept and in `changed` who changed it, and calls `show`
    once it has its fields. `conflicts` is what could not be merged; a refused page names in
    `taken` the fields that now show what was saved elsewhere.
    """

    data: Any  # a QueryDict, which the stubs call a Mapping
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.taken: list[Any] = []
        self._rests_on: str | None = None  # marks of what the cleaned values were merged with

    def kept_now(self) -> dict[str, Any] | None:
        """What is kept, by field of the form, as it is read now; None for a row yet to be made."""
        raise NotImplementedError

    def changed(self) -> str:
        """The sentence that says who saved in between."""
        raise NotImplementedError

    def label_of(self, name: str) -> Any:
        """What a field is called away from its place on the page."""
        return self.fields[name].label

    def lock(self) -> None:
        """Lock what the act writes, for the last comparison; nothing where the act compares."""

    def show(self, kept: dict[str, Any]) -> None:
        """Fill the fields with what is kept, and carry its marks along."""
        for name, value in kept.items():
            self.initial.setdefault(name, value)
        self.initial.setdefault("seen", _marks(kept))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.merge(values)
        return values

    def hold(self) -> None:
        """In the transaction of the act: raises NotNow when somebody has saved since `clean`."""
        if self._rests_on is not None:
            self.lock()
            if _marks(self.kept_now() or {}) != self._rests_on:
                raise NotNow(self.changed())

    def merge(self, values: dict[str, Any]) -> None:
        """Make of the cleaned `values` what is to be kept, or raise with `conflicts`.

        A client without our templates sends no marks and is not compared.
        """
        kept = self.kept_now() if values.get("seen") else None
        if kept is None:
            return
        seen, taken = _read(values["seen"]), []
        self.conflicts, self.taken, self._rests_on = [], [], _marks(kept)
        for name in kept.keys() & values.keys():
            typed = values[name]
            if not self._take_over(name, kept[name], values, seen.get(name)):
                sides = (self.in_words(name, value) for value in (kept[name], typed))
                self.conflicts.append(Conflict(name, self.label_of(name), *sides))
            elif mark(typed) != mark(values[name]):
                taken.append(name)
        if self.conflicts:
            order = list(self.fields)
            self.conflicts.sort(key=lambda conflict: order.index(conflict.name))
            self._show_as_seen(kept, sorted(taken, key=order.index))
            raise forms.ValidationError(self.changed(), code="stale")

    def in_words(self, name: str, value: Any) -> str:
        """A value as its reader knows it: of a choice its label, of a day its figures."""
        field: Any = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            many = isinstance(field, forms.ModelMultipleChoiceField)
            keys = [getattr(each, "pk", each) for each in (value or [] if many else [value])]
            rows: Any = field.queryset
            chosen = rows.filter(pk__in=[key for key in keys if key])
            return ", ".join(str(field.label_from_instance(row)) for row in chosen)
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            known = {str(key): str(label) for key, label in choices}
            return known.get(str(value), plain(value)) if value not in (None, "") else ""
        if isinstance(field, (forms.DateField, forms.DecimalField)):
            return "" if value is None else str(localize_input(value))
        return plain(value)

    def _take_over(self, name, kept, values, seen):
        """Whether `values[name]` is settled: unchanged, merged, or chosen by the person."""
        if seen is None and self.add_prefix(name) not in self.data:
            values[name] = kept  # made since: the page did not have this field
            return True
        now, typed = mark(kept), mark(values[name])
        chosen = now == seen and self.data.get(f"choose-{name}") == KEPT
        if chosen or typed == seen:
            values[name] = kept
        return now == seen or typed in (seen, now)

    def _show_as_seen(self, kept, taken):
        """The refused page shows what is kept now, so the next sending rests on that.

        A field that this person left alone shows the other's value: sent again as it was, it
        would count as typed and undo that.
        """
        self.data = self.data.copy()
        self.data["seen"] = self._rests_on
        for name in taken:
            self._type(name, kept[name])
            if not self.fields[name].widget.is_hidden:
                self.taken.append(self.label_of(name))

    def _type(self, name, value):
        """Put a value into the form as if it had been typed."""
        field, key = self.fields[name], self.add_prefix(name)
        shown = field.prepare_value(value)
        if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
            self.data.setlist(key, [str(each) for each in shown or []])
            return
        if not isinstance(field.widget, forms.widgets.ChoiceWidget):
            shown = field.widget.format_value(shown)
        if isinstance(field.widget, forms.CheckboxInput) and not value:
            self.data.pop(key, None)
        else:
            self.data[key] = "on" if value is True else "" if shown is None else str(shown)


class MergingForm(Merging, PortalModelForm):
    """The same over one row. `base` is the version on which the cleaned values rest, 0 where there
    was no row: an act that is given it compares it once more under the lock of the row.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.base = getattr(self.instance, "version", None)
        if self.instance.pk:
            self.initial.setdefault("seen", _marks(self.values_of(self.instance)))

    def values_of(self, row: Any) -> dict[str, Any]:
        """What is kept, by field of the form; a form with fields of its own adds them."""
        return {name: getattr(row, name) for name in self._meta.fields or ()}

    def row_now(self) -> Any:
        """The row as it is kept now, if there is one."""
        return type(self.instance)._base_manager.filter(pk=self.instance.pk).first()

    def kept_now(self) -> dict[str, Any] | None:
        row = self.row_now()
        self.base = getattr(row or self.instance, "version", None)
        return self.values_of(row) if row else None

    def changed(self) -> str:
        return log.changed_meanwhile(self.row_now() or self.instance)

    def clean(self) -> dict[str, Any]:
        values = super(PortalModelForm, self).clean()  # not its own: that one refuses
        self.merge(values)
        return values

    def _show_as_seen(self, kept, taken):
        super()._show_as_seen(kept, taken)
        self.data["version"] = "" if self.base is None else str(self.base)


def mark(value: Any) -> str:
    """A short print of a value; alike for a value kept and the same value typed."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:12]


def plain(value: Any) -> str:
    """A value as text: days in ISO, lines ended alike, rows by key, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, QuerySet)):
        return ", ".join(sorted(map(plain, value)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return nfc(str(getattr(value, "pk", value))).replace("\r\n", "\n").strip()


def _marks(kept):
    return json.dumps({name: mark(value) for name, value in kept.items()})


def _read(text):
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
