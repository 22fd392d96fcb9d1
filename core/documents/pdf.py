"""HTML to PDF: the one renderer.

A sheet is never made in the portal's own process: `core.documents.press` makes it in a child that
can be killed, sees nothing but our own files and has limits on memory and time. The first sheet of
a process starts the press (about a second); the next ones cost a fork each.
"""

import atexit
import dataclasses
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.documents import frames

logger = logging.getLogger(__name__)

MOST_ROWS = 2000
MOST_CHARACTERS = 8_000_000
_told: ContextVar[tuple[Callable[[], None], float] | None] = ContextVar("told", default=None)


class RenderRefused(Exception):
    """The sheet cannot be made as it is; the message is a sentence for the person who asked."""


class RenderTimeout(RenderRefused):
    """The sheet took longer than it may."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one sheet may use: MB of memory, seconds of processor, seconds on the wall."""

    memory_mb: int = 512
    cpu_s: int = 50
    wall_s: int = 60


LIMITS = Limits()


def render(template: str, context: dict[str, Any], *, limits: Limits = LIMITS) -> bytes:
    """Render `templates/documents/<template>` as a tagged PDF (PDF/UA-1).

    Values of `context` are escaped by the template engine. Raises RenderRefused or RenderTimeout.
    """
    return print_html(render_to_string(f"documents/{template}", context), limits=limits)


def print_html(html: str, *, limits: Limits = LIMITS) -> bytes:
    """Make a PDF of a whole HTML page; `render` is the way for everything that has a template."""
    _head, (content,) = _order({"job": "print", "variant": "pdf/ua-1"}, html, limits)
    return content


def survey(html: str, *, limits: Limits = LIMITS) -> tuple[dict[str, Any], bytes, bytes]:
    """Lay one page out and measure it instead of printing it.

    Returns the geometry (`core.documents.survey.measure`), a PDF of the page without any text,
    and the sRGB profile that archival files must carry.
    """
    head, (art, profile) = _order({"job": "survey"}, html, limits)
    return head["geometry"], art, profile


@contextmanager
def telling(beat: Callable[[], None], *, every: float) -> Iterator[None]:
    """While a sheet is made inside the block, call `beat` each so many seconds: a page of a
    minute must not look like a dead worker. What `beat` raises is raised once the sheet is done."""
    token = _told.set((beat, every))
    try:
        yield
    finally:
        _told.reset(token)


def close() -> None:
    """Send the press of this process home; the next sheet starts a new one."""
    _press.close()


def _order(order: dict[str, Any], html: str, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    if html.count("<tr") > MOST_ROWS:
        raise RenderRefused(
            _("The list is too long for one document: at most %(most)d rows.") % {"most": MOST_ROWS}
        )
    if len(html) > MOST_CHARACTERS:
        raise RenderRefused(_("The document is too long to be printed in one piece."))
    try:
        head, blobs = _patiently({**order, **dataclasses.asdict(limits)}, html, limits)
    except TimeoutError:
        head, blobs = {"outcome": "late"}, []
    for url in head.get("refused", []):
        logger.warning("A document asked for %r, which is not a file of ours; left out.", url)
    _raise_unless_done(head)
    return head, blobs


def _patiently(order, html, limits):
    """`_exchange`, in a thread of its own if somebody is to be told meanwhile; it asks no database."""
    told = _told.get()
    if told is None:
        return _exchange(order, html, limits)
    beat, every = told
    with ThreadPoolExecutor(max_workers=1) as pool:
        sheet = pool.submit(_exchange, order, html, limits)
        while wait([sheet], timeout=every).not_done:
            beat()
        return sheet.result()


def _exchange(order, html, limits):
    """Send the order; once more if the press had just gone home."""
    for last in (False, True):
        try:
            with _hand_over() as line:
                line.settimeout(limits.wall_s + 15)
                frames.send(line, order, html.encode())
                return frames.receive(line)
        except (frames.Cut, BrokenPipeError, ConnectionResetError):
            if last:
                raise RenderRefused(_("The document could not be printed.")) from None
            close()
    raise AssertionError


def _raise_unless_done(head: dict[str, Any]) -> None:
    match head["outcome"]:
        case "done":
            return
        case "late":
            raise RenderTimeout(_("Printing the document took too long, so it was stopped."))
        case "died":
            raise RenderRefused(_("Printing the document needs more memory than it may use."))
        case "deep":
            raise RenderRefused(_("The document is built too deep to be printed."))
        case "unready":
            logger.error("The press is not ready: %s", head["detail"])
            raise RenderRefused(_("A font or picture of the paper is missing; run script/setup."))
        case _:
            logger.error("The press failed: %s", head["detail"])
            raise RenderRefused(_("The document could not be printed."))


class _Press:
    """The press of this process: started when needed, again after a fork or when it went home."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None

    def hand(self, line: socket.socket) -> None:
        """Pass one end of a line to the press."""
        with self.lock:
            try:
                socket.send_fds(self._running(), [b"1"], [line.fileno()])
            except OSError:  # it died or went home between two looks
                self._stop()
                socket.send_fds(self._running(), [b"1"], [line.fileno()])

    def close(self) -> None:
        """Send the press home."""
        with self.lock:
            self._stop()

    def forget(self) -> None:
        """In a forked child: the press belongs to the parent."""
        self.lock = threading.Lock()
        if self.process:
            self.process.returncode = 0  # ours to forget, not to wait for
        if self.control:
            self.control.close()
        self.process = self.control = None

    def _running(self) -> socket.socket:
        if self.control is None or self.process is None or self.process.poll() is not None:
            self._stop()
            self.control = self._start()
        return self.control

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        base, fonts = str(settings.BASE_DIR), str(settings.FONTS_DIR)
        module = [sys.executable, "-m", "core.documents.press"]
        with theirs:
            self.process = subprocess.Popen(
                [*module, str(theirs.fileno()), f"{base}/static/paper", fonts],
                pass_fds=[theirs.fileno()],
                cwd=base,
                env={"LANG": "C.UTF-8", "PATH": os.defpath, "HOME": "/nonexistent"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the portal, which then closes the line
            )
        return ours

    def _stop(self) -> None:
        if self.control:
            self.control.close()
        if self.process:
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = self.control = None


def _hand_over() -> socket.socket:
    ours, theirs = socket.socketpair()
    try:
        _press.hand(theirs)
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours


_press = _Press()
atexit.register(close)
os.register_at_fork(after_in_child=_press.forget)
