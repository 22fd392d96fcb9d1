"""Names of files: cleaned for keeping and showing, never used as a path."""

import re
import unicodedata
from pathlib import PurePosixPath

from core.text import nfc

LONGEST = 150
_RESERVED = re.compile(r'[<>:"|?*]')


def clean(name: str) -> str:
    """The name without folders, control and direction marks, at most `LONGEST` characters.

    A right-to-left override cannot hide the true ending: it is taken out first. What is
    left keeps its ending; a name of which nothing is left becomes "tep".
    """
    last = re.split(r"[/\\]", nfc(name))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    shown = " ".join(_RESERVED.sub("_", shown).split()).strip(" .-")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        return shown[:LONGEST] or "tep"
    ending = ending[:10]
    return f"{stem[: LONGEST - len(ending) - 1].strip() or 'tep'}.{ending}"


def extension(name: str) -> str:
    """Lower case, without the dot; "" for a name without one."""
    return PurePosixPath(name).suffix[1:].lower()


def with_extension(name: str, ending: str) -> str:
    return f"{PurePosixPath(name).stem}.{ending}"


def plain(name: str) -> str:
    """ASCII letters, for programs that read no other name in a header."""
    spread = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9 ._()-]", "_", _without_marks(spread))


def _without_marks(spread):
    return "".join(char for char in spread if not unicodedata.combining(char))
