"""What pages show of campaigns, counted."""

from campaigns.figures.campaigns import bodies, days_in_words, phases, registrations, rounds
from campaigns.figures.dues import soon_due
from campaigns.figures.reports import count_waiting, waiting_for
from campaigns.figures.sheets import final_totals, places, ranking, to_judge, to_send
from campaigns.figures.waiting import count_lists, count_reminders

__all__ = [
    "bodies",
    "count_lists",
    "count_reminders",
    "count_waiting",
    "days_in_words",
    "final_totals",
    "phases",
    "places",
    "ranking",
    "registrations",
    "rounds",
    "soon_due",
    "to_judge",
    "to_send",
    "waiting_for",
]
