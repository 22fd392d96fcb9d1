"""Files and papers: a link to download, a list of uploads, a document to read on the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.ui.components.pieces import part

register = template.Library()

FILE_ICONS = {
    "application/pdf": "file-earmark-pdf",
    "image/jpeg": "file-earmark-image",
    "image/png": "file-earmark-image",
    "application/zip": "file-earmark-zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "file-earmark-word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "file-earmark-excel",
}


# A browser shows these itself; the gate out then sends them so (core.documents.views).
SHOWN = {"application/pdf", "image/jpeg", "image/png"}


def look_at(media_type: str, url: str) -> str:
    """The address that shows a file instead of saving it; nothing where no browser can."""
    return f"{url}?xem=1" if url and media_type in SHOWN else ""


def file_icon(media_type: str) -> str:
    return FILE_ICONS.get(media_type, "file-earmark")


@register.inclusion_tag("components/file_link.html")
def file_link(*, document: Any, url: str, label: Any = "", frame: bool = False):
    """A file to download: name, kind and size; a second link shows it if a browser can.

    `document` has name, media_type and size. With `frame` it opens on the page itself.
    """
    return {
        "document": document,
        "url": url,
        "label": label or document.name,
        "icon": file_icon(document.media_type),
        "look": look_at(document.media_type, url),
        "frame": frame,
    }


@register.inclusion_tag("components/uploads.html", takes_context=True)
def uploads(context, *, items: Iterable[dict]):
    """Files that are here or were refused.

    Item: {"name", "media_type"?, "size"?, "url"?, "note"?, "tone"?, "remove"?: url to POST}.
    """
    rows = [{"tone": "ok", **item, **_of_kind(item)} for item in items]
    return {"items": rows, "csrf_token": context.get("csrf_token")}


def _of_kind(item):
    kind = item.get("media_type", "")
    return {"icon": file_icon(kind), "look": look_at(kind, item.get("url", ""))}


@register.simple_block_tag
def sheet(content, *, label: Any, download: str = "", page: Any = "") -> SafeString:
    """A document on the page, in the type of paper; `download` is the address of the file."""
    return part("sheet", content=content, label=label, download=download, page=page)
