"""The parent of the portal's processes: starts them, starts a dead one again, stops them all.

Each child leads a process group of its own, so that Ctrl-C reaches only the parent, which then stops
them in order and takes what is left of a group with it. Should the parent be killed outright, the
kernel tells its children to stop.
"""

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field

from script.portal.places import LOGS, ROOT, VAR
from script.portal.terminal import say, shown

SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
KEPT_LOG = 5_000_000  # bytes
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """One process to keep alive: its words, and how long it may take to stop, in seconds."""

    name: str
    words: list
    patience: float = 10
    executable: str | None = None
    descriptors: list = field(default_factory=list)  # open files of ours that it is handed
    process: subprocess.Popen | None = None
    deaths: list = field(default_factory=list)
    again_at: float = 0

    def start(self, environment):
        LOGS.mkdir(parents=True, exist_ok=True)
        log = LOGS / f"{self.name}.log"
        if log.exists() and log.stat().st_size > KEPT_LOG:
            log.replace(LOGS / f"{self.name}.log.1")
        parent = os.getpid()
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(word) for word in self.words],
                executable=self.executable,
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.descriptors,
                preexec_fn=lambda: die_with(parent),  # noqa: PLW1509  (one thread here)
            )

        pids = VAR / "run"
        pids.mkdir(parents=True, exist_ok=True)
        written = pids / f"{self.name}.new"
        written.write_text(str(self.process.pid))
        written.replace(pids / f"{self.name}.pid")  # who reads it never finds half of it

    def lives(self):
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return False
        return True


def die_with(parent):
    """Ask the kernel to end this process when its parent is gone."""
    LIBC.prctl(SET_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


class Supervisor:
    def __init__(self, environment):
        self.environment = environment
        self.children = []

    def start(self, child):
        child.start(self.environment)
        self.children.append(child)

    def watch(self):
        """Keep the children alive until a signal ends the wait."""
        while True:
            self.revive()
            time.sleep(0.5)

    def revive(self):
        """Start again what has died: at once the first time, ever slower if it keeps dying."""
        now = time.monotonic()
        for child in self.children:
            if child.lives():
                continue
            if not child.again_at:
                child.signal_group(signal.SIGKILL)
                child.deaths = [at for at in child.deaths if now - at < 120] + [now]
                pause = min(30, 2 ** len(child.deaths) - 2)
                child.again_at = now + pause
                say(
                    f"{child.name} ended with {child.process.returncode}; it starts again"
                    f" in {pause} s. Its log: {shown(LOGS)}/{child.name}.log"
                )
            if now >= child.again_at:
                child.again_at = 0
                child.start(self.environment)

    def stop(self):
        """Stop the children, last started first, and leave no process of theirs behind."""
        previous = {number: signal.signal(number, signal.SIG_IGN) for number in STOPS}
        try:
            for child in reversed(self.children):
                stop(child)
        finally:
            for number, action in previous.items():
                signal.signal(number, action)


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(child):
    if child.process is None:
        return
    child.process.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.process.wait(child.patience)
    while child.signal_group(signal.SIGKILL):
        child.process.poll()
        time.sleep(0.02)
