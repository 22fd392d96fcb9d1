"""Records as plain data for one JSON column, and back again."""

from datetime import date
from decimal import Decimal
from typing import Any

from core.yaml.declaring import words
from core.yaml.kinds import Day, Many, Number, Record


def pack(record: Any) -> dict[str, Any]:
    """Its named values; what it does not say is left out."""
    packed = {}
    for word, attribute in words(type(record)):
        value = getattr(record, attribute.name)
        if value not in (None, ()):
            packed[word] = _packed(attribute.metadata["kind"], value)
    return packed


def _packed(kind: Any, value: Any) -> Any:
    if isinstance(kind, Record):
        return pack(value)
    if isinstance(kind, Many):
        return [_packed(kind.of, member) for member in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def unpack(cls: type, packed: dict[str, Any]) -> Any:
    return cls(**values_of(cls, packed))


def values_of(cls: type, packed: dict[str, Any]) -> dict[str, Any]:
    """The attributes of `cls` that `packed` says."""
    return {
        attribute.name: _unpacked(attribute.metadata["kind"], packed[word])
        for word, attribute in words(cls)
        if word in packed
    }


def _unpacked(kind: Any, value: Any) -> Any:
    if isinstance(kind, Record):
        return unpack(kind.of, value)
    if isinstance(kind, Many):
        return tuple(_unpacked(kind.of, member) for member in value)
    if isinstance(kind, Day):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Number) else value
