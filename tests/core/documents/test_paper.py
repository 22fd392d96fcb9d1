"""Words on paper."""

import datetime
from decimal import Decimal

import pytest

from core.documents.templatetags import paper


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2022, 6, 7), "ngày 07 tháng 6 năm 2022"),
        ((2025, 1, 15), "ngày 15 tháng 01 năm 2025"),
        ((2025, 2, 1), "ngày 01 tháng 02 năm 2025"),
        ((2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_day_below_ten_and_first_two_months_get_a_zero(day, words):
    assert paper.date_in_words(datetime.date(*day)) == words


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("7/TTr-SNV", "07/TTr-SNV"),
        ("07/TTr-SNV", "07/TTr-SNV"),
        (" 7 / QĐ-UBND", "07/QĐ-UBND"),
        ("12/QĐ-UBND", "12/QĐ-UBND"),
        ("00012/2025", "00012/2025"),
        ("/BC-SNV", "…………/BC-SNV"),
        ("…………/BC-SNV", "…………/BC-SNV"),
        ("", "…………"),
        (None, "…………"),
    ],
)
def test_numbers_of_documents_below_ten_get_a_zero(said, written):
    assert paper.document_number(said) == written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (20_000, "hai mươi nghìn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (2_340_000_000, "hai tỷ ba trăm bốn mươi triệu"),
        (-7, "âm bảy"),
    ],
)
def test_number_is_read_the_official_way(number, words):
    assert paper.number_in_words(number) == words


def test_capitals_keep_their_accents_composed():
    assert paper.capitals("U\u0309y ban nhân dân xã Mỹ Đức") == "ỦY BAN NHÂN DÂN XÃ MỸ ĐỨC"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1234.5, "1.234,5"),
        (1_234_567, "1.234.567"),
        (80, "80"),
        (Decimal("12.50"), "12,5"),
        (0.1 + 0.2, "0,3"),
        (None, "–"),
    ],
)
def test_figures_have_points_for_thousands_and_a_comma_for_parts(number, text):
    assert paper.figure(number) == text


def test_share_of_nothing_is_a_dash():
    assert paper.share(3, 0) == "–"


def test_share_has_one_decimal():
    assert paper.share(37, 40) == "92,5%"


def test_people_below_ten_are_counted_with_two_digits():
    assert [paper.two_digits(n) for n in (0, 5, 10, 1200)] == ["00", "05", "10", "1.200"]


def test_moment_is_told_in_viet_nam():
    at = datetime.datetime(2025, 12, 1, 17, 5, tzinfo=datetime.UTC)

    assert paper.moment(at) == "00 giờ 05 phút, ngày 02 tháng 12 năm 2025"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((5, 12, 2), "05 tập thể, 12 cá nhân và 02 hộ gia đình"),
        ((5, 12, 0), "05 tập thể và 12 cá nhân"),
        ((0, 1, 0), "01 cá nhân"),
        ((0, 0, 0), ""),
    ],
)
def test_kinds_of_honoured_are_joined_without_the_empty_ones(counts, words):
    assert paper.honoured(*([None] * count for count in counts)) == words
