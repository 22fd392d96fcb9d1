"""What a field says of what was typed: the portal's own sentences, in place of Django's.

Each says what to write. The label of the field stands before it in the summary of the form.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE = _("Nothing is chosen yet; choose before you save.")
GONE = _("This choice is not possible (any more); choose again from the list.")
LIST = {"required": CHOOSE, "invalid_choice": GONE, "invalid_list": GONE}
SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {
        "required": _("This is still empty; write it before you save."),
        "unique": _("There is one already that has this; write another."),
        "min_value": _("Write a number of %(limit_value)s or more."),
        "max_value": _("Write a number of %(limit_value)s or less."),
        "step_size": _("Write a multiple of %(limit_value)s."),
        "min_length": _("Write at least %(limit_value)d characters; there are %(show_value)d."),
        "max_length": _("Write at most %(limit_value)d characters; there are %(show_value)d."),
    },
    forms.IntegerField: {"invalid": _("Write a whole number, such as 12.")},
    forms.FloatField: {"invalid": _("Write a number, such as 12.5.")},
    forms.DecimalField: {
        "invalid": _("Write a number, such as 12.5."),
        "max_digits": _("Write at most %(max)s digits."),
        "max_decimal_places": _("Write at most %(max)s digits after the decimal point."),
        "max_whole_digits": _("Write at most %(max)s digits before the decimal point."),
    },
    forms.DateField: {
        "invalid": _("Write a day of the calendar as day/month/year, such as 10/12/2025.")
    },
    forms.TimeField: {"invalid": _("Write the time as hour:minute, such as 16:30.")},
    forms.EmailField: {"invalid": _("Write an e-mail address, such as name@dongthap.gov.vn.")},
    forms.URLField: {"invalid": _("Write an address that begins with https://.")},
    forms.BooleanField: {"required": _("Tick this before you go on.")},
    forms.ChoiceField: LIST,
    forms.ModelChoiceField: LIST | {"invalid_pk_value": GONE},
    forms.FileField: {
        "required": _("No file is chosen yet."),
        "missing": _("No file is chosen yet."),
        "invalid": _("The file did not arrive; choose it again."),
        "empty": _("The file is empty; choose another."),
        "max_length": _("The name of the file has %(length)d characters; at most %(max)d go."),
    },
}


def speak(field: forms.Field) -> None:
    """Let a field say our sentences where its form or its class says none of its own."""
    kinds = type(field).__mro__
    ours: dict[str, Any] = {}
    for kind in reversed(kinds):
        ours |= SENTENCES.get(kind, {})
    stock = [k.default_error_messages for k in kinds if _is_djangos(k)]  # type: ignore[attr-defined]
    for code, sentence in ours.items():
        said = field.error_messages.get(code)
        if said is None or any(said is each.get(code) for each in stock):
            field.error_messages[code] = sentence


def _is_djangos(kind: type) -> bool:
    return kind.__module__.startswith("django.") and hasattr(kind, "default_error_messages")
