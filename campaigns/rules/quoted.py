"""Numbers that a text in Vietnamese says: shares, percentages, counts, points, sums.

Careful rather than clever: years, days, numbers of documents and of headings are left alone,
and what cannot be read as a number is no number.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from criteria.rules.numbers import NotANumber, read

NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
DAY = re.compile(
    r"\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b|\b(?:ngày|tháng)\s+[0-9]{1,2}(?:/[0-9]{1,4})?"
)
DOCUMENT = re.compile(r"\b[0-9]+(?:/[0-9]{4})?/[^\W\d_]{1,10}(?:-[^\W\d_]+)*", re.IGNORECASE)
HEADING = re.compile(
    r"\b(?:năm|điều|khoản|điểm|mục|phần|trang|quý|số|chương)\s+[0-9]+(?:[.,/][0-9]+)*",
    re.IGNORECASE,
)
WORDS_OF_COUNTS = (
    r"(?:lần|cuộc|buổi|văn bản|kế hoạch|báo cáo|hội nghị|lớp|lượt|vụ|trường hợp|phiên)"
)


def shares(text: str) -> list[tuple[Decimal, Decimal]]:
    """“7/8”, “7 trên tổng số 8” as (7, 8)."""
    pattern = rf"(?<![\w/.,])({NUMBER})\s*(?:/|trên(?: tổng)?(?: số)?)\s*({NUMBER})(?![\w/]|[.,]\d)"
    return [
        (a, b)
        for said_a, said_b in re.findall(pattern, _plain(text))
        for a, b in _pairs(said_a, said_b)
    ]


def percents(text: str) -> list[Decimal]:
    """“92,4 %” as 92.4."""
    return list(_numbers(re.findall(rf"(?<![\w/.,])({NUMBER})\s*%", _plain(text))))


def counts(text: str) -> list[Decimal]:
    """“3 cuộc họp”, “4 lần” as 3, 4: numbers before what one counts."""
    found = re.findall(
        rf"(?<![\w/.,+=])({NUMBER})\s+{WORDS_OF_COUNTS}\b", _plain(text), re.IGNORECASE
    )
    return list(_numbers(found))


def points(text: str) -> list[Decimal]:
    """“8,5 điểm” as 8.5."""
    return list(_numbers(re.findall(rf"(?<![\w/.,])({NUMBER})\s+điểm\b", _plain(text))))


def sums(text: str) -> list[tuple[list[Decimal], Decimal]]:
    """“3 + 4 = 8” as ([3, 4], 8)."""
    pattern = rf"(?<![\w/.,])({NUMBER}(?:\s*\+\s*{NUMBER})+)\s*=\s*({NUMBER})"
    found = []
    for parts, total in re.findall(pattern, _plain(text)):
        numbers = list(_numbers(re.findall(NUMBER, parts)))
        whole = list(_numbers([total]))
        if whole and len(numbers) == parts.count("+") + 1:
            found.append((numbers, whole[0]))
    return found


def rounds_to(number: Decimal, shown: Decimal) -> bool:
    """Whether 87.50 may be written as 88 or 87,5: rounded to as many places as are shown."""
    places = max(0, -int(shown.normalize().as_tuple().exponent))
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == shown


def _plain(text: str) -> str:
    """The text without days, documents and headings."""
    for pattern in (DAY, DOCUMENT, HEADING):
        text = pattern.sub(" ", text)
    return text


def _pairs(a: str, b: str) -> Iterator[tuple[Decimal, Decimal]]:
    both = list(_numbers([a, b]))
    if len(both) == 2:
        yield both[0], both[1]


def _numbers(found: list[str]) -> Iterator[Decimal]:
    for each in found:
        try:
            yield read(each)
        except NotANumber:
            continue
