"""Parts of a plan as plain data for one JSON column, and back again.

Only parts that no row rests on are kept like this; what units report on has tables.
"""

from dataclasses import replace
from typing import Any

from campaigns.plans import schema
from core.yaml.packing import pack, values_of

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
    return replace(plan, **values_of(schema.Plan, packed))
