"""The one gate in: a file somebody uploads becomes a `Document`, or is refused with a sentence.

Known by its content, opened in a child process within limits, kept to the byte as it came.
"""

import errno
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from core.documents import child, names, store
from core.documents.models import Document
from core.documents.refusals import Refused, refused

__all__ = ["KINDS", "LIMITS", "MEDIA_TYPES", "Refused", "receive"]

MEDIA_TYPES = {
    "pdf": store.PDF,
    "docx": store.DOCX,
    "xlsx": store.XLSX,
    "jpg": store.JPG,
    "png": store.PNG,
}
KINDS = tuple(MEDIA_TYPES)
LIMITS = {
    "unpacked": 200 * child.MEGABYTE,
    "entries": 2_000,
    "rows": 100_000,
    "pages": 1_000,
    "pixels": 50_000_000,
}
_SECONDS = 15
_MEGABYTES = 512
_FULL = {errno.ENOSPC, errno.EDQUOT}


def receive(
    upload: UploadedFile,
    *,
    unit: Any,
    by: Any,
    kinds: Collection[str] = KINDS,
    most: int | None = None,
    waiting: bool = False,
) -> Document:
    """The upload, checked and kept. `most` in bytes, `settings.UPLOAD_MOST` if not given.

    Raises `Refused`, and keeps nothing then. `waiting` marks a file whose form is not yet
    saved: see `fields.GateField`.
    """
    name = names.clean(upload.name or "")
    most = settings.UPLOAD_MOST if most is None else most
    if getattr(upload, "disk_full", False):
        raise refused("disk_full", name)
    _check_size(upload.size, name, most)
    try:
        with store.staged(upload.chunks()) as paper:
            _check_size(paper.size, name, most)
            kind = _judged(paper.path, name, kinds)
            return paper.keep(
                name=name, media_type=MEDIA_TYPES[kind], unit=unit, by=by, waiting=waiting
            )
    except OSError as fault:
        if fault.errno in _FULL:
            raise refused("disk_full", name) from fault
        raise


def _check_size(size, name, most):
    if not size:
        raise refused("empty", name)
    if size > most:
        raise refused("too_large", name, most=most)


def _judged(path, name, kinds):
    question = {
        "path": str(path),
        "extension": names.extension(name),
        "kinds": list(kinds),
        "limits": LIMITS,
    }
    try:
        verdict, _nothing = child.run(
            "core.documents.openers.judge:judge", question, seconds=_SECONDS, megabytes=_MEGABYTES
        )
    except child.Failed as failed:
        code = "damaged" if failed.reason == "crashed" else "heavy"
        raise refused(code, name) from failed
    if "refused" in verdict:
        raise refused(verdict["refused"], name, **verdict["words"])
    return verdict["kind"]
