"""The one gate out: whoever may read the row that owns a document may download it."""

import logging
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from core.documents import fields, names, parts, pdf, store
from core.documents.models import Document
from core.documents.refusals import Refused
from core.text import whole
from core.ui.views import Guarded

log = logging.getLogger("portal.downloads")
_PIECE = 64 * 1024
_LOOK = "xem"  # in the address: show it, do not save it

# What a browser may show itself, and what it may do then. A PDF in a sandbox stays blank in
# Chromium, whose viewer has a sandbox of its own; only our pages may put either in a frame.
_SHOWN = {
    store.PDF: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'",
    **dict.fromkeys(
        (store.JPG, store.PNG),
        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
        "frame-ancestors 'self'",
    ),
}


class DownloadPage(Guarded, View):
    """One file of one row. A subclass names `model` and `perm` and answers `document_of(obj)`.

    A row out of the visitor's reach, a row without a file and a file that is gone are 404.
    """

    abstract = True
    model: Any = None

    def get(self, request, **kwargs):
        rows = self.scoped(self.model._default_manager.all())
        document = self.document_of(get_object_or_404(rows, pk=kwargs["pk"]))
        if document is None:
            raise Http404
        return answer(request, document)

    def document_of(self, obj: Any) -> Document | None:
        raise NotImplementedError


class PaperPage(Guarded, View):
    """A paper that is made for this request and not kept.

    A subclass names `perm`, scopes what it prints itself, and says the bytes (`paper()`), the
    `name` of the file and the page to which one that cannot be printed leads `back()`, with
    the reason as a sentence.
    """

    abstract = True
    name = ""

    def get(self, request, **kwargs):
        try:
            content = self.paper()
        except pdf.RenderRefused as fault:
            messages.error(request, str(fault))
            return redirect(self.back())
        return made(content, name=self.name, media_type=store.PDF)

    def paper(self) -> bytes:
        raise NotImplementedError

    def back(self) -> str:
        raise NotImplementedError


class PartsPage(Guarded, View):
    """Where the script of a form sends a large file in parts (see `core.documents.parts`).

    A subclass names `perm` and answers `unit()`: whose file it will be. POST with `name`, `size`
    and `sha256` begins; POST `?key=…&offset=…` with bytes adds; POST `?key=…` finishes. JSON
    answers: 200 `{key, offset}` or `{token, name}`, 409 `{offset}`, 422 `{fault}`; 404 for
    another's upload.
    """

    abstract = True
    http_method_names = ["post"]

    def unit(self) -> Any:
        raise NotImplementedError

    def post(self, request, **kwargs):
        try:
            return JsonResponse(self.taken(request, self.unit()))
        except parts.Elsewhere as elsewhere:
            return JsonResponse({"offset": elsewhere.offset}, status=409)
        except Refused as fault:
            return JsonResponse({"fault": fault.sentence}, status=422)
        except parts.Gone as gone:
            raise Http404 from gone

    def taken(self, request, unit):
        by, key, offset = request.user, request.GET.get("key", ""), request.GET.get("offset")
        if not key:
            said = {name: request.POST.get(name, "") for name in ("name", "sha256")}
            begun = parts.begin(**said, size=_whole(request.POST.get("size")), unit=unit, by=by)
            return _said(begun.kept, by) if begun.kept else vars(begun) | {"kept": None}
        if offset is None:
            return _said(parts.finish(key=key, unit=unit, by=by), by)
        here = parts.add(key=key, offset=_whole(offset), content=request.body, by=by)
        return {"key": key, "offset": here}


def _said(document, by):
    return {"token": fields.token_of(document, by), "name": document.name}


def _whole(typed):
    found = whole(typed, most=2**63 - 1)
    return -1 if found is None else found


def answer(request: Any, document: Document) -> HttpResponseBase:
    """A download, or with `?xem` a PDF or picture that the browser shows. Logged with keys."""
    look = _LOOK in request.GET and document.media_type in _SHOWN
    did = "look at" if look else "download"
    log.info("%s document=%s user=%s", did, document.pk, request.user.pk)
    return shown(document) if look else attachment(document)


def shown(document: Document) -> HttpResponseBase:
    """The file for the browser to show in a tab or in a frame of ours; never as a page."""
    response = attachment(document)
    response["Content-Disposition"] = _disposition(document.name, "inline")
    response["Content-Security-Policy"] = _SHOWN[document.media_type]
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def attachment(document: Document) -> HttpResponseBase:
    """The file as a download that no browser opens in our name. Raises `Http404` if it is gone."""
    response = _by_nginx(document) if settings.X_ACCEL else _by_ourselves(document)
    response["Content-Type"] = document.media_type
    response["Content-Disposition"] = _disposition(document.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "sandbox"
    return response


def made(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Something made for this request and not kept, such as a list as a workbook."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{names.plain(name)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _by_ourselves(document):
    path = store.path_of(document)
    if not path.is_file():
        log.error("document=%s has no file", document.pk)
        raise Http404
    response = StreamingHttpResponse(_pieces(path))
    response["Content-Length"] = document.size
    return response


def _pieces(path):
    """Opened when the first piece is sent, so an answer nobody reads holds no file open."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _by_nginx(document):
    """`X_ACCEL` is the internal address under which nginx serves MEDIA_ROOT."""
    response = HttpResponse()
    response["X-Accel-Redirect"] = f"{settings.X_ACCEL.rstrip('/')}/{document.file.name}"
    return response


def _disposition(name, way="attachment"):
    """RFC 6266: the name in ASCII, and beside it as it is."""
    shown = quote(name, safe="")
    return f"{way}; filename=\"{names.plain(name)}\"; filename*=UTF-8''{shown}"
