"""Start private servers and run the tests against them. script/test calls this after set-up.

pytest-django reads the settings before any fixture runs, so the servers have to be there first.

  python tests/run.py              every part, one after the other
  python tests/run.py ARGUMENTS    one run of pytest on PostgreSQL with these arguments
  python tests/run.py --sqlite …   the same on SQLite
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from script.portal import servers

BOTH = ["-n", "2", "--dist", "worksteal", "-m", "not journey"]
PARTS = [
    ("Unit and page tests on PostgreSQL", servers.private, BOTH),
    ("Unit and page tests on SQLite", servers.embedded, [*BOTH, "tests/core", "tests/accounts"]),
    ("Journeys on PostgreSQL and Redis", servers.private, ["-m", "journey"]),
    ("Journeys on the embedded default", servers.embedded, ["-m", "journey and both"]),
]
NOTHING_COLLECTED = 5


def main(*arguments):
    if not arguments:
        return max(part(*each) for each in PARTS)
    if arguments[0] == "--sqlite":
        return pytest(servers.embedded, arguments[1:])
    return pytest(servers.private, arguments)


def part(title, start, arguments):
    """Run one part and say how long it took; a part without tests yet is no failure."""
    print(f"\n{title}", flush=True)
    began = time.monotonic()
    code = pytest(start, ["-q", *arguments])
    print(
        f"{title}: {'failed' if code else 'passed'}, {time.monotonic() - began:.0f} s", flush=True
    )
    return code


def pytest(start, arguments):
    with start() as variables:
        environment = {**os.environ, **variables}
        words = [sys.executable, "-m", "pytest", *arguments]
        code = subprocess.call(words, env=environment, cwd=ROOT)
    return 0 if code == NOTHING_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
