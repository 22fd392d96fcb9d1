"""Acts on the rule book: the law's numbers, and sets of criteria."""

from criteria.services.drawing_up import (
    add,
    change,
    change_set,
    draw_up,
    fill,
    move,
    new_edition,
    remove,
)
from criteria.services.law import load_law, set_value

__all__ = [
    "add",
    "change",
    "change_set",
    "draw_up",
    "fill",
    "load_law",
    "move",
    "new_edition",
    "remove",
    "set_value",
]
