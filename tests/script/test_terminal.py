"""Programs that a command runs: what their failure is called, and that they stop with it."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from script.portal import terminal
from script.portal.places import ROOT
from tests.script.test_supervisor import lives, wait_for


@pytest.fixture(autouse=True)
def _own_log(monkeypatch, tmp_path):
    monkeypatch.setattr(terminal, "LOGS", tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        "OSError: [Errno 28] No space left on device",
        "npm error ENOSPC: no space left on device, write",
        "sqlite3.OperationalError: database or disk is full",
        "cp: error writing: Disk quota exceeded",
    ],
)
def test_a_full_disk_is_recognised_by_what_programs_call_it(words):
    with pytest.raises(OSError, match="No space left") as found:
        terminal.run("sh", "-c", f"echo '{words}'; exit 1", trouble="Something failed.")

    assert found.value.errno == errno.ENOSPC


def test_a_sentence_of_our_own_programs_is_the_only_one(capfd):
    script = f"echo Applying; echo Write this instead.; exit {terminal.REFUSED}"

    with pytest.raises(terminal.Refusal, match=r"\AWrite this instead\.\Z"):
        terminal.run("sh", "-c", script, trouble="Something failed.")

    assert capfd.readouterr() == ("", "")


SETTING_UP = """
import signal, sys
from script.portal import terminal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
run = lambda: terminal.run("sh", "-c", %r, trouble="It failed.")
try:
    with terminal.unfinished():
        %s
except KeyboardInterrupt:
    sys.exit(130)
"""
LONG = "echo $$ > $VAR_DIR/child; trap 'echo Traceback; exit 1' INT; sleep 100 & wait"


@pytest.mark.parametrize("way", ["run()", "terminal.together(run, lambda: None)"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_set_up_at_once_with_one_sentence(tmp_path, way, number, code):
    with ExitStack() as stay:
        command = subprocess.Popen(
            [sys.executable, "-c", SETTING_UP % (LONG, way)],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        stay.callback(command.kill)
        wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text())
        time.sleep(0.1)

        command.send_signal(number)
        said, _ = command.communicate(timeout=20)

    assert said == "\nStopped before it was ready; run again to go on.\n"
    assert command.returncode == code
    assert not lives(int((tmp_path / "child").read_text()))
