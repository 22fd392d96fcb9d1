"""Build the typefaces of papers from their npm packages. Runs inside .venv, since it needs fontTools.

The packages ship each face cut into subsets for the web. Used as they are, shaping and kerning break
where one subset ends, so latin, latin-ext and vietnamese are merged into one file per face.
"""

import sys
import tempfile
import unicodedata
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SUBSETS = ("latin", "latin-ext", "vietnamese")
FACES = {
    "Tinos-Regular": ("tinos", "400-normal"),
    "Tinos-Bold": ("tinos", "700-normal"),
    "Tinos-Italic": ("tinos", "400-italic"),
    "Tinos-BoldItalic": ("tinos", "700-italic"),
    "PlayfairDisplay-Black": ("playfair-display", "900-normal"),
    "Charm-Bold": ("charm", "700-normal"),
}


def vietnamese_letters():
    """The 146 letters of Vietnamese: twelve vowels by six tones and đ, in both cases, and ASCII."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = [unicodedata.normalize("NFC", v + tone) for v in "aăâeêioôơuưy" for tone in tones]
    lower = {*vowels, "đ", *"bcdfghjklmnpqrstvwxz"}
    return lower | {letter.upper() for letter in lower} | set("0123456789.,:;-–()/“”%")


def build(modules, name, face):
    """One TTFont of a face, merged from its web subsets."""
    package, style = face
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in SUBSETS:
            woff = modules / "@fontsource" / package / "files" / f"{package}-{subset}-{style}.woff2"
            with TTFont(woff) as part:
                part.flavor = None
                parts.append(f"{folder}/{subset}.ttf")
                part.save(parts[-1])
        return without_hints(Merger().merge(parts))


def without_hints(font):
    """The same letters without what only low screens need: a third of the size."""
    options = Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    return font


def missing(font):
    """The letters that this face cannot write."""
    return sorted(
        letter for letter in vietnamese_letters() if ord(letter) not in font.getBestCmap()
    )


def main(modules, target):
    target.mkdir(parents=True, exist_ok=True)
    for name, face in FACES.items():
        font = build(modules, name, face)
        if gap := missing(font):
            sys.exit(f"{name} cannot write {' '.join(gap)}")
        font.save(target / f"{name}.ttf")
        print(f"{name}.ttf: {(target / f'{name}.ttf').stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
