"""The parts inside an office file: names, kinds, relationships and text."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers import expat

from core.documents.openers.verdict import refuse

_MACRO_NAMES = re.compile(
    r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)dialogsheets/|(^|/)activex/", re.IGNORECASE
)
_MACRO_TYPES = re.compile(r"macroEnabled|macrosheet|vbaProject|activeX\+xml", re.IGNORECASE)
# A link somebody clicks, and the values a workbook once read from another.
_HARMLESS_OUTSIDE = {"hyperlink", "externalLinkPath", "externalLinkLong"}
_REFUSED_KINDS = {"oleObject": "ole", "aFChunk": "ole", "vbaProject": "macro"}
_DDE_LINK = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b")
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)|<(?:\w+:)?fldSimple\b[^>]*?instr\s*=\s*[\"']([^\"']*)"
)
_BEGUN = re.compile(rb"<(?:\w+:)?(?:instrText|fldSimple)\b")
_DDE_FIELD = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
# What Word fetches when fields are brought up to date: an address, or a share of another machine.
_FETCHED_FIELD = re.compile(
    r"INCLUDE(?:PICTURE|TEXT)(?:\\[a-z*])*[\"“”]*(?:(?:https?|ftps?|file|smb|mhtml):|[\\/]{2})",
    re.IGNORECASE,
)
_FETCHED_CELL = re.compile(rb"(?:_xlfn\.|[=>(,;&+*/^-])\s*WEBSERVICE\s*\(", re.IGNORECASE)
_ROWS = re.compile(rb"<(?:\w+:)?(?:row|tr)[\s/>]")
_PROGRAMS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"PK\x03\x04")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_OVERLAP = 64
_LONGEST_FIELD = 64 * 1024


def check_name(name: str) -> None:
    """A path that leaves the folder, or a part that is a macro by its name."""
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in name:
        refuse("damaged")
    if _MACRO_NAMES.search(name):
        refuse("macro")


def types_of(chunks: Iterable[bytes]) -> set[str]:
    """The content types the file names; one of a macro is a refusal."""
    types = {attributes.get("ContentType", "") for _, attributes in _elements(chunks)}
    if _MACRO_TYPES.search(" ".join(types)):
        refuse("macro")
    return types


def check(name: str, chunks: Iterable[bytes], limits: dict[str, Any]) -> None:
    """One part, as it comes; `limits["rows"]` falls by the rows seen."""
    lower = name.lower()
    if lower.endswith(".rels"):
        _check_relationships(chunks)
    elif lower == "xl/connections.xml":
        refuse("outside")
    elif lower.endswith((".xml", ".vml")):
        _check_text(_checked_xml(chunks), limits)
    else:
        _check_binary(chunks)


def _elements(chunks: Iterable[bytes]) -> list[tuple[str, dict[str, str]]]:
    """Names without prefix and attributes of all elements, as a reader would see them."""
    parser, found = _strict_parser(), []
    parser.StartElementHandler = lambda name, attributes: found.append(
        (name.rpartition(":")[2], attributes)
    )
    for chunk in chunks:
        _parse(parser, chunk, final=False)
    _parse(parser, b"", final=True)
    return found


def _checked_xml(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks, once it is sure that they are UTF-8 XML without a DOCTYPE."""
    parser, rooted = _strict_parser(), []
    parser.StartElementHandler = lambda *_: rooted.append(True)
    for number, chunk in enumerate(chunks):
        if number == 0 and chunk.startswith(_UTF_16):
            refuse("xml")
        for at in range(0, len(chunk), 1024):
            if rooted:
                break
            _parse(parser, chunk[at : at + 1024], final=False)
        yield chunk
    if not rooted:
        refuse("damaged")


def _strict_parser():
    """Entities grow, and name files outside: no office program writes a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: refuse("xml")
    parser.XmlDeclHandler = _check_encoding
    return parser


def _check_encoding(_version, encoding, _standalone):
    if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
        refuse("xml")


def _parse(parser, text, *, final):
    try:
        parser.Parse(text, final)
    except expat.ExpatError:
        refuse("damaged")


def _check_relationships(chunks):
    for element, attributes in _elements(chunks):
        if element != "Relationship":
            continue
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in _REFUSED_KINDS:
            refuse(_REFUSED_KINDS[kind])
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and kind not in _HARMLESS_OUTSIDE:
            refuse("template" if kind == "attachedTemplate" else "outside")


def _check_text(chunks, limits):
    """Rows are counted and links to other programs looked for without building a tree."""
    before, fields = b"", _Fields()
    for chunk in chunks:
        text = before + chunk
        if _DDE_LINK.search(text):
            refuse("dde")
        if _FETCHED_CELL.search(text):
            refuse("outside")
        limits["rows"] -= len(_ROWS.findall(text)) - len(_ROWS.findall(before))
        if limits["rows"] < 0:
            refuse("many_rows", rows=limits["most_rows"])
        fields.feed(chunk)
        before = text[-_OVERLAP:]
    fields.check()


class _Fields:
    """The instructions of Word's fields. Word keeps them in pieces, so DDE may be cut in two."""

    def __init__(self):
        self.rest, self.instructions = b"", []

    def feed(self, chunk):
        text = self.rest + chunk
        end = 0
        for found in _FIELD.finditer(text):
            end = found.end()
            if found.end() < len(text):
                self.instructions.append(found.group(1) or found.group(2) or b"")
            else:  # may go on in the next chunk
                end = found.start()
        begun = [found.start() for found in _BEGUN.finditer(text, end)]
        self.rest = text[begun[0] if begun else max(end, len(text) - _OVERLAP) :]
        if len(self.rest) > _LONGEST_FIELD + len(chunk):
            refuse("heavy")

    def check(self):
        words = [html.unescape(part.decode(errors="replace")) for part in self.instructions]
        if _DDE_FIELD.search("".join(words)) or _DDE_FIELD.search(" ".join(words)):
            refuse("dde")
        if _FETCHED_FIELD.search("".join("".join(words).split())):
            refuse("outside")


def _check_binary(chunks):
    for number, chunk in enumerate(chunks):
        if number == 0 and chunk.startswith(_PROGRAMS):
            refuse("ole")
