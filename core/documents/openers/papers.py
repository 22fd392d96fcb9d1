"""PDF: opens without a password, has pages, does nothing by itself and carries nothing along.

The file is only read. A signed PDF must stay as it is to the byte.
"""

import mmap
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf

from core.documents.openers.verdict import refuse
from core.documents.openers.within import CODE, archive_or_program

_OBJECTS = 400_000
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_GOES_ON = re.compile(rb"\b\d+\s+\d+\s+obj\b|\bxref\b|\btrailer\b|\bstartxref\b")
_DOES = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/GoToE": "embedded",
    "/Rendition": "embedded",
    "/RichMediaExecute": "embedded",
}
# what a reader may do by a click, a paper may not by being opened, turned or pointed at
_REACHES_OUT = {"/SubmitForm", "/GoToR", "/URI", "/Thread"}
_CARRIES = {"/JS": "script", "/EF": "embedded", "/EmbeddedFiles": "embedded", "/XFA": "xfa"}
_EMBEDDED = {"/RichMedia", "/EmbeddedFile", "/3D", "/Movie", "/Screen"}


def check(path: Path, limits: dict[str, Any]) -> None:
    _one_thing_only(path)
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError:
        refuse("encrypted")
    except pikepdf.PdfError:
        refuse("damaged")
    with pdf:
        if pdf.is_encrypted:
            refuse("encrypted")
        _check_pages(pdf, limits["pages"])
        _check_objects(pdf)


def _one_thing_only(path):
    """Nothing but blanks behind the last %%EOF: an archive there would make two files of it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = data.rfind(b"%%EOF")
        if end < 0:
            refuse("damaged")
        if data[end + 5 :].strip(b"\r\n\t \0"):
            refuse("two_things")
        if archive_or_program(data) or _page_between(data):
            refuse("two_things")
    if zipfile.is_zipfile(path):
        refuse("two_things")


def _page_between(data):
    """A page or script behind the end of one state of the file and before the next begins.

    Signatures and notes are appended, so there may be many ends; of what stands within objects
    nobody is shown a page.
    """
    for end in _END.finditer(data):
        following = _GOES_ON.search(data, end.end())
        if CODE.search(data, end.end(), following.start() if following else len(data)):
            return True
    return False


def _check_pages(pdf, most):
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        refuse("damaged")
    if not count:
        refuse("damaged")
    if count > most:
        refuse("many_pages", count=count, most=most)


def _check_objects(pdf):
    """Every dictionary of the file, also those no page leads to."""
    if len(pdf.objects) > _OBJECTS:
        refuse("heavy")
    waiting = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream):
            found = found.stream_dict
            if "/F" in found or "/Ref" in found:  # its content, or a page, of another file
                refuse("reaches_out")
        if isinstance(found, pikepdf.Array):
            waiting += _direct(list(found))
        elif isinstance(found, pikepdf.Dictionary):
            _check_dictionary(found)
            waiting += _direct([value for _key, value in found.items()])


def _direct(values):
    """Containers written in place; the others stand in the list of objects themselves."""
    return [
        value
        for value in values
        if isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect
    ]


def _check_dictionary(found):
    for key in found:
        if key in _CARRIES:
            refuse(_CARRIES[key])
    for key in ("/S", "/Subtype", "/Type"):
        value = found.get(key)
        if isinstance(value, pikepdf.Name):
            if key == "/S" and str(value) in _DOES:
                refuse(_DOES[str(value)])
            if str(value) in _EMBEDDED:
                refuse("embedded")
    _check_acts([found.get("/OpenAction")])
    by_itself = found.get("/AA")
    if isinstance(by_itself, pikepdf.Dictionary):
        _check_acts([value for _trigger, value in by_itself.items()])


def _check_acts(waiting):
    """Actions that nobody asks for, each with those that follow it. A place in the file is none."""
    seen = set()
    while waiting:
        action = waiting.pop()
        if not isinstance(action, pikepdf.Dictionary) or action.objgen in seen:
            continue
        if action.is_indirect:
            seen.add(action.objgen)
        if str(action.get("/S")) in _REACHES_OUT:
            refuse("reaches_out")
        following = action.get("/Next")
        waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
