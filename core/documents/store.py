"""Where files are kept: written whole, flushed to the disk, renamed, and only then a row.

A crash in between leaves a file without a row, which the sweep removes; never a row without
its file. Names on the disk are random and say nothing.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from core.documents.models import Document

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JPG = "image/jpeg"
PNG = "image/png"
ZIP = "application/zip"

FOLDER = "documents"
UNDER_WAY = "under-way"


class Corrupt(Exception):
    """The file is missing or is not what was kept."""


def keep(content: bytes | Iterable[bytes], *, name: str, media_type: str, unit: Any, by: Any):
    """A paper we rendered, as a `Document`. Raises `OSError` when the disk is full.

    `content` may come in pieces, for files too large for the memory.
    """
    with staged([content] if isinstance(content, bytes) else content) as paper:
        return paper.keep(name=name, media_type=media_type, unit=unit, by=by)


def read(document: Document) -> bytes:
    """The bytes, compared with their sha256. Raises `Corrupt`."""
    try:
        content = path_of(document).read_bytes()
    except FileNotFoundError as missing:
        raise Corrupt(f"document {document.pk}: no file") from missing
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise Corrupt(f"document {document.pk}: other bytes")
    return content


def path_of(document: Document) -> Path:
    return Path(settings.MEDIA_ROOT) / str(document.file.name)


class Staged:
    """A file written but not yet kept: its path, size in bytes and sha256."""

    def __init__(self, path: Path, size: int, sha256: str):
        self.path, self.size, self.sha256 = path, size, sha256

    def keep(self, *, name: str, media_type: str, unit: Any, by: Any, waiting: bool = False):
        key = uuid4()
        place = Path(FOLDER) / key.hex[:2] / key.hex[2:4] / key.hex
        _move(self.path, Path(settings.MEDIA_ROOT) / place)
        return Document.objects.create(
            id=key,
            file=str(place),
            name=name,
            media_type=media_type,
            size=self.size,
            sha256=self.sha256,
            unit=unit,
            created_by=by,
            waiting=waiting,
        )


@contextmanager
def staged(chunks: Iterable[bytes]) -> Iterator[Staged]:
    """The chunks in a file beside the kept ones, on the disk; gone afterwards unless kept."""
    folder = Path(settings.MEDIA_ROOT) / UNDER_WAY
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        yield _write(handle, path, chunks)
    finally:
        path.unlink(missing_ok=True)


def _write(handle, path, chunks):
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Staged(path, size, digest.hexdigest())


def _move(path, target):
    """Rename, and make the new name last: a name is kept by its folder, on the disk too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
