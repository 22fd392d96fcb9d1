"""Acts on campaigns, on blocks and their score sheets."""

from campaigns.services.blocks import (
    copy_block,
    keep_pledge,
    leave_unranked,
    name_heads,
    open_sheets,
    save_block,
    share_out_scoring,
)
from campaigns.services.bulk import CellAt, give_many, undo_many
from campaigns.services.campaigns import give_back_place, join, leave, take_place
from campaigns.services.counting import Recount, recount
from campaigns.services.desk import Change
from campaigns.services.editions import adopt_edition
from campaigns.services.evidence import drop_use, keep_evidence, remove_evidence, use_evidence
from campaigns.services.judging import (
    mend_criterion,
    object_to,
    open_peers,
    publish,
    return_criterion,
)
from campaigns.services.sheets import Kept, Stale, save_entries

__all__ = [
    "CellAt",
    "Change",
    "Kept",
    "Recount",
    "Stale",
    "adopt_edition",
    "copy_block",
    "drop_use",
    "give_back_place",
    "give_many",
    "join",
    "keep_evidence",
    "keep_pledge",
    "leave",
    "leave_unranked",
    "mend_criterion",
    "name_heads",
    "object_to",
    "open_peers",
    "open_sheets",
    "publish",
    "recount",
    "remove_evidence",
    "return_criterion",
    "save_block",
    "save_entries",
    "share_out_scoring",
    "take_place",
    "undo_many",
    "use_evidence",
]
