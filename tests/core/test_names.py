import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import names


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\a.docx", "a.docx"),
        ("C:\\Users\\Lan\\Tờ trình.docx", "Tờ trình.docx"),
        ("baocao\u202efdp.exe", "baocaofdp.exe"),
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('a"b<c>|d?*.pdf', "a_b_c__d__.pdf"),
        ("-rf.pdf", "rf.pdf"),
        (".htaccess", "htaccess"),
        ("  a   b .pdf ", "a b.pdf"),
        (".pdf", "pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("Đ" * 300 + ".docx", "Đ" * (names.LONGEST - 5) + ".docx"),
        ("không đuôi " * 40, ("không đuôi " * 40)[: names.LONGEST]),
    ],
)
def test_a_name_is_cleaned_and_keeps_its_ending(sent, kept):
    assert names.clean(sent) == kept.strip()


@given(st.text(max_size=400))
def test_every_name_is_safe(sent):
    kept = names.clean(sent)

    assert 0 < len(kept) <= names.LONGEST
    assert not set(kept) & set('/\\\0\r\n"<>:|?*\u202e')
    assert not kept.startswith((".", "-"))


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(sent):
    assert names.clean(names.clean(sent)) == names.clean(sent)


@given(st.text(max_size=200))
def test_the_plain_name_fits_into_a_header(sent):
    plain = names.plain(names.clean(sent))

    assert plain.isascii()
    assert '"' not in plain


def test_the_plain_name_can_still_be_read():
    assert names.plain("Đề nghị khen thưởng.pdf") == "De nghi khen thuong.pdf"
