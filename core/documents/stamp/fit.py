"""Making words fit their place: smaller down to a limit, then on more lines, never cut.

Sizes and widths are in points.
"""

import dataclasses

from django.utils.translation import gettext as _

from core.documents.stamp.faces import Face
from core.documents.stamp.layout import FALLBACK, Block, Layout

STEP = 0.97
SLACK = 0.6  # pt that a balanced paragraph is wider than its longest line


class Unfit(Exception):
    """A certificate cannot be made with these words; the message is a sentence for the clerk."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """How a paragraph is set. `width` is that of the paragraph, balanced if it has several lines."""

    block: Block
    face: Face
    size: float
    lines: tuple[str, ...]
    width: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.block.line * self.size


def face_for(layout: Layout, block: Block, text: str) -> Face:
    """The face of the block, or the one that writes every letter; raises Unfit if none does."""
    for name in (block.runs[0].face, FALLBACK):
        if layout.faces[name].covers(text):
            return layout.faces[name]
    face = layout.faces[FALLBACK]
    strange = " ".join(dict.fromkeys(letter for letter in text if not face.covers(letter)))
    raise Unfit(
        _("“%(text)s” has letters that cannot be printed: %(letters)s.")
        % {"text": text.replace("\n", " "), "letters": strange or "?"}
    )


def fit_zone(layout: Layout, words: dict[str, str]) -> list[Setting]:
    """Set the paragraphs of the middle: at full size if they fit, else all a little smaller."""
    blocks = [block for block in layout.blocks if block.in_zone and words[block.name]]
    scale, tightest = 1.0, False
    while not tightest:
        tightest = all(block.runs[0].size * scale <= block.smallest for block in blocks)
        settings = [fit(layout, block, words[block.name], scale) for block in blocks]
        if height(settings) <= layout.zone[1] + 0.01:
            return settings
        scale *= STEP
    raise Unfit(
        _("The words for %(name)s are too long for one certificate; shorten the achievement.")
        % {"name": words["name"]}
    )


def height(settings: list[Setting]) -> float:
    """What the paragraphs take, one under the other."""
    return sum(setting.height + setting.block.gap for setting in settings)


def fit(layout: Layout, block: Block, text: str, scale: float = 1.0) -> Setting:
    """Set one paragraph. Lines that the text itself breaks stay broken."""
    run = block.runs[0]
    face = face_for(layout, block, text.replace("\n", " "))
    paragraphs = text.split("\n")
    size = max(min(run.size * scale, run.size), min(block.smallest, run.size))
    widest = max(_width(face, line, run.spacing / run.size) for line in paragraphs)
    if widest * size > block.width:
        size = _size_for_more_lines(block, widest, size)
    while True:
        lines = [line for part in paragraphs for line in wrap(face, part, block.width / size)]
        if len(lines) <= max(block.most_lines, len(paragraphs)):
            break
        if size <= block.smallest:
            raise Unfit(_("“%(text)s” is too long for the certificate.") % {"text": text})
        size = max(block.smallest, size * STEP)
    width = block.width
    if block.in_zone and len(paragraphs) == 1 and len(lines) > 1:
        width, lines = balance(face, text, len(lines), width / size, size)
    return Setting(block, face, size, tuple(lines), width)


def _size_for_more_lines(block: Block, widest: float, size: float) -> float:
    """Smaller on one line while that stays readable; else the size at which two lines begin."""
    if block.most_lines == 1:
        return max(block.smallest, block.width / widest)
    if block.width / widest >= block.alone:
        return min(size, block.width / widest)
    return min(size, block.alone)


def wrap(face: Face, text: str, width: float) -> list[str]:
    """Break `text` into lines of at most `width` em, between words as far as that can be."""
    space = face.shape(" ").width
    lines: list[str] = []
    room = 0.0
    for word in _words(face, text, width):
        needed = face.shape(word).width
        if lines and needed + space <= room + 1e-6:
            lines[-1] += " " + word
            room -= needed + space
        else:
            lines.append(word)
            room = width - needed
    return lines


def _words(face: Face, text: str, width: float) -> list[str]:
    """The words of `text`; one that is longer than a whole line is broken inside."""
    pieces = []
    for word in text.split(" "):
        while face.shape(word).width > width and len(word) > 1:
            at = next(
                n for n in range(len(word) - 1, 0, -1) if n == 1 or _fits(face, word[:n], width)
            )
            pieces.append(word[:at])
            word = word[at:]
        pieces.append(word)
    return pieces


def _fits(face: Face, text: str, width: float) -> bool:
    return face.shape(text).width <= width


def balance(
    face: Face, text: str, count: int, widest: float, size: float
) -> tuple[float, list[str]]:
    """The narrowest paragraph (width in pt) that still has `count` lines: lines of like length."""
    low, high = 0.4 * widest, widest
    for _round in range(10):
        middle = (low + high) / 2
        if len(wrap(face, text, middle)) <= count:
            high = middle
        else:
            low = middle
    width = min(high * size + SLACK, widest * size)
    return width, wrap(face, text, width / size)


def _width(face: Face, text: str, spacing: float) -> float:
    shaped = face.shape(text)
    return shaped.width + spacing * shaped.count
