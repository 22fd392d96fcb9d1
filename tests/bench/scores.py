"""3,000 score sheets of 100 criteria, on PostgreSQL, gunicorn with 2 workers.

    script/bench scores

Counts and ranks all of them in a process of its own (processor time of it and of PostgreSQL
together), asks for the page of a block, and lets units save what they type. Last line: one
JSON object.
"""

import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.permissions import Role
from campaigns.models import Block, ScoreSheet
from campaigns.services import recount
from tests.bench import beyond
from tests.bench.paging import walks, web
from tests.bench.scoring import blocks, filling

CLIENTS, REQUESTS, WARMING = 4, 200, 24
SAVERS, SAVES = 4, 50
MOST = {"cpu_s": 20, "peak_mb": 300, "block_queries": 15, "block_p95_ms": 400, "save_p95_ms": 150}


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    officer = blocks.found()
    entries = filling.fill(officer)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    say(f"{ScoreSheet.objects.count()} sheets with {entries} entries are there")
    figures = {"bench": "scores", **counting()}
    say(figures)
    with web.serving({**os.environ, "DEMO": "off", "DEBUG": "off", "HTTPS": "off"}) as server:
        figures |= block_page(server, officer)
        say(figures)
        figures |= saving(server)
    faults = list(missed(figures))
    print(*faults, json.dumps(figures), sep="\n")
    return 1 if faults else 0


def missed(figures):
    """Sentences about what is beyond its target."""
    yield from beyond(figures, MOST)


def counting():
    """Seconds of processor and megabytes of counting and ranking everything, once."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    database = int((folder / "postmaster.pid").read_text().split()[0])
    before = of_database(database)
    words = [sys.executable, "-c", "from tests.bench import scores; scores.count()"]
    answer = subprocess.run(words, capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout.splitlines()[-1])
    theirs = of_database(database) - before
    return {**told, "cpu_s": round(told["cpu_s"] + theirs, 1), "database_cpu_s": round(theirs, 1)}


def of_database(pid):
    return sum(web.spent(each) for each in (pid, *web.children(pid)))


def count():
    """In a process of its own: count, and print what it took."""
    began = time.process_time()
    told = recount(blocks=Block.objects.all())
    spent = time.process_time() - began
    connection.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "sheets": told.sheets,
                "wrong": len(told.wrong),
                "cpu_s": round(spent, 2),
                "peak_mb": round(peak, 1),
            }
        )
    )


def block_page(server, officer):
    addresses = [block.get_absolute_url() for block in walks.some(Block.objects.all())]
    page = walks.Page("block", walks.cookie(officer), addresses)
    walks.ask(server.port, page, requests=WARMING, clients=CLIENTS)
    answers = walks.ask(server.port, page, requests=REQUESTS, clients=CLIENTS)
    return {
        "block_queries": walks.queries(page),
        "block_p95_ms": p95([answer.seconds for answer in answers]),
    }


def saving(server):
    """Units that type into sheets of their own, each save on what the one before kept."""
    sheets = list(ScoreSheet.objects.filter(state=ScoreSheet.State.OPEN)[:SAVERS])
    with ThreadPoolExecutor(SAVERS) as units:
        seconds = list(units.map(lambda sheet: typed(server.port, sheet), sheets))
    return {"save_p95_ms": p95([each for many in seconds for each in many[5:]])}


def typed(port, sheet):
    staff = next(user for user in walks.holders(Role.UNIT_STAFF) if user.home_unit == sheet.unit)
    criterion = sheet.criteria_set.criteria.get(code="1.2")
    cookie = walks.cookie(staff)["Cookie"]
    token = "a" * 32
    connection.close()
    headers = {
        **walks.HOST,
        "Cookie": f"{cookie}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    address, seen, seconds = reverse("campaigns:sheet_save", args=[sheet.pk]), "{}", []
    for number in range(SAVES):
        name = f"c{criterion.pk}"
        body = urlencode({f"{name}-seen": seen, f"{name}-a": number, f"{name}-b": 100})
        began = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("POST", address, body=body, headers=headers)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        seconds.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{address} answers {answer.status} {content[:300]}")
        seen = json.loads(content)["criteria"][str(criterion.pk)]["seen"]
    return seconds


def p95(seconds):
    return round(1000 * statistics.quantiles(seconds, n=100)[94])


def say(what):
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
