"""Files that have their content fetched from another place when somebody reads them."""

from pikepdf import Dictionary, Name, String

from tests.core.files import making

FIELD = "<w:p><w:instrText>{}</w:instrText></w:p>"
CELL = "<row r='1'><c r='A1'><f>{}</f><v>1</v></c></row>"


def fetched():
    """Name, content, code of the refusal."""
    for said in (
        'INCLUDEPICTURE "https://a.example/x.png" \\* MERGEFORMAT',
        "INCLUDEPICTURE \\d http://a.example/x.png",
        'includetext "\\\\\\\\a.example\\\\chung\\\\x.docx"',
        "INCLUDETEXT //a.example/x.docx",
        "INCLUDEPICTURE &#34;file://a.example/x.png&#34;",
        "INCLUDE</w:instrText><w:instrText>PICTURE https://a.example/x.png",
    ):
        yield "lay anh.docx", making.docx(body=FIELD.format(said)), "outside"
    for formula in ('_xlfn.WEBSERVICE("http://a.example")', "1+WEBSERVICE(A2)", "WEBSERVICE(A2)"):
        sheet = making.sheet(CELL.format(formula))
        yield "lay so.xlsx", making.xlsx(**{"xl__worksheets__sheet1.xml": sheet}), "outside"
    place = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("http://a.example/x"))
    yield "noi dung o xa.pdf", making.pdf(change=with_stream(F=place)), "reaches_out"
    form = {"Type": Name.XObject, "Subtype": Name.Form, "Ref": Dictionary(F=place, Page=0)}
    yield "trang o xa.pdf", making.pdf(change=with_stream(**form)), "reaches_out"


def kept():
    """Name, content, kind: what only looks like it."""
    body = FIELD.format('INCLUDEPICTURE "media\\\\anh.png" \\* MERGEFORMAT')
    body += FIELD.format("INCLUDEPICTURE anh.png") + FIELD.format("HYPERLINK http://a.example")
    body += FIELD.format('INCLUDETEXT "C:\\\\\\\\Ho so\\\\\\\\x.docx"')
    yield "anh tren may.docx", making.docx(body=body), "docx"
    words = "<row r='1'><c r='A1' t='inlineStr'><is><t>Hàm WEBSERVICE (Excel)</t></is></c></row>"
    sheet = making.sheet(words)
    yield "noi ve ham.xlsx", making.xlsx(**{"xl__worksheets__sheet1.xml": sheet}), "xlsx"


def with_stream(**entries):
    return lambda book: book.Root.__setitem__(
        "/PieceInfo", book.make_indirect(book.make_stream(b"", **entries))
    )
