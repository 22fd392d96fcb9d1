"""The certificate engine: every letter there, nothing of anybody else, the same bytes twice."""

import io
import json
import re
import subprocess
import tracemalloc
from pathlib import Path

import numpy
import pikepdf
import pytest
import zxingcpp
from django.contrib.staticfiles import finders
from django.utils import translation
from PIL import Image

from core.documents import stamp
from tests.core.documents import certificates


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def one(**words):
    return next(stamp.certificates([certificates.text(**words)]))


def test_all_words_can_be_read_from_the_page():
    words = " ".join(_text(one()).split())

    text = certificates.text()
    for expected in (text.authority, text.name, text.position, text.reason, text.signer):
        assert expected in words
    assert "Quyết định số: 1200/QĐ-UBND ngày 05 tháng 12 năm 2025" in words
    assert "Vào sổ vàng số: 00001/2025" in words
    assert "Đồng Tháp, ngày 05 tháng 12 năm 2025" in words


@pytest.mark.parametrize("words", certificates.HARD.values(), ids=certificates.HARD)
def test_hard_words_are_whole(words):
    found = "".join(_poppler("pdftotext", "-raw", "-", "-", content=one(**words)).decode().split())

    for value in words.values():
        assert "".join(value.split()) in found


def test_name_of_120_characters_stands_on_two_lines_in_a_readable_size():
    assert len(certificates.LONG_NAME) >= 115
    lines = [line.strip() for line in _text(one(name=certificates.LONG_NAME)).splitlines()]

    first = next(n for n, line in enumerate(lines) if line.startswith("Tập thể cán bộ"))
    assert f"{lines[first]} {lines[first + 1]}" == certificates.LONG_NAME


def test_there_is_room_for_signature_and_seal_under_two_lines():
    """35 mm on a sheet of 300 mm height (Nghị định 50/2006, Điều 28) are 24.5 mm on 210 mm."""
    content = one(signer_role="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", signer="Huỳnh Minh Tuấn")
    right = [box for box in _lines(content) if box[0] > 421 and box[1] > 380]
    _date, _first, second, signer = sorted(right, key=lambda box: box[1])

    assert signer[1] - second[3] >= 24.5 * 72 / 25.4


@pytest.mark.parametrize(
    ("place", "red"),
    [
        (".authority", True),
        (".title", True),
        (".name", False),
        (".role", False),
        (".signer", False),
    ],
)
def test_only_who_grants_and_the_title_are_red(place, red):
    """Nghị định 50/2006, Điều 28: lines 3 and 5; everything else is dark."""
    css = finders.find("paper/certificate.css")
    rules = re.findall(r"([^{}]+) \{([^}]*)\}", Path(css).read_text())
    colours = [
        colour[1]
        for selector, words in rules
        if selector.strip().endswith(place) and (colour := re.search(r"(?<!-)color: (#\w+)", words))
    ]

    assert [int(colour[1:3], 16) > 0x60 for colour in colours] == [True] * red


@pytest.mark.parametrize("words", certificates.HARD.values(), ids=certificates.HARD)
def test_no_line_touches_another(words):
    boxes = sorted(_lines(one(**words)), key=lambda box: box[1])

    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            over = min(bottom, other[3]) - max(top, other[1])
            beside = min(right, other[2]) - max(left, other[0])
            # Boxes are of the font's height, which leaves room above and below the letters.
            assert over < 0.45 * (bottom - top) or beside <= 0


@pytest.mark.parametrize("words", certificates.HARD.values(), ids=certificates.HARD)
def test_words_stay_inside_the_frame(words):
    for left, top, right, bottom in _lines(one(**words)):
        assert left > 75
        assert right < 842 - 75
        assert top > 75
        assert bottom < 595 - 75


def test_words_that_cannot_fit_are_refused_with_a_sentence():
    with pytest.raises(stamp.Unfit, match="too long for one certificate|is too long"):
        one(reason=certificates.LONG_REASON * 5)


@pytest.mark.parametrize("name", ["Bà Ngọc 漢字", "Ông \u0414\u0430", "Bà \U0001f600"])
def test_letters_that_no_face_has_are_refused_with_a_sentence(name):
    with pytest.raises(stamp.Unfit, match="cannot be printed"):
        one(name=name)


def test_decomposed_letters_are_composed():
    decomposed = "Bà Nguye\u0302\u0303n"

    assert "Bà Nguyễn" in _text(one(name=decomposed))


def test_invisible_signs_are_left_out():
    assert "Bà Nguyễn Hưởng" in _text(one(name="\ufeffBà\u00a0Nguyễn \u200b Hưởng\u200e"))


def test_words_that_are_not_known_yet_may_be_empty():
    assert "CHỦ TỊCH" in _text(one(signer="", golden_number=""))


def test_code_on_the_page_leads_to_its_address():
    picture = _picture(one(), dpi=150)

    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == certificates.text().url


def test_file_carries_the_same_as_data():
    with pikepdf.open(io.BytesIO(one())) as document:
        content = document.attachments["du-lieu.json"].get_file().read_bytes()

    data = json.loads(content)
    assert data["nguoiNhan"] == "Bà Nguyễn Thị Quỳnh Hưởng"
    assert data["ngay"] == "2025-12-05"


def test_same_words_give_the_same_bytes_whatever_stood_before():
    texts = list(certificates.many(5))

    whole = list(stamp.certificates(texts))

    assert list(stamp.certificates(texts[3:])) == whole[3:]


def test_no_file_knows_another_persons_code():
    texts = list(certificates.many(6))

    for number, content in enumerate(stamp.certificates(texts)):
        everything = _everything_in(content)
        known = [text.code for text in texts if text.code in everything]
        assert known == [texts[number].code]


def test_every_page_of_the_book_has_its_own_words():
    texts = list(certificates.many(6))
    pages = _text(stamp.merge(stamp.certificates(texts))).split("\f")[:-1]

    assert [[text.code in page for text in texts] for page in pages] == [
        [row == column for column in range(6)] for row in range(6)
    ]


def test_book_keeps_art_and_fonts_once():
    single = len(one())

    book = stamp.merge(stamp.certificates(certificates.many(30)))

    assert len(book) < 1.3 * single + 30 * 4000


def test_book_holds_no_data_of_single_files():
    book = stamp.merge(stamp.certificates(certificates.many(2)))

    with pikepdf.open(io.BytesIO(book)) as document:
        assert dict(document.attachments) == {}


def test_file_weighs_less_than_150_kb():
    sizes = [len(content) for content in stamp.certificates(certificates.many(20))]
    hard = [len(one(**words)) for words in certificates.HARD.values()]

    assert max(sizes + hard) <= 150_000


def test_batch_does_not_grow_in_memory():
    list(stamp.certificates(certificates.many(20)))
    tracemalloc.start()

    for _content in stamp.certificates(certificates.many(80)):
        pass

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def _everything_in(content):
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [obj for obj in document.objects if isinstance(obj, pikepdf.Stream)]
        return _text(content) + "".join(s.read_bytes().decode("latin-1") for s in streams)


def _text(content):
    return _poppler("pdftotext", "-layout", "-", "-", content=content).decode()


def _lines(content):
    """Boxes (left, top, right, bottom in pt) of the lines of text."""
    page = _poppler("pdftotext", "-bbox-layout", "-", "-", content=content).decode()
    for part in page.split("<line ")[1:]:
        sides = dict(side.split("=") for side in part.split(">")[0].split())
        yield tuple(float(sides[name].strip('"')) for name in ("xMin", "yMin", "xMax", "yMax"))


def _picture(content, dpi):
    raw = _poppler("pdftoppm", "-r", str(dpi), "-gray", "-", content=content)
    return numpy.asarray(Image.open(io.BytesIO(raw)))


def _poppler(*command, content):
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout
