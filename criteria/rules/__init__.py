"""What follows from the rule book: the numbers of the law, and how points are counted."""

from criteria.rules.law import NotSet, parameter, value

__all__ = ["NotSet", "parameter", "value"]
