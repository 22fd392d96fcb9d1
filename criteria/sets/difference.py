"""What a file would change in a set of criteria, in sentences."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from core.yaml.declaring import words
from core.yaml.kinds import Flag, Many, OneOf
from criteria.sets.export import settled
from criteria.sets.schema import Row, SetFile


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """`part` is the criterion, or "" for the set itself; `text` says what."""

    kind: Kind
    part: str
    text: str

    def __str__(self):
        return f"{self.part}: {self.text}" if self.part else self.text


def compare(before: SetFile | None, after: SetFile) -> list[Change]:
    """Changes from one set to another; from None, everything is added. Empty: the same."""
    after = settled(after)
    old = settled(before) if before else None
    found = [
        _change("", attribute, getattr(old, attribute.name, attribute.default), new)
        for _word, attribute in words(SetFile)
        if attribute.name not in ("format", "criteria")
        and (new := getattr(after, attribute.name))
        != getattr(old, attribute.name, attribute.default)
    ]
    return found + _rows(old.criteria if old else (), after.criteria)


def _rows(old: tuple[Row, ...], new: tuple[Row, ...]) -> list[Change]:
    before, after = {row.code: row for row in old}, {row.code: row for row in new}
    found = [Change(Kind.REMOVED, code, before[code].name) for code in before if code not in after]
    for code, row in after.items():
        if code not in before:
            found.append(Change(Kind.ADDED, code, row.name))
        elif before[code] != row:
            found += [
                _change(code, attribute, was, now)
                for _word, attribute in words(Row)
                if (was := getattr(before[code], attribute.name))
                != (now := getattr(row, attribute.name))
            ]
    stayed = [code for code in after if code in before]
    if stayed != [code for code in before if code in after]:
        found.append(Change(Kind.CHANGED, "", _("another order")))
    return found


def _change(part: str, attribute: Any, old: Any, new: Any) -> Change:
    label, kind = attribute.metadata["label"], attribute.metadata["kind"]
    was, now = _said(kind, old), _said(kind, new)
    if not was:
        return Change(Kind.ADDED, part, f"{label}: {now}")
    if not now:
        return Change(Kind.REMOVED, part, f"{label}: {was}")
    return Change(Kind.CHANGED, part, f"{label}: {was} → {now}")


def _said(kind: Any, value: Any) -> str:
    if value in (None, ()):
        return ""
    if isinstance(kind, Many):
        return ", ".join(_said(kind.of, member) for member in value)
    if isinstance(kind, OneOf):
        return str(dict(kind.choices)[value])
    if isinstance(kind, Flag):
        return _("yes") if value else _("no")
    return " / ".join(str(kind.write(value)).splitlines())
