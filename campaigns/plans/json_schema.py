"""The format of plan files as JSON Schema, for editors that check while one writes.

Made from the one declaration in `schema.py`; `docs/plan-format.schema.json` is its copy.
"""

import json
from typing import Any

from campaigns.plans import schema
from campaigns.plans.deadlines import Deadline
from core.yaml.kinds import (
    Code,
    Day,
    DayOfYear,
    Flag,
    Many,
    Month,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SAID = {"type": ["string", "number", "boolean", "null"]}
DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$"
MONTH = r"^([0-9]{4}-[0-9]{2}|[0-9]{1,2}/[0-9]{4})$"


def written() -> str:
    """The whole schema as the text of a file; labels are in the language in use."""
    return json.dumps(whole(), ensure_ascii=False, indent=1) + "\n"


def whole() -> dict[str, Any]:
    groups: dict[str, Any] = {}
    plan = _record(schema.Plan, groups)
    head = {"$schema": DRAFT, "title": f"Kế hoạch thi đua, format {schema.FORMAT}"}
    return head | plan | {"$defs": dict(sorted(groups.items()))}


def _record(cls: type, groups: dict[str, Any]) -> dict[str, Any]:
    members, needed = {}, []
    for word, attribute in schema.words(cls):
        about = attribute.metadata
        members[word] = {"description": str(about["label"])} | _kind(about["kind"], groups)
        if about["must"]:
            needed.append(word)
    said = {"type": "object", "properties": members, "additionalProperties": False}
    return said | ({"required": needed} if needed else {})


def _kind(kind: Any, groups: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case Record(of):
            if of.__name__ not in groups:
                groups[of.__name__] = {}  # holds the place while its own members are made
                groups[of.__name__] = _record(of, groups)
            return {"$ref": f"#/$defs/{of.__name__}"}
        case Many(of, _key, most):
            return {"type": "array", "items": _kind(of, groups), "maxItems": most}
        case OneOf(choices):
            return {"enum": [word for word, _label in choices]}
        case Whole(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Flag():
            return {"enum": [True, False, *sorted(Flag.YES | Flag.NO)]}
    return _value(kind)


def _value(kind: Any) -> dict[str, Any]:
    match kind:
        case Text(most):
            return SAID | {"maxLength": most}
        case Code(most):
            return SAID | {"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$", "maxLength": most}
        case Number(most):
            return {
                "anyOf": [
                    {"type": "number", "minimum": 0, "maximum": most},
                    {"type": "string", "pattern": r"^[0-9]{1,12}([.,][0-9]{1,4})?$"},
                ]
            }
        case Day():
            return {"type": "string", "pattern": DAY}
        case Month():
            return {"type": "string", "pattern": MONTH}
        case Deadline() | DayOfYear():
            return SAID
    raise TypeError(f"{kind!r} has no JSON Schema")
