"""The fast way against WeasyPrint itself: the same words at the same places.

Where this fails after an upgrade of WeasyPrint, its private box tree has changed: see
core/documents/survey.py.
"""

import re
import subprocess

import pytest

from core.documents import pdf, stamp
from tests.core.documents import certificates

MOST_PT = 0.35
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<')
CASES = {
    **{f"ordinary {n}": text for n, text in enumerate(certificates.many(4))},
    **{name: certificates.text(**words) for name, words in certificates.HARD.items()},
}
del CASES["long authority"]  # the plain page does not shrink what stands outside its middle
del CASES["one long word"]  # nor does it break a word


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_words_stand_where_weasyprint_puts_them(text):
    stamped = _words(next(stamp.certificates([text])))
    plain = _words(pdf.render("certificate.html", stamp.page(text)))

    assert [word for *_box, word in stamped] == [word for *_box, word in plain]
    for ours, theirs in zip(stamped, plain, strict=True):
        for mine, its in zip(ours[:4], theirs[:4], strict=True):
            assert abs(mine - its) <= MOST_PT, (ours, theirs)


def _words(content):
    """(left, top, right, bottom, word), from top to bottom and left to right."""
    page = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    found = [(*map(float, match[:4]), match[4]) for match in WORD.findall(page)]
    return sorted(found, key=lambda word: (round(word[1] / 6), word[0]))
