"""The same certificate as a page for WeasyPrint: the slow way, which the fast one is held to."""

import base64
from typing import Any

from core.documents.stamp import code
from core.documents.stamp.fit import fit_zone
from core.documents.stamp.ink import DARK, ONES, words_of
from core.documents.stamp.layout import load
from core.documents.stamp.text import CertificateText


def page(text: CertificateText, *, template: str = "certificate.html") -> dict[str, Any]:
    """Context of `templates/documents/certificate.html` for `pdf.render`. Raises Unfit."""
    clean = text.cleaned()
    settings = fit_zone(load(template), words_of(clean))
    fit = {
        setting.block.name: {
            "size": f"{setting.size:.4f}",
            "width": f"{setting.width:.3f}",
            "plain": setting.face.name != setting.block.runs[0].face,
        }
        for setting in settings
    }
    return {
        "certificate": clean,
        "heading": clean.heading,
        "dated": clean.dated,
        "role_lines": clean.role_lines,
        "fit": fit,
        "code_svg": _code_svg(clean.url),
    }


def _code_svg(url: str) -> str:
    rows = code.rows(url)
    path = "".join(
        f"M{found.start()} {y}h{found.end() - found.start()}v1H{found.start()}z"
        for y, row in enumerate(rows)
        for found in ONES.finditer(row)
    )
    red, green, blue = (round(255 * float(part)) for part in DARK.split())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
        f'<path fill="#{red:02x}{green:02x}{blue:02x}" d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
