"""The parts inside an office file: names, kinds, relationships and text."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from core.documents.openers import fetching
from core.documents.openers.verdict import refuse

_MACRO_NAMES = re.compile(
    r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)dialogsheets/|(^|/)activex/", re.IGNORECASE
)
_MACRO_TYPES = re.compile(r"macroEnabled|macrosheet|vbaProject|activeX\+xml", re.IGNORECASE)
# A link somebody clicks, and the values a workbook once read from another.
_HARMLESS_OUTSIDE = {"hyperlink", "externalLinkPath", "externalLinkLong"}
_REFUSED_KINDS = {"oleObject": "ole", "aFChunk": "ole", "vbaProject": "macro"}
# What Word and Excel read as XML, by whatever name; only by these names it is looked at as XML.
_OFFICE_XML = re.compile(r"(?:wordprocessing|spreadsheet|drawing)ml\..*\+xml", re.IGNORECASE)
_XML_NAME = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_WEB_PICTURES = "rdrichvaluewebimage.xml"  # addresses of pictures that cells show
_UNINTERESTING = object()
_PROGRAMS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"PK\x03\x04")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_LONGEST_TOKEN = 8 * 1024 * 1024  # bytes of a tag or a comment: each chunk has it read anew


def check_name(name: str) -> None:
    """A path that leaves the folder, or a part that is a macro by its name."""
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in name:
        refuse("damaged")
    if _MACRO_NAMES.search(name):
        refuse("macro")


def types_of(chunks: Iterable[bytes]) -> set[str]:
    """The content types the file names; one of a macro is a refusal."""
    types = set()
    for _, attributes in _elements(chunks):
        types.add(attributes.get("ContentType", ""))
        name = attributes.get("PartName", "") or "." + attributes.get("Extension", "")
        if _OFFICE_XML.search(attributes.get("ContentType", "")) and not _XML_NAME.search(name):
            refuse("damaged")
    if _MACRO_TYPES.search(" ".join(types)):
        refuse("macro")
    return types


def check(name: str, chunks: Iterable[bytes], limits: dict[str, Any]) -> None:
    """One part, as it comes; `limits["rows"]` falls by the rows seen."""
    lower = name.lower()
    if lower.endswith(".rels"):
        _check_relationships(chunks)
    elif lower == "xl/connections.xml" or lower.endswith(_WEB_PICTURES):
        refuse("outside")
    elif lower.endswith(".xml"):
        _Text(limits).check(_checked_xml(chunks))
    elif lower.endswith(".vml"):  # drawings, which older programs did not write as good XML
        for _chunk in _checked_xml(chunks):
            pass
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


class _Text:
    """Rows are counted, and what is fetched or called looked for, without building a tree."""

    def __init__(self, limits):
        self.limits, self.fields = limits, fetching.Fields()
        self.parser = _strict_parser()
        self.parser.StartElementHandler = self._looking()
        self.parser.buffer_text = True
        self.inside: str = ""
        self.said: list[str] = []
        self.take: Callable[[str], None] | None = None

    def _looking(self):
        """Called for each of some million cells: what is of no interest goes by in two steps."""
        uninteresting, begun = set(), self._begun

        def look(name, attributes):
            if name not in uninteresting and begun(name, attributes) is _UNINTERESTING:
                uninteresting.add(name)

        return look

    def check(self, chunks):
        fed = 0
        for chunk in chunks:
            fed += len(chunk)
            _parse(self.parser, chunk, final=False)
            if fed - self.parser.CurrentByteIndex > _LONGEST_TOKEN:
                refuse("heavy")
        _parse(self.parser, b"", final=True)
        self.fields.end()

    def _begun(self, name, attributes):
        kind = name.rpartition(":")[2]
        if kind in ("row", "tr"):
            self.limits["rows"] -= 1
            if self.limits["rows"] < 0:
                refuse("many_rows", rows=self.limits["most_rows"])
        elif kind in ("ddeLink", "oleLink"):
            refuse("dde")
        elif kind == "p":
            self.fields.paragraph()
        elif kind == "fldChar":
            self.fields.mark(_of(attributes, "fldCharType"))
        elif kind == "fldSimple":
            self.fields.simple(_of(attributes, "instr"))
        elif kind in fetching.FORMULAS:
            self._collect(name, fetching.check_formula)
        elif kind == "instrText":
            self._collect(name, self.fields.instruct)
        elif kind == "t" and self.fields.open:
            self._collect(name, self.fields.result())
        elif kind == "cfvo":  # the bound of a coloured cell may be a formula
            fetching.check_formula(_of(attributes, "val"))
        elif kind != "t":
            return _UNINTERESTING
        return None

    def _collect(self, name, take):
        if take and not self.take:
            self.inside, self.said, self.take = name, [], take
            self.parser.CharacterDataHandler = self.said.append
            self.parser.EndElementHandler = self._ended

    def _ended(self, name):
        if name == self.inside and self.take:
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
            take, self.take = self.take, None
            take("".join(self.said))


def _of(attributes, name):
    """An attribute by its name without prefix."""
    return next((said for key, said in attributes.items() if key.rpartition(":")[2] == name), "")


def _check_binary(chunks):
    for number, chunk in enumerate(chunks):
        if number == 0 and chunk.startswith(_PROGRAMS):
            refuse("ole")
