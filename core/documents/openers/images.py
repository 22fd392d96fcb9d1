"""Photographs and screenshots: whole, not too large, and nothing else besides."""

import mmap
import re
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from core.documents.openers.verdict import refuse
from core.documents.openers.within import CODE, archive_or_program

_PAPER = re.compile(rb"%PDF-[12]\.\d")
_HEAD_READ_BY_PDF_VIEWERS = 1024
# What other programs would take the file for if it stands behind the picture.
_APPENDED = (b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def check_photograph(path: Path, limits: dict[str, Any]) -> None:
    with _opened(path, "JPEG", limits) as image:
        image.draft("RGB", (256, 256))  # decoded at an eighth: finds a cut file, costs little
        _whole(image.load)
    _one_thing_only(path, b"\xff\xd9")


def check_png(path: Path, limits: dict[str, Any]) -> None:
    with _opened(path, "PNG", limits) as image:
        _whole(image.verify)
    _one_thing_only(path, b"IEND")


def _opened(path, form, limits):
    Image.MAX_IMAGE_PIXELS = None  # our own limit follows, with our own sentence
    try:
        image = Image.open(path, formats=[form])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        refuse("damaged")
    width, height = image.size
    if width * height > limits["pixels"]:
        refuse("many_pixels", count=width * height, most=limits["pixels"])
    return image


def _whole(read):
    try:
        read()
    except (OSError, SyntaxError, ValueError, EOFError):
        refuse("damaged")


def _one_thing_only(path, end):
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if b"%PDF-" in data[:_HEAD_READ_BY_PDF_VIEWERS] or CODE.search(data):
            refuse("two_things")
        if archive_or_program(data) or _PAPER.search(data):
            refuse("two_things")
        tail = data[data.rfind(end) + len(end) :]
        # A camera may leave a trailer of its own behind the picture; an archive it does not.
        if any(start in tail for start in _APPENDED) or _archive_at_the_end(data):
            refuse("two_things")


def _archive_at_the_end(data):
    """An end-of-archive record that reaches exactly to the end, as unzip programs look for it."""
    found = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if found < 0 or len(data) < found + 22:
        return False
    return found + 22 + int.from_bytes(data[found + 20 : found + 22], "little") == len(data)
