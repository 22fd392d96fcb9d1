"""Acts on campaigns."""

from campaigns.services.campaigns import give_back_place, join, leave, take_place

__all__ = ["give_back_place", "join", "leave", "take_place"]
