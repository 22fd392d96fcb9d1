"""Words on paper: dates, numbers and names as Vietnamese documents write them.

Papers are Vietnamese in every language of the portal, so nothing here is translated.
"""

import datetime
import unicodedata
from decimal import Decimal

from django import template

from core.clock.clock import ZONE
from core.text import official_number

register = template.Library()

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
OFFICES = ["ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"]
BLANK = "…………"  # where a hand writes the number
GROUPS = ["", "nghìn", "triệu", "tỷ"]


@register.filter
def date_in_words(day: datetime.date) -> str:
    """ "ngày 07 tháng 6 năm 2022": a zero before days below 10 and months 1 and 2 (ND 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@register.filter
def short_date(day: datetime.date) -> str:
    """ "07/6/2022", the short form of running text."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


@register.filter
def document_number(said: str) -> str:
    """ "05/BC-SNV" for "5/BC-SNV"; a symbol without a number leaves room for one, as does nothing."""
    number = official_number(said or "")
    return f"{BLANK}{number}" if number.startswith("/") or not number else number


@register.filter
def number_in_words(number: int) -> str:
    """ "hai nghìn không trăm hai mươi sáu": empty hundreds are read, "linh" stands for empty tens."""
    if number < 0:
        return "âm " + number_in_words(-number)
    if number < 1000:
        return _below_thousand(number, full=False)
    billions, rest = divmod(number, 10**9)
    if billions:
        head = f"{number_in_words(billions)} tỷ"
        return f"{head} {_groups(rest, full=True)}".rstrip()
    return _groups(rest, full=False)


def _groups(number: int, *, full: bool) -> str:
    """The three groups below a billion; `full` when something stands before them."""
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += [_below_thousand(group, full=full or bool(words)), GROUPS[power]]
    return " ".join(filter(None, words))


def _below_thousand(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if rest and tens == 0:
        words += ["linh", DIGITS[ones]] if words else [DIGITS[ones]]
    elif tens:
        words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
        words += [_last_digit(tens, ones)] if ones else []
    return " ".join(words) or DIGITS[0]


def _last_digit(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else DIGITS[ones]


@register.filter
def capitals(text: str) -> str:
    """Capitals that keep their accents, composed: "Ủy ban" gives "ỦY BAN"."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).upper())


@register.filter
def kept_together(text: str) -> str:
    """Capitals of a title in which the name of an office breaks over no two lines."""
    for office in OFFICES:
        text = text.replace(office, office.replace(" ", "\N{NO-BREAK SPACE}"))
    return text


@register.filter
def sentence(text: str) -> str:
    """The same text with a capital at its head, the rest untouched."""
    return text[:1].upper() + text[1:]


@register.filter
def figure(number: float | Decimal | None, places: int | None = None) -> str:
    """1234.5 as "1.234,5"; whole numbers bare; `places` fixes the decimals; None is a dash."""
    if number is None:
        return "–"
    if places is None:
        text = (
            f"{number:,.6f}".rstrip("0").rstrip(".") if number != int(number) else f"{number:,.0f}"
        )
    else:
        text = f"{number:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def two_digits(number: int) -> str:
    """Numbers of people and things below ten get a leading zero: "05 tập thể"."""
    return f"{number:02d}" if 0 <= number < 10 else figure(number)


@register.filter
def share(part: float, whole: float) -> str:
    """How much of `whole` is `part`, in percent with one decimal: "92,5%"; a dash of nothing."""
    return figure(round(100 * part / whole, 1)) + "%" if whole else "–"


@register.filter
def moment(at: datetime.datetime) -> str:
    """ "09 giờ 42 phút, ngày 01 tháng 12 năm 2025", in Việt Nam."""
    local = at.astimezone(ZONE)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {date_in_words(local.date())}"


@register.filter
def lower_first(text: str) -> str:
    """The words of a title inside a sentence: "về việc tặng Bằng khen", on one line."""
    return text[:1].lower() + " ".join(text[1:].split())


@register.filter
def cell(value: object) -> str:
    """A value as a table shows it."""
    if value is None or isinstance(value, float | Decimal) or type(value) is int:
        return figure(value)
    return short_date(value) if isinstance(value, datetime.date) else str(value)


@register.filter
def beside(row: list[object], columns: list[object]) -> list[tuple[object, object]]:
    """Each cell of a row with the column it stands in."""
    return list(zip(row, columns, strict=True))


@register.simple_tag
def honoured(collectives: list, individuals: list, households: list) -> str:
    """ "05 tập thể, 12 cá nhân và 02 hộ gia đình", without the kinds of which there is none."""
    kinds = [(collectives, "tập thể"), (individuals, "cá nhân"), (households, "hộ gia đình")]
    words = [f"{two_digits(len(people))} {kind}" for people, kind in kinds if people]
    return " và ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
