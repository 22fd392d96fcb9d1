"""Pages on paper: printed by Chromium as people print them, read back from the PDF."""

import re

import pytest

from tests.journeys.hands import open_round, sees
from tests.journeys.reading import first_page, pixels_of, text_of, words_beyond

FRAME = ("Việc của tôi", "Hôm nay là", "Đổi ngày", "Tìm hồ sơ, đơn vị, người", "Đăng xuất")
GREY, GREEN = (88, 100, 114), (47, 143, 99)  # --ink-3, --ok-e: fillings of the bars


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("thamdinh", ["/ho-so/tham-dinh/"]),
        ("thukyhoidong", ["/ho-so/hoi-dong/", "main table a.rowlink"]),
        ("lanhdao", ["/khen-thuong/"]),
    ],
)
def test_a_wide_table_is_printed_whole_and_from_the_first_sheet_on(sign_in, who, way):
    page = go(sign_in(who), way)
    table = page.locator("main table").first
    heads = " ".join(table.locator("thead th").all_inner_texts()).split()
    first = table.locator("tbody tr td").first.inner_text().split()

    paper = print_of(page)

    said = first_page(paper)
    assert set(heads + first) <= set(said.split())
    assert not [words for words in FRAME if words in said]
    assert not words_beyond(paper)


def test_a_dossier_is_printed_without_the_menu_and_nothing_is_cut(sign_in):
    page = go(sign_in("canbo"), ["/ho-so/", "main table a.rowlink"])

    paper = print_of(page)

    assert not [words for words in FRAME if words in text_of(paper)]
    assert not words_beyond(paper)


def test_bars_are_printed_although_backgrounds_are_not(sign_in):
    page = sign_in("lanhdao")
    open_round(page, "Phong trào thi đua chuyển đổi số")  # other tests begin newer ones
    sees(page, "Số suất khen thưởng")

    paper = print_of(page)

    for colour in (GREY, GREEN):  # the funnel, the places: on the first sheet or the second
        assert sum(pixels_of(paper, colour, page=number) for number in (1, 2)) > 500
    assert not [words for words in FRAME if words in text_of(paper)]


def test_nothing_on_paper_waits_to_be_pressed(sign_in):
    said = text_of(print_of(go(sign_in("quantri"), ["/nguoi-dung/"])))
    assert "Trang sau" not in said
    assert "(bản in chỉ có các dòng này)" in said
    assert not re.search(r"trong \d+\s*·", said)

    page = go(sign_in("lanhdao"), ["/dieu-hanh/"])
    summary = page.locator("details.numbers summary").first.inner_text()
    assert summary not in text_of(print_of(page))


def go(page, way):
    """The page at the end of an address and the links that are followed from it."""
    page.goto(way[0])
    for link in way[1:]:
        page.goto(page.locator(link).first.get_attribute("href"))
    return page


def print_of(page):
    """The PDF that people get: the sheet of the style, no backgrounds."""
    return page.pdf(prefer_css_page_size=True, print_background=False)
