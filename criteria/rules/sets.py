"""A set of criteria as the rules of scoring see it, and what is missing before it is used."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from core.findings import Finding
from criteria.models import CriteriaSet, Criterion
from criteria.rules import drawing_up, wording
from criteria.rules.scoring import Rule
from criteria.rules.totals import Item, Role

RULES_KEPT = 5_000  # read rules that a process keeps, some 2 kB each


def items(criteria: Iterable[Criterion]) -> tuple[Item, ...]:
    """The groups of a set with all that is in them, from its rows in any order."""
    inside: dict[int | None, list[Criterion]] = {}
    for row in criteria:
        inside.setdefault(row.group_id, []).append(row)
    return _level(inside, None, None)


def of_set(criteria_set: CriteriaSet) -> tuple[Item, ...]:
    """The same from the database, in one query."""
    return items(criteria_set.criteria.all())


def missing_to_lock(criteria_set: CriteriaSet) -> list[Finding]:
    """What must (or should) be mended before anybody is scored by the set."""
    found = unread_lines(criteria_set.criteria.all())
    return found + drawing_up.faults_in(of_set(criteria_set), criteria_set.stated_total)


def unread_lines(criteria: Iterable[Criterion]) -> list[Finding]:
    """Lines of rules that say nothing that can be counted."""
    return [
        Finding(f"{row.code}: {fault}", part=row.code)
        for row in criteria
        if row.kind
        for fault in wording.read_rule(row.kind, row.most or Decimal(0), "\n".join(row.rule))[1]
    ]


def rule_of(row: Criterion) -> Rule:
    """How one criterion is scored; lines that cannot be read are left out."""
    return _read(row.kind, str(row.most or 0), "\n".join(row.rule))


@lru_cache(maxsize=RULES_KEPT)
def _read(kind: str, most: str, text: str) -> Rule:
    """The same words are the same rule, and reading them costs more than all else of a sheet."""
    rule, _faults = wording.read_rule(kind, Decimal(most), text)
    return rule


def _level(
    inside: dict[int | None, list[Criterion]], key: int | None, role: Role | None
) -> tuple[Item, ...]:
    rows = sorted(inside.get(key, []), key=lambda row: row.place)
    return tuple(
        Item(
            key=row.pk,
            code=row.code,
            name=row.name,
            most=row.most,
            role=role or Role(row.role),
            rule=None if row.is_group else rule_of(row),
            members=_level(inside, row.pk, role or Role(row.role)),
        )
        for row in rows
    )
