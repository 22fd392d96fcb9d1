"""The rule book: by which law, with which numbers."""

from criteria.models.legal_basis import LegalBasis
from criteria.models.parameter import Parameter

__all__ = ["LegalBasis", "Parameter"]
