"""Certificates: the engine against one WeasyPrint call each, in one run, alternated; and a job of
1,000 of them, done by a worker.

    script/bench certificates [N]

Counts CPU-seconds of the process and its children (the press too), and the memory of the worker with
all of its children while it does the job. Last line: one JSON object. `ours` pays for laying the
template out; `plain` does not pay for importing WeasyPrint.

`control` is the plain way in place of ours. Where its ratio is not found too small, or a figure is
beyond its target, a sentence says so and the run ends with 1.
"""

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string

django.setup()

from weasyprint import HTML

from core.documents import pdf, stamp
from core.documents.press import HouseFetcher
from core.jobs.models import Job
from script.portal import processes
from script.portal.places import ROOT
from tests.bench import beyond
from tests.bench.paging import web
from tests.core.documents import certificates
from tests.factories import awards, unit

ROUNDS = 4
MOST_PLAIN = 40  # the plain way is timed on fewer and counted by the piece
CARELESS = 8  # of the control
BATCH = 1000
PATIENCE = 600  # seconds for the job
LEAST_RATIO = 20
MOST = {"kb_each": 150, "peak_mb": 300}


def cpu():
    """Seconds of processor of this process and of all its children that have ended."""
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def main(count):
    texts = list(certificates.many(count))
    plain_count, careless = min(count, MOST_PLAIN), min(count, CARELESS)
    counts = {"ours": count, "plain": plain_count, "careless": careless}
    spent, sizes = dict.fromkeys(counts, 0.0), []
    for number in range(ROUNDS):
        with counted(spent, "ours"):
            sizes += [len(content) for content in stamp.certificates(texts[number::ROUNDS])]
            pdf.close()  # so that the work of the press counts
        for name in ("plain", "careless"):
            with counted(spent, name):
                for text in texts[number : counts[name] : ROUNDS]:
                    plain(text)
        print(f"round {number + 1} of {ROUNDS}: {spent}", flush=True)
    figures = assembled(counts, spent, sizes, peak_of_a_job(BATCH))
    faults = list(missed(figures))
    print(*faults, json.dumps(figures), sep="\n")
    return 1 if faults else 0


@contextmanager
def counted(spent, name):
    began = cpu()
    yield
    spent[name] += cpu() - began


def assembled(counts, spent, sizes, peak_mb):
    """The object of the last line, of how many were made each way in how many seconds."""
    rates = {name: counts[name] / spent[name] for name in counts}
    ratios = {name: round(rates[name] / rates["plain"], 1) for name in ("ours", "careless")}
    return {
        "bench": "certificates",
        "count": counts["ours"],
        "per_cpu_s": {name: round(rates[name], 2) for name in ("ours", "plain")},
        "ratio_to_plain": ratios["ours"],
        "kb_each": round(max(sizes) / 1000, 1),
        "peak_mb": peak_mb,
        "control": {
            "ratio_to_plain": ratios["careless"],
            "noticed": ratios["careless"] < LEAST_RATIO,
        },
    }


def missed(figures):
    """Sentences about what is beyond its target."""
    ratio = figures["ratio_to_plain"]
    if ratio < LEAST_RATIO:
        yield f"ratio_to_plain {ratio}, at least {LEAST_RATIO}"
    yield from beyond(figures, MOST)
    if not figures["control"]["noticed"]:
        yield "the control was not noticed: the plain way in place of ours"


def plain(text):
    """What one would write without the engine: the same page, a WeasyPrint call of its own."""
    html = render_to_string("documents/certificate.html", stamp.page(text))
    fonts = '<link rel="stylesheet" href="paper:fonts.css"></head>'
    folders = {"paper": Path(settings.BASE_DIR) / "static/paper", "font": settings.FONTS_DIR}
    page = html.replace("</head>", fonts)
    return HTML(string=page, base_url="paper:", url_fetcher=HouseFetcher(folders)).write_pdf()


def peak_of_a_job(count):
    """MB that a worker of one process holds at most, with all that it starts, in one job of `count`
    certificates, to its book and its bundle. What processes share is counted once.

    The decision's own paper, with so many rows in its annex, is another job; which of the two comes
    first is left to the queue. What the worker holds at most in both is printed beside.
    """
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    awards.issued(unit=unit("Tỉnh Đồng Tháp", kind="province"), awards=count)
    print(f"a decision with {count} awards is issued", flush=True)
    worker = [*map(str, processes.worker(concurrency=1).words)]
    most, of_both, until = 0.0, 0.0, time.monotonic() + PATIENCE
    certificates_job = Job.objects.filter(task="awards.tasks.render_certificates")
    with started(worker) as root, started([*map(str, processes.dispatcher().words)]):
        while Job.objects.exclude(state=Job.State.DONE).exists():
            here = sum(map(held, tree(root.pid)))
            of_both = max(of_both, here)
            if certificates_job.filter(state=Job.State.RUNNING).exists():
                most = max(most, here)
            if time.monotonic() > until or root.poll() is not None:
                raise SystemExit(f"The job of {count} certificates did not end.")
            time.sleep(0.1)
    print(f"with the decision's own paper: {of_both:.0f} MB", flush=True)
    return round(most, 1)


@contextmanager
def started(words):
    process = subprocess.Popen(words, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def tree(pid):
    """A process and all below it."""
    yield pid
    try:
        for child in web.children(pid):
            yield from tree(child)
    except (FileNotFoundError, ProcessLookupError):
        return


def held(pid):
    """MB of a process's own and its part of what it shares; nought for one that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
