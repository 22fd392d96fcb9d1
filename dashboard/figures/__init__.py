"""The leaders' numbers, and the sentences made of them."""

from dashboard.figures.brief import sentences
from dashboard.figures.numbers import (
    FUNNEL,
    READS,
    SELECTIONS,
    cells,
    counts,
    dossiers,
    nominees,
    quotas,
    registered,
    rounds,
    selected,
    sent_by_day,
    sent_by_kind,
    standing,
    without_dossier,
)

__all__ = [
    "FUNNEL",
    "READS",
    "SELECTIONS",
    "cells",
    "counts",
    "dossiers",
    "nominees",
    "quotas",
    "registered",
    "rounds",
    "selected",
    "sent_by_day",
    "sent_by_kind",
    "sentences",
    "standing",
    "without_dossier",
]
