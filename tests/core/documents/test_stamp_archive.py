"""A structural look at what PDF/A-3a and PDF/UA-1 ask of a certificate.

No validator can be installed by the tests, so the points that our own writing could break are
checked one by one on ordinary and hard certificates.
"""

import io
import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name

from core.documents import stamp
from tests.core.documents import certificates

CASES = {"ordinary": {}, **certificates.HARD}


@pytest.fixture(params=CASES.values(), ids=CASES, scope="module")
def content(request):
    return next(stamp.certificates([certificates.text(**request.param)]))


@pytest.fixture
def document(content):
    with pikepdf.open(io.BytesIO(content)) as document:
        yield document


def test_file_is_sound(document):
    assert document.check_pdf_syntax() == []
    assert document.pdf_version == "1.7"
    assert len(document.trailer.ID) == 2


def test_nothing_in_the_file_acts(document):
    forbidden = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/Encrypt"}

    for obj in document.objects:
        if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
            assert not forbidden & set(obj.keys())


def test_metadata_are_plain_and_agree_with_info(document):
    packet = document.Root.Metadata
    words = packet.read_raw_bytes().decode()

    assert "/Filter" not in packet
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in words
    assert "<pdfuaid:part>1</pdfuaid:part>" in words
    assert str(document.docinfo.CreationDate) == "D:20251205000000+07'00'"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == str(document.docinfo.Title)
        assert metadata["pdf:Producer"] == str(document.docinfo.Producer)
        assert metadata["xmp:CreateDate"] == "2025-12-05T00:00:00+07:00"


def test_colours_have_a_profile(document):
    (intent,) = document.Root.OutputIntents

    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_attached_data_say_how_they_relate(document):
    (spec,) = document.Root.AF

    assert spec.AFRelationship == Name.Data
    assert spec.EF.F.Type == Name.EmbeddedFile
    assert spec.EF.F.Subtype == Name("/application/json")
    assert str(spec.UF) == "du-lieu.json"


def test_fonts_are_embedded_with_their_widths_and_letters(document):
    fonts = document.pages[0].resources.Font

    for font in fonts.values():
        (inner,) = font.DescendantFonts
        program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
        unit = 1000 / program["head"].unitsPerEm
        order = program.getGlyphOrder()
        for glyph, width in _widths(inner.W).items():
            assert abs(program["hmtx"][order[glyph]][0] * unit - width) < 1
        assert inner.CIDToGIDMap == Name.Identity
        assert b"beginbfchar" in font.ToUnicode.read_bytes()


def test_every_glyph_drawn_is_in_its_font_and_says_its_letter(document):
    fonts = document.pages[0].resources.Font

    for slot, glyphs in _drawn(document).items():
        font = fonts[slot]
        said = {int(code, 16) for code in _letters(font)}
        assert 0 not in glyphs
        assert glyphs <= set(_widths(font.DescendantFonts[0].W)) & said


def test_no_font_is_carried_in_vain(document):
    assert set(_drawn(document)) == set(document.pages[0].resources.Font.keys())


def test_structure_covers_all_that_is_drawn(document):
    drawing = _drawing(document)
    tree = document.Root.StructTreeRoot
    (whole,) = tree.K
    elements = list(whole.K)

    marked = re.findall(rb"/(\w+) <</MCID (\d+)>>BDC", drawing)
    assert [(str(e.S)[1:], int(e.K)) for e in elements] == [
        (tag.decode(), int(number)) for tag, number in marked
    ]
    assert [int(e.K) for e in tree.ParentTree.Nums[1]] == list(range(len(marked)))
    assert all(whole == e.P for e in elements)
    outside = re.sub(rb"/\w+ <<[^>]*>>BDC.*?EMC\n", b"", drawing, flags=re.DOTALL)
    assert outside.strip() == b""


def test_figure_has_words_and_place(document):
    figures = [e for e in document.Root.StructTreeRoot.K[0].K if Name.Figure == e.S]

    assert [str(figure.Alt) for figure in figures] == ["Mã QR để xác thực văn bản khen thưởng"]
    assert len(figures[0].A.BBox) == 4


def test_document_says_its_language_and_shows_its_title(document):
    assert str(document.Root.Lang) == "vi"
    assert document.Root.MarkInfo.Marked is True
    assert document.Root.ViewerPreferences.DisplayDocTitle is True
    assert document.pages[0].obj.Tabs == Name.S
    assert document.pages[0].obj.StructParents == 0


def test_heading_is_the_only_one(document):
    headings = [e for e in document.Root.StructTreeRoot.K[0].K if e.S == Name.H1]

    assert len(headings) == 1


def test_art_holds_no_text(document):
    art = document.pages[0].resources.XObject.Art

    assert b"BT" not in re.split(rb"[\s\[\]]+", art.read_bytes())


def _drawing(document):
    return b"".join(stream.read_bytes() for stream in document.pages[0].obj.Contents)


def _drawn(document):
    """Glyphs by the name of their font."""
    drawn: dict[str, set[int]] = {}
    for slot, text in re.findall(rb"BT(/F\d+) (.*?)ET\n", _drawing(document), flags=re.DOTALL):
        codes = b"".join(re.findall(rb"<([0-9a-f]+)>", text)).decode()
        glyphs = {int(codes[at : at + 4], 16) for at in range(0, len(codes), 4)}
        drawn.setdefault(slot.decode(), set()).update(glyphs)
    return drawn


def _widths(array):
    items = list(array)
    return {
        int(first) + at: float(width)
        for first, widths in zip(items[::2], items[1::2], strict=True)
        for at, width in enumerate(widths)
    }


def _letters(font):
    return re.findall(r"^<([0-9a-f]{4})><", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
