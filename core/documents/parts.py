"""A large file that comes in parts and goes on after a cut line.

What came so far lies in a file of its own, in a folder of its person; its length is where the
next part begins. Nobody reaches another's: the folder is the visitor's, and what is asked for
is looked up there only. Whole and as announced, it goes through the gate like any upload.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from core.clock import clock
from core.documents import intake, names
from core.documents.models import Document
from core.documents.refusals import Refused, refused

FOLDER = "parts"
PART = 1024 * 1024  # bytes of one part at most
MOST_OPEN = 4  # files that one person has under way; the oldest goes when another begins
_KEY = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT}


class Gone(Exception):
    """There is no such upload of this person (any more)."""


class Elsewhere(Exception):
    """The part does not begin where the file ends: another tab sent it, or an answer was lost."""

    def __init__(self, offset: int):
        self.offset = offset
        super().__init__(f"{offset} bytes are here")


@dataclass(frozen=True)
class Begun:
    """An upload under way: its key, and how many bytes are here. `kept` once it is whole."""

    key: str
    offset: int
    kept: Document | None = None


def begin(*, name: str, size: int, sha256: str, unit: Any, by: Any) -> Begun:
    """Announce a file, or find what came of it before. The same person, unit, name, size and
    sha256 are the same upload. Raises `Refused` for an empty file, one beyond the limit, or without room
    on the disk."""
    shown = names.clean(name)
    if size <= 0:
        raise refused("empty", shown)
    if size > settings.UPLOAD_MOST:
        raise refused("too_large", shown, most=settings.UPLOAD_MOST)
    said = {"name": shown, "size": size, "sha256": sha256.lower(), "unit": unit.pk}
    key = hashlib.sha256(json.dumps([by.pk, said], sort_keys=True).encode()).hexdigest()
    folder = _folder(by)
    known = folder / f"{key}.json"
    if known.exists():
        kept = _kept(json.loads(known.read_text()), by)
        if kept or (folder / f"{key}.part").exists():
            return Begun(key, size if kept else (folder / f"{key}.part").stat().st_size, kept)
    with _room_for(shown):
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder)
        _note(known, said)
        (folder / f"{key}.part").touch()
    return Begun(key, 0)


def add(*, key: str, offset: int, content: bytes, by: Any) -> int:
    """Put one part to the end; how many bytes are here then.

    Raises `Elsewhere` for another offset, `Refused` beyond the announced size or without room
    on the disk (nothing of the part stays then), `Gone`.
    """
    said = _said(key, by)
    with _locked(key, by) as file:
        here = file.seek(0, os.SEEK_END)
        if offset != here:
            raise Elsewhere(here)
        if len(content) > PART or here + len(content) > said["size"]:
            raise refused("too_large", said["name"], most=said["size"])
        try:
            with _room_for(said["name"]):
                _write(file, content)
        except (OSError, Refused):
            os.ftruncate(file.fileno(), here)
            raise
        return here + len(content)


def finish(*, key: str, unit: Any, by: Any, kinds: Collection[str] = intake.KINDS) -> Document:
    """The whole file through the gate. Pressed in two tabs, both have the one document.

    Raises `Elsewhere` while something is missing, `Refused` with the sentence of the gate or for
    other bytes than were announced (what came is dropped then), `Gone`.
    """
    said = _said(key, by)
    if said["unit"] != unit.pk:
        raise Gone
    with _locked(key, by) as file:
        if kept := _kept(_said(key, by), by):
            return kept
        here = file.seek(0, os.SEEK_END)
        if here != said["size"]:
            raise Elsewhere(here)
        file.seek(0)
        try:
            if hashlib.file_digest(file, "sha256").hexdigest() != said["sha256"]:
                raise Refused(_changed(said["name"]), "changed")
            upload: Any = File(file, name=said["name"])
            document = intake.receive(upload, unit=unit, by=by, kinds=kinds, waiting=True)
        except Refused as fault:
            if fault.code != "disk_full":
                _drop(_folder(by), key)
            raise
        path = _folder(by) / f"{key}.json"
        with _room_for(said["name"]):
            _note(path, {**said, "document": str(document.pk)})
        os.ftruncate(file.fileno(), 0)
    return document


def sweep(older_than: int) -> int:
    """Remove uploads that nobody went on with for so many seconds; how many files."""
    gone = 0
    now = clock.real_now().timestamp()
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*"):
        if now - _touched(path) > older_than:
            path.unlink(missing_ok=True)
            gone += path.suffix == ".part"
    return gone


def _changed(name):
    text = _("“%(name)s” did not arrive as it was sent. Choose the file again.")
    return text % {"name": name}


def _folder(by: Any) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(by.pk)


def _said(key: str, by: Any) -> dict[str, Any]:
    """What was announced under this key by this person. Raises `Gone`."""
    if not _KEY.fullmatch(key):
        raise Gone
    try:
        said: dict[str, Any] = json.loads((_folder(by) / f"{key}.json").read_text())
    except FileNotFoundError as missing:
        raise Gone from missing
    return said


@contextmanager
def _locked(key: str, by: Any) -> Iterator[Any]:
    """The file of what came, for one writer at a time. Raises `Gone`."""
    try:
        file = (_folder(by) / f"{key}.part").open("r+b", buffering=0)
    except FileNotFoundError as missing:
        raise Gone from missing
    with file:  # unbuffered: a buffer would be written once more on leaving, behind a full disk
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _note(path: Path, said: dict[str, Any]) -> None:
    """What is known of an upload. Written beside and put in place: never a half of it."""
    beside = path.with_suffix(".new")
    try:
        beside.write_text(json.dumps(said))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write(file: Any, content: bytes) -> None:
    """All of it: one call may take less."""
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


@contextmanager
def _room_for(name: str) -> Iterator[None]:
    """A full disk in words: raises `Refused` in its place."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in _FULL:
            raise
        raise refused("disk_full", name) from fault


def _kept(said: dict[str, Any], by: Any) -> Document | None:
    """The document that the upload became, while a form may still take it."""
    if "document" not in said:
        return None
    return Document.objects.filter(pk=said["document"], created_by=by, waiting=True).first()


def _make_room(folder: Path) -> None:
    known = sorted(folder.glob("*.json"), key=_touched)
    for path in known[: max(0, len(known) - MOST_OPEN + 1)]:
        _drop(folder, path.stem)


def _touched(path: Path) -> float:
    """When anything came of the upload of this file: what was announced keeps the time of the
    beginning. Now, if all is gone meanwhile."""
    found = []
    for ending in (path.suffix, ".json", ".part"):
        with suppress(FileNotFoundError):
            found.append(path.with_suffix(ending).stat().st_mtime)
    return max(found, default=clock.real_now().timestamp())


def _drop(folder: Path, key: str) -> None:
    for ending in ("part", "json"):
        (folder / f"{key}.{ending}").unlink(missing_ok=True)
