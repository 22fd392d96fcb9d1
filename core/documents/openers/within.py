"""Whether another file begins within a picture or a paper: an archive, a program, a page.

A file is asked as a whole, not what stands behind its end: whoever hides something writes a second
end behind it. Each mark is therefore so long, or asked for so much besides, that compressed data
of fifty megabytes shows none by chance. Cameras do append (a second picture, a film, a trailer of
their own); none of that is an archive.
"""

import re
import struct
from typing import Any

# A picture that is also a page or a script for somebody who opens it otherwise.
CODE = re.compile(rb"<script|<\?php|<html|<!doctype html", re.IGNORECASE)

_ARCHIVES = re.compile(
    rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|MSCF\0\0\0\0|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    rb"|\x7fELF[\x01\x02][\x01\x02]\x01"
    rb"|PK\x03\x04[\x0a-\x3f]\0..(?:[\0\x08\x09\x0c\x0e]\0|[\x5d-\x63]\0)",
    re.DOTALL,
)
_END_OF_ZIP = re.compile(rb"PK\x05\x06")
_LONGEST_STUB = 4096  # bytes from the start of a Windows program to its real head


def archive_or_program(data: Any) -> bool:
    """Whether one begins anywhere in the bytes (or the mmap)."""
    return bool(_ARCHIVES.search(data)) or _has_zip(data) or _has_program(data)


def _has_zip(data):
    """An end record that leads to its list of entries, as programs that unpack look for it."""
    for found in _END_OF_ZIP.finditer(data):
        at = found.start()
        record = data[at + 4 : at + 22]
        if len(record) < 18:
            continue
        size = struct.unpack_from("<L", record, 8)[0]
        entries = data[at - size : at - size + 4] if size <= at else b""
        if entries == b"PK\x01\x02" or data[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
            return True
        if not any(record[:16]):  # an empty one
            return True
    return False


def _has_program(data):
    at = data.find(b"MZ")
    while at >= 0:
        head = data[at + 60 : at + 64]
        offset = int.from_bytes(head, "little")
        if 64 <= offset <= _LONGEST_STUB and data[at + offset : at + offset + 4] == b"PE\0\0":
            return True
        at = data.find(b"MZ", at + 2)
    return False
