"""tests/run.py asked to end: its servers end with it."""

import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from script.portal.places import ROOT

SLEEPER = """
import os, pathlib, time

def test_sleeps():
    pathlib.Path({said!r}).write_text(os.environ["DATABASE_URL"] + " " + os.environ["REDIS_URL"])
    time.sleep(60)
"""


def test_a_run_that_is_asked_to_end_leaves_no_server_behind(tmp_path):
    said = tmp_path / "said"
    (tmp_path / "test_sleeper.py").write_text(SLEEPER.format(said=str(said)))
    run = subprocess.Popen(
        [sys.executable, "tests/run.py", "-q", "-p", "no:cacheprovider", str(tmp_path)], cwd=ROOT
    )
    try:
        until = time.monotonic() + 60
        while not said.exists() and time.monotonic() < until:
            time.sleep(0.1)
        folders = re.findall(r"/tmp/[\w-]+", said.read_text())
        assert len(folders) == 2
        assert all(using(folder) for folder in folders)

        run.send_signal(signal.SIGTERM)

        assert run.wait(40) == 130
        assert [using(folder) for folder in folders] == [[], []]
        assert not any(Path(folder).exists() for folder in folders)
    finally:
        run.kill()


def using(folder):
    """Ids of living processes whose command names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it may end while we look
            if folder.encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found
