"""Rows for tests, without surprises; states are reached through the workflows."""

from tests.factories.campaigns import award_round, award_type, campaign, quota
from tests.factories.people import member, person, unit, user

__all__ = ["award_round", "award_type", "campaign", "member", "person", "quota", "unit", "user"]
