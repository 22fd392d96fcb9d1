"""Work that may hang, crash or swell is done in a process of its own, which can be killed.

A function run here takes (question, blob) and answers (answer, blob): a dictionary that fits
into JSON, and bytes. Nothing is unpickled on the way back, so a child taken over by a
hostile file can only answer wrongly. The child has no secrets in its environment, and no
network where the machine allows that.
"""

import contextlib
import ctypes
import errno
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_TOO_MUCH = 3


class Failed(Exception):
    """The child came to no answer; `reason` is "slow", "heavy" or "crashed"."""

    def __init__(self, reason: str, told: str = ""):
        super().__init__(f"{reason}: {told}" if told else reason)
        self.reason = reason


def run(
    function: str,
    question: dict[str, Any],
    blob: bytes = b"",
    *,
    seconds: int = 20,
    megabytes: int = 512,
    writes: int = 256,
    env: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], bytes]:
    """`function` ("package.module:name") asked in a child.

    `seconds` bounds its wall clock and its CPU, `megabytes` its memory, `writes` what it
    may write into one file (in MB). `env` is all of its environment but the language.
    Raises `Failed`. The module must not need Django: the child does not set it up.
    """
    limits = {"seconds": seconds, "megabytes": megabytes, "writes": writes}
    with (
        tempfile.TemporaryFile() as asked,
        tempfile.TemporaryFile() as answered,
        tempfile.TemporaryFile() as said,
    ):
        _pack(asked, {"function": function, "limits": limits, "question": question}, blob)
        code = _wait(_start(asked, answered, said, env), seconds)
        if code == 0:
            return _unpack(answered)
        raise Failed(_why(code), _end_of(said))


def _start(asked, answered, said, env):
    return subprocess.Popen(
        [sys.executable, "-m", "core.documents.child"],
        stdin=asked,
        stdout=answered,
        stderr=said,
        cwd=ROOT,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath, **(env or {})},
        start_new_session=True,
    )


def _wait(process, seconds):
    """The exit code; None when the child and what it started had to be killed for slowness."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _why(code):
    if code is None or code == -signal.SIGXCPU:
        return "slow"
    return "heavy" if code in (_TOO_MUCH, -signal.SIGXFSZ) else "crashed"


def _pack(file: IO[bytes], head: dict[str, Any], blob: bytes) -> None:
    file.write(json.dumps(head).encode() + b"\n" + blob)
    file.seek(0)


def _unpack(file: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    file.seek(0)
    try:
        head = json.loads(file.readline())
    except ValueError as nonsense:
        raise Failed("crashed", "the answer cannot be read") from nonsense
    return head, file.read()


def _end_of(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - 2000))
    return said.read().decode(errors="replace").strip()


def _main() -> int:
    """In the child: take limits upon itself before the question is looked at."""
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not spoil the answer
    head = json.loads(sys.stdin.buffer.readline())
    blob = sys.stdin.buffer.read()
    _restrict(**head["limits"])
    _cut_network()
    module, name = head["function"].split(":")
    try:
        answer, made = getattr(importlib.import_module(module), name)(head["question"], blob)
        with answer_to:
            answer_to.write(json.dumps(answer).encode() + b"\n" + made)
    except MemoryError:
        return _TOO_MUCH
    except OSError as fault:
        if fault.errno != errno.EFBIG:
            raise
        return _TOO_MUCH
    return 0


def _restrict(seconds, megabytes, writes):
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_FSIZE, writes * MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _cut_network():
    """An empty network of its own, where the kernel grants it; no loss where it does not."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET) != 0:
        libc.unshare(_NEW_USER | _NEW_NET)


if __name__ == "__main__":
    sys.exit(_main())
