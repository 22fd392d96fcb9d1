"""What the gate must take: files as offices make them; name, content, kind.

A content that takes long to make is a function that makes it.
"""

import random
from io import BytesIO

import openpyxl
import pikepdf
import xlsxwriter
from pikepdf import Array, Dictionary, Name, String

from tests.core.files import fetching, making


def pdfs():
    yield "Báo cáo thành tích.pdf", making.pdf(pages=3), "pdf"
    yield "TO TRINH.PDF", lambda: making.pdf(pages=1000), "pdf"
    yield "đã ký.pdf", signed(), "pdf"
    yield "dong vao.pdf", making.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "pdf"
    link = Dictionary(S=Name.URI, URI=String("https://dongthap.gov.vn"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=link)
    add = lambda book: book.pages[0].__setitem__("/Annots", Array([note]))
    yield "co lien ket.pdf", making.pdf(change=add), "pdf"
    start = lambda book: book.Root.__setitem__(
        "/OpenAction", Array([book.pages[0].obj, Name.XYZ, 0, 842, 0])
    )
    fit = lambda book: book.Root.__setitem__("/OpenAction", turn)
    yield "mo o trang dau.pdf", making.pdf(change=start), "pdf"
    turn = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))
    yield "mo vua trang.pdf", making.pdf(change=fit), "pdf"
    yield "ky hai lan.pdf", signed(signed()), "pdf"
    yield "tuyen tinh.pdf", making.pdf(pages=3, linearize=True), "pdf"
    page = lambda book: book.pages[0].__setitem__(
        "/Contents", book.make_stream(b"BT (<html> %%EOF <script>) Tj ET")
    )
    plain = making.pdf(change=page, compress_streams=False)
    yield "noi ve HTML.pdf", signed(plain), "pdf"
    yield "xref hong.pdf", making.pdf().replace(b"startxref", b"startxxxx"), "pdf"
    yield "cuoi trong.pdf", making.pdf() + b"\r\n\0\0", "pdf"


def signed(first=None):
    """An update appended to a finished file, as a signature is; to be kept to the byte."""
    first = first or making.pdf()
    at = int(first.rpartition(b"startxref")[2].split()[0])
    place = len(first)
    update = b"90 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /Contents <00> >>\nendobj\n"
    table = b"xref\n90 1\n%010d 00000 n \n" % place
    trailer = b"trailer\n<< /Size 91 /Prev %d /Root 1 0 R >>\n" % at
    end = b"startxref\n%d\n%%%%EOF\n" % (place + len(update))
    return first + update + table + trailer + end


def documents():
    yield "Tờ trình.docx", making.docx(), "docx"
    links = [("hyperlink", "https://dongthap.gov.vn", True), ("image", "media/a.png", False)]
    picture = {"word/media/a.png": making.picture("PNG")}
    yield "co anh.docx", making.docx(rels=links, more=picture), "docx"
    chart = {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": making.xlsx()}
    yield "co bieu do.docx", making.docx(rels=[("package", "a.xlsx", False)], more=chart), "docx"
    field = "<w:p><w:instrText>TOC \\o</w:instrText><w:instrText>PAGEREF _Toc1</w:instrText></w:p>"
    yield "muc luc.docx", lambda: making.docx(body=field * 20_000), "docx"
    yield "noi ve DDE.docx", making.docx(body="<w:p><w:t>DDE và macro</w:t></w:p>"), "docx"


def workbooks():
    made = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Họ tên", "Điểm"])
    book.active.append(["Nguyễn Văn Ân", "=1+1"])
    book.save(made)
    yield "Điểm.xlsx", made.getvalue(), "xlsx"
    yield "nhieu hang.xlsx", many_rows, "xlsx"
    other = making.relationships(("externalLinkPath", "năm 2024.xlsx", True))
    yield "noi so.xlsx", making.xlsx(**{"xl/externalLinks/_rels/a.xml.rels": other}), "xlsx"


def many_rows():
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write_row(row, 0, [row, "Đồng Tháp", 1.5])
    book.close()
    return made.getvalue()


def pictures():
    exif = making.Image.Exif()
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    yield "IMG_0001.JPG", making.picture("JPEG", exif=exif), "jpg"
    yield "anh.jpeg", making.picture("JPEG", progressive=True), "jpg"
    yield "may anh.jpg", making.picture("JPEG") + b"SEFH\x6a\0\0\0SEFT", "jpg"
    second = making.picture("JPEG", size=(80, 60))
    yield "hai anh.jpg", making.picture("JPEG") + b"\0" * 64 + second, "jpg"  # HDR, MPF
    film = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\0\x08mdat"
    yield "anh dong.jpg", making.picture("JPEG") + film + random.Random(7).randbytes(200_000), "jpg"
    yield "co anh nho.jpg", making.picture("JPEG", comment=second), "jpg"
    cut = making.picture("PNG", size=(400, 300))[-5000:]
    yield "cat bot.png", making.picture("PNG") + cut, "png"  # leftovers of a larger one
    yield "chup man hinh.png", making.picture("PNG"), "png"
    yield "to.jpg", lambda: making.picture("JPEG", size=(5000, 4000)), "jpg"


ALL = [*pdfs(), *documents(), *workbooks(), *pictures(), *fetching.kept()]
