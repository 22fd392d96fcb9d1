"""Numbers as people type them."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rules import numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("0.125", "0.125"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,234", "1.234"),
        ("92,4 %", "92.4"),
        (" 7 ", "7"),
        ("−2,5", "-2.5"),
        ("-3", "-3"),
        ("17", "17"),
        ("007", "7"),
    ],
)
def test_what_people_type_is_read(typed, number):
    assert numbers.read(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "NaN",
        "Infinity",
        "1e5",
        "1_000",
        "mười",
        "1,2,3",
        "1.23.4",
        "12.34.567,8",
        ",5",
        "5,",
        "1,5.",
        "--3",
        "3-",
        "0x1F",
        "9" * 13,
        "1.234,5,6",
        "٣",
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(typed):
    with pytest.raises(numbers.NotANumber) as refused:
        numbers.read(typed)

    assert str(refused.value).endswith(".")


@given(st.decimals(min_value=-999_999, max_value=999_999, places=2, allow_nan=False))
def test_what_is_shown_is_read_back(number):
    # three digits after one full stop are thousands, and `said` writes no other full stop
    assert numbers.read(numbers.said(number)) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_sentence(typed):
    with contextlib.suppress(numbers.NotANumber):
        assert numbers.read(typed).is_finite()


@pytest.mark.parametrize(
    ("number", "rounded"), [("2.345", "2.35"), ("2.344", "2.34"), ("-2.345", "-2.35"), ("2", "2")]
)
def test_points_are_rounded_half_up(number, rounded):
    assert numbers.to_points(Decimal(number)) == Decimal(rounded)
