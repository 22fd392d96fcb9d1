"""Charts on paper: pygal drawings in our own colours, as pictures with words for those who listen.

WeasyPrint draws them from SVG, so they stay sharp; they hold no script and no address. Lying bars
are a table instead, which goes on over the end of a page.
"""

import base64
import dataclasses
import math
import sys
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import pygal
from pygal.style import Style

from core.documents.templatetags.paper import figure

# pygal leaves an importer for its map plug-ins that speaks a protocol Python has given up; every
# import after it would warn.
sys.meta_path[:] = [
    finder for finder in sys.meta_path if type(finder) is not pygal.PluginImportFixer
]

RED, GOLD = "#a8121a", "#c9962c"
COLOURS = (RED, GOLD, "#2f6f62", "#385a8f", "#7b4b94", "#8a6d3b")
FONT = "Paper Serif"
SVG = "{http://www.w3.org/2000/svg}"
VALUE_SIZE = 11
MOST_LETTERS = 84  # of the labels below upright bars
WIDTH, HEIGHT = 640, 250  # of a full chart; px of the drawing, scaled on paper
SMALL = 324  # width of one of a pair
MOST_BARS_TOGETHER = 32  # of lying bars that are not parted between two pages: a third of one
LONGEST = 88  # per cent of its cell that the longest lying bar takes; its value stands behind it


@dataclasses.dataclass(frozen=True)
class Chart:
    """`src` for an <img>, `alt` with every figure of the drawing, `caption` printed below.

    `half`: it takes half the width of the page.
    """

    src: str
    alt: str
    caption: str
    half: bool = False


@dataclasses.dataclass(frozen=True)
class Levels:
    """Lying bars. `names`: (name, colour) of the series; `rows`: (label, [(length in per cent of its
    cell, value in words, colour)]). Colours are places of paper.css."""

    names: Sequence[tuple[str, int]]
    rows: Sequence[tuple[str, Sequence[tuple[str, str, int]]]]
    caption: str

    @property
    def small(self) -> bool:
        """Whether it is little enough to stand on one page whole."""
        return len(self.rows) * len(self.names) <= MOST_BARS_TOGETHER


def bars(
    labels: Sequence[str], series: Mapping[str, Sequence[float | None]], caption: str
) -> Chart | Levels:
    """Bars: one group for each label, one colour for each series.

    They lie down where the labels need room or a bar or two would stand as broad as a wall.
    """
    letters = max(map(len, labels), default=0) * len(labels)
    if letters > MOST_LETTERS or 0 < len(labels) * len(series) < 3:
        return levels(labels, series, caption)
    drawing = pygal.Bar(**_options(series), margin_bottom=4)
    return _drawn(drawing, labels, series, caption)


def lines(
    labels: Sequence[str], series: Mapping[str, Sequence[float | None]], caption: str
) -> Chart:
    """A course over time, half a page wide."""
    drawing = pygal.Line(**_options(series, width=SMALL), dots_size=3, stroke_style={"width": 2})
    return _drawn(drawing, labels, series, caption)


def levels(
    labels: Sequence[str], series: Mapping[str, Sequence[float | None]], caption: str
) -> Levels:
    """Lying bars, for names too long to stand under a bar, and as many as there are."""
    top = max((value or 0 for values in series.values() for value in values), default=0) or 1
    colours = (1, 0) if len(series) == 2 else range(len(series))  # as in `_style`

    def bar(value: float | None, colour: int) -> tuple[str, str, int]:
        return f"{LONGEST * (value or 0) / top:.1f}", figure(value), colour

    rows = [
        (label, [bar(*one) for one in zip(values, colours, strict=True)])
        for label, *values in zip(labels, *series.values(), strict=True)
    ]
    return Levels(list(zip(series, colours, strict=True)), rows, caption)


def shares(parts: Mapping[str, float], caption: str) -> Chart:
    """A ring of parts of a whole, half a page wide."""
    whole = sum(parts.values()) or 1
    named = {f"{name} ({figure(100 * part / whole, 0)}%)": [part] for name, part in parts.items()}
    options = _options(named, width=SMALL)
    drawing = pygal.Pie(**{**options, "inner_radius": 0.56, "print_values": False})
    return _drawn(drawing, [], named, caption)


def _options(series, width=WIDTH, height=HEIGHT):
    return {
        "width": width,
        "height": height,
        "style": _style(len(series)),
        "js": [],
        "disable_xml_declaration": True,
        "pretty_print": False,
        "print_values": True,
        "print_values_position": "top",
        "show_legend": len(series) > 1,
        "legend_at_bottom": width == WIDTH,
        "legend_at_bottom_columns": len(series),
        "legend_box_size": 10,
        "min_scale": 3,
        "max_scale": 5,
        "include_x_axis": True,
        "show_y_guides": True,
        "value_formatter": lambda value: figure(value),
        "formatter": lambda value: figure(value),
        "no_data_text": "Không có số liệu",
        "margin": 6,
        "margin_top": 14,
        "spacing": 8,
        "truncate_legend": -1,
        "truncate_label": -1,
        "x_label_rotation": 0,
    }


def _style(count):
    # Of two series the first is the measure, the second what counts.
    colours = (GOLD, RED) if count == 2 else COLOURS
    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#222222",
        foreground_strong="#222222",
        foreground_subtle="#555555",
        guide_stroke_color="#d8d2c4",
        major_guide_stroke_color="#d8d2c4",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        opacity="1",
        opacity_hover="1",
        transition="0s",
        colors=colours,
        value_colors=("#222222",) * len(COLOURS),
        font_family=FONT,
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=VALUE_SIZE,
        legend_font_size=13,
        no_data_font_size=14,
    )


def _drawn(drawing, labels, series, caption):
    drawing.x_labels = list(labels)
    if any(series.values()) and not isinstance(drawing, pygal.Pie):
        drawing.y_labels = _ticks(series)
    for name, values in series.items():
        drawing.add(name, list(values))
    tree = ElementTree.fromstring(drawing.render(is_unicode=True).replace(drawing.uuid, "paper"))
    _without_mouse(tree)
    if isinstance(drawing, pygal.Line):
        _move_values(tree, -VALUE_SIZE, -1.9 * VALUE_SIZE, "middle")
    svg = ElementTree.tostring(tree)
    return Chart(
        src="data:image/svg+xml;base64," + base64.b64encode(svg).decode(),
        alt=f"{caption}. {_in_words(labels, series)}",
        caption=caption,
        half=drawing.config.width == SMALL,
    )


def _without_mouse(tree):
    """Take the script out, and what only a pointer would wake."""
    for parent in tree.iter():
        for child in list(parent):
            if child.tag == f"{SVG}script" or "tooltip-overlay" in child.get("class", ""):
                parent.remove(child)


def _move_values(tree, right, down, anchor):
    """pygal writes the values of a line where it may cross them."""
    for text in tree.iter(f"{SVG}text"):
        if text.get("class") == "value":
            text.set("text-anchor", anchor)
            text.set("x", str(float(text.get("x")) + right))
            text.set("y", str(float(text.get("y")) + down))


def _ticks(series):
    """Round steps from nothing to just above the highest value; whole numbers for counts."""
    top = max((value or 0 for values in series.values() for value in values), default=0)
    if top <= 0:
        return [0, 1]
    power = 10 ** math.floor(math.log10(top / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * 4 >= top)
    if all(
        value is None or isinstance(value, int) for values in series.values() for value in values
    ):
        step = max(1, math.ceil(step))
    return [step * count for count in range(math.floor(top / step) + 2)]


def _in_words(labels, series):
    """Every figure of a chart as text."""
    told = []
    for name, values in series.items():
        pairs = zip(labels or [""], values, strict=True)
        words = (f"{label} {figure(value)}".strip() for label, value in pairs)
        told.append(f"{name}: " + ", ".join(words))
    return "; ".join(told) + "."
