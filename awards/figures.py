"""Numbers of awards for people to look at. What is pending is not counted; revoked ones are not.

Each function takes the awards to count, so that a page and a report start from the same rows:

    rows = figures.standing(user, year=2025)
    figures.by_kind(rows)
"""

from typing import Any

from django.db.models import Count

from accounts.permissions import Perm
from awards.models import Award, NomineeKind
from awards.models.award import AwardQuerySet


def standing(user: Any, *, year: int | None = None) -> AwardQuerySet:
    """Valid awards that this person may count, of one year or of all."""
    rows = Award.objects.standing().visible_to(user, Perm.FIGURES_READ)
    return rows.filter(year=year) if year else rows


def by_kind(awards: AwardQuerySet) -> dict[str, int]:
    """{kind: number} for every kind, also those without awards."""
    return dict.fromkeys(NomineeKind.values, 0) | _counted(awards, "kind")


def _counted(awards: AwardQuerySet, field: str) -> dict[Any, int]:
    return dict(awards.order_by().values_list(field).annotate(number=Count("pk")))
