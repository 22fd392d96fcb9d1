"""The register: what can be earned, and what has been granted."""

from awards.models.award import Award, Correction
from awards.models.award_type import Authority, AwardType, NomineeKind, PositionClass
from awards.models.decision import Decision

__all__ = [
    "Authority",
    "Award",
    "AwardType",
    "Correction",
    "Decision",
    "NomineeKind",
    "PositionClass",
]
