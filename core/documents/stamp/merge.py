"""Many one-page PDFs as one, for printing."""

import hashlib
import io
import re
from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name, String

from core.documents.stamp.embed import packed

SHARED = (Name.Font, Name.XObject)
REFERENCE = re.compile(rb"(\d+) (\d+) R\b")


def merge(pdfs: Iterable[bytes], *, title: str = "") -> bytes:
    """One PDF of all pages, in order; what they have in common (art, fonts) is kept once.

    Each page keeps only its own drawing: attachments and tags stay with the single files, and no
    page can reach another's words or pictures. Takes the files one at a time.
    """
    with pikepdf.new() as book:
        known: dict[bytes, pikepdf.Object] = {}
        for content in pdfs:
            with pikepdf.open(io.BytesIO(content)) as source:
                for page in source.pages:
                    _add(book, source, page, known)
        book.Root.Lang = String("vi")
        if title:
            book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            book.docinfo[Name.Title] = String(title)
        out = io.BytesIO()
        modes = pikepdf.ObjectStreamMode
        book.save(out, object_stream_mode=modes.generate, deterministic_id=True)
        return out.getvalue()


def _add(
    book: pikepdf.Pdf, source: pikepdf.Pdf, page: pikepdf.Page, known: dict[bytes, pikepdf.Object]
) -> None:
    drawing = page.obj.Contents
    parts = list(drawing) if isinstance(drawing, pikepdf.Array) else [drawing]
    content = b"\n".join(part.read_bytes() for part in parts)
    resources = Dictionary()
    for kind in SHARED:
        held = page.resources.get(kind, Dictionary())
        resources[kind] = Dictionary()
        for name, thing in held.items():
            resources[kind][name] = _once(book, source, thing, known)
    fresh = Dictionary(
        Type=Name.Page,
        MediaBox=[float(side) for side in page.mediabox],
        Resources=resources,
        Contents=packed(book, content),
    )
    book.pages.append(pikepdf.Page(book.make_indirect(fresh)))


def _once(
    book: pikepdf.Pdf,
    source: pikepdf.Pdf,
    thing: pikepdf.Object,
    known: dict[bytes, pikepdf.Object],
) -> pikepdf.Object:
    """The copy of `thing` in the book: a new one only if nothing equal was copied before."""
    digest = hashlib.sha256()
    _feed(digest, source, thing, set())
    key = digest.digest()
    if key not in known:
        known[key] = book.copy_foreign(thing)
    return known[key]


def _feed(digest, source, thing, seen):
    """Hash an object as it is written, with all that it refers to in place of their numbers."""
    if thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.Stream):
        digest.update(hashlib.sha256(thing.read_raw_bytes()).digest())
        thing = thing.stream_dict
    words = thing.unparse(resolved=True)
    digest.update(REFERENCE.sub(b"R", words))
    for number, generation in REFERENCE.findall(words):
        _feed(digest, source, source.get_object(int(number), int(generation)), seen)
