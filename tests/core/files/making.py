"""Small files of every kind, made by hand: honest ones and the pieces of hostile ones."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument"
PARAGRAPH = "<w:p><w:r><w:t>Báo cáo thành tích</w:t></w:r></w:p>"


def types(main):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/xml"/>'
        f'<Override PartName="/main.xml" ContentType="{main}"/></Types>'
    )


def relationships(*found):
    """Each is (type, target, external?)."""
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for n, (kind, target, outside) in enumerate(found)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def word(body=PARAGRAPH):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def sheet(rows="<row r='1'><c r='A1'><v>1</v></c></row>"):
    return f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'


def docx_parts():
    return {
        "[Content_Types].xml": types(f"{MAIN}.wordprocessingml.document.main+xml"),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", False)),
        "word/document.xml": word(),
    }


def xlsx_parts():
    return {
        "[Content_Types].xml": types(f"{MAIN}.spreadsheetml.sheet.main+xml"),
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": f'<workbook xmlns="{S}"><sheets/></workbook>',
        "xl/worksheets/sheet1.xml": sheet(),
    }


def zipped(parts, **options):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(**parts_by_role):
    """A Word file; `rels`, `body`, `types` replace those parts, `more` adds some."""
    parts = docx_parts() | parts_by_role.get("more", {})
    if "body" in parts_by_role:
        parts["word/document.xml"] = word(parts_by_role["body"])
    if "rels" in parts_by_role:
        parts["word/_rels/document.xml.rels"] = relationships(*parts_by_role["rels"])
    if "types" in parts_by_role:
        parts["[Content_Types].xml"] = types(parts_by_role["types"])
    return zipped(parts)


def xlsx(**more):
    return zipped(xlsx_parts() | {name.replace("__", "/"): part for name, part in more.items()})


def pdf(pages=1, change=None, **options):
    made, book = BytesIO(), pikepdf.new()
    for _ in range(pages):
        book.add_blank_page(page_size=(595, 842))
    if change:
        change(book)
    book.save(made, **options)
    return made.getvalue()


def picture(form, size=(320, 240), **options):
    made = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(made, form, **options)
    return made.getvalue()


def png_that_says(width, height):
    """A header of any size over a few bytes of data."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
