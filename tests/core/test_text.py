import random
import unicodedata
from functools import cmp_to_key

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import text

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [text.nfc(v + t) for v in VOWELS for t in TONES] + list("bcdđghklmnpqrstvx")
LETTERS += [letter.upper() for letter in LETTERS]
vietnamese = st.text(st.sampled_from([*LETTERS, " ", "-", ",", ".", "/", "0", "1", "9"]))


@given(st.text())
def test_folding_twice_changes_nothing(any_text):
    assert text.fold(text.fold(any_text)) == text.fold(any_text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01502/QĐ-UBND", "1502/QĐ-UBND"),
        ("0012 / qđ-ubnd.", "12/QĐ-UBND"),
        ("7/ttr-snv", "07/TTr-SNV"),
        ("0007/TTr-SNV", "07/TTr-SNV"),
        ("45/QĐ-TTg", "45/QĐ-TTg"),
        ("12/qyđ-UBND", "12/QyĐ-UBND"),
        ("3/QĐ-SGD&ĐT-", "03/QĐ-SGD&ĐT"),
        ("00012/2025", "00012/2025"),
        ("/BC-SNV", "/BC-SNV"),
    ],
)
def test_a_number_of_a_document_has_one_form(typed, kept):
    assert text.official_number(typed) == kept


@given(st.text(st.sampled_from("0179/ QĐqđTtrg-.&ÐUBND")))
def test_the_one_form_is_its_own_form(typed):
    assert text.official_number(text.official_number(typed)) == text.official_number(typed)


@given(st.text())
def test_folding_does_not_care_how_it_was_typed(any_text):
    forms = {unicodedata.normalize(form, any_text) for form in ("NFC", "NFD")}
    assert len({text.fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "Hoà Bình",
        "hòa  bình",
        "HOA-BINH",
        "Hòa, Bình.",
        "Hoa\u0300 Bi\u0300nh",
        "ｈｏａ binh",
    ],
)
def test_search_finds_it_however_it_is_written(typed):
    assert text.fold(typed) == "hoa binh"


def test_folding_writes_đ_as_d():
    assert text.fold("Đồng Tháp, số 207/KH-UBND") == "dong thap so 207 kh ubnd"


@given(st.text())
def test_stored_text_is_composed(any_text):
    assert unicodedata.is_normalized("NFC", text.nfc(any_text))


def in_order(words):
    return sorted(words, key=cmp_to_key(text.compare))


def test_letters_stand_in_the_order_of_the_alphabet_whatever_their_case():
    alphabet = [
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "g",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "v",
        "y",
    ]
    assert in_order(reversed(alphabet)) == alphabet
    assert in_order(["B", "a", "A", "b"]) == ["a", "A", "b", "B"]


def test_tones_decide_only_between_equal_letters():
    words = ["da", "dà", "dả", "dã", "dá", "dạ", "dạy", "dân", "đá"]
    assert in_order(reversed(words)) == words


@given(vietnamese, vietnamese, vietnamese)
def test_order_is_an_order(a, b, c):
    assert text.compare(a, b) == -text.compare(b, a)
    if text.compare(a, b) <= 0 and text.compare(b, c) <= 0:
        assert text.compare(a, c) <= 0


def test_names_are_ordered_by_given_name_then_middle_then_family_name():
    people = [
        "Trần An",
        "Nguyễn Thị An",
        "Lê Văn An",
        "Trần Văn An",
        "Nguyễn Văn Ân",
        "Đỗ Minh Đức",
        "Lê Hoa",
        "Lê Hoà",
        "Lê Hoạch",
    ]
    random.Random(1).shuffle(shuffled := list(people))
    assert sorted(shuffled, key=text.name_key) == people


@pytest.mark.parametrize(
    "same", ["Lê Thị Hòa", "lê thị hoà", "LÊ  THỊ-HOÀ ", "Le\u0302 Thi\u0323 Hòa"]
)
def test_one_name_has_one_place(same):
    assert text.name_key(same) == text.name_key("Lê Thị Hoà")


@given(st.text())
def test_every_collation_orders_name_keys_alike(any_text):
    key = text.name_key(any_text)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    letters = unicodedata.normalize("NFD", any_text)  # one typed sign may be several letters
    assert len(key) <= 12 * len(letters) + 6


@pytest.mark.django_db
def test_the_database_orders_as_we_do():
    """A sorted list of the CLDR order: PostgreSQL's own ICU on one database, ours on the other."""
    words = [
        "",
        "-",
        "1",
        "10",
        "9",
        "a",
        "A",
        "á",
        "An",
        "an 2",
        "Ảnh",
        "ă",
        "ân",
        "dao",
        "đa",
    ]
    words += [
        "Đa",
        "hoa",
        "hoà",
        "hòa",
        "hoá",
        "Hoá",
        "hoa-b",
        "hoạt",
        "ô",
        "ố",
        "ờ",
        "y",
        "ỷ",
    ]

    assert by_database(words) == in_order(words)


@pytest.mark.django_db
@given(st.lists(vietnamese, max_size=30))
def test_the_database_orders_any_words_as_we_do(words):
    assert by_database(words) == in_order(words)


def by_database(words):
    if not words:
        return []
    union = " UNION ALL ".join(["SELECT %s AS word"] * len(words))
    sql = f'SELECT word FROM ({union}) AS words ORDER BY word COLLATE "{text.COLLATION}"'
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return [word for (word,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("7", 7), ("0042", 42), ("2147483647", 2**31 - 1), ("2147483648", None)]
    + [("", None), (None, None), ("-1", None), ("1.0", None), (" 1", None), ("²", None)]
    + [("٣", None), ("9" * 30, None), ("9" * 5000, None)],
)
def test_a_whole_number_of_a_browser_is_one_or_none(typed, number):
    assert text.whole(typed) == number


def test_a_whole_number_may_be_larger_where_that_is_asked_for():
    assert text.whole("9223372036854775807", most=2**63 - 1) == 2**63 - 1


@given(st.text())
def test_what_was_typed_is_kept_as_it_is_without_control_characters(any_text):
    kept = text.written(any_text)

    assert text.written(kept) == kept
    assert not {"Cc"} & {unicodedata.category(char) for char in kept if char not in "\n\r\t"}
    assert unicodedata.normalize("NFC", kept) == kept


def test_line_ends_and_tabs_stay():
    assert text.written("Mo\u0323\x00t\r\n\tHai\x7f\n") == "Mọt\r\n\tHai\n"
