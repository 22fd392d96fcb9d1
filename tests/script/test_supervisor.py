"""The launcher keeps its children alive and leaves none behind, however it ends itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = """
import signal, sys
from script.portal.supervisor import Child, Supervisor

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
supervisor = Supervisor({"PATH": "/usr/bin:/bin"})
try:
    supervisor.start(Child("family", ["sh", "-c", %r], patience=1))
    print("up", flush=True)
    supervisor.watch()
except (KeyboardInterrupt, SystemExit):
    pass
finally:
    supervisor.stop()
"""
WITH_A_CHILD = "sleep 1000 & echo $! > $VAR_DIR/grandchild; wait"
DEAF = "trap '' TERM INT; echo $$ > $VAR_DIR/grandchild; while :; do sleep 0.1; done"


@pytest.fixture
def launch(tmp_path):
    """`launch(words)`: a launcher with one child of these words; stopped hard after the test."""
    started = []

    def start(words):
        code = LAUNCHER % words.replace("$VAR_DIR", str(tmp_path))
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        assert started[-1].stdout.readline() == "up\n"
        wait_for(lambda: (tmp_path / "grandchild").exists())
        time.sleep(0.1)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def pid(tmp_path, name="run/family.pid"):
    return int((tmp_path / name).read_text())


def lives(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(condition, seconds=15):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_takes_children_and_their_children(launch, tmp_path, number):
    launcher = launch(WITH_A_CHILD)

    launcher.send_signal(number)

    assert launcher.wait(15) == 0
    assert not lives(pid(tmp_path))
    assert not lives(pid(tmp_path, "grandchild"))


def test_a_child_that_will_not_stop_is_killed(launch, tmp_path):
    launcher = launch(DEAF)

    launcher.send_signal(signal.SIGINT)

    assert launcher.wait(15) == 0
    assert not lives(pid(tmp_path))


def test_a_dead_child_is_started_again(launch, tmp_path):
    launch(WITH_A_CHILD)
    first = pid(tmp_path)

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: pid(tmp_path) != first)
    assert lives(pid(tmp_path))


def test_children_stop_when_the_launcher_is_killed_outright(launch, tmp_path):
    launcher = launch(WITH_A_CHILD)

    launcher.kill()

    wait_for(lambda: not lives(pid(tmp_path)))
