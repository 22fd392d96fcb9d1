"""Talking to the person who typed the command, and running what it needs."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from script.portal.places import LOGS, ROOT

REFUSED = os.EX_CONFIG  # how a program of ours ends whose last line is a sentence for people
FULL = re.compile(
    "no space left on device|database or disk is full|disk quota exceeded", re.IGNORECASE
)
running = {}  # what run() has started: for how many seconds it may be asked to stop
stopping = threading.Event()


class Refusal(Exception):
    """The command cannot go on. Its text is one sentence that says what to do."""


def say(line=""):
    print(line, flush=True)


@contextmanager
def step(title):
    """Name what is being done and, if it took its time, how long. Steps may run side by side."""
    say(f"  {title} …")
    began = time.monotonic()
    yield
    seconds = time.monotonic() - began
    if seconds >= 2:
        say(f"  {title}: {seconds:.0f} s")


@contextmanager
def unfinished():
    """Say what it means to stop inside: nothing is spoilt, and nothing has been served."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        print("\nStopped before it was ready; run again to go on.", file=sys.stderr)
        raise


def together(*tasks):
    """Run tasks side by side, wait for all, and raise what the first of them raised.

    When a signal ends the wait, what the tasks are running is stopped, not waited for.
    """
    with ThreadPoolExecutor(len(tasks)) as pool:
        begun = [pool.submit(task) for task in tasks]
        try:
            for ended in begun:
                ended.result()
        except (KeyboardInterrupt, SystemExit):
            stopping.set()
            for process, patience in list(running.items()):
                stop(process, patience)
            raise


def run(*command, trouble, env=None, cwd=ROOT, patience=5):
    """Run a program, its output going to var/log/setup.log; raise Refusal(trouble) if it fails.

    The last lines of the program stand above the sentence, for those who know them; a program of
    ours that ends with REFUSED has said the sentence itself.
    """
    words = [str(word) for word in command]
    try:
        code, said = finished(words, patience, env={**os.environ, **(env or {})}, cwd=cwd)
    except FileNotFoundError:
        raise Refusal(f"{trouble} {words[0]} is not there.") from None
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "setup.log").open("a") as log:
        log.write(f"\n$ {' '.join(words)}\n{said}")
    if not code:
        return
    if stopping.is_set():
        raise Refusal(trouble)
    if FULL.search(said):
        raise OSError(errno.ENOSPC, "No space left on device")
    lines = said.strip().splitlines()
    if code == REFUSED and lines:
        raise Refusal(lines[-1])
    print(*lines[-8:], sep="\n", file=sys.stderr)
    raise Refusal(f"{trouble} All of its output is in {shown(LOGS)}/setup.log.")


def finished(words, patience, *, env, cwd):
    """Exit code and output of a program, in a process group of its own: Ctrl-C reaches only us."""
    with subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=env,
        cwd=cwd,
        process_group=0,
    ) as process:
        running[process] = patience
        try:
            said, _ = process.communicate()
        except (KeyboardInterrupt, SystemExit):
            stop(process, patience)
            raise
        finally:
            running.pop(process, None)
    return process.returncode, said


def stop(process, patience):
    """Press Ctrl-C for a program that run() started; after so many seconds, leave nothing of it."""
    for number in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):  # sudo's is not ours to stop
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)


def shown(path):
    """A path as people know it: from the folder of the portal, where it is inside."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
