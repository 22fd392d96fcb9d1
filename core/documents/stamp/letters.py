"""Which letters a certificate carries in its fonts, and what each glyph says when text is copied."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from fontTools.ttLib import TTFont

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = {unicodedata.normalize("NFC", v + tone) for v in VOWELS for tone in TONES} | {"đ"}
# Vietnamese, ASCII and the signs of print: in every file.
HOUSE = {
    *map(ord, VIETNAMESE),
    *(ord(letter.upper()) for letter in VIETNAMESE),
    *range(0x20, 0x7F),
    *map(ord, "\u00a0°²³½×·–—‘’“”…"),
}
# Names of Ê Đê, Jrai, Ba Na, Mnông, Chăm and of foreigners: only in files that need them.
WIDE = HOUSE | {*range(0xA0, 0x180), 0x180, 0x243, 0x1CE, 0x1D4, *range(0x300, 0x310), 0x323}


def sayings(font: TTFont) -> dict[int, str]:
    """The text behind each glyph: its letter, or the letters a ligature or variant stands for."""
    said = {name: chr(letter) for letter, name in sorted(font.getBestCmap().items(), reverse=True)}
    substitutions = list(_substitutions(font)) if "GSUB" in font else []
    for _round in range(3):  # a ligature may be made of variants
        for parts, result in substitutions:
            if result not in said and all(part in said for part in parts):
                said[result] = "".join(said[part] for part in parts)
    return {font.getGlyphID(name): text for name, text in said.items()}


def _substitutions(font: TTFont) -> Iterator[tuple[list[str], str]]:
    """(glyphs that go in, glyph that comes out) of every plain substitution and ligature."""
    for table in _subtables(font["GSUB"].table):
        for name, result in getattr(table, "mapping", {}).items():
            if isinstance(result, str):
                yield [name], result
        for first, ligatures in getattr(table, "ligatures", {}).items():
            for ligature in ligatures:
                yield [first, *ligature.Component], ligature.LigGlyph


def _subtables(table: Any) -> Iterator[Any]:
    for lookup in table.LookupList.Lookup if table.LookupList else ():
        for sub in lookup.SubTable:
            yield getattr(sub, "ExtSubTable", sub)
