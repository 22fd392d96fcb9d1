"""What makes a certificate last and readable for everybody: PDF/A-3a and PDF/UA-1.

ISO 19005-3 asks for embedded fonts, a colour profile, XMP metadata that agrees with the Info
dictionary and a stated relation of attached files; ISO 14289-1 for a tagged structure in reading
order, a title, a language and words for every figure.
"""

import html
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PRODUCER = "Cổng thi đua, khen thưởng"
CODE_ALT = "Mã QR để xác thực văn bản khen thưởng"
DATA_NAME = "du-lieu.json"
DATA_ALT = "Dữ liệu khen thưởng có cấu trúc"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdf:Producer>{producer}</pdf:Producer>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00+07:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+07:00</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def metadata(title: str, day: str) -> bytes:
    """The XMP packet; `day` in ISO form. It says the same as the Info dictionary."""
    return XMP.format(producer=PRODUCER, title=html.escape(title), day=day).encode()


def declare(pdf: pikepdf.Pdf, profile: bytes) -> None:
    """Language, marking and colour profile of the file."""
    icc = pdf.make_stream(profile, N=3)
    root = pdf.Root
    root.Lang = String("vi")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=icc,
    )
    root.OutputIntents = Array([pdf.make_indirect(intent)])


def structure(pdf: pikepdf.Pdf, page: Any, tags: list[str], code_box: list[float]) -> None:
    """The tree of a one-page document whose marked contents 0, 1, 2 … have these tags.

    The last one is the code; `code_box` is its place: left, bottom, right, top in points.
    """
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    elements = []
    for number, tag in enumerate(tags):
        element = Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=whole, Pg=page, K=number)
        if tag == "Figure":
            element.Alt = String(CODE_ALT)
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(code_box))
        elements.append(pdf.make_indirect(element))
    parents = pdf.make_indirect(Dictionary(Nums=Array([0, pdf.make_indirect(Array(elements))])))
    whole.K = Array(elements)
    tree.K = Array([whole])
    tree.ParentTree = parents
    tree.ParentTreeNextKey = 1
    pdf.Root.StructTreeRoot = tree
    page.StructParents = 0
    page.Tabs = Name.S


def attach(pdf: pikepdf.Pdf, embedded: Any) -> None:
    """Attach the data of the certificate, an embedded file that is still to be written."""
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(DATA_NAME),
            UF=String(DATA_NAME),
            Desc=String(DATA_ALT),
            AFRelationship=Name.Data,
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )
    pdf.Root.AF = Array([spec])
    names = pdf.make_indirect(Dictionary(Names=Array([String(DATA_NAME), spec])))
    pdf.Root.Names = Dictionary(EmbeddedFiles=names)
