"""Numbers as people type and read them in Vietnamese: a comma before the decimals."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

MOST_DIGITS = 12
MOST_KEPT = 4096  # the same few numbers come again and again where sheets are counted
CENT = Decimal("0.01")
ONE = Decimal(1)
ENGLISH = str.maketrans(",.", ".,")
DECIMALS = 10**14  # a share that ends within so many places is said in decimals


class NotANumber(ValueError):
    """What was typed is no number; `str()` is the sentence for whoever typed it."""


@lru_cache(MOST_KEPT)
def read(typed: str) -> Decimal:
    """The number that a person typed: “1.234,5”, “1,234.5”, “12,5 %”, “1 250”.

    Where both signs stand, the last one is before the decimals. One comma is before the
    decimals, as Vietnamese writes it. One full stop is too, unless three digits follow it
    and none but one to three other than zero begin it: “1.250” is one thousand and 250.
    Raises `NotANumber`; “NaN”, “1e5” and nothing at all are no numbers.
    """
    text = _plain(typed)
    if not re.fullmatch(r"-?[0-9][0-9., ]*", text) or text.endswith((".", ",")):
        raise _refusal(typed)
    sign, digits = (Decimal(-1), text[1:]) if text.startswith("-") else (Decimal(1), text)
    whole, _comma, rest = digits.rpartition(_decimal_sign(digits))
    if not _comma:
        whole, rest = digits, ""
    if not re.fullmatch(r"[0-9]+|[0-9]{1,3}([., ])[0-9]{3}(\1[0-9]{3})*", whole):
        raise _refusal(typed)
    whole = re.sub("[., ]", "", whole)
    if not re.fullmatch("[0-9]*", rest) or len(whole + rest) > MOST_DIGITS:
        raise _refusal(typed)
    return sign * Decimal(f"{whole}.{rest or 0}") + 0  # nothing has no sign


@lru_cache(MOST_KEPT)
def said(number: Decimal) -> str:
    """A number as Vietnamese writes it, without zeros at its end: “1.234,5”, “−2”, “17,5”."""
    plain = f"{number.normalize():f}"
    whole, _point, rest = plain.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    minus = "−" if number < 0 else ""
    return f"{minus}{grouped},{rest}" if rest else f"{minus}{grouped}"


def share_said(share: Fraction) -> str:
    """“0,5”, and “1/3” of what has no end in decimals."""
    if DECIMALS % share.denominator:
        return f"{share.numerator}/{share.denominator}"
    return said(Decimal(share.numerator) / Decimal(share.denominator))


def shown(number: Decimal | Fraction) -> str:
    """`said` or `share_said` with the signs of the reader's language: in English “1,234.5”."""
    text = share_said(number) if isinstance(number, Fraction) else said(number)
    return text.translate(ENGLISH) if get_language() == "en" else text


def at_most(points: Decimal) -> str:
    """“tối đa 20”."""
    return _("most %(points)s") % {"points": shown(points)}


def to_points(number: Decimal | Fraction, per: Decimal = ONE) -> Decimal:
    """`number` / `per` (above 0), rounded half up to two places, as a criterion is (domain 2.5).

    The one place that divides, at the end and exactly: a third that was cut to 28 digits makes
    0.12499… of 0.375 × 1/3, and 0.12 of what is 0.13.
    """
    if per == 1 and isinstance(number, Decimal):
        return number.quantize(CENT, ROUND_HALF_UP) + 0
    over, under = number.as_integer_ratio()
    by, whole = per.as_integer_ratio()
    over, under = over * whole, under * by
    cents = (200 * abs(over) + under) // (2 * under)
    return Decimal(cents if over >= 0 else -cents).scaleb(-2)


def _plain(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed or "").strip()
    text = text.removesuffix("%").strip()
    return re.sub(r"[\u2212\u2013]\s*", "-", re.sub(r"\s", " ", text), count=1)


def _decimal_sign(digits: str) -> str:
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ","
    sign = digits[last]
    if digits.count(sign) > 1:  # groups of thousands, no decimals
        return "," if sign == "." else "."
    lonely_stop = sign == "." and "," not in digits and " " not in digits
    if lonely_stop and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", digits):
        return ","
    return sign


def _refusal(typed: str) -> NotANumber:
    shown = typed.strip()[:40]
    if not shown:
        return NotANumber(_("Write a number."))
    return NotANumber(
        _("“%(typed)s” is not a number. Write for example 1.234,5.") % {"typed": shown}
    )
