"""Putting the constant things of a certificate into a PDF: fonts and art."""

import hashlib
import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from core.documents.stamp.faces import Face

SYMBOLIC, ITALIC = 4, 64
TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000><ffff> endcodespacerange
{chars}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def packed(pdf: pikepdf.Pdf, content: bytes, **entries) -> pikepdf.Object:
    """A stream that is compressed once, here, and never again."""
    stream = pdf.make_stream(zlib.compress(content, 9), **entries)
    stream.Filter = Name.FlateDecode
    return stream


def art(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    """The first page of the PDF `content` as a form that pages can draw."""
    with pikepdf.open(io.BytesIO(content)) as source:
        form = source.pages[0].as_form_xobject()
        flat = packed(source, form.read_bytes())
        for key, value in form.stream_dict.items():
            if key not in ("/Length", "/Filter", "/DecodeParms"):
                flat[key] = value
        return pdf.copy_foreign(source.make_indirect(flat))


def font(pdf: pikepdf.Pdf, face: Face, *, wide: bool) -> pikepdf.Object:
    """A composite font with the glyphs of `face` that every file (or a wide one) carries."""
    cut = face.cut(wide=wide)
    name = _tagged_name(face, cut.content)
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, cut.content, name)),
        W=_widths(face, sorted(cut.glyphs)),
        DW=0,
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=packed(pdf, _to_unicode(face, sorted(cut.glyphs))),
        )
    )


def _tagged_name(face: Face, content: bytes) -> Name:
    """Six letters that name the subset, as PDF wants, made from its content."""
    digest = hashlib.sha256(content).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    return Name(f"/{tag}+{face.name}")


def _descriptor(pdf: pikepdf.Pdf, face: Face, content: bytes, name: Name) -> Dictionary:
    tables, unit = face.tables, 1000 / face.upem
    head, hhea, os2 = tables["head"], tables["hhea"], tables["OS/2"]
    box = [head.xMin, head.yMin, head.xMax, head.yMax]
    slant = tables["post"].italicAngle
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=SYMBOLIC | (ITALIC if slant else 0),
        FontBBox=Array([round(side * unit) for side in box]),
        ItalicAngle=round(slant),
        Ascent=round(hhea.ascent * unit),
        Descent=round(hhea.descent * unit),
        CapHeight=round(getattr(os2, "sCapHeight", 0) * unit) or 700,
        StemV=80,
        FontFile2=packed(pdf, content, Length1=len(content)),
    )


def _widths(face: Face, glyphs: list[int]) -> Array:
    """Widths of runs of glyphs with following numbers: first, [width, width …]."""
    runs = Array()
    for at, glyph in enumerate(glyphs):
        if at == 0 or glyph != glyphs[at - 1] + 1:
            widths = Array()
            runs.append(glyph)
            runs.append(widths)
        runs[len(runs) - 1].append(round(face.advance(glyph) * 1000 / face.upem, 2))
    return runs


def _to_unicode(face: Face, glyphs: list[int]) -> bytes:
    said = [(glyph, face.sayings[glyph]) for glyph in glyphs if glyph in face.sayings]
    blocks = []
    for start in range(0, len(said), 100):
        part = said[start : start + 100]
        lines = [f"<{glyph:04x}><{text.encode('utf-16-be').hex()}>" for glyph, text in part]
        blocks.append("\n".join([f"{len(part)} beginbfchar", *lines, "endbfchar"]))
    return TO_UNICODE.format(chars="\n".join(blocks)).encode()
