"""The constant bytes of a certificate, and writing one around them.

All that never changes (art, fonts, colour profile, structure) is one prefix of bytes. A file is
that prefix, four objects of its own (drawing, metadata, data, Info) and a table of offsets.
"""

import functools
import hashlib
import zlib

import pikepdf
from pikepdf import Array, Dictionary

from core.documents.stamp import archive, embed
from core.documents.stamp.ink import Drawing
from core.documents.stamp.layout import Layout, load
from core.documents.stamp.text import CertificateText

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Sheet:
    """What all certificates share that have the same blocks and need the same letters."""

    def __init__(self, layout: Layout, tags: tuple[str, ...], faces: frozenset[tuple[str, bool]]):
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(layout.width, layout.height))
            own = [pdf.make_stream(b"") for _ in range(3)]
            page = pdf.pages[0].obj
            page.Resources = Dictionary(
                XObject=Dictionary(Art=embed.art(pdf, layout.art)),
                Font=pdf.make_indirect(_fonts(pdf, layout, dict(faces))),
            )
            background = pdf.make_stream(b"/Artifact <</Type/Layout>>BDC q /Art Do Q EMC\n")
            page.Contents = Array([background, own[0]])
            x, top, size = layout.code
            bottom = layout.height - top - size
            box = [round(side, 2) for side in (x, bottom, x + size, bottom + size)]
            archive.declare(pdf, layout.profile)
            archive.structure(pdf, page, list(tags), box)
            pdf.Root.Metadata = own[1]
            archive.attach(pdf, own[2])
            self.root = pdf.Root.objgen[0]
            self.drawing, self.xmp, self.data = (stream.objgen[0] for stream in own)
            self._freeze(pdf)

    def _freeze(self, pdf: pikepdf.Pdf) -> None:
        """Write every constant object once and remember where it stands."""
        self.info = len(pdf.objects) + 1
        self.offsets = [b"0000000000 65535 f \n"] + [b""] * self.info
        own = {self.drawing, self.xmp, self.data}
        parts, at = [HEAD], len(HEAD)
        for number, obj in enumerate(pdf.objects, start=1):
            if number in own:
                continue
            body = _object(number, obj)
            self.offsets[number] = b"%010d 00000 n \n" % at
            parts.append(body)
            at += len(body)
        self.prefix = b"".join(parts)

    def write(self, text: CertificateText, drawing: Drawing) -> bytes:
        """One certificate. The same words give the same bytes."""
        offsets, parts, at = self.offsets[:], [self.prefix], len(self.prefix)
        for number, body in self._own(text, drawing):
            whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            offsets[number] = b"%010d 00000 n \n" % at
            parts.append(whole)
            at += len(whole)
        name = hashlib.sha256(b"".join(parts[1:])).hexdigest()[:32]
        trailer = f"trailer\n<</Size {len(offsets)}/Root {self.root} 0 R/Info {self.info} 0 R"
        end = f"{trailer}/ID[<{name}><{name}>]>>\nstartxref\n{at}\n%%EOF\n"
        parts += [b"xref\n0 %d\n" % len(offsets), *offsets, end.encode()]
        return b"".join(parts)

    def _own(self, text: CertificateText, drawing: Drawing):
        """(number, body) of the objects that differ from one certificate to the next."""
        day, title = text.date.isoformat(), text.heading
        stamp = b"(D:%b000000+07'00')" % day.replace("-", "").encode()
        yield self.drawing, _stream(b"/Filter/FlateDecode", _pack("".join(drawing.parts).encode()))
        yield self.xmp, _stream(b"/Type/Metadata/Subtype/XML", archive.metadata(title, day))
        data = text.data()
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest().encode()
        facts = b"/Params<</Size %d/ModDate%b/CheckSum<%b>>>" % (len(data), stamp, digest)
        entries = b"/Type/EmbeddedFile/Subtype/application#2Fjson/Filter/FlateDecode" + facts
        yield self.data, _stream(entries, _pack(data))
        words = b"/Title%b/Producer%b" % (_string(title), _string(archive.PRODUCER))
        yield self.info, b"<<%b/CreationDate%b/ModDate%b>>" % (words, stamp, stamp)


@functools.lru_cache(maxsize=16)
def sheet(template: str, tags: tuple[str, ...], faces: frozenset[tuple[str, bool]]) -> Sheet:
    """The constant part for certificates with these tags and faces (name, with rare letters)."""
    return Sheet(load(template), tags, faces)


def _fonts(pdf: pikepdf.Pdf, layout: Layout, wide: dict[str, bool]) -> Dictionary:
    fonts = Dictionary()
    for slot, (name, face) in enumerate(layout.faces.items()):
        if name in wide:
            fonts[f"/F{slot}"] = embed.font(pdf, face, wide=wide[name])
    return fonts


def _object(number: int, obj: pikepdf.Object) -> bytes:
    if isinstance(obj, pikepdf.Stream):
        raw = obj.read_raw_bytes()
        entries = obj.stream_dict
        entries.Length = len(raw)
        body = b"%b stream\n%b\nendstream" % (entries.unparse(resolved=True), raw)
    else:
        body = obj.unparse(resolved=True)
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def _pack(content: bytes) -> bytes:
    return zlib.compress(content, 6)


def _string(text: str) -> bytes:
    return b"<%b>" % ("\ufeff" + text).encode("utf-16-be").hex().encode()
