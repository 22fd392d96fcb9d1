"""Forms in which several colleagues write at once.

Each page carries a mark of every value that it showed. When it comes back, a value that
was changed elsewhere only is taken over, one that only this page changed is saved, and one
that both changed is shown twice, side by side, for this person to choose. “Elsewhere” is a
colleague, or the same person in a second tab.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
    """What was changed in both places; `name` is the field of the form, of several the first."""

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

    def together(self) -> Iterable[Sequence[str]]:
        """Fields that mean something only side by side: who chooses one has chosen them all."""
        return ()

    def is_final(self) -> bool:
        """Whether the act closes what is written: then nobody takes over what he has not read."""
        return False

    def label_of(self, name: str) -> Any:
        """What a field, or the fields of which it is the first, is called away from its place."""
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

    def marks_left(self) -> str:
        kept = self.kept_now()
        return "" if kept is None else _marks(kept)

    def merge(self, values: dict[str, Any]) -> None:
        """Make of the cleaned `values` what is to be kept, or raise with `conflicts`.

        A client without our templates sends no marks and is not compared.
        """
        kept = self.kept_now() if values.get("seen") else None
        if kept is None:
            return
        seen, taken = _read(values["seen"]), []
        self.conflicts, self.taken, self._rests_on = [], [], _marks(kept)
        compared = [names for names in self._chosen_together(kept) if values.keys() >= {*names}]
        for names in compared:
            typed = {name: values[name] for name in names}
            if not self._settle(names, kept, values, seen):
                label = self.label_of(names[0])
                sides = (self._beside(names, side) for side in (kept, typed))
                self.conflicts.append(Conflict(names[0], label, *sides))
            elif any(mark(typed[name]) != mark(values[name]) for name in names):
                taken.append(names)
        if self.conflicts or (taken and self.is_final()):
            met = {name for names in compared for name in names}
            now = {name: mark(value) for name, value in kept.items() if name in met}
            self._show_as_seen(kept, taken, seen | now)
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
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(localize_input(value)) if isinstance(value, (date, Decimal)) else plain(value)

    def _chosen_together(self, kept):
        """The fields of which something is kept, in their order: each with those beside it."""
        groups = {name: names for names in self.together() for name in names}
        found = (tuple(groups.get(name, [name])) for name in self.fields if name in kept)
        return list(dict.fromkeys(found))

    def _beside(self, names, values):
        """One side of a conflict: a line for each field, with a dash for what is empty."""
        words = [self.in_words(name, values[name]) for name in names]
        return "\n".join(word or "–" for word in words) if any(words) else ""

    def _settle(self, names, kept, values, seen):
        """Whether the `values` of these are settled: unchanged, merged, or chosen by the person."""
        seen = dict(seen)
        for name in names:
            if name not in seen and self.add_prefix(name) not in self.data:
                values[name], seen[name] = kept[name], mark(kept[name])  # made since the page
        before = [seen.get(name) for name in names]
        now, typed = ([mark(side[name]) for name in names] for side in (kept, values))
        chosen = now == before and self.data.get(f"choose-{names[0]}") == KEPT
        if chosen or typed == before:
            values.update({name: kept[name] for name in names})
        return now == before or typed in (before, now)

    def _show_as_seen(self, kept, taken, marks):
        """The refused page shows what is kept now, so the next sending rests on these `marks`.

        A field that this person left alone shows the other's value: sent again as it was, it
        would count as typed and undo that. One that could not be read was not compared: it
        keeps the mark that it came with, to be compared once it can.
        """
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(marks)
        for names in taken:
            for name in names:
                self._type(name, kept[name])
            if not self.fields[names[0]].widget.is_hidden:
                self.taken.append(self.label_of(names[0]))

    def _type(self, name, value):
        """Put a value into the form as if it had been typed."""
        field, key = self[name].field, self.add_prefix(name)
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

    def _show_as_seen(self, kept, taken, marks):
        super()._show_as_seen(kept, taken, marks)
        self.data["version"] = "" if self.base is None else str(self.base)


def mark(value: Any) -> str:
    """A short print of a value; alike for a value kept and the same value typed."""
    return hashlib.sha256(plain(value).encode()).hexdigest()[:12]


def plain(value: Any) -> str:
    """A value as text, alike in every language: days in ISO, lines ended alike, rows by key,
    nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, QuerySet)):
        return ", ".join(sorted(map(plain, value)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
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
