"""Word and Excel files: a folder of XML in a zip. Checked as an archive first, then by part.

Limits on what is unpacked count real bytes: a header may say anything, and a bomb with a
mild ratio passes every test of the ratio.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from core.documents.openers import parts
from core.documents.openers.verdict import refuse

_CHUNK = 256 * 1024
_LOCAL = 30  # bytes of a local file header before the name
_END = 22  # bytes of the record at the end, when no comment follows
_HEAD_READ_BY_PDF_VIEWERS = 1024
_OLD_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_NESTED = re.compile(r"(^|/)embeddings/[^/]+\.(xlsx|docx)$", re.IGNORECASE)
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def check_document(path: Path, limits: dict[str, Any]) -> None:
    _Archive(path, limits).check("docx")


def check_workbook(path: Path, limits: dict[str, Any]) -> None:
    _Archive(path, limits).check("xlsx")


def check_old(path: Path) -> None:
    """An office file with a password hides in the container of the old formats."""
    if _OLD_PASSWORD in path.read_bytes():
        refuse("encrypted")


class _Archive:
    """One office file and what is left of its limits; a chart's workbook inside shares them."""

    def __init__(self, source: Path | BytesIO, limits: dict[str, Any], *, inside: bool = False):
        self.source, self.limits, self.inside = source, limits, inside
        try:
            self.zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
            refuse("damaged")
        self.raw: Any = self.zip.fp
        self.entries = self.zip.infolist()

    def check(self, kind):
        self._check_directory()
        if _MAIN[kind] not in parts.types_of(self._named("[Content_Types].xml")):
            refuse("damaged")
        for entry in self.entries:
            self._check_entry(entry)

    def _check_directory(self):
        if len(self.entries) > self.limits["entries"]:
            refuse("many_entries", count=len(self.entries), most=self.limits["entries"])
        self.limits["entries"] -= len(self.entries)
        if sum(entry.file_size for entry in self.entries) > self.limits["unpacked"]:
            refuse("bomb")
        names = [entry.filename for entry in self.entries]
        if len({name.lower() for name in names}) < len(names):
            refuse("damaged")
        for entry in self.entries:
            if entry.flag_bits & 1:
                refuse("encrypted")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                refuse("damaged")
            parts.check_name(entry.filename)
        self._check_places()

    def _check_places(self):
        """Entries stand one behind the other from the first byte; nothing else is in the file."""
        end = 0
        for entry in sorted(self.entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
                refuse("two_things" if end == 0 else "bomb")
            end = self._data_of(entry) + entry.compress_size
        if end > self.zip.start_dir:
            refuse("bomb")
        self.raw.seek(0)
        head = self.raw.read(_HEAD_READ_BY_PDF_VIEWERS)
        self.raw.seek(-_END, os.SEEK_END)
        end_record = self.raw.read(_END)
        if b"%PDF-" in head or end_record[:4] != b"PK\x05\x06" or end_record[-2:] != b"\0\0":
            refuse("two_things")

    def _data_of(self, entry):
        """Where the bytes of the entry begin: the local header has lengths of its own."""
        self.raw.seek(entry.header_offset)
        header = self.raw.read(_LOCAL)
        if len(header) < _LOCAL or not header.startswith(b"PK\x03\x04"):
            refuse("damaged")
        name, extra = struct.unpack("<HH", header[26:])
        return entry.header_offset + _LOCAL + name + extra

    def _named(self, name):
        try:
            return self._unpacked(self.zip.getinfo(name))
        except KeyError:
            refuse("damaged")

    def _check_entry(self, entry):
        if _NESTED.search(entry.filename) and not self.inside:
            inner = BytesIO(b"".join(self._unpacked(entry)))
            kind = entry.filename.rpartition(".")[2].lower()
            _Archive(inner, self.limits, inside=True).check(kind)
        else:
            parts.check(entry.filename, self._unpacked(entry), self.limits)

    def _unpacked(self, entry) -> Iterator[bytes]:
        """The real bytes; more or fewer than the directory says is a refusal."""
        self.raw.seek(self._data_of(entry))
        packed = iter(self._packed(entry.compress_size))
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            packed = _inflated(packed)
        size = checksum = 0
        for chunk in packed:
            size += len(chunk)
            checksum = zlib.crc32(chunk, checksum)
            self.limits["unpacked"] -= len(chunk)
            if size > entry.file_size or self.limits["unpacked"] < 0:
                refuse("bomb")
            yield chunk
        if size != entry.file_size or checksum != entry.CRC:
            refuse("damaged")

    def _packed(self, left):
        while left > 0:
            chunk = self.raw.read(min(left, _CHUNK))
            if not chunk:
                refuse("damaged")
            left -= len(chunk)
            yield chunk


def _inflated(packed):
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in packed:
            while chunk and not inflate.eof:
                yield inflate.decompress(chunk, _CHUNK)
                chunk = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error:
        refuse("damaged")
