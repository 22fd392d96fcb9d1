"""Start private servers and run the tests against them. script/test calls this after set-up.

pytest-django reads the settings before any fixture runs, so the servers have to be there first.

  python tests/run.py              every part, stage by stage
  python tests/run.py ARGUMENTS    one run of pytest on PostgreSQL with these arguments
  python tests/run.py --sqlite …   the same on SQLite
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from script.portal import servers

UNIT = ["-m", "not journey"]
TWO = ["-n", "2", "--dist", "worksteal"]
# Those whose outcome may differ with the database; papers and files do not.
TOUCH_ROWS = ["tests/core", "tests/accounts", "--ignore=tests/core/documents"]
# About half of the time of all journeys: they run beside the others, on servers of their own.
LONG = [f"tests/journeys/test_{name}.py" for name in ("scores", "many", "running")]
BUT_LONG = [f"--ignore={path}" for path in LONG]
STAGES = [  # parts of one stage run at once: a journey waits for its servers half of the time
    [("Unit and page tests on PostgreSQL", servers.private, [*TWO, *UNIT])],
    [
        ("Long journeys on PostgreSQL and Redis", servers.private, ["-m", "journey", *LONG]),
        ("Journeys on PostgreSQL and Redis", servers.private, ["-m", "journey", *BUT_LONG]),
        ("Journeys on the embedded default", servers.embedded, ["-m", "journey and both"]),
        ("Unit tests on SQLite", servers.embedded, [*UNIT, *TOUCH_ROWS]),
    ],
]
NOTHING_COLLECTED = 5


def main(*arguments):
    if not arguments:
        return max(stage(parts) for parts in STAGES)
    start = servers.embedded if arguments[0] == "--sqlite" else servers.private
    return pytest(start, [word for word in arguments if word != "--sqlite"])


def stage(parts):
    """Run parts at once; one that is alone is watched, the others speak when they are done."""
    if len(parts) == 1:
        return part(*parts[0], said=None)
    with ThreadPoolExecutor(len(parts)) as pool, ExitStack() as files:
        texts = [files.enter_context(TemporaryFile("w+")) for _part in parts]
        print("\n" + "; ".join(title for title, _start, _arguments in parts), flush=True)
        running = {
            pool.submit(part, *each, said=text): text
            for each, text in zip(parts, texts, strict=True)
        }
        for done in as_completed(running):
            running[done].seek(0)
            print(running[done].read(), flush=True)
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
        code = subprocess.call(words, env=environment, cwd=ROOT, stdout=said, stderr=said)
    return 0 if code == NOTHING_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
