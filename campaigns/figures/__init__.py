"""What pages show of campaigns, counted."""

from campaigns.figures.campaigns import bodies, days_in_words, phases, registrations, rounds

__all__ = ["bodies", "days_in_words", "phases", "registrations", "rounds"]
