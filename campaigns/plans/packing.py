"""Parts of a plan as plain data for one JSON column, and back again.

Only parts that no row rests on are kept like this; what units report on has tables.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from campaigns.plans import schema
from campaigns.plans.declaring import words
from campaigns.plans.kinds import Day, Many, Number, Record

PARTICULARS = (
    "superior",
    "measured_by",
    "read_from",
    "year_themes",
    "dropped",
    "indices",
    "facts",
    "solutions",
    "standards",
    "annexes",
    "sources",
    "notes",
    "printed",
)


def particulars(plan: schema.Plan) -> dict[str, Any]:
    """What the plan says in those parts; what it does not say is left out."""
    return {name: said for name, said in pack(plan).items() if name in PARTICULARS}


def with_particulars(plan: schema.Plan, packed: dict[str, Any]) -> schema.Plan:
    return replace(plan, **_values(schema.Plan, packed))


def pack(record: Any) -> dict[str, Any]:
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
    return cls(**_values(cls, packed))


def _values(cls: type, packed: dict[str, Any]) -> dict[str, Any]:
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
