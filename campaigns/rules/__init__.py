"""What campaigns allow, and what is missing."""

from campaigns.rules.campaigns import (
    first_day,
    is_open,
    last_day,
    missing_to_join,
    missing_to_leave,
    missing_to_take,
    units_named,
    units_to_register,
    users_of,
)
from campaigns.rules.launching import contents_left_open, hints_to_launch, missing_to_launch
from campaigns.rules.permits import permit_for
from campaigns.rules.places import (
    Share,
    all_taken,
    base_of,
    block_of,
    share_for,
    shares_now,
    size_of,
)

__all__ = [
    "Share",
    "all_taken",
    "base_of",
    "block_of",
    "contents_left_open",
    "first_day",
    "hints_to_launch",
    "is_open",
    "last_day",
    "missing_to_join",
    "missing_to_launch",
    "missing_to_leave",
    "missing_to_take",
    "permit_for",
    "share_for",
    "shares_now",
    "size_of",
    "units_named",
    "units_to_register",
    "users_of",
]
