"""Vietnamese text: one form, search without marks, and the order of the alphabet.

The collation `vi-x-icu` is PostgreSQL's own; on SQLite we register one under the same
name with the same rules (CLDR, locale vi), so lists sort alike on both.
"""

import re
import unicodedata
from functools import lru_cache

MOST = 2**31 - 1  # that every column for whole numbers holds, on either database
COLLATION = "vi-x-icu"

# CLDR puts blanks and signs before digits, digits before letters, in this order.
_SIGNS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {sign: place for place, sign in enumerate(_SIGNS + "0123456789" + _LETTERS, start=1)}
_SHAPE = {
    "\u0306": "ă",
    "\u0302": "âêô",
    "\u031b": "ơư",
}  # marks that make another letter
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_BASE = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
_SHAPED = {(_BASE[letter], mark): letter for mark, letters in _SHAPE.items() for letter in letters}


def whole(typed: str | None, most: int = MOST) -> int | None:
    """The whole number that a browser sent; None for all else and for one above `most`.

    `str.isdigit` is true of “²”, which is no number, and of more digits than `int` reads.
    """
    if not typed or len(typed) > len(str(most)) or not (typed.isascii() and typed.isdigit()):
        return None
    found = int(typed)
    return found if found <= most else None


def nfc(text: str) -> str:
    """The one stored form: "é" is one code point however it was typed."""
    return unicodedata.normalize("NFC", text)


_NUMBERED = re.compile(r"([0-9]+)/(.*[^\W\d_].*)")
# Letters and dashes that look like those of a symbol, as keyboards and word processors write them.
_ALIKE = str.maketrans("\u00d0\u0189\u2010\u2011\u2012\u2013\u2014\u2212", "ĐĐ------")
# The abbreviations of Nghị định 30/2020/NĐ-CP, Phụ lục III that have small letters, and TTg.
_MIXED = {"TTR": "TTr", "CTR": "CTr", "QYĐ": "QyĐ", "TTG": "TTg"}


def official_number(said: str) -> str:
    """Number and symbol of a document in their one form: "007 / qđ-ubnd." is "07/QĐ-UBND".

    No blanks, no zeros but one before a number below ten, the symbol in capitals with nothing
    after its last letter (Nghị định 30/2020/NĐ-CP, Phụ lục I). A number without a symbol keeps
    its zeros: "00012/2025".
    """
    bare = "".join(nfc(said).split())
    found = _NUMBERED.fullmatch(bare)
    if found is None:
        return re.sub(r"^(\d)(?=/)", r"0\1", bare)
    number, symbol = found[1].lstrip("0").zfill(2), found[2].translate(_ALIKE).upper()
    symbol = re.sub(r"[\W_]+$", "", symbol)
    return f"{number}/" + re.sub(r"[^\W_]+", lambda word: _MIXED.get(word[0], word[0]), symbol)


def written(typed: str) -> str:
    """What somebody typed, as it may be kept: NFC, and no control characters but line ends and tabs.

    PostgreSQL keeps no NUL; the others are seen by nobody and break workbooks and papers.
    """
    return "".join(c for c in nfc(typed) if c in "\n\r\t" or unicodedata.category(c) != "Cc")


def fold(text: str) -> str:
    """Lower case without marks, đ as d, signs as single blanks: what search compares.

    "Hoà-Bình", "hòa bình" and "HOA BINH" are the same. Folding twice changes nothing.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(_plain(char) for char in spread)
    return " ".join(bare.split())


@lru_cache(maxsize=4096)  # characters; a text has some hundred different ones
def _plain(char):
    if unicodedata.category(char).startswith("M"):
        return ""
    if char == "đ":
        return "d"
    return char if char.isalnum() else " "


def name_key(name: str) -> str:
    """Sort key of a personal name: given name, then middle names, then family name.

    Only ASCII digits and lower-case letters, at most six a character, so that every
    collation of either database orders the keys alike. "Hoà" and "hòa" get the same key.
    """
    words = fold_signs(name).split()
    if not words:
        return ""
    *before, given = words
    family, middle = before[:1], before[1:]
    return "".join("".join(map(_word_key, part)) + "00" for part in ([given], middle, family))


def fold_signs(name: str) -> str:
    """The name with everything but letters, marks and digits turned into blanks."""
    return "".join(
        char if char.isalnum() or unicodedata.category(char).startswith("M") else " "
        for char in nfc(name)
    )


def _word_key(word):
    """Two characters a letter, 00, the tones, 0: letters decide first, then the tone."""
    letters, tones = "", ""
    for letter, marks, _ in _elements(word):
        place = _PLACE.get(letter)
        letters += f"{place + 9:02d}" if place else f"zz{ord(letter):06x}"
        tones += "".join(str(_weight(mark)) for mark in marks)
    return f"{letters}00{tones}0"


def compare(left: str, right: str) -> int:
    """-1, 0 or 1: the order of `vi-x-icu` (letters, then tones, then case, then code points)."""
    a, b = _collation_key(left), _collation_key(right)
    return (a > b) - (a < b)


@lru_cache(maxsize=50_000)
def _collation_key(text):
    places, marks_seen, cases = [], [], []
    for letter, marks, upper in _elements(text):
        places.append(_PLACE.get(letter, 1000 + ord(letter)))
        marks_seen.append(1)
        cases.append(upper)
        for mark in marks:
            marks_seen.append(1 + _weight(mark))
            cases.append(False)
    return places, marks_seen, cases, text


def _elements(text):
    """(letter of the alphabet, tone marks, upper case?) for each letter of the text."""
    letter, upper = "", False
    marks: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and letter:
            shaped = _SHAPED.get((letter, char))
            letter, marks = (shaped, marks) if shaped else (letter, [*marks, char])
            continue
        if letter:
            yield letter, marks, upper
        letter, marks, upper = _lowered(char), [], char != _lowered(char)
    if letter:
        yield letter, marks, upper


def _lowered(char):
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _weight(mark):
    return _TONES.find(mark) + 1 or 9


def register_collation(connection, **_):
    """Receiver of `connection_created`: SQLite learns the collation PostgreSQL has."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
        connection.connection.create_function("fold", 1, lambda text: fold(text or ""))
