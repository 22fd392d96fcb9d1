"""The life of a dossier."""

from dossiers.workflow.table import DOSSIER

__all__ = ["DOSSIER"]
