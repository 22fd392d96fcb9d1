"""Judgement about awards and decisions."""

from awards.rules.granting import (
    PastAwards,
    already_awarded,
    may_grant,
    missing_for,
    name_findings,
    past_awards,
    past_awards_of,
)
from awards.rules.signing import missing_to_issue, unsound_later, unsound_signing

__all__ = [
    "PastAwards",
    "already_awarded",
    "may_grant",
    "missing_for",
    "missing_to_issue",
    "name_findings",
    "past_awards",
    "past_awards_of",
    "unsound_later",
    "unsound_signing",
]
