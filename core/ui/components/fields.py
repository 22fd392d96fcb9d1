"""Parts of form fields that Django draws by a template for each piece, drawn here in one go."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def options(groups: Iterable[tuple[Any, list[dict], int]]) -> SafeString:
    """The options of a select, as its widget gives them; a list of units has 120 of them."""
    return mark_safe("".join(_group(name, choices) for name, choices, _index in groups))


def _group(name: Any, choices: Iterable[dict]) -> str:
    inside = mark_safe("".join(map(_option, choices)))  # _option escapes
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _option(choice: dict) -> str:
    attributes = flatatt(choice["attrs"]) if choice["attrs"] else ""
    value, label = escape(str(choice["value"])), conditional_escape(choice["label"])
    return f'<option value="{value}"{attributes}>{label}</option>'
