"""The typefaces of a certificate: shaping with HarfBuzz, and the part of a font a file carries.

What is embedded does not depend on the words of a batch but on a fixed set of letters, so the
bytes of a certificate are a function of its own text alone and the constant part is made once.
"""

import dataclasses
import functools
import io
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from core.documents.stamp import letters

NEEDLESS = ("GSUB", "GPOS", "GDEF", "kern", "post", "name", "OS/2", "cmap", "gasp", "DSIG")
MOST_REMEMBERED = 4_000  # words and lines for each face, some megabytes


@dataclasses.dataclass(frozen=True)
class Shaped:
    """A line of text in glyphs; `pieces` are (rise, TJ array), rises and `width` in em."""

    pieces: tuple[tuple[float, str], ...]
    width: float
    count: int
    glyphs: frozenset[int]


@dataclasses.dataclass(frozen=True)
class Cut:
    """The part of a font that a file carries, with the numbers of its glyphs kept."""

    content: bytes
    glyphs: frozenset[int]


class Face:
    """One font file. Lengths are in em unless said otherwise."""

    def __init__(self, path: Path):
        self.name = path.stem
        self.data = path.read_bytes()
        self.source = hb.Face(self.data)
        self.font = hb.Font(self.source)
        self.upem = self.source.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = -extents.descender / self.upem
        self.shape = functools.lru_cache(MOST_REMEMBERED)(self._shape)
        self.cut = functools.cache(self._cut)

    @functools.cached_property
    def tables(self) -> TTFont:
        """The tables of the font, for its measures."""
        return TTFont(io.BytesIO(self.data), lazy=True)

    @functools.cached_property
    def sayings(self) -> dict[int, str]:
        """The text behind each glyph."""
        return letters.sayings(self.tables)

    def covers(self, text: str) -> bool:
        """Whether the face can draw every letter of `text`."""
        glyphs = self.shape(text).glyphs
        return 0 not in glyphs and glyphs <= self.cut(wide=True).glyphs

    def needs_wide(self, shaped: Shaped) -> bool:
        """Whether a text has letters that not every file carries."""
        return not shaped.glyphs <= self.cut(wide=False).glyphs

    def advance(self, glyph: int) -> int:
        """Width of a glyph, in units of the font."""
        return self.font.get_glyph_h_advance(glyph)

    def drop(self, line: float) -> float:
        """From the top of a line to its baseline, for a line of the height `line`, in em."""
        return (line - self.ascent - self.descent) / 2 + self.ascent

    def _shape(self, text: str, *, spaced: bool = False) -> Shaped:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "vi"
        hb.shape(self.font, buffer, {"liga": False, "clig": False} if spaced else {})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions or []  # None of no text
        return Shaped(
            tuple(self._pieces(infos, positions)),
            sum(position.x_advance for position in positions) / self.upem,
            len(infos),
            frozenset(info.codepoint for info in infos),
        )

    def _pieces(self, infos, positions):
        """Runs of glyphs on one height; within a run, moves are in thousandths of an em."""
        rise, array, late = 0, "", 0  # `late`: how far the pen stands behind, in units
        for info, position in zip(infos, positions, strict=True):
            if position.y_offset != rise:
                yield rise / self.upem, array.replace("><", "")
                rise, array = position.y_offset, ""
            if move := late + position.x_offset:
                array += f"{-1000 * move / self.upem:.4g} "
            array += f"<{info.codepoint:04x}>"
            late = position.x_advance - self.advance(info.codepoint) - position.x_offset
        yield rise / self.upem, array.replace("><", "")

    def _cut(self, *, wide: bool) -> Cut:
        """First the glyphs that the letters can become, then a font of nothing but their outlines."""
        reach = hb.SubsetInput()
        reach.unicode_set.update(letters.WIDE if wide else letters.HOUSE)
        reach.flags = hb.SubsetFlags.RETAIN_GIDS
        glyphs = dict(hb.SubsetPlan(self.source, reach).old_to_new_glyph_mapping)
        order = hb.SubsetInput()
        order.glyph_set.update(glyphs)
        order.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in NEEDLESS)
        order.flags = reach.flags | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        plan = hb.SubsetPlan(self.source, order)
        return Cut(plan.execute().blob.data, frozenset(dict(plan.old_to_new_glyph_mapping)))
