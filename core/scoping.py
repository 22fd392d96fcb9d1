"""Which rows a person may touch: those that answer to a unit inside the person's reach.

A model says how to get from a row to the unit it answers to (`unit_lookup`), and, where
a permission belongs to another unit than the owner's, which (`unit_lookups`). Permissions
in `shared_below` also reach upwards: a plan of the province is read by all its units. The
list rule and the one-object rule both read those lines, so they cannot drift apart.
"""

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q

STEP = 4  # characters of one level in a treebeard path


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, user: Any, *perms: str) -> "ScopedQuerySet":
        """Rows on which this user holds any of `perms`; none without a membership."""
        if any(user.reaches_all(p) and _always_answers(self.model, p) for p in perms):
            return self.all()
        inside = [
            rule
            for perm in perms
            for path in user.reach(perm)
            for rule in _rules(self.model, perm, path)
        ]
        return self.filter(reduce(or_, inside)) if inside else self.none()


def unit_of(obj: Any, perm: str | None = None) -> Any:
    """The unit a row answers to; None when an optional link on the way is empty."""
    for name in filter(None, _lookup(type(obj), perm).split("__")):
        obj = obj and getattr(obj, name)
    return obj


def covers(paths: Iterable[str], obj: Any, perm: str) -> bool:
    """Whether a row answers to a unit under one of these paths (or above, if shared)."""
    unit = unit_of(obj, perm)
    if unit is None:
        return False
    shared = perm in _shared(type(obj))
    return any(unit.path.startswith(p) or (shared and p.startswith(unit.path)) for p in paths)


def places_covering(obj: Any, perm: str, path: str) -> Q:
    """`covers` for a query: places (`path` is the lookup of their path) from which a row is seen."""
    unit = unit_of(obj, perm)
    if unit is None:
        return Q(pk__in=[])
    found = Q(**{f"{path}__in": ancestors(unit.path)})
    if perm in _shared(type(obj)):
        found |= Q(**{f"{path}__startswith": unit.path})
    return found


def ancestors(path: str) -> list[str]:
    """The paths of a place and of everything above it, from the root down."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _lookup(model: type, perm: str | None) -> str:
    return getattr(model, "unit_lookups", {}).get(perm, getattr(model, "unit_lookup", ""))


@cache
def _always_answers(model: type[models.Model], perm: str) -> bool:
    """Whether every row answers to a unit: no link on the way there may be empty."""
    for name in filter(None, _lookup(model, perm).split("__")):
        field: Any = model._meta.get_field(name)
        if field.null:
            return False
        model = field.related_model
    return True


def _shared(model: type) -> frozenset[str]:
    return getattr(model, "shared_below", frozenset())


def _rules(model: type, perm: str, path: str) -> Iterable[Q]:
    place = "__".join(filter(None, [_lookup(model, perm), "path"]))
    yield Q(**{f"{place}__startswith": path})
    if perm in _shared(model):
        yield Q(**{f"{place}__in": ancestors(path)})
