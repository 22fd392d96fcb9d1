"""Build the typefaces of papers from their npm packages. Runs inside .venv, since it needs fontTools.

The packages ship each face cut into subsets for the web. Used as they are, shaping and kerning break
where one subset ends, so latin, latin-ext and vietnamese are merged into one file per face.
"""

import sys
import tempfile
import unicodedata
from pathlib import Path

from fontTools.merge import Merger
from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

# Ê Đê and Jrai write a breve over letters that have a mark already. The web subsets have no such
# glyphs and no combining breve, but the breve itself is there as a part of ă.
BREVED = {"Ê": "E", "ê": "e", "Ô": "O", "ô": "o", "Ơ": "O", "ơ": "o", "Ư": "U", "ư": "u"}
BREVE = 0x306
GAP = 40  # units between the mark and the breve
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
        font = Merger().merge(parts)
    if package == "tinos":
        add_breves(font)
    return without_hints(font)


def add_breves(font):
    """Teach a font the letters Ê̆ Ô̆ Ơ̆ Ư̆: glyphs built of their parts, met by a ligature."""
    cmap, ligatures = font.getBestCmap(), {}
    combining = _composite(font, "breve.combining", [("breve", -font["hmtx"]["breve"][0], 0)], 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[BREVE] = combining
    for letter, plain in BREVED.items():
        base, bare = cmap[ord(letter)], font["glyf"][cmap[ord(plain)]]
        breve, below = font["glyf"]["breve"], font["glyf"][base]
        x = (bare.xMin + bare.xMax - breve.xMin - breve.xMax) // 2
        parts = [(base, 0, 0), ("breve", x, below.yMax + GAP - breve.yMin)]
        name = _composite(font, f"{base}.breve", parts, font["hmtx"][base][0])
        ligatures[base, combining] = name
    _add_ligatures(font["GSUB"].table, ligatures)
    font.setGlyphOrder(font["glyf"].glyphOrder)


def _composite(font, name, parts, advance):
    """A new glyph made of others: (glyph, right, up)."""
    pen = TTGlyphPen(font.getGlyphSet())
    for part, x, y in parts:
        pen.addComponent(part, (1, 0, 0, 1, x, y))
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin)
    return name


def _add_ligatures(table, ligatures):
    """One more lookup, in the composing feature (ccmp) of every language."""
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(ligatures)]))
    table.LookupList.LookupCount += 1
    ours = [table.LookupList.LookupCount - 1]
    records, taught = table.FeatureList.FeatureRecord, set()
    for script in table.ScriptList.ScriptRecord:
        languages = [record.LangSys for record in script.Script.LangSysRecord]
        for language in filter(None, [script.Script.DefaultLangSys, *languages]):
            found = [i for i in language.FeatureIndex if records[i].FeatureTag == "ccmp"]
            if not found:
                records.append(_feature("ccmp"))
                found = [len(records) - 1]
                language.FeatureIndex.append(found[0])
                language.FeatureCount = len(language.FeatureIndex)
            taught.update(found)
    for index in taught:
        records[index].Feature.LookupListIndex += ours
        records[index].Feature.LookupCount = len(records[index].Feature.LookupListIndex)
    table.FeatureList.FeatureCount = len(records)


def _feature(tag):
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, otTables.Feature()
    record.Feature.FeatureParams, record.Feature.LookupListIndex = None, []
    return record


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
