"""script/bench NAME: run tests/bench/NAME.py against a private PostgreSQL and Redis.

Prints progress for people and, as its last line, one JSON object with the figures.
"""

import os
import subprocess

from script.portal import pages, servers, setup
from script.portal.places import PYTHON, ROOT
from script.portal.terminal import Refusal

BENCHES = ROOT / "tests" / "bench"


def main(name="", *arguments):
    known = sorted(path.stem for path in BENCHES.glob("[a-z]*.py"))
    if name not in known:
        raise Refusal(f"Name a benchmark: script/bench {' | '.join(known)}.")
    setup.prepare(for_tests=True)
    pages.prepare_static()
    with servers.private(lasting=True) as variables:
        return subprocess.call(
            [PYTHON, "-m", f"tests.bench.{name}", *arguments],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **variables},
            cwd=ROOT,
        )
