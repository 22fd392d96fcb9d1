"""What a criterion asks of a unit, and how what people type becomes a value."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from core.text import nfc
from criteria.rules import numbers
from criteria.rules.numbers import said

MOST_COUNT = 1_000_000
MOST_TEXT = 2_000  # characters


class Form(StrEnum):
    """How an answer is given; each has one reader in `Ask.read`."""

    YES = "yes"  # yes or no
    CHOICE = "choice"  # the place of one option
    COUNT = "count"  # a whole number, 0 or more
    NUMBER = "number"  # 0 or more
    POINTS = "points"  # within bounds, on a step
    TEXT = "text"


class Wrong(ValueError):
    """An answer that cannot be taken; `str()` is the sentence for whoever typed it."""


@dataclass(frozen=True)
class Ask:
    """One thing to fill in. `must`: without it the criterion counts as not answered."""

    name: str
    form: Form
    label: Any
    must: bool = True
    options: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    step: Decimal | None = None

    def read(self, typed: str) -> Any:
        """A bool, a place, a `Decimal` or a text; None where nothing was typed.

        Raises `Wrong` with a sentence.
        """
        if not typed.strip():
            return None
        if self.form is Form.TEXT:
            return self._text(typed)
        if self.form is Form.YES:
            return self._one_of(typed, {"yes": True, "no": False})
        if self.form is Form.CHOICE:
            return self._one_of(typed, {str(n): n for n in range(len(self.options))})
        try:
            number = numbers.read(typed)
        except numbers.NotANumber as fault:
            raise Wrong(str(fault)) from None
        self._check(number)
        return number

    def _check(self, number: Decimal) -> None:
        if self.form is Form.COUNT and (number != number.to_integral() or number > MOST_COUNT):
            raise Wrong(_("Write a whole number."))
        if number < self.least:
            raise Wrong(_("Write %(least)s or more.") % {"least": said(self.least)})
        if self.most is not None and number > self.most:
            raise Wrong(
                _("Most points here are %(most)s; %(number)s is more.")
                % {"most": said(self.most), "number": said(number)}
            )
        if self.step and (number - self.least) % self.step:
            raise Wrong(_("Points go in steps of %(step)s here.") % {"step": said(self.step)})

    def _one_of(self, typed: str, values: dict[str, Any]) -> Any:
        if typed not in values:
            raise Wrong(_("Choose one of the answers."))
        return values[typed]

    def _text(self, typed: str) -> str:
        text = nfc(typed).strip()
        if len(text) > MOST_TEXT:
            raise Wrong(
                _("Shorten this text to %(most)s characters.") % {"most": said(Decimal(MOST_TEXT))}
            )
        return text


def read_all(asks: tuple[Ask, ...], typed: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """(values by name, sentences by name). A fault in one answer leaves the others as they are."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for ask in asks:
        try:
            values[ask.name] = ask.read(typed.get(ask.name, ""))
        except Wrong as fault:
            faults[ask.name] = str(fault)
    return values, faults
