"""What a person may press: buttons, the steps of a workflow, bars and dialogs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core.ui.components.pieces import part
from core.ui.once import new_key

register = template.Library()

KINDS = ("primary", "second", "plain", "ink")


@register.inclusion_tag("components/button.html")
def button(
    label: Any,
    *,
    url: str = "",
    kind: str = "second",
    icon: str = "",
    tight: bool = False,
    because: Any = "",
    name: str = "",
    value: str = "",
    form: str = "",
    keys: str = "",
    download: bool = False,
):
    """A link with `url`, else a submit button. `because` greys it and says why beside it.

    `form` is the id of the form that it sends, if it stands outside of it; `keys` a shortcut
    such as "Control+Enter".
    """
    if kind not in KINDS:
        raise ValueError(f"Unknown kind {kind!r}; there are {', '.join(KINDS)}")
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "icon": icon,
        "tight": tight,
        "because": because,
        "why": f"why-{slugify(str(label))}",
        "name": name,
        "value": value,
        "form": form,
        "keys": keys,
        "download": download,
    }


@register.inclusion_tag("components/icon_button.html")
def icon_button(label: Any, *, icon: str, form: str = "", off: bool = False):
    """A submit button that is an icon, for acts on a row; `off` at the end of a list."""
    return {"label": label, "icon": icon, "form": form, "off": off}


@register.inclusion_tag("components/keys_fields.html", takes_context=True)
def form_keys(context, *, of: Any = None):
    """The hidden fields of a form written by hand: CSRF, the key that makes it once, version."""
    return {
        "csrf_token": context.get("csrf_token"),
        "once": new_key(),
        "version": getattr(of, "version", None),
    }


@register.inclusion_tag("components/step_buttons.html", takes_context=True)
def step_buttons(
    context,
    *,
    of: Any,
    offers: Sequence[Any] | None = None,
    align: str = "start",
    address: str = "",
    query: str = "",
):
    """The buttons of a workflow: ready, or greyed with the reasons beside them.

    A step that needs a note opens to ask for it. Only the first primary step that is ready
    is red. `offers` is in the context of every DetailPage. Steps go to `address` (that of the
    row unless given) with `query`, for a page that has to find its way on in a filtered list.
    """
    shown = context.get("offers", ()) if offers is None else offers
    red = next((o.step.name for o in shown if o.ready and _tone(o) == "primary"), "")
    rows = [
        {
            "offer": offer,
            "step": offer.step,
            "kind": _kind(offer, red),
            "once": new_key(),
        }
        for offer in shown
    ]
    return {
        "object": of,
        "rows": rows,
        "csrf_token": context.get("csrf_token"),
        "align": align,
        "address": address or of.get_absolute_url(),
        "query": f"?{query}" if query else "",
        "version": getattr(of, "version", None),
    }


def _tone(offer: Any) -> str:
    return getattr(offer.step, "tone", "primary")


def _kind(offer: Any, red: str) -> str:
    if offer.step.name == red:
        return "primary"
    return "second" if _tone(offer) == "primary" else _tone(offer)


@register.simple_block_tag
def actionbar(content, *, why: Any = "", saved: Any = "") -> SafeString:
    """The bar at the foot of a long form: on the left why not or what is saved, two buttons."""
    return part("actionbar", content=content, why=why, saved=saved)


@register.simple_block_tag
def footbar(content, *, position: Any = "", total: Any = "", of: Any = "", note: Any = ""):
    """The foot of a work screen: place in the queue, running total, return and save-and-next."""
    return part("footbar", content=content, position=position, total=total, of=of, note=note)


@register.simple_block_tag
def workbar(
    content,
    *,
    title: Any,
    back: str,
    back_label: Any,
    position: Any = "",
    before: str = "",
    after: str = "",
):
    """The head of a work screen: back to the list, place in the queue, previous and next."""
    return part(
        "workbar",
        content=content,
        title=title,
        back=back,
        back_label=back_label,
        position=position,
        before=before,
        after=after,
    )


@register.simple_block_tag
def dialog(
    content,
    *,
    id: str,
    title: Any,
    verb: Any,
    form: str,
    trigger: Any,
    kind: str = "second",
    tight: bool = False,
):
    """A button that asks first, for acts that cannot be undone.

    Never put a form inside: `form` is the id of the form on the page that `verb` sends.
    """
    return part(
        "dialog",
        content=content,
        id=id,
        title=title,
        verb=verb,
        form=form,
        trigger=trigger,
        kind=kind,
        tight=tight,
    )


@register.inclusion_tag("components/pills.html")
def pills(*, items: Iterable[dict], clear: str = "", label: Any = ""):
    """What a list is filtered by. Item: {"label", "url", "count"?, "on"?, "remove"?}.

    A chosen pill has a tick; with `remove` (a url) it has a cross. See ListFilter.pills().
    """
    return {"items": list(items), "clear": clear, "label": label}


@register.simple_block_tag
def bulk(content, *, chosen: Any, text: Any = "") -> SafeString:
    """The bar above a list once rows are chosen: how many go, how many not, and why."""
    return part("bulk", content=content, chosen=chosen, text=text)
