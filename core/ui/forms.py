"""The base of every form: one look, one key, a version, and a draft that survives."""

import re
from functools import partial
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from core.audit import log
from core.text import written
from core.ui.models import Draft, SentForm
from core.ui.once import new_key, was_taken
from core.ui.sentences import speak
from core.workflow import NotNow


class RowForm(forms.Form):
    """A form whose fields say the portal's sentences; by itself, one line of several."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            keep_what_is_typed(field)
            _name_the_empty_choice(field)

    def __getitem__(self, name: str) -> forms.BoundField:
        """Each field that is shown or read comes by here, also one that its form got late."""
        bound = super().__getitem__(name)
        keep_what_is_typed(bound.field)
        return bound

    def full_clean(self) -> None:
        for field in self.fields.values():  # here, since many forms get their fields late
            speak(field)
        super().full_clean()


class PortalForm(RowForm):
    """A form with an idempotency key, text as it may be kept and, when asked, autosave.

    `once` is a fresh key at each showing; `core.ui.once` honours it. With
    `autosaves = True` the page keeps what is typed every few seconds (see core.ui.drafts),
    and a draft newer than what is kept is shown again when the page is opened.
    """

    autosaves = False
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any):
        self.user = user
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", new_key())
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget.attrs.setdefault("inputmode", "numeric")
                field.widget.attrs.setdefault("autocomplete", "off")
            if isinstance(field.widget, forms.Textarea) and field.widget.attrs["rows"] == "10":
                field.widget.attrs["rows"] = 5  # 10 is Django's own, not the form's

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        return {k: written(v) if isinstance(v, str) else v for k, v in values.items()}

    def renew(self, first: SentForm) -> None:
        """Another key for what was typed after the form was sent; it rests on what `first` left.

        So a value counts as typed where it differs from the one sent before, also where it is
        the one that the page showed at the beginning.
        """
        said: Any = self.data.copy()  # type: ignore[attr-defined]
        said[self.add_prefix("once")] = new_key()
        if first.version is not None:
            said[self.add_prefix("version")] = str(first.version)
        if first.marks:
            said[self.add_prefix("seen")] = first.marks
            for name in [name for name in said if name.startswith("choose-")]:
                del said[name]  # chosen between other values
        self.data = said
        self.full_clean()

    def hold(self) -> None:
        """In the transaction of the act: nothing to hold. See PortalModelForm."""

    def version_left(self) -> int | None:
        """The version of the row as the act left it, if the form compares versions."""
        return None

    def marks_left(self) -> str:
        """Marks of the values as the act left them, if the form compares values."""
        return ""


def keep_what_is_typed(field: forms.Field) -> None:
    """A number is a field of text: of what is no number a browser sends nothing at all."""
    broken = isinstance(field, (forms.FloatField, forms.DecimalField))
    field.localize |= broken  # 12,5 is read, and shown, as it is written here
    if isinstance(field, forms.IntegerField) and not broken:
        field.to_python = partial(_whole, field)  # type: ignore[method-assign]
    if isinstance(field.widget, forms.NumberInput):
        field.widget.input_type = "text"
        field.widget.attrs.setdefault("inputmode", "decimal" if broken else "numeric")
        field.widget.attrs.setdefault("autocomplete", "off")
    field.widget.is_localized = field.localize


def _whole(field: forms.IntegerField, typed: Any) -> int | None:
    """The number as it is written here: 2.000.000 or 2000000. All else is refused.

    Django's own reading cuts “1.000” to 1.
    """
    said = str(typed).strip() if typed is not None else ""
    by = re.escape(get_format("THOUSAND_SEPARATOR"))
    if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({by}\d{{3}})+", said):
        said = re.sub(by, "", said)
    elif said and not re.fullmatch(r"[+-]?\d+", said):
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return type(field).to_python(field, said)


def _name_the_empty_choice(field: forms.Field) -> None:
    """Words in place of Django's dashes."""
    dashes = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = _("Choose one")
    elif isinstance(field, forms.ChoiceField):
        choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
        if choices and choices[0] == ("", dashes):
            field.choices = [("", _("Choose one")), *choices[1:]]


class PortalModelForm(PortalForm, forms.ModelForm):
    """A form over one row. A save by a colleague in between is refused by name.

    The page carries the row's `version`; `clean` compares it with the row as it is now, and
    `hold` once more under the row's lock.
    """

    compared: int | None = None
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk and hasattr(self.instance, "version"):
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        seen = values.get("version")
        if self.instance.pk and seen is not None and hasattr(self.instance, "version"):
            kept = type(self.instance)._base_manager.get(pk=self.instance.pk)
            if kept.version != seen:
                raise forms.ValidationError(log.changed_meanwhile(kept), code="stale")
            self.compared = seen
        return values

    def hold(self) -> None:
        """Lock the row for the act. Raises NotNow when a colleague has saved since `clean`."""
        if self.compared is not None:
            rows = type(self.instance)._base_manager.select_for_update(of=("self",))
            kept = rows.get(pk=self.instance.pk)
            if kept.version != self.compared:
                raise NotNow(log.changed_meanwhile(kept))

    def version_left(self) -> int | None:
        if self.compared is None:
            return None
        rows = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        return rows.values_list("version", flat=True).first()


def draft_of(user: Any, address: str) -> Draft | None:
    """What this person typed into the form at this address and has not sent.

    A copy that was kept in the very moment in which its form was carried out is none.
    """
    draft = Draft.objects.filter(user=user, form=address).first()
    if draft and was_taken("".join(draft.values.get("once", [])), user):
        return None
    return draft


def optional(label: Any) -> str:
    """The label of a field that may stay empty."""
    return _("%(label)s (optional)") % {"label": label}
