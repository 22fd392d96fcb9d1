"""Start private servers and run the tests against them. script/test calls this after set-up.

pytest-django reads the settings before any fixture runs, so the servers have to be there first.

  python tests/run.py              every part, stage by stage
  python tests/run.py ARGUMENTS    one run of pytest on PostgreSQL with these arguments
  python tests/run.py --sqlite …   the same on SQLite
"""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from script.portal import postgres, servers

TWO = ["-n", "2", "--dist", "worksteal"]
TWO_GROUPED = ["-n", "2", "--dist", "loadgroup"]  # some journeys go one after another
JOURNEYS = "tests/journeys"
UNIT = ["tests", f"--ignore={JOURNEYS}"]
# Those whose outcome may differ with the database; papers and files do not.
TOUCH_ROWS = ["tests/core", "tests/accounts", "--ignore=tests/core/documents"]


def stages(given):
    """Parts of one stage run at once: each begins and ends with a time in which it is alone.

    Databases on PostgreSQL are copies: of a migrated one, and of one that holds the demonstration.
    """
    empty = partial(copies, given, "empty")
    demo = partial(copies, given, "demo", "--seed", begin="empty")
    return [
        [
            ("Unit and page tests on PostgreSQL", empty, [*TWO, *UNIT]),
            ("Unit tests on SQLite", servers.embedded, TOUCH_ROWS),
        ],
        [
            ("Journeys on PostgreSQL and Redis", demo, [*TWO_GROUPED, JOURNEYS]),
            ("Journeys on the embedded default", servers.embedded, [JOURNEYS, "-m", "both"]),
        ],
    ]


@contextmanager
def copies(given, name, *words, begin="template1"):
    """Prepare a database that those of the tests are copied from, with a folder for its files.

    It begins as a copy itself: what an earlier stage has migrated need not be migrated again.
    """
    beside = given["DATABASE_URL"].rpartition("/")[0]
    with servers.folder() as var:
        own = {**given, "DATABASE_URL": f"{beside}/{name}", "VAR_DIR": str(var), "DEMO": "on"}
        postgres.create(own["DATABASE_URL"], copy_of=begin)
        prepare = [sys.executable, "-m", "script.portal.database", *words]
        with TemporaryFile("w+") as said:
            if subprocess.call(
                prepare, env={**os.environ, **own}, cwd=ROOT, stdout=said, stderr=said
            ):
                said.seek(0)
                raise SystemExit(f"The database {name} could not be prepared:\n{said.read()}")
        yield {**given, "COPY_OF": name, "COPY_OF_FILES": str(var)}


NOTHING_COLLECTED = 5
RUNS = []


def main(*arguments):
    for name in ("SECRET_KEY", "AUDIT_KEY"):  # the same for who prepares a database and who reads
        os.environ.setdefault(name, token_urlsafe(50))
    if not arguments:
        with servers.private() as given:
            return max([stage(parts) for parts in stages(given)])
    start = servers.embedded if arguments[0] == "--sqlite" else servers.private
    return pytest(start, [word for word in arguments if word != "--sqlite"])


def stage(parts):
    """Run parts at once; the first is watched, the others speak when they are done."""
    with ThreadPoolExecutor(len(parts)) as pool, ExitStack() as files:
        texts = [None, *(files.enter_context(TemporaryFile("w+")) for _part in parts[1:])]
        running = {
            pool.submit(part, *each, said=text): text
            for each, text in zip(parts, texts, strict=True)
        }
        for done in as_completed(running):
            if text := running[done]:
                text.seek(0)
                print(f"\n{text.read()}", flush=True)
        return max(done.result() for done in running)


def part(title, start, arguments, said):
    """Run one part and say how long it took; a part without tests yet is no failure."""
    print(f"\n{title}", file=said, flush=True)
    began = time.monotonic()
    code = pytest(start, ["-q", *arguments], said)
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{title}: {'failed' if code else 'passed'}, {took}", file=said, flush=True)
    return code


def pytest(start, arguments, said=None):
    with start() as variables:
        environment = {**os.environ, **variables}
        words = [sys.executable, "-m", "pytest", *arguments]
        run = subprocess.Popen(words, env=environment, cwd=ROOT, stdout=said, stderr=said)
        RUNS.append(run)
        try:
            code = run.wait()
        except KeyboardInterrupt:
            run.wait()
            raise
    return 0 if code == NOTHING_COLLECTED else code


def stop(*_signal):
    """End as with Ctrl-C: the runs first, then the servers that they talk to."""
    for run in RUNS:
        run.send_signal(signal.SIGINT)
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
