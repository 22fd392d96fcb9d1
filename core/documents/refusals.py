"""Why a file was not accepted, in sentences that say what to do."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from core.documents import names

WHAT = {
    "pdf": gettext_lazy("a PDF"),
    "docx": gettext_lazy("a Word document (.docx)"),
    "xlsx": gettext_lazy("an Excel workbook (.xlsx)"),
    "jpg": gettext_lazy("a JPEG picture"),
    "png": gettext_lazy("a PNG picture"),
    "program": gettext_lazy("a program (.exe)"),
    "zip": gettext_lazy("an archive (.zip)"),
    "old_office": gettext_lazy("an old Office file (.doc, .xls)"),
    "slides": gettext_lazy("a presentation (.pptx)"),
    "html": gettext_lazy("a web page (.html)"),
    "svg": gettext_lazy("an SVG drawing"),
    "rtf": gettext_lazy("an RTF text"),
    "text": gettext_lazy("plain text (.txt)"),
    "image": gettext_lazy("a picture that is neither JPEG nor PNG"),
    "media": gettext_lazy("a film or sound"),
    "unknown": gettext_lazy("a file of an unknown kind"),
}

SENTENCES = {
    "empty": gettext_lazy("“%(name)s” is empty. Choose the file again."),
    "too_large": gettext_lazy(
        "“%(name)s” is larger than %(most)s. Make it smaller or split it, then upload again."
    ),
    "program": gettext_lazy(
        "“%(name)s” is really %(what)s, not a document. "
        "Do not open it: ask who gave it to you for the document itself."
    ),
    "disguised": gettext_lazy(
        "“%(name)s” is really %(what)s, so it is not accepted. "
        "Open it, save it anew in a kind that is asked for here, then upload again."
    ),
    "not_taken": gettext_lazy(
        "“%(name)s” is %(what)s, which is not accepted here. "
        "Save the document as PDF, then upload again."
    ),
    "wrong_name": gettext_lazy(
        "“%(name)s” is really %(what)s. Rename it to “%(better)s”, then upload again."
    ),
    "encrypted": gettext_lazy(
        "“%(name)s” is locked with a password. Save a copy without one, then upload again."
    ),
    "macro": gettext_lazy(
        "“%(name)s” contains macros. Save it without macros or as PDF, then upload again."
    ),
    "ole": gettext_lazy(
        "“%(name)s” has another file or object inside. Save it as PDF, then upload again."
    ),
    "dde": gettext_lazy(
        "“%(name)s” calls another program (DDE). Remove that link or save it as PDF."
    ),
    "template": gettext_lazy(
        "“%(name)s” loads its template from elsewhere. Save it as PDF, then upload again."
    ),
    "outside": gettext_lazy(
        "“%(name)s” loads content from elsewhere. Save it as PDF, then upload again."
    ),
    "xml": gettext_lazy(
        "“%(name)s” is built in an unsafe way. Do not open it: ask who made it for a PDF of it."
    ),
    "script": gettext_lazy(
        "“%(name)s” contains JavaScript. Print it to a new PDF and upload that."
    ),
    "launch": gettext_lazy(
        "“%(name)s” starts programs when opened. Print it to a new PDF and upload that."
    ),
    "reaches_out": gettext_lazy(
        "“%(name)s” calls another place by itself. Print it to a new PDF and upload that."
    ),
    "embedded": gettext_lazy(
        "“%(name)s” has files attached inside. Upload those separately, and a PDF without them."
    ),
    "xfa": gettext_lazy("“%(name)s” is an XFA form. Print it to a new PDF and upload that."),
    "damaged": gettext_lazy(
        "“%(name)s” cannot be read; it may be damaged. "
        "Take it once more from where it was made, then upload again."
    ),
    "two_things": gettext_lazy(
        "“%(name)s” has another file hidden in it. Do not open it: ask who made it for a PDF of it."
    ),
    "bomb": gettext_lazy(
        "“%(name)s” unpacks to more than is allowed. Make it smaller or save it as PDF."
    ),
    "many_entries": gettext_lazy(
        "“%(name)s” has %(count)s parts inside; at most %(most)s are allowed. Save it as PDF."
    ),
    "many_rows": gettext_lazy(
        "“%(name)s” has more than %(rows)s rows. Keep only the rows that are needed."
    ),
    "many_pages": gettext_lazy(
        "“%(name)s” has %(count)s pages; at most %(most)s are allowed. Split it into several files."
    ),
    "many_pixels": gettext_lazy(
        "“%(name)s” has too many pixels (%(count)s). Make the picture smaller, then upload again."
    ),
    "heavy": gettext_lazy(
        "“%(name)s” takes too long to check. Make it simpler or print it to a new PDF."
    ),
    "disk_full": gettext_lazy(
        "The server has no room for “%(name)s” now. What you typed is still here; try again later."
    ),
}


class Refused(Exception):
    """The file was not accepted; `sentence` says why and what to do."""

    def __init__(self, sentence: str, code: str = ""):
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def refused(code: str, name: str, **words: Any) -> Refused:
    """`words`: what, count, most, rows; see `SENTENCES`."""
    kind = words.get("what", "")
    if code == "wrong_type" and kind == "program":
        code = "program"
    elif code == "wrong_type":
        code = "disguised" if _looks_accepted(name) else "not_taken"
    filled = {key: _shown(key, value, code) for key, value in words.items()}
    better = names.with_extension(name, kind)
    return Refused(str(SENTENCES[code]) % {**filled, "name": name, "better": better}, code)


def _looks_accepted(name):
    return names.extension(name) in {"pdf", "docx", "xlsx", "jpg", "jpeg", "png"}


def _shown(key, value, code):
    if key == "what":
        return WHAT.get(value, WHAT["unknown"])
    if code == "too_large":
        return megabytes(value)
    return number_format(value, force_grouping=True)


def megabytes(limit: int) -> str:
    """A limit in bytes for people: “50 MB”, “1,5 MB”."""
    count = limit / 1024 / 1024
    return f"{number_format(count, 0 if count.is_integer() else 1)}\xa0MB"
