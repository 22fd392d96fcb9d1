"""File and row one to one: what a crash or an unfinished form left behind is cleared away."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from core.clock import clock
from core.documents import store
from core.documents.models import Document

A_DAY = 24 * 3600
TWO_DAYS = 2 * A_DAY
WAITS = timedelta(days=7)


def files_without_rows(older_than: int = A_DAY) -> list[Path]:
    """Remove them; the paths removed. Young ones may be waiting for their row to commit."""
    root = Path(settings.MEDIA_ROOT)
    kept = set(Document.objects.values_list("file", flat=True))
    found = [*(root / store.UNDER_WAY).glob("*"), *(root / store.FOLDER).glob("*/*/*")]
    lost = [
        path for path in found if str(path.relative_to(root)) not in kept and _old(path, older_than)
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return lost


def forgotten() -> int:
    """Remove what came in with a form nobody finished; how many.

    The real clock, not the demo's: a demo moved by a year must not lose a draft's files.
    """
    gone = 0
    for document in Document.objects.filter(waiting=True):
        path = store.path_of(document)
        if path.exists() and not _old(path, int(WAITS.total_seconds())):
            continue
        try:
            with transaction.atomic():
                document.delete()
        except ProtectedError:  # a row holds on to it: it waits no longer
            Document.objects.filter(pk=document.pk).update(waiting=False)
        else:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def faults() -> Iterator[str]:
    """A line for each row whose file is missing or is not what was kept."""
    for document in Document.objects.iterator():
        if said := fault(document):
            yield said


def fault(document: Document) -> str:
    """What is wrong with the file of a row; nothing if it is what was kept."""
    path = store.path_of(document)
    if not path.is_file():
        return f"{document.pk}: no file"
    return "" if _sha256(path) == document.sha256 else f"{document.pk}: other bytes than were kept"


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _old(path, seconds):
    return clock.real_now().timestamp() - path.stat().st_mtime > seconds
