"""Certificates by the thousand: a page is laid out once, then words are stamped on it.

    for content in stamp.certificates(texts):
        store.keep(content, …)

WeasyPrint lays the template out a single time; each certificate is then a few lines of text shaped
with HarfBuzz at the places found, about a millisecond each instead of a third of a second. The
files are PDF/A-3a and PDF/UA-1, carry their data as JSON, and their bytes depend on nothing but
their words, so a batch that was cut off can simply be made again. Knows no database.
"""

from collections.abc import Iterable, Iterator

from core.documents.stamp.fit import Unfit
from core.documents.stamp.ink import draw
from core.documents.stamp.layout import load
from core.documents.stamp.merge import merge
from core.documents.stamp.page import page
from core.documents.stamp.sheet import sheet
from core.documents.stamp.text import CertificateText

__all__ = ["CertificateText", "Unfit", "certificates", "merge", "page"]

TEMPLATE = "certificate.html"


def certificates(texts: Iterable[CertificateText], *, template: str = TEMPLATE) -> Iterator[bytes]:
    """One PDF for each text, in order and one at a time. Raises Unfit with a sentence."""
    layout = load(template)
    for text in texts:
        clean = text.cleaned()
        drawing = draw(layout, clean)
        paper = sheet(template, tuple(drawing.tags), frozenset(drawing.faces.items()))
        yield paper.write(clean, drawing)
