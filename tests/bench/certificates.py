"""Certificates: the engine against one WeasyPrint call each, in one run, alternated.

    python -m tests.bench.certificates [N]

Counts CPU-seconds of the process and its children (the press too). Last line: one JSON object.
`ours` pays for laying the template out; `plain` does not pay for importing WeasyPrint.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

import django
from django.conf import settings
from django.template.loader import render_to_string

django.setup()

from weasyprint import HTML

from core.documents import pdf, stamp
from core.documents.press import HouseFetcher
from tests.core.documents import certificates

ROUNDS = 4
MOST_PLAIN = 40  # the plain way is timed on fewer and counted by the piece
BATCH = 1000
BARE = """
import resource, sys
from tests.bench import certificates as bench
print(bench.peak_of_a_batch(int(sys.argv[1])))
"""


def cpu():
    """Seconds of processor of this process and of all its children that have ended."""
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def main(count):
    texts = list(certificates.many(count))
    spent, sizes = {"ours": 0.0, "plain": 0.0}, []
    plain_count = min(count, MOST_PLAIN)
    for number in range(ROUNDS):
        began = cpu()
        sizes += [len(content) for content in stamp.certificates(texts[number::ROUNDS])]
        pdf.close()  # so that the work of the press counts
        middle = cpu()
        for text in texts[number:plain_count:ROUNDS]:
            plain(text)
        spent["ours"] += middle - began
        spent["plain"] += cpu() - middle
        print(f"round {number + 1} of {ROUNDS}: {spent}", flush=True)
    per_cpu_s = {"ours": count / spent["ours"], "plain": plain_count / spent["plain"]}
    result = {
        "bench": "certificates",
        "count": count,
        "per_cpu_s": {name: round(rate, 2) for name, rate in per_cpu_s.items()},
        "ratio_to_plain": round(per_cpu_s["ours"] / per_cpu_s["plain"], 1),
        "kb_each": round(max(sizes) / 1000, 1),
        "peak_mb": peak_apart(BATCH),
    }
    print(json.dumps(result))


def plain(text):
    """What one would write without the engine: the same page, a WeasyPrint call of its own."""
    html = render_to_string("documents/certificate.html", stamp.page(text))
    fonts = '<link rel="stylesheet" href="paper:fonts.css"></head>'
    folders = {"paper": Path(settings.BASE_DIR) / "static/paper", "font": settings.FONTS_DIR}
    page = html.replace("</head>", fonts)
    return HTML(string=page, base_url="paper:", url_fetcher=HouseFetcher(folders)).write_pdf()


def peak_apart(count):
    """MB that a fresh process holds at most while it makes a batch and binds it to one book."""
    command = [sys.executable, "-c", BARE, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def peak_of_a_batch(count):
    """Make `count` certificates one after the other, then all as one PDF; peak MB since start."""
    for _content in stamp.certificates(certificates.many(count)):
        pass
    stamp.merge(stamp.certificates(certificates.many(count)))
    pdf.close()
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return round(max(peaks) / 1024, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
