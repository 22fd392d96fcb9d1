"""A form field that takes one file through the gate and never loses it.

A file that passed the gate is kept at once; when another field of the form is wrong, a
signed token in the page stands for it, so nobody uploads fifty megabytes twice.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core.documents import intake
from core.documents.models import Document
from core.documents.refusals import megabytes

_SALT = "core.documents.fields"
_TOKEN_LIVES = timedelta(days=7)
_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "jpg": "JPEG", "png": "PNG"}
_ENDINGS = {"jpg": ".jpg,.jpeg"}


class GateInput(forms.Widget):
    """The file chosen, or the token of a file already kept. `kept` is what the page shows."""

    needs_multipart_form = True
    input_type = "file"
    kept: Document | None = None
    by: Any = None

    def value_from_datadict(self, data, files, name):
        return files.get(name), data.get(f"{name}-kept", "")

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial):
        return not (self.kept or initial)

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        context = {
            "name": name,
            "attrs": attrs,
            "flat": flatatt(attrs),
            "kept": self.kept,
            "token": token_of(self.kept, self.by) if self.kept else "",
            "before": value if isinstance(value, Document) else None,
        }
        return render_to_string("components/gate_input.html", context)


class GateField(forms.FileField):
    """Cleans to a `Document`, or None when nothing was chosen and nothing is required.

    The form says whose file it is before it cleans: `self.fields["file"].of(unit, by)`.
    Initial may be a `Document` or its key: it stays when nothing else is chosen.
    """

    widget = GateInput

    def __init__(
        self, *, kinds: Collection[str] = intake.KINDS, most: int | None = None, **kwargs: Any
    ):
        self.kinds, self.most = tuple(kinds), most
        self.unit = self.by = None
        kwargs.setdefault("help_text", _what_is_taken(self.kinds, most))
        super().__init__(**kwargs)

    def of(self, unit: Any, by: Any) -> None:
        self.unit, self.by, self.widget.by = unit, by, by

    def widget_attrs(self, widget):
        endings = ",".join(_ENDINGS.get(kind, f".{kind}") for kind in self.kinds)
        return {**super().widget_attrs(widget), "accept": endings}

    def clean(self, data, initial=None):
        upload, token = data or (None, "")
        self.widget.kept = document_of(token, self.by)
        if upload:
            self.widget.kept = self._received(upload)
        chosen = self.widget.kept or _document(initial)
        if chosen is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return chosen

    def _received(self, upload):
        if self.unit is None or self.by is None:
            raise ImproperlyConfigured("GateField.of(unit, by) says whose file it is.")
        try:
            return intake.receive(
                upload, unit=self.unit, by=self.by, kinds=self.kinds, most=self.most, waiting=True
            )
        except intake.Refused as refused:
            raise ValidationError(refused.sentence, code=refused.code) from refused

    def prepare_value(self, value):
        return None if isinstance(value, tuple) else _document(value)

    def has_changed(self, initial, data):
        return not self.disabled and any(data or ())


def token_of(document: Document, by: Any) -> str:
    """Stands for a kept file in a form of this person, and of nobody else."""
    return signing.dumps([str(document.pk), str(by.pk)], salt=_SALT)


def document_of(token: str, by: Any) -> Document | None:
    """The file a token stands for; None if it is forged, old or somebody else's."""
    if not token or by is None:
        return None
    try:
        document, owner = signing.loads(token, salt=_SALT, max_age=_TOKEN_LIVES)
    except signing.BadSignature:
        return None
    rows = Document.objects.filter(pk=document, created_by=by, waiting=True)
    return rows.first() if owner == str(by.pk) else None


def _document(value: Document | UUID | None) -> Document | None:
    if value is None or isinstance(value, Document):
        return value
    return Document.objects.filter(pk=value).first()


def _said(kinds, most):
    size = megabytes(most or settings.UPLOAD_MOST)
    return _("%(kinds)s; at most %(size)s.") % {
        "kinds": ", ".join(_NAMES[kind] for kind in kinds),
        "size": size,
    }


_what_is_taken = lazy(_said, str)
