"""The renderer reads nothing but our own files, and ends whatever it is given."""

import concurrent.futures
import contextlib
import http.server
import io
import os
import threading
import time

import pikepdf
import pytest
from django.utils import translation
from weasyprint import HTML

from core.documents import pdf
from core.documents.pdf import Limits, RenderRefused, RenderTimeout

SECRET = "khong-ai-duoc-doc-dong-nay"
SHORT = Limits(memory_mb=512, cpu_s=5, wall_s=8)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """A file that belongs to the server."""
    path = tmp_path_factory.mktemp("server") / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture(scope="module")
def listener():
    """A server on the loopback that notes who calls."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", calls
        server.shutdown()


READERS = {
    "attachment": '<link rel="attachment" href="{target}">',
    "attachment of a link": '<a rel="attachment" href="{target}">x</a>',
    "picture": '<img alt="" src="{target}">',
    "object": '<object data="{target}"></object>',
    "embed": '<embed src="{target}">',
    "stylesheet": '<link rel="stylesheet" href="{target}">',
    "import": '<style>@import url("{target}");</style>',
    "background": '<p style="background: url({target})">x</p>',
    "list mark": '<ul style="list-style-image: url({target})"><li>x</ul>',
    "content": '<style>p::before {{ content: url("{target}") }}</style><p>x',
    "font": '<style>@font-face {{ font-family: F; src: url("{target}") }}</style>'
    '<p style="font-family: F">x',
    "svg image": "<img alt='' src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\">"
    '<image href="{target}" width="9" height="9"/></svg>\'>',
    "svg use": "<svg><use href='{target}#a'/></svg>",
    "base": '<base href="{target}"><img alt="" src="x.png">',
}


@pytest.mark.parametrize("payload", READERS.values(), ids=READERS)
def test_foreign_file_is_not_read(payload, secret):
    content = pdf.print_html(_page(payload.format(target=secret.as_uri())), limits=SHORT)

    assert SECRET not in _everything_in(content)


@pytest.mark.parametrize("payload", READERS.values(), ids=READERS)
def test_no_address_is_called(payload, listener):
    address, calls = listener

    pdf.print_html(_page(payload.format(target=f"{address}/x")), limits=SHORT)

    assert calls == []


def test_plain_weasyprint_would_read_the_file(secret):
    """The control: without our fetcher the same attachment carries the file away."""
    page = _page(READERS["attachment"].format(target=secret.as_uri()))

    assert SECRET in _everything_in(HTML(string=page).write_pdf())


@pytest.mark.parametrize(
    "name", ["paper:../../config/settings.py", "font:../portal.sqlite3", "paper:/etc/passwd"]
)
def test_own_scheme_cannot_leave_its_folder(name, caplog):
    pdf.print_html(_page(f'<link rel="attachment" href="{name}">'), limits=SHORT)

    assert name.split(":", 1)[1] in caplog.text


def test_what_is_refused_is_logged(secret, caplog):
    pdf.print_html(_page(f'<img alt="" src="{secret.as_uri()}">'), limits=SHORT)

    assert f"asked for '{secret.as_uri()}'" in caplog.text


def test_picture_inside_the_page_is_printed(caplog):
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

    content = pdf.print_html(_page(f'<img alt="Một chấm" src="data:image/png;base64,{dot}">'))

    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages[0].get_images()) == 1
    assert caplog.text == ""


EATERS = {
    "colspan": "<table><tr><td colspan=1000000>x</table>",
    "rowspan": "<table>" + "<tr><td rowspan=65534>x" * 500 + "</table>",
    "columns": '<div style="columns: 100000">' + "x " * 50_000 + "</div>",
    "wide picture": "<img alt='' src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" "
    'width="1e9" height="1e9"><filter id="a"/></svg>\'>',
    "svg in itself": '<svg><g id="a"><use href="#a"/><use href="#a"/></g></svg>',
    "many pages": "<p style='break-after: page'>x" * 20_000,
}


@pytest.mark.parametrize("payload", EATERS.values(), ids=EATERS)
def test_greedy_page_ends_within_its_limits(payload):
    began = time.monotonic()

    with contextlib.suppress(RenderRefused):
        pdf.print_html(_page(payload), limits=Limits(memory_mb=256, cpu_s=2, wall_s=4))

    assert time.monotonic() - began < 12


def test_deep_page_is_refused_with_a_sentence():
    with pytest.raises(RenderRefused, match="too deep"):
        pdf.print_html("<div>" * 3000, limits=SHORT)


def test_page_that_takes_too_long_is_stopped():
    with pytest.raises(RenderTimeout, match="took too long"):
        pdf.print_html(_page(EATERS["colspan"]), limits=Limits(cpu_s=1, wall_s=2))


def test_page_that_takes_too_much_memory_is_refused():
    with pytest.raises(RenderRefused, match="memory"):
        pdf.print_html(_page("<p>x" * 50_000), limits=Limits(memory_mb=24))


def test_huge_word_is_printed():
    assert pdf.print_html(_page("x" * 200_000)).startswith(b"%PDF")


def test_list_of_more_than_two_thousand_rows_is_refused():
    with pytest.raises(RenderRefused, match="2000"):
        pdf.print_html("<table>" + "<tr><td>x" * 2001 + "</table>")


def test_renderer_goes_on_after_a_refusal():
    with pytest.raises(RenderRefused):
        pdf.print_html("<div>" * 3000, limits=SHORT)

    assert pdf.print_html(_page("x")).startswith(b"%PDF")


def test_renderer_starts_a_new_press_when_the_old_one_died():
    pdf.print_html(_page("x"))
    os.kill(pdf._press.process.pid, 9)
    time.sleep(0.1)

    assert pdf.print_html(_page("x")).startswith(b"%PDF")


def test_press_leaves_no_process_behind():
    pdf.print_html(_page("x"))
    press = pdf._press.process

    pdf.close()

    assert press.returncode == 0


def test_several_threads_can_print_at_once():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(pdf.print_html, [_page(f"Trang {n}") for n in range(8)]))

    assert all(page.startswith(b"%PDF") for page in pages)
    assert len(set(pages)) == 8


def test_press_gets_no_secret_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", SECRET)
    pdf.close()
    pdf.print_html(_page("x"))

    with open(f"/proc/{pdf._press.process.pid}/environ") as environment:
        assert SECRET not in environment.read()


def test_document_is_tagged_and_has_language_and_title():
    content = pdf.print_html(_page("<h1>Tiêu đề</h1>"))

    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "vi"
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot is not None
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Thử"
            assert metadata["pdfuaid:part"] == "1"


def _page(body):
    return f"<!doctype html><html lang=vi><title>Thử</title><body>{body}"


def _everything_in(content):
    """All text of a PDF: every stream unpacked, attachments too."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [obj for obj in document.objects if isinstance(obj, pikepdf.Stream)]
        return "".join(_unpacked(stream).decode("latin-1") for stream in streams)


def _unpacked(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
