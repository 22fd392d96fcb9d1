"""The verdict on one uploaded file; runs in a child process (core/documents/child.py)."""

import importlib
from pathlib import Path
from typing import Any

from core.documents.openers import kinds
from core.documents.openers.verdict import Refusal, refuse

# By name: the child starts for one file, and half a second of libraries are for another kind.
_OPENERS = {
    "pdf": ("papers", "check"),
    "docx": ("office", "check_document"),
    "xlsx": ("office", "check_workbook"),
    "jpg": ("images", "check_photograph"),
    "png": ("images", "check_png"),
}
_HEAD = 8192


def judge(question: dict[str, Any], _blob: bytes) -> tuple[dict[str, Any], bytes]:
    """`question`: path, extension, kinds, limits. The answer: kind, or refused and words."""
    path = Path(question["path"])
    try:
        kind = _known(path, question["extension"], question["kinds"])
        limits = question["limits"]
        _opener(*_OPENERS[kind])(path, {**limits, "most_rows": limits["rows"]})
    except Refusal as refusal:
        return {"refused": refusal.code, "words": refusal.words}, b""
    return {"kind": kind}, b""


def _known(path, extension, allowed):
    with path.open("rb") as file:
        kind = kinds.what_is(path, file.read(_HEAD))
    if kind == "old_office":
        _opener("office", "check_old")(path)
    if kind not in allowed:
        refuse("wrong_type", what=kind)
    if extension not in kinds.EXTENSIONS[kind]:
        refuse("wrong_name", what=kind)
    return kind


def _opener(module, name):
    return getattr(importlib.import_module(f"core.documents.openers.{module}"), name)
