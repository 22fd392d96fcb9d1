"""What pages show of dossiers, counted."""

from dossiers.figures.desk import SOON, dress, incoming_counts, queue_counts, soon
from dossiers.figures.outcomes import Outcome, outcomes

__all__ = [
    "SOON",
    "Outcome",
    "dress",
    "incoming_counts",
    "outcomes",
    "queue_counts",
    "soon",
]
