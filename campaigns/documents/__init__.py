"""Papers and workbooks of a running campaign. Paper is Vietnamese always."""

from campaigns.documents.aims import aim_list, aim_receipt
from campaigns.documents.reports import results_of, results_over, synthesis, units_over
from campaigns.documents.scores import annex_context, ranking, ranking_context, score_annex

__all__ = [
    "aim_list",
    "aim_receipt",
    "annex_context",
    "ranking",
    "ranking_context",
    "results_of",
    "results_over",
    "score_annex",
    "synthesis",
    "units_over",
]
