"""Questions about units and people, and what stands in the way of a reorganisation."""

from accounts.rules.names import (
    answering_for,
    name_on,
    names_on,
    predecessors_of,
    predecessors_of_each,
    standing_for,
)
from accounts.rules.reorganising import DISTRICTS_END, NewUnit, Order, missing_to_reorganise
from accounts.rules.years import AS_TODAY, AS_WAS, Standing, as_today

__all__ = [
    "AS_TODAY",
    "AS_WAS",
    "DISTRICTS_END",
    "NewUnit",
    "Order",
    "Standing",
    "answering_for",
    "as_today",
    "missing_to_reorganise",
    "name_on",
    "names_on",
    "predecessors_of",
    "predecessors_of_each",
    "standing_for",
]
