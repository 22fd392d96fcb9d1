"""What a file is, by its content. The name does not count here."""

import zipfile
from pathlib import Path

import magic

EXTENSIONS = {
    "pdf": ("pdf",),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "jpg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png",),
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "slides"}
_ARCHIVES = ("rar", "7z", "gzip", "x-tar", "bzip2", "x-xz", "cabinet", "zstd")
_TEXTS = {"text/html": "html", "text/rtf": "rtf", "application/rtf": "rtf", "image/svg+xml": "svg"}


def what_is(path: Path, head: bytes) -> str:
    """One of `EXTENSIONS`, or a word for what it is instead ("program", "zip", "old_office")."""
    for start, kind in (
        (b"%PDF-", "pdf"),
        (b"\xff\xd8\xff", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"PK\x03\x04", None),
        (_OLD_OFFICE, "old_office"),
        (b"MZ", "program"),
        (b"\x7fELF", "program"),
        (b"#!", "program"),
    ):
        if head.startswith(start):
            return kind or _zipped(path)
    return _by_magic(head)


def _zipped(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((kind for part, kind in _OOXML.items() if _has(names, part)), "zip")


def _has(names, folder):
    return any(name.startswith(folder) for name in names)


def _by_magic(head):
    media_type = magic.from_buffer(head, mime=True)
    if media_type in _TEXTS:
        return _TEXTS[media_type]
    family, _, name = media_type.partition("/")
    if any(word in name for word in _ARCHIVES):
        return "zip"
    if "executable" in name or "dosexec" in name or "sharedlib" in name:
        return "program"
    return _markup(head) or {
        "image": "image",
        "audio": "media",
        "video": "media",
        "text": "text",
    }.get(family, "unknown")


def _markup(head):
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start[:1000]:
        return "svg"
    return "html" if start.startswith((b"<!doctype html", b"<html", b"<script")) else None
