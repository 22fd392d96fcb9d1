"""How a file is declared: a class for each group of named values, an attribute for each of them."""

from collections.abc import Iterator
from dataclasses import Field, field, fields
from typing import Any

from core.yaml.kinds import Many


def said(kind: Any, label: Any, *, must: bool = False, word: str = "") -> Any:
    """An attribute of the file. `must`: a file without it is refused."""
    about = {"kind": kind, "label": label, "must": must, "word": word}
    return field(default=() if isinstance(kind, Many) else None, metadata=about)


def words(cls: type) -> Iterator[tuple[str, Field]]:
    """(word in the file, attribute) in canonical order."""
    for attribute in fields(cls):
        if attribute.metadata:
            yield attribute.metadata["word"] or attribute.name, attribute
