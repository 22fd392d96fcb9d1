"""Talking to the person who typed the command, and running what it needs."""

import errno
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from script.portal.places import LOGS, ROOT


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


def together(*tasks):
    """Run tasks side by side, wait for all, and raise what the first of them raised."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        for ended in [pool.submit(task) for task in tasks]:
            ended.result()


def run(*command, trouble, env=None, cwd=ROOT):
    """Run a program, its output going to var/log/setup.log; raise Refusal(trouble) if it fails.

    The last lines of the program stand above the sentence, for those who know them.
    """
    words = [str(word) for word in command]
    try:
        ended = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, **(env or {})},
            cwd=cwd,
            check=False,
        )
    except FileNotFoundError:
        raise Refusal(f"{trouble} {words[0]} is not there.") from None
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "setup.log").open("a") as log:
        log.write(f"\n$ {' '.join(words)}\n{ended.stdout}")
    if ended.returncode:
        if "No space left on device" in ended.stdout:
            raise OSError(errno.ENOSPC, "No space left on device")
        print(*ended.stdout.strip().splitlines()[-8:], sep="\n", file=sys.stderr)
        raise Refusal(f"{trouble} All of its output is in var/log/setup.log.")
