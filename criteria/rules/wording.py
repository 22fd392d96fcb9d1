"""Rules as officers write them: a few lines of Vietnamese, the same in a file, a workbook and
on a page.

    từ 90 %: tối đa
    từ 70 % đến dưới 90 %: 1/2 tối đa
    dưới 70 %: 0
    mẫu số bằng 0: không tính

A line of worth ends with points (“15”), or with a share of the most points (“tối đa”,
“1/2 tối đa”, “50 % tối đa”). The other lines begin with one of `SETTINGS`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold, nfc
from criteria.rules.numbers import NotANumber, read, said, share_said
from criteria.rules.scoring import KINDS, ZERO, Band, Line, NotAssigned, Rule

MOST_LINES = 40
NUMBER = r"[0-9][0-9.,]*"
SHARES = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
ZERO_WORDS = {"zero": "0", "full": "tối đa", "exclude": "không tính"}
ASSIGNED_WORDS = {NotAssigned.FULL: "tối đa", NotAssigned.EXCLUDE: "không tính"}


class Unclear(ValueError):
    """A line that cannot be understood; `str()` is the sentence for whoever wrote it."""


def read_rule(kind: str, most: Decimal, text: str) -> tuple[Rule, list[str]]:
    """The rule that the lines of `text` say, and a sentence for each line that says none."""
    rule, faults = Rule(kind, most), []
    lines = [" ".join(line.split()) for line in nfc(text).splitlines()]
    written = [line for line in lines if line]
    if len(written) > MOST_LINES:
        faults.append(_("Write %(most)s lines at most.") % {"most": MOST_LINES})
    for line in written[:MOST_LINES]:
        try:
            rule = _with(rule, line)
        except (Unclear, NotANumber) as fault:
            faults.append(str(fault))
    return rule, faults


def write_rule(rule: Rule) -> str:
    """The same rule in its one canonical wording."""
    sign = " %" if rule.kind == "percent_bands" else ""
    said_lines = [f"{line.label}: {_worth_said(line)}" for line in rule.lines]
    said_lines += [f"{_band_said(band, sign)}: {_worth_said(band)}" for band in rule.bands]
    for word, (name, _reads, write) in SETTINGS.items():
        value = getattr(rule, name)
        if value != getattr(Rule(rule.kind), name):
            said_lines.append(f"{word}: {write(value)}")
    return "\n".join(said_lines)


def _with(rule: Rule, line: str) -> Rule:
    before, colon, worth = line.rpartition(":")
    before, worth = before.strip(), worth.strip()
    if not colon or not before or not worth:
        raise Unclear(
            _("“%(line)s”: write what it is about, a colon, and the points.") % {"line": line[:80]}
        )
    for word, (name, reads, _write) in SETTINGS.items():
        if fold(before) == fold(word):
            return replace(rule, **{name: reads(worth)})
    if "bands" in _needs(rule):
        return replace(rule, bands=(*rule.bands, _band(before, worth)))
    points, share = _worth(worth)
    return replace(rule, lines=(*rule.lines, Line(before, points, share)))


def _needs(rule: Rule) -> tuple[str, ...]:
    kind = KINDS.get(rule.kind)
    return kind.needs if kind else ()


def _worth(text: str) -> tuple[Decimal | None, Fraction | None]:
    """(points, share of the most points): one of them is None."""
    for sign, plain in SHARES.items():
        text = text.replace(sign, plain)
    said_most = re.fullmatch(r"(.*?)\s*(?:×|x|\*)?\s*(?:điểm )?tối đa", text, re.IGNORECASE)
    if not said_most:
        return read(re.sub(r"\s*điểm$", "", text)), None
    share = said_most[1].strip()
    if not share:
        return None, Fraction(1)
    fraction = re.fullmatch(r"([0-9]{1,3})\s*/\s*([1-9][0-9]{0,2})", share)
    if fraction:
        return None, Fraction(int(fraction[1]), int(fraction[2]))
    return None, Fraction(read(share)) / (100 if share.endswith("%") else 1)


def _band(before: str, worth: str) -> Band:
    points, share = _worth(worth)
    plain = re.sub(r"\s*%", "", before)
    if fold(plain) in {"con lai", "khac"}:
        return Band(ZERO, None, points, share)
    below = re.fullmatch(rf"(?:dưới|<)\s*({NUMBER})\D*", plain, re.IGNORECASE)
    if below:
        return Band(ZERO, read(below[1]), points, share)
    between = re.fullmatch(
        rf"(?:từ|≥|>=)?\s*({NUMBER})\D*?(?:đến dưới|đến <|-\s*<|–\s*<)\s*({NUMBER})\D*",
        plain,
        re.IGNORECASE,
    )
    if between:
        return Band(read(between[1]), read(between[2]), points, share)
    start = re.fullmatch(rf"(?:từ|≥|>=)?\s*({NUMBER})[^0-9<]*", plain, re.IGNORECASE)
    if start:
        return Band(read(start[1]), None, points, share)
    raise Unclear(
        _("“%(line)s”: write a band as “từ 70 đến dưới 90: 5” or “từ 90: 10”.")
        % {"line": before[:80]}
    )


def _band_said(band: Band, sign: str) -> str:
    if band.below is None and band.least == 0:
        return "còn lại"
    if band.below is None:
        return f"từ {said(band.least)}{sign}"
    if band.least == 0:
        return f"dưới {said(band.below)}{sign}"
    return f"từ {said(band.least)}{sign} đến dưới {said(band.below)}{sign}"


def _worth_said(line: Line | Band) -> str:
    if line.share is None:
        return said(line.points or ZERO)
    return "tối đa" if line.share == 1 else f"{_share_said(Fraction(line.share))} tối đa"


def _share_said(share: Fraction) -> str:
    """“1/2”, “85 %”, “2/17”: a small fraction first, since a third has no end in decimals."""
    over, under = share.as_integer_ratio()
    if 1 < under <= 10:
        return f"{over}/{under}"
    if 10_000 % under == 0:
        return _percent(Decimal(100 * over) / under)
    return f"{over}/{under}" if under < 1000 else share_said(share)


def _one_of(words: dict[Any, str]) -> Callable[[str], Any]:
    def reads(text: str) -> Any:
        found = [key for key, word in words.items() if fold(text) == fold(word)]
        if not found:
            raise Unclear(
                _("“%(text)s”: write one of these: %(words)s.")
                % {"text": text[:60], "words": ", ".join(words.values())}
            )
        return found[0]

    return reads


def _percent(value: Decimal) -> str:
    return f"{said(value)} %"


SETTINGS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], str]]] = {
    "chỉ tiêu": ("target", read, _percent),
    "mẫu số bằng 0": ("on_zero", _one_of(ZERO_WORDS), ZERO_WORDS.__getitem__),
    "trừ mỗi lần": ("each", read, said),
    "thấp nhất": ("floor", read, said),
    "điểm thấp nhất": ("least", read, said),
    "bước": ("step", read, said),
    "không được giao": ("not_assigned", _one_of(ASSIGNED_WORDS), ASSIGNED_WORDS.__getitem__),
}
