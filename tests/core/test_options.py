"""The options of a select, drawn in Python: what stands there is what Django would draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [
    ("", "---------"),
    ("Sở", [("snv", 'Sở Nội vụ & "bạn"'), ("stc", "Sở <Tài chính>")]),
    (7, 1234),
]


@pytest.mark.parametrize("value", ["", "stc", 7, "nothing"])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple])
def test_a_select_is_drawn_as_django_draws_it(kind, value):
    widget = kind(choices=CHOICES, attrs={"class": "form-select", "disabled": True})
    chosen = [value] if kind is forms.SelectMultiple else value

    ours = widget.render("unit", chosen)
    theirs = widget.render("unit", chosen, renderer=DjangoTemplates())

    assert squeezed(ours) == squeezed(theirs)


def squeezed(markup):
    """Without the blanks between tags; Django groups thousands in a label, we show it as it is."""
    return re.sub(r">\s+<", "><", markup).replace("1.234", "1234")
