"""Files that have their content fetched from another place when somebody reads them."""

from pikepdf import Dictionary, Name, String

from tests.core.files import making

FIELD = "<w:p><w:instrText>{}</w:instrText></w:p>"
CODE = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>{}"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>1</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
PIECE = "<w:r><w:instrText>{}</w:instrText></w:r>"
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
    link, *others = (
        'LINK Excel.Sheet.12 "\\\\a.example\\chung\\x.xlsx" "Sheet1!R1C1" \\a \\f 5',
        'link Word.Document.12 "http://a.example/x.docx"',
        "LINK Excel.Sheet.12 \\\\a.example\\x.xlsx",
        'DATABASE \\d "\\\\a.example\\x.mdb"',
        'RD "http://a.example/x.docx"',
        'IMPORT "http://a.example/x.png"',
        'INCLUDE "http://a.example/x.docx"',
        'INCLUDE "webdav://a.example/x.docx"',
        'INCLUDEPICTURE \\c PNG32 "https://a.example/x.png"',
    )
    for piece in (
        PIECE.format(link),
        PIECE.format(link[:2]) + PIECE.format(link[2:]),
        PIECE.format(f"{link[:2]} ") + PIECE.format(f" {link[2:]}"),  # Word drops these spaces
        PIECE.format("".join(f"&#{ord(letter)};" for letter in link)),
        PIECE.format(f"{link[:2]}<!-- --><![CDATA[{link[2:]}]]>"),
        *map(PIECE.format, others),
    ):
        yield "lay noi khac.docx", making.docx(body=CODE.format(piece)), "outside"
    yield "truong roi.docx", making.docx(body=FIELD.format(link)), "outside"
    simple = f"<w:p><w:fldSimple w:instr='{link}'/></w:p>"
    yield "truong mot.docx", making.docx(body=simple), "outside"
    within = PIECE.format("INCLUDE ") + CODE.replace("<w:t>1<", "<w:t>http://a.example<").format(
        PIECE.format("QUOTE 104 116 116 112")
    )
    yield "truong trong truong.docx", making.docx(body=CODE.format(within)), "outside"
    body = CODE.format(PIECE.format('RD "http://a.example/x"'))
    prefix = making.word(body).replace("w:", "w.x-1:").replace("xmlns:w=", "xmlns:w.x-1=")
    yield "ten khac.docx", making.docx(more={"word/document.xml": prefix}), "outside"
    odd = making.types(f"{making.MAIN}.wordprocessingml.document.main+xml").replace(
        "/main.xml", "/word/document.dat"
    )
    more = {"word/document.dat": making.word(body)}
    yield "duoi khac.docx", making.docx(types=odd, more=more), "damaged"
    for formula in (
        '_xlfn.WEBSERVICE("http://a.example")',
        "1+WEBSERVICE(A2)",
        "WEBSERVICE(A2)",
        '_xlfn.IMAGE("https://a.example/x.png")',
        "IF(A1,IMAGE(A2),0)",
        '&#87;EBSERVICE("http://a.example")',
        "_xlfn.&#x57;EBSERVICE(A1)",
        "<![CDATA[WEB]]>SERVICE<!-- -->(A1)",
        "1&lt;WEBSERVICE(A1)",
        """'a"'!A1&amp;WEBSERVICE("http://a.example")""",
        """T[a"]&amp;WEBSERVICE("http://a.example")""",
        'RTD("x.y","a.example","z")',
        '_xlfn.STOCKHISTORY("X",1)',
    ):
        sheet = making.sheet(CELL.format(formula))
        yield "lay so.xlsx", making.xlsx(**{"xl__worksheets__sheet1.xml": sheet}), "outside"
    named = f'<workbook xmlns="{making.S}"><definedNames><definedName name="a">WEBSERVICE(A1)'
    named += "</definedName></definedNames></workbook>"
    yield "ten goi.xlsx", making.xlsx(**{"xl__workbook.xml": named}), "outside"
    place = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("http://a.example/x"))
    yield "noi dung o xa.pdf", making.pdf(change=with_stream(F=place)), "reaches_out"
    form = {"Type": Name.XObject, "Subtype": Name.Form, "Ref": Dictionary(F=place, Page=0)}
    yield "trang o xa.pdf", making.pdf(change=with_stream(**form)), "reaches_out"


def kept():
    """Name, content, kind: what only looks like it."""
    body = FIELD.format('INCLUDEPICTURE "media\\\\anh.png" \\* MERGEFORMAT')
    body += FIELD.format("INCLUDEPICTURE anh.png") + FIELD.format("HYPERLINK http://a.example")
    body += FIELD.format('INCLUDETEXT "C:\\\\\\\\Ho so\\\\\\\\x.docx"')
    for said in (
        'HYPERLINK "https://a.example/x"',
        'LINK Excel.Sheet.12 "C:\\\\Ho so\\\\d\\\\x.xlsx" "Sheet1!R1C1" \\a \\f 5',
        "INCLUDETEXT C:\\x.docx \\* MERGEFORMAT",
        'RD "Phu luc.docx"',
        "MERGEFIELD Database",
        "PAGE",
    ):
        body += CODE.format(PIECE.format(said))
    body += "<w:p><w:r><w:t>LINK http://a.example, DATABASE, RD //x, INCLUDE</w:t></w:r></w:p>"
    yield "anh tren may.docx", making.docx(body=body), "docx"
    words = "<row r='1'><c r='A1' t='inlineStr'><is><t>Hàm WEBSERVICE (Excel)</t></is></c>"
    words += "<c r='B1' t='inlineStr'><is><t>=IMAGE(A1)</t></is></c>"
    words += "<c r='C1' t='str'><f>A1&amp;\"; IMAGE(\"</f><v>IMAGE(</v></c>"
    words += "<c r='D1'><f>MYIMAGE(1)+a.image(2)+IMAGE</f></c></row>"
    sheet = making.sheet(words)
    yield "noi ve ham.xlsx", making.xlsx(**{"xl__worksheets__sheet1.xml": sheet}), "xlsx"


def with_stream(**entries):
    return lambda book: book.Root.__setitem__(
        "/PieceInfo", book.make_indirect(book.make_stream(b"", **entries))
    )
