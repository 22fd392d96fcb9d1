"""Numbers of awards for people to look at. What is pending is not counted; revoked ones are not.

Each function takes the awards to count, so that a page and a report start from the same rows:

    rows = figures.standing(user, year=2025)
    figures.by_kind(rows)
"""

from typing import Any

from django.db.models import Count

from accounts.permissions import Perm
from awards.models import Award, NomineeKind, PositionClass
from awards.models.award import AwardQuerySet


def standing(user: Any, *, year: int | None = None) -> AwardQuerySet:
    """Valid awards that this person may count, of one year or of all."""
    rows = Award.objects.standing().visible_to(user, Perm.FIGURES_READ)
    return rows.filter(year=year) if year else rows


def by_type(awards: AwardQuerySet) -> list[tuple[str, str, int]]:
    """(code, short name, number), as the catalogue is ordered; types without awards left out."""
    fields = ("award_type__level", "award_type__code", "award_type__short_name")
    rows = awards.order_by(*fields).values_list(*fields).annotate(number=Count("pk"))
    return [(code, name, number) for _level, code, name, number in rows]


def by_kind(awards: AwardQuerySet) -> dict[str, int]:
    """{kind: number} for every kind, also those without awards."""
    return dict.fromkeys(NomineeKind.values, 0) | _counted(awards, "kind")


def by_position_class(awards: AwardQuerySet) -> dict[str, int]:
    """{class: number} of individuals, for every class of form 0603.N; "" where none was given."""
    individuals = awards.filter(kind=NomineeKind.INDIVIDUAL)
    return dict.fromkeys(PositionClass.values, 0) | _counted(individuals, "position_class")


def by_year(awards: AwardQuerySet) -> dict[int, int]:
    """{year: number}, the oldest first; years without awards left out."""
    return dict(sorted(_counted(awards, "year").items()))


def _counted(awards: AwardQuerySet, field: str) -> dict[Any, int]:
    return dict(awards.order_by().values_list(field).annotate(number=Count("pk")))
