"""Kinds of values in a file: how each is read, and how it is written canonically.

`read` takes what stands in the file (always text: the file itself has no types, so that
“207/KH-UBND”, “10” and “no” are never mistaken) and raises `Wrong` with a sentence.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml.scalarstring import LiteralScalarString

from core.text import nfc


class Wrong(ValueError):
    """What stands there is not of its kind; `str()` is the sentence for the writer."""


@dataclass(frozen=True)
class Text:
    """Words; line breaks and runs of blanks count as one blank."""

    most: int

    def read(self, raw: str) -> str:
        return self.check(" ".join(nfc(raw).split()))

    def check(self, text: str) -> str:
        """The text, if it is short enough and a person can see all of it."""
        if any((ord(char) < 32 and char != "\n") or ord(char) == 127 for char in text):
            raise Wrong(_("Remove the invisible characters from this text."))
        if len(text) > self.most:
            raise Wrong(
                _("Shorten this text to %(most)s characters; it has %(length)s.")
                % {"most": self.most, "length": len(text)}
            )
        return text

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Lines:
    """Words in lines, which stay lines; in the file below “name: |”."""

    most: int
    LONGEST = 1_000  # of a line that is written as it stands; `nodes` refuses 2,000

    def read(self, raw: str) -> str:
        lines = [" ".join(line.split()) for line in nfc(raw).splitlines()]
        return Text(self.most).check("\n".join(lines).strip("\n"))

    def write(self, value: str) -> str:
        longest = max(map(len, value.split("\n")))
        in_lines = ("\n" in value or ": " in value) and longest <= self.LONGEST
        return LiteralScalarString(f"{value}\n") if in_lines else value


@dataclass(frozen=True)
class Code:
    """A short name for references: letters without marks, digits, hyphen, underscore."""

    most: int = 30

    def read(self, raw: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", raw, re.ASCII) or len(raw) > self.most:
            raise Wrong(
                _(
                    "Write a code of up to %(most)s letters without marks, digits and "
                    "hyphens, not “%(value)s”."
                )
                % {"most": self.most, "value": _short(raw)}
            )
        return raw

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not self.least <= int(raw) <= self.most:
            raise Wrong(
                _("Write a whole number from %(least)s to %(most)s, not “%(value)s”.")
                % {"least": self.least, "most": self.most, "value": _short(raw)}
            )
        return int(raw)

    def write(self, value: int) -> int:
        return value


@dataclass(frozen=True)
class Number:
    """A number from 0 on, with up to four decimals after a comma: 0,8 (0.8 is read as well)."""

    most: int = 999_999_999_999

    def read(self, raw: str) -> Decimal:
        if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", raw):
            both = {"whole": raw.replace(".", ""), "part": raw.replace(".", ",")}
            raise Wrong(_("Write %(whole)s or %(part)s: a point can mean both.") % both)
        if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,4})?", raw):
            raise Wrong(
                _("Write a number such as 1900 or 0,8, not “%(value)s”.") % {"value": _short(raw)}
            )
        number = Decimal(raw.replace(",", "."))
        if number > self.most:
            raise Wrong(_("Write a number up to %(most)s.") % {"most": self.most})
        return number

    def write(self, value: Decimal) -> int | str:
        if value == value.to_integral_value():
            return int(value)
        return f"{value.normalize():f}".replace(".", ",")


YEAR = Whole(1945, 2100)
COUNT = Whole(1, 100_000)


@dataclass(frozen=True)
class Day:
    """A day: 2022-06-07, or 07/06/2022 as officials write it."""

    def read(self, raw: str) -> date:
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", raw)
        vietnamese = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", raw)
        try:
            if iso:
                return date(*map(int, iso.groups()))
            if vietnamese:
                return date(*map(int, reversed(vietnamese.groups())))
        except ValueError:
            raise Wrong(_("There is no day “%(value)s”.") % {"value": raw}) from None
        raise Wrong(
            _("Write the day as 07/06/2022 or 2022-06-07, not “%(value)s”.")
            % {"value": _short(raw)}
        )

    def write(self, value: date) -> date:
        return value


@dataclass(frozen=True)
class Month:
    """A month: 2025-12, or 12/2025. Kept as “2025-12”."""

    def read(self, raw: str) -> str:
        iso = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", raw)
        vietnamese = re.fullmatch(r"(0?[1-9]|1[0-2])/([0-9]{4})", raw)
        if iso:
            return raw
        if vietnamese:
            return f"{vietnamese[2]}-{int(vietnamese[1]):02d}"
        raise Wrong(
            _("Write the month as 12/2025 or 2025-12, not “%(value)s”.") % {"value": _short(raw)}
        )

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class DayOfYear:
    """A day that comes each year: 10/12 is 10 December. Kept as “12-10”."""

    def read(self, raw: str) -> str:
        said = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", raw)
        if not said:
            raise Wrong(
                _("Write day and month as 10/12 for 10 December, not “%(value)s”.")
                % {"value": _short(raw)}
            )
        day, month = int(said[1]), int(said[2])
        try:
            date(2024, month, day)
        except ValueError:
            raise Wrong(_("There is no day “%(value)s”.") % {"value": raw}) from None
        return f"{month:02d}-{day:02d}"

    def write(self, value: str) -> str:
        month, day = value.split("-")
        return f"{day}/{month}"


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    YES = frozenset({"true", "yes", "có"})
    NO = frozenset({"false", "no", "không"})

    def read(self, raw: str) -> bool:
        word = nfc(raw).lower()
        if word in self.YES | self.NO:
            return word in self.YES
        raise Wrong(_("Write true or false, not “%(value)s”.") % {"value": _short(raw)})

    def write(self, value: bool) -> bool:
        return value


@dataclass(frozen=True)
class OneOf:
    """One of a few words, each with what it means to people."""

    choices: tuple[tuple[str, Any], ...]

    def read(self, raw: str) -> str:
        if raw not in dict(self.choices):
            raise Wrong(
                _("Write one of these: %(words)s, not “%(value)s”.")
                % {"words": ", ".join(dict(self.choices)), "value": _short(raw)}
            )
        return raw

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Record:
    """A group of named values: another class of the schema."""

    of: type


@dataclass(frozen=True)
class Many:
    """A list; each member is a value or a record. Members with a `key` are known by it."""

    of: Any
    key: str = ""
    most: int = 300


def _short(raw: str) -> str:
    return raw if len(raw) <= 60 else f"{raw[:60]}…"
