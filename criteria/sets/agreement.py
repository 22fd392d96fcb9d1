"""Whether the rows of a set fit together, as far as the file alone can tell."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from core.yaml.reading import Path
from criteria.models import Criterion
from criteria.rules import numbers, wording
from criteria.rules.written import group_of
from criteria.sets.schema import Row, SetFile

Missing = Iterator[tuple[Path, str]]


def missing_in(said: SetFile | None) -> Missing:
    """Where the file does not agree with itself: (path, sentence)."""
    if said is None:
        return
    if said.total is not None and said.total != numbers.to_points(said.total):
        yield ("total",), _too_fine()
    rows = [row for row in said.criteria if row is not None]
    codes = {row.code for row in rows if row.code}
    groups = {row.code for row in rows if row.code and not row.kind}
    seen: set[str] = set()
    for place, row in enumerate(said.criteria):
        if row is None or not row.code:
            continue
        path = ("criteria", place)
        if row.code in seen:
            yield (*path, "code"), _("This number stands in the set already.")
        seen.add(row.code)
        yield from _row(row, path, codes, groups)
    yield from _circles(said)


def parents(said: SetFile) -> dict[str, str]:
    """The number of the group of each row by its own; "" at the top."""
    codes = {row.code for row in said.criteria}
    return {
        row.code: "" if row.top else row.group or group_of(row.code, codes) for row in said.criteria
    }


def _row(row: Row, path: Path, codes: set[str], groups: set[str]) -> Missing:
    above = group_of(row.code, codes)
    if row.group and (row.top or row.group not in groups):
        yield (*path, "group"), _("“%(code)s” is no group of this file.") % {"code": row.group}
    elif above and above not in groups and not row.top and not row.group:
        yield (*path, "code"), _("“%(code)s” is no group of this file.") % {"code": above}
    if row.role not in (None, Criterion.Role.BASE) and (row.group or (above and not row.top)):
        yield (*path, "role"), _("Only a group at the top says this; what is inside follows it.")
    if row.most is not None and row.most != numbers.to_points(row.most):
        yield (*path, "most"), _too_fine()
    if row.rule and not row.kind:
        yield (*path, "rule"), _("Say the way of scoring for this rule.")
    elif row.rule:
        _rule, unclear = wording.read_rule(row.kind, row.most or Decimal(0), row.rule)
        for text in unclear:
            yield (*path, "rule"), text


def _circles(said: SetFile) -> Missing:
    if any(row is None or not row.code for row in said.criteria):
        return
    above = parents(said)
    for place, row in enumerate(said.criteria):
        code, steps = above[row.code], 0
        while code and code != row.code and steps <= len(above):
            code, steps = above.get(code, ""), steps + 1
        if code == row.code:
            yield ("criteria", place, "group"), _("A group cannot stand inside itself.")


def _too_fine() -> str:
    return _("Points are from 0 to 99.999, with two decimals at most.")
