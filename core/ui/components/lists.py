"""Lists: the search box and filters above, the table, the pages below."""

from typing import Any

from django import template
from django.core.paginator import Page

from core.ui.filters import ListFilter

register = template.Library()


@register.simple_tag(takes_context=True)
def address_with(context, name: str, value: Any = None, *, first_page: bool = False) -> str:
    """This page's query with one value changed, or dropped without one; the rest stays."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    if first_page:
        query.pop("page", None)
    if value not in (None, ""):
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/list_tools.html", takes_context=True)
def list_tools(context, *, filter: Any, placeholder: Any = ""):
    """The search box of a list, its filters (folded) and the pills of what is on."""
    return {"filter": filter, "placeholder": placeholder, "request": context.get("request")}


@register.inclusion_tag("components/table_panel.html", takes_context=True)
def table(context, *, of: Any, caption: Any, empty: dict | None = None):
    """A ListTable with its pages; `empty` holds the arguments of the component `empty`.

    Without them, a list that was searched says what found nothing, and how to see all.
    """
    of.caption = caption
    asked = context.get("filter")
    if not (empty or len(of.paginated_rows)) and isinstance(asked, ListFilter):
        empty = asked.nothing()
    return {"table": of, "empty": empty, "request": context.get("request")}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, *, page: Page, field: str = "page", what: Any = "", keys: bool = True):
    """Where one is in a list and the way to the other pages; the filters stay."""
    return {
        "page": page,
        "field": field,
        "what": what,
        "keys": keys,
        "request": context.get("request"),
    }
