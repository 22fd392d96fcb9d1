"""The life of a dossier."""

from dossiers.workflow import following
from dossiers.workflow.table import DOSSIER

__all__ = ["DOSSIER", "following"]
