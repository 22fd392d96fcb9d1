"""Acts on units, people and their rights."""

from accounts.rules import NewUnit, Order
from accounts.services.beginning import administrators, begin, has_just_begun
from accounts.services.following import Carry, Closing, register
from accounts.services.leaving import people_of
from accounts.services.loading import load_reorganisation, may_load, try_out
from accounts.services.people import (
    end_membership,
    grant,
    move_clock,
    notify,
    people_who,
    read_notices,
    save_user,
)
from accounts.services.reorganising import (
    Foreseen,
    foresee,
    merge_units,
    rename_unit,
    reorganise,
)
from accounts.services.undoing import missing_to_undo, undo
from accounts.services.units import found_unit, move_unit
from core.workflow import Blocked

__all__ = [
    "Blocked",
    "Carry",
    "Closing",
    "Foreseen",
    "NewUnit",
    "Order",
    "administrators",
    "begin",
    "end_membership",
    "foresee",
    "found_unit",
    "grant",
    "has_just_begun",
    "load_reorganisation",
    "may_load",
    "merge_units",
    "missing_to_undo",
    "move_clock",
    "move_unit",
    "notify",
    "people_of",
    "people_who",
    "read_notices",
    "register",
    "rename_unit",
    "reorganise",
    "save_user",
    "try_out",
    "undo",
]
