"""The words of a certificate as drawing instructions of a PDF page (origin at the bottom left)."""

import dataclasses
import re

from core.documents.stamp import code
from core.documents.stamp.faces import Face, Shaped
from core.documents.stamp.fit import Setting, Unfit, face_for, fit, fit_zone, height
from core.documents.stamp.layout import Block, Layout
from core.documents.stamp.text import CertificateText

DARK = "0.227 0.082 0.059"  # of the code, rgb
ONES = re.compile("1+")


@dataclasses.dataclass
class Drawing:
    """Instructions of one page and the tags of its blocks, in reading order.

    `faces`: the faces it uses, and whether with rare letters.
    """

    parts: list[str]
    tags: list[str]
    faces: dict[str, bool]


def words_of(text: CertificateText) -> dict[str, str]:
    """The words by the names that the template gives them."""
    fields = {name: value for name, value in vars(text).items() if isinstance(value, str)}
    return {**fields, "dated": text.dated, "role": text.signer_role}


def draw(layout: Layout, text: CertificateText) -> Drawing:
    """Set the words of one certificate; raises Unfit."""
    words = words_of(text)
    drawing = Drawing([], [], {})
    settings = {setting.block.name: setting for setting in fit_zone(layout, words)}
    tops = _tops(layout, list(settings.values()))
    for block in layout.blocks:
        if block.in_zone:
            if block.name in settings:
                lines = _zone_lines(layout, settings[block.name], tops[block.name], drawing)
                _tag(drawing, block, lines)
        else:
            _tag(drawing, block, _block_lines(layout, block, words, drawing))
    _tag_code(layout, drawing, text.url)
    return drawing


def _tops(layout: Layout, settings: list[Setting]) -> dict[str, float]:
    """Where each paragraph of the middle begins, so that the whole stands centred."""
    top = layout.zone[0] + (layout.zone[1] - height(settings)) / 2
    tops = {}
    for setting in settings:
        top += setting.block.gap
        tops[setting.block.name] = top
        top += setting.height
    return tops


def _tag(drawing: Drawing, block: Block, content: str) -> None:
    tag = "H1" if block.tag == "h1" else "P"
    drawing.parts.append(f"/{tag} <</MCID {len(drawing.tags)}>>BDC\n{content}EMC\n")
    drawing.tags.append(tag)


def _zone_lines(layout: Layout, setting: Setting, top: float, drawing: Drawing) -> str:
    baseline = top + setting.size * setting.face.drop(setting.block.line)
    return _paragraph(layout, setting, baseline, drawing)


def _block_lines(layout: Layout, block: Block, words: dict[str, str], drawing: Drawing) -> str:
    """A block outside the middle: fixed, or one run that is fitted, or a label and its value."""
    if len(block.runs) > 1:
        return _label_and_value(layout, block, words, drawing)
    run = block.runs[0]
    setting = fit(layout, block, run.text(words))
    # A smaller line keeps the middle of its height where the full size has it.
    lift = (run.size - setting.size) * setting.face.drop(block.line) / 2
    return _paragraph(layout, setting, run.baseline - lift, drawing)


def _paragraph(layout: Layout, setting: Setting, baseline: float, drawing: Drawing) -> str:
    block, size = setting.block, setting.size
    run = block.runs[0]
    spacing = run.spacing * size / run.size
    last = len(setting.lines) - 1
    placed = []
    for number, line in enumerate(setting.lines):
        shaped = _shape(setting.face, line, spacing, drawing)
        width = shaped.width * size + spacing * shaped.count
        x = block.x + (block.width - width) / 2 if block.centred else run.x
        # The space at a break draws nothing but parts the words for readers and for copying.
        ink = shaped if number == last else _shape(setting.face, line + " ", spacing, drawing)
        y = layout.height - baseline - number * block.line * size
        placed.append((x, y, ink))
    return _ops(layout, setting.face, size, run.colour, spacing, placed)


def _label_and_value(layout: Layout, block: Block, words: dict[str, str], drawing: Drawing) -> str:
    """Runs on one line, made smaller together when they are too long for it."""
    texts = [run.text(words) for run in block.runs]
    faces = [layout.faces[run.face] for run in block.runs]
    for face, value in zip(faces, texts, strict=True):
        if not face.covers(value):
            face_for(layout, block, value)
            raise Unfit(value)
    shaped = [_shape(*pair, 0, drawing) for pair in zip(faces, texts, strict=True)]
    natural = sum(one.width * run.size for one, run in zip(shaped, block.runs, strict=True))
    ratio = min(1.0, max(block.width / natural, block.smallest / block.runs[0].size))
    x, ops = block.runs[0].x, []
    for run, face, one in zip(block.runs, faces, shaped, strict=True):
        place = [(x, layout.height - run.baseline, one)]
        ops.append(_ops(layout, face, run.size * ratio, run.colour, 0, place))
        x += one.width * run.size * ratio
    return "".join(ops)


def _shape(face: Face, text: str, spacing: float, drawing: Drawing) -> Shaped:
    shaped = face.shape(text, spaced=True) if spacing else face.shape(text)
    wide = face.needs_wide(shaped) or drawing.faces.get(face.name, False)
    drawing.faces[face.name] = wide
    return shaped


def _ops(
    layout: Layout,
    face: Face,
    size: float,
    colour: tuple[float, ...],
    spacing: float,
    placed: list[tuple[float, float, Shaped]],
) -> str:
    slot = list(layout.faces).index(face.name)
    ops = [f"BT/F{slot} {size:.4g} Tf {' '.join(f'{part:g}' for part in colour)} rg"]
    ops += [f"{spacing:.4f} Tc"] if spacing else []
    for x, y, shaped in placed:
        ops.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        for rise, array in shaped.pieces:
            if array:
                ops.append(f"{rise * size:.3f} Ts[{array}]TJ 0 Ts" if rise else f"[{array}]TJ")
    ops += ["0 Tc"] if spacing else []  # spacing outlives ET
    return " ".join([*ops, "ET\n"])


def _tag_code(layout: Layout, drawing: Drawing, url: str) -> None:
    x, top, size = layout.code
    rows = code.rows(url)
    unit = size / len(rows)
    ops = [f"q {DARK} rg {unit:.5f} 0 0 {-unit:.5f} {x:.3f} {layout.height - top:.3f} cm"]
    for number, row in enumerate(rows):
        for found in ONES.finditer(row):
            start, end = found.span()
            ops.append(f"{start} {number} {end - start} 1 re")
    figure = "\n".join([*ops, "f Q\n"])
    drawing.parts.append(f"/Figure <</MCID {len(drawing.tags)}>>BDC\n{figure}EMC\n")
    drawing.tags.append("Figure")
