"""Talking to the person who typed the command, and running what it needs."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

from script.portal.places import LOGS, ROOT


class Refusal(Exception):
    """The command cannot go on. Its text is one sentence that says what to do."""


def say(line=""):
    print(line, flush=True)


@contextmanager
def step(title):
    """Name what is being done and, once it is done, how long it took."""
    print(f"  {title} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("stopped", flush=True)
        raise
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def run(*command, trouble, env=None, cwd=ROOT):
    """Run a program with its output in var/log/setup.log; raise Refusal(trouble) if it fails.

    The last lines of the program stand under the sentence, for those who know them.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "setup.log"
    with log.open("ab") as out:
        out.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        out.flush()
        began = out.tell()
        try:
            code = subprocess.call(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=cwd,
            )
        except FileNotFoundError:
            raise Refusal(f"{trouble} {command[0]} is not there.") from None
    if code:
        said = log.read_bytes()[began:].decode(errors="replace")
        if "No space left on device" in said:
            raise OSError(28, "No space left on device")
        print(*said.strip().splitlines()[-8:], sep="\n", file=sys.stderr)
        raise Refusal(f"{trouble} All of its output is in {log.relative_to(ROOT)}.")
