"""Pages with 1,000 and with 10,000 dossiers, on PostgreSQL, gunicorn with 2 workers, 8 visitors.

    script/bench pages [PAGE …]

Fills a province, keeps a copy of its database, makes the other ten times as large and serves both.
The same page is asked of both in turn, so that a machine that slows down meanwhile slows both.
Counted: time to the last byte, processor time of the web server and PostgreSQL together, queries
(the same code in this process), kilobytes as sent. What a first visit weighs is asked of Chromium,
with an empty cache. Last line: one JSON object.

`control` is a list that asks again for every row. Where that is not noticed, or a figure is beyond
its target, a sentence says so and the run ends with 1.
"""

import json
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from tests.bench import beyond
from tests.bench.paging import copies, dossiers, province, walks, web, weight

SMALL, LARGE = 1_000, 10_000
CLIENTS, REQUESTS, WARMING = 8, 200, 24
MOST = {
    "cpu_ms": 60,
    "p95_ms": 400,
    "growth": 1.3,
    "worker_mb": 180,
    "worker_grew_mb": 20,
    "first_visit_kb": 500,
}
MOST_OF_A_LIST = 12  # queries


def main(*names):
    prepare()
    grow(SMALL)
    few = asked(names)
    apart = web.copy_of_database()
    grow(LARGE)
    many = asked(names)
    environment = {**os.environ, "DEMO": "off", "DEBUG": "off", "HTTPS": "off"}
    small_one = environment | {"DATABASE_URL": apart}
    with web.serving(small_one) as small, web.serving(environment) as large:
        sides = [(SMALL, small, few), (LARGE, large, many)]
        held = [warmed(server, pages) for _rows, server, pages in sides]
        loops, results = compared(sides)
        memory = [server.memory() for _rows, server, _pages in sides]
        first = max(weight.first_visits(large.port).values())
    careless = walks.careless(province.holders("leader_view")[0])
    figures = assembled(results, loops, held, memory, first, careless)
    faults = list(missed(figures))
    print(*faults, json.dumps(figures), sep="\n")
    return 1 if faults else 0


def assembled(results, loops, held, memory, first, careless):
    """The object of the last line. `held` and `memory`: MB of the largest worker of each side when
    it was warm and at the end; `careless`: queries of the control."""
    return {
        "bench": "pages",
        "pages": results,
        "growth": max(growths(results).values()),
        "worker_mb": round(max(memory), 1),
        "worker_grew_mb": round(max(b - a for a, b in zip(held, memory, strict=True)), 1),
        "first_visit_kb": first,
        "yardstick_ms": loops,
        "control": {"queries": careless, "noticed": careless > MOST_OF_A_LIST},
    }


def compared(sides):
    """([yardstick in ms], [figures]): every page of the small side, then the same of the large."""
    loops, results = [yardstick()], []
    for turn in range(len(sides[0][2])):
        for rows, server, pages in sides:
            page, queries = pages[turn]
            figures = measure(server, page)
            results.append({"page": page.name, "rows": rows, **figures, "queries": queries})
            say(results[-1])
        loops.append(yardstick())
    return loops, results


def warmed(server, pages):
    """MB of the largest worker when every page has been asked a few times."""
    for page, _queries in pages:
        walks.ask(server.port, page, requests=WARMING, clients=CLIENTS)
    return server.memory()


def yardstick():
    """Processor time of a loop that never changes, ms: how fast this machine is at the moment.

    Other machines share its processors. Between two runs only figures over their yardsticks say
    which code is faster.
    """
    began = time.process_time()
    words = {}
    for number in range(400_000):
        word = str(number % 977)
        words[word] = words.get(word, 0) + len(word)
    return round(1000 * (time.process_time() - began))


def prepare():
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    province.found()
    say("120 units, their people and plan 207 are there")


def grow(rows):
    """Make so many dossiers, and tell the planner."""
    if rows == SMALL:
        dossiers.fill(SMALL)
    else:
        copies.multiply(rows // SMALL - 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    say(f"{rows} dossiers are there")


def asked(names):
    """[(page, queries)] of the pages named, or of all, for the rows that are there now."""
    pages = walks.pages()
    unknown = set(names) - {page.name for page in pages}
    if unknown:
        sys.exit(f"No page is called {', '.join(unknown)}: {' '.join(p.name for p in pages)}")
    return [(page, walks.queries(page)) for page in pages if not names or page.name in names]


def measure(server, page):
    """Figures of one page; nobody else asks meanwhile, so all processor time is its own."""
    walks.ask(server.port, page, requests=CLIENTS, clients=CLIENTS)
    before = server.cpu()
    answers = walks.ask(server.port, page, requests=REQUESTS, clients=CLIENTS)
    spent = server.cpu() - before
    cuts = statistics.quantiles([answer.seconds for answer in answers], n=100)
    return {
        "p50_ms": round(1000 * cuts[49]),
        "p95_ms": round(1000 * cuts[94]),
        "cpu_ms": round(1000 * spent / REQUESTS, 1),
        "most_queries": page.most_queries,
        "kb": round(statistics.mean(answer.size for answer in answers) / 1000, 1),
    }


def growths(results):
    """Processor time with many rows over that with few, for each page."""
    spent = {(row["page"], row["rows"]): row["cpu_ms"] for row in results}
    names = dict.fromkeys(row["page"] for row in results)
    return {name: round(spent[name, LARGE] / spent[name, SMALL], 2) for name in names}


def missed(figures):
    """Sentences about what is beyond its target."""
    for row in figures["pages"]:
        of_a_page = {key: MOST[key] for key in ("cpu_ms", "p95_ms")}
        yield from beyond(row, of_a_page, about=f"{row['page']} at {row['rows']}: ")
        if row["queries"] > row["most_queries"]:
            yield f"{row['page']}: {row['queries']} queries, at most {row['most_queries']}"
    asked = {}
    for row in figures["pages"]:
        asked.setdefault(row["page"], set()).add(row["queries"])
    for name, counts in asked.items():
        if len(counts) > 1:
            yield f"{name}: queries grow with the rows: {sorted(counts)}"
    for name, growth in growths(figures["pages"]).items():
        if growth > MOST["growth"]:
            yield f"{name}: {growth} times the processor time at {LARGE} rows"
    yield from beyond(figures, {key: MOST[key] for key in ("worker_mb", "first_visit_kb")})
    if figures["worker_grew_mb"] > MOST["worker_grew_mb"]:  # nought would be well
        yield f"worker_grew_mb {figures['worker_grew_mb']}, at most {MOST['worker_grew_mb']}"
    if not figures["control"]["noticed"]:
        yield "the control was not noticed: a list that asks for every row"


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
