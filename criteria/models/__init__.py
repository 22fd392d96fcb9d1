"""The rule book: by which law, with which numbers, measured by which criteria."""

from criteria.models.criteria_set import CriteriaSet, Criterion
from criteria.models.legal_basis import LegalBasis
from criteria.models.parameter import Parameter

__all__ = ["CriteriaSet", "Criterion", "LegalBasis", "Parameter"]
