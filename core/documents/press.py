"""The press: a small process of its own that turns HTML into PDF. The only module that knows WeasyPrint.

`core.documents.pdf` starts it with a clean environment and hands it one socket for every sheet.
It knows neither Django nor the database, so a sheet that misbehaves finds nothing to steal:
each one is made by a forked child with limits on memory, processor time and wall time, without a
network, and with a fetcher that answers only the names of our own files. The child's keeper
reports how it ended; nothing else of it reaches the portal.

    python -m core.documents.press CONTROL_FD PAPER_FOLDER FONT_FOLDER
"""

import contextlib
import ctypes
import importlib.resources
import logging
import os
import re
import resource
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.documents import frames, survey

IDLE_S = 120  # a press nobody needs gives its memory back
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(css|svg|png|ttf)\Z")
TYPES = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ttf": "font/ttf",
}
EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|svg\+xml)[;,]", re.IGNORECASE)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
# A bit of everything that papers are made of. Making it once reads style sheets and declarations
# of C that every child would read for itself: a fifth to a quarter of what a page takes.
FIRST = """<!doctype html><html lang="vi"><title>-</title>
<link rel="stylesheet" href="paper:paper.css">
<div class="head"><div class="left"><p class="issuer">ĐƠN VỊ</p></div>
<div class="right"><p class="motto">Độc lập</p><p class="dated">ngày</p></div></div>
<h1 class="kind">GIẤY</h1>
<table class="facts"><tr><th scope="row">Mã</th><td class="digest">5179</td></tr></table>
<table class="d"><caption>Bảng</caption><colgroup><col style="width: 12mm"><col></colgroup>
<thead><tr><th scope="col">STT</th><th scope="col">Tên</th></tr></thead>
<tbody><tr><td class="c">1</td><td>Một <b>hai</b> <span class="mono">3ead</span></td></tr></tbody>
</table><p class="note">Hết</p>"""


class HouseFetcher(URLFetcher):
    """Answers `paper:NAME` and `font:NAME` from our two folders, and embedded pictures.

    Anything else is refused and noted in `refused`; the sheet is made without it. A name of ours
    that does not exist stops the sheet, since it would come out wrong.
    """

    def __init__(self, folders: dict[str, Path]):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.folders = folders
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition(":")
        if scheme in self.folders and NAME.match(name):
            return self._own(url, self.folders[scheme] / name)
        if EMBEDDED.match(url):
            return super().fetch(url, headers)
        self.refused.append(url[:200])
        raise ValueError("not one of our own files")

    def _own(self, url, path):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise FatalURLFetchingError(f"missing {url}") from error
        return URLFetcherResponse(url, content, {"Content-Type": TYPES[path.suffix[1:]]})


class Press:
    """What all sheets share: folders, and the paper fonts loaded once."""

    def __init__(self, paper: Path, fonts: Path):
        self.fetcher = HouseFetcher({"paper": paper, "font": fonts})
        self.fonts = FontConfiguration()
        self.fault = ""
        try:
            CSS(url="paper:fonts.css", url_fetcher=self.fetcher, font_config=self.fonts)
            missing = [name for name in _fonts_named(paper) if not (fonts / name).is_file()]
        except FatalURLFetchingError as error:
            missing = [str(error)]
        if missing:
            self.fault = "missing " + ", ".join(missing)
        else:
            self.make({"job": "print", "variant": "pdf/ua-1"}, FIRST)

    def make(self, order: dict, html: str) -> tuple[dict, list[bytes]]:
        """Do one order: head and blobs of the answer."""
        if self.fault:
            return {"outcome": "unready", "detail": self.fault}, []
        source = HTML(string=html, base_url="paper:", url_fetcher=self.fetcher)
        options = {"pdf_variant": order.get("variant"), "uncompressed_pdf": False}
        document = source.render(font_config=self.fonts, **options)
        if order["job"] == "survey":
            geometry = survey.measure(document)
            profile = importlib.resources.files("weasyprint").joinpath("pdf/sRGB2014.icc")
            blobs = [survey.art(document), profile.read_bytes()]
            return {"outcome": "done", "geometry": geometry}, blobs
        return {"outcome": "done"}, [document.write_pdf(**options)]


def _fonts_named(paper: Path) -> list[str]:
    return re.findall(r"url\(font:([\w.-]+)\)", (paper / "fonts.css").read_text())


def serve(control: socket.socket, press: Press) -> None:
    """Fork a keeper for each socket that comes in, until the portal closes its end or is idle."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are not waited for
    control.settimeout(IDLE_S)
    while True:
        try:
            _, handed, _, _ = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            return
        if not handed:
            return
        if os.fork() == 0:
            control.close()
            _keep(socket.socket(fileno=handed[0]), press)
        os.close(handed[0])


def _keep(client: socket.socket, press: Press) -> None:
    """Let a child do the order, clean up behind it, and say how it died if it did."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(frames.Cut, OSError):
        order, (html,) = frames.receive(client)
        folder = tempfile.mkdtemp(prefix="sheet-")
        child = os.fork()
        if child == 0:
            tempfile.tempdir = folder
            _work(client, press, order, html.decode())
        _, status = os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)
        if os.WIFSIGNALED(status):
            late = os.WTERMSIG(status) in {signal.SIGALRM, signal.SIGXCPU}
            frames.send(client, {"outcome": "late" if late else "died"})
    os._exit(0)


def _work(client: socket.socket, press: Press, order: dict, html: str) -> None:
    """In the child: limits, the order itself, the answer. Never returns."""
    try:
        _limit(order)
        head, blobs = press.make(order, html)
    except MemoryError:
        head, blobs = {"outcome": "died"}, []
    except RecursionError:
        head, blobs = {"outcome": "deep"}, []
    except FatalURLFetchingError as error:
        head, blobs = {"outcome": "unready", "detail": str(error)}, []
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told and the child ends)
        head, blobs = {"outcome": "failed", "detail": f"{type(error).__name__}: {error}"}, []
    with contextlib.suppress(OSError):
        frames.send(client, {**head, "refused": press.fetcher.refused}, *blobs)
    os._exit(0)


def _limit(order: dict) -> None:
    """Memory in MB above what the press itself takes, processor and wall time in seconds."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + order["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (order["cpu_s"], order["cpu_s"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(order["wall_s"])  # the default action ends the process, whatever it is doing
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare and unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)  # not allowed everywhere; then the fetcher alone


def main() -> None:
    """Serve the socket of the first argument; leave without a trace when it closes."""
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the folder below is removed
    control = socket.socket(fileno=int(sys.argv[1]))
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        tempfile.tempdir = folder
        serve(control, Press(Path(sys.argv[2]), Path(sys.argv[3])))


if __name__ == "__main__":
    main()
