"""The page of a certificate, laid out once by WeasyPrint and kept as geometry.

Lengths are in points; `top` and `baseline` count downwards from the top edge of the page.
"""

import dataclasses
import functools
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from core.documents import pdf
from core.documents.stamp.faces import Face

MARK = re.compile(r"@(\w+)@")
FIELDS = (
    *("authority", "title", "name", "position", "reason", "decision", "golden_number"),
    *("code", "host", "place", "signer"),
)
FILES = {
    ("Paper Serif", 400, "normal"): "Tinos-Regular",
    ("Paper Serif", 700, "normal"): "Tinos-Bold",
    ("Paper Serif", 400, "italic"): "Tinos-Italic",
    ("Paper Serif", 700, "italic"): "Tinos-BoldItalic",
    ("Paper Title", 900, "normal"): "PlayfairDisplay-Black",
    ("Paper Name", 700, "normal"): "Charm-Bold",
}
FALLBACK = "Tinos-BoldItalic"  # writes what a decorative face cannot


@dataclasses.dataclass(frozen=True)
class Run:
    """A piece of text in one style. `parts`: constant text and names of fields, in turn."""

    parts: tuple[str, ...]
    face: str
    size: float
    spacing: float
    colour: tuple[float, ...]
    x: float
    baseline: float

    @property
    def fixed(self) -> bool:
        return len(self.parts) == 1

    def text(self, words: dict[str, str]) -> str:
        return "".join(words[part] if at % 2 else part for at, part in enumerate(self.parts))


@dataclasses.dataclass(frozen=True)
class Block:
    """A paragraph or heading. `line` is the height of a line in em of its first run."""

    name: str
    tag: str
    in_zone: bool
    centred: bool
    x: float
    top: float
    width: float
    gap: float
    line: float
    runs: tuple[Run, ...]
    smallest: float
    alone: float
    most_lines: int

    @property
    def fixed(self) -> bool:
        return all(run.fixed for run in self.runs)


@dataclasses.dataclass(frozen=True)
class Layout:
    """Everything about a page that does not change from one certificate to the next."""

    width: float
    height: float
    blocks: tuple[Block, ...]
    zone: tuple[float, float]  # top, height
    code: tuple[float, float, float]  # x, top, size
    art: bytes  # a PDF of the page without text
    profile: bytes  # ICC
    faces: dict[str, Face]


@functools.cache
def load(template: str) -> Layout:
    """Lay a template out, once in the life of a process (about a second)."""
    words: dict[str, Any] = {field: f"@{field}@" for field in FIELDS}
    context = {"certificate": words, "heading": "", "dated": "@dated@", "role_lines": ["@role@"]}
    html = render_to_string(f"documents/{template}", context)
    geometry, art, profile = pdf.survey(html)
    blocks = tuple(_block(found) for found in geometry["blocks"])
    names = dict.fromkeys(run.face for block in blocks for run in block.runs)
    faces = {name: Face(Path(settings.FONTS_DIR) / f"{name}.ttf") for name in [*names, FALLBACK]}
    width, height = geometry["page"]
    zone, code = tuple(geometry["zone"]), tuple(geometry["code"])
    return Layout(width, height, blocks, zone, code, art, profile, faces)


def _block(found: dict[str, Any]) -> Block:
    runs = tuple(_run(run) for run in found["runs"])
    size, policy = runs[0].size, found["policy"]
    return Block(
        name=found["name"],
        tag=found["tag"],
        in_zone=found["zone"],
        centred=found["align"] == "center",
        x=found["x"],
        top=found["top"],
        width=found["width"],
        gap=found["gap"],
        line=found["runs"][0]["line"] / size,
        runs=runs,
        smallest=float(policy.get("min", size)),
        alone=float(policy.get("alone", size)),
        most_lines=int(policy.get("lines", 1)),
    )


def _run(found: dict[str, Any]) -> Run:
    return Run(
        parts=tuple(MARK.split(found["text"])),
        face=FILES[found["family"], found["weight"], found["style"]],
        size=found["size"],
        spacing=found["spacing"],
        colour=tuple(found["colour"]),
        x=found["x"],
        baseline=found["baseline"],
    )
