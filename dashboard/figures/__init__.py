"""The leaders' numbers, and the sentences made of them."""

from dashboard.figures.brief import sentences
from dashboard.figures.nominees import (
    NOMINEES,
    by_kind,
    chosen,
    direct_workers,
    nominees,
    quotas,
)
from dashboard.figures.numbers import (
    FUNNEL,
    READS,
    SELECTIONS,
    UNITS,
    cells,
    counts,
    dossiers,
    registered,
    rounds,
    selected,
    sent_by_day,
    sent_by_kind,
    with_dossier,
    without_dossier,
)

__all__ = [
    "FUNNEL",
    "NOMINEES",
    "READS",
    "SELECTIONS",
    "UNITS",
    "by_kind",
    "cells",
    "chosen",
    "counts",
    "direct_workers",
    "dossiers",
    "nominees",
    "quotas",
    "registered",
    "rounds",
    "selected",
    "sent_by_day",
    "sent_by_kind",
    "sentences",
    "with_dossier",
    "without_dossier",
]
