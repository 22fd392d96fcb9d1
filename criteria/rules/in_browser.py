"""What `static/js/points.js` needs of a sheet to count its points while somebody types.

Numbers are exact, as whole numbers or fractions: “3”, “3/2”. A mark is its points, "" where it is
missing, "x" where it is taken out.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from criteria.rules import scoring
from criteria.rules.answers import Ask, Form
from criteria.rules.scoring import Mark, Rule, State
from criteria.rules.totals import Item, criteria_of

RULES_KEPT = 5_000  # what pages were told of rules, some 1 kB each
STATES = {State.MISSING: "", State.EXCLUDED: "x"}


def sheet(groups: tuple[Item, ...], told: Callable[[Item], dict[str, Any]]) -> list[Any]:
    """The groups of a sheet with all that is in them; `told` adds to each criterion its `mark`
    and, where somebody may type, what is `asks`ed and its `rule`."""
    return [_node(item, told) for item in groups]


def marks(groups: tuple[Item, ...], mark_of: Callable[[Item], Mark]) -> list[str]:
    """The marks of all criteria, in the order of the sheet."""
    return [mark(mark_of(item)) for item in criteria_of(groups)]


def mark(counted: Mark) -> str:
    return STATES.get(counted.state, exact(counted.points))


@lru_cache(maxsize=RULES_KEPT)
def own(rule: Rule) -> dict[str, Any]:
    """What is asked of the unit, and how its answers are counted."""
    return {"asks": asks(scoring.asks(rule)), "rule": _rule(rule)}


def asks(asked: tuple[Ask, ...]) -> list[list[Any]]:
    """[[name, form, must, …]]: for a choice how many, for points least, most and step."""
    return [[ask.name, str(ask.form), int(ask.must), *_bounds(ask)] for ask in asked]


def exact(number: Decimal | Fraction) -> str:
    return str(Fraction(number))


def _node(item: Item, told: Callable[[Item], dict[str, Any]]) -> dict[str, Any]:
    node: dict[str, Any] = {} if item.most is None else {"most": exact(item.most)}
    if item.rule:
        return node | {"key": item.key} | told(item)
    inside = [_node(member, told) for member in item.members]
    return node | {"role": str(item.role), "members": inside}


def _bounds(ask: Ask) -> list[Any]:
    if ask.form is Form.CHOICE:
        return [len(ask.options)]
    if ask.form is not Form.POINTS:
        return []
    return [_optional(one) for one in (ask.least, ask.most, ask.step)]


def _rule(rule: Rule) -> dict[str, Any]:
    """Its settings but for those that say nothing; what lines and bands are worth is counted."""
    said: dict[str, Any] = {
        "kind": rule.kind,
        "most": exact(rule.most),
        "lines": [exact(line.worth(rule.most)) for line in rule.lines],
        "bands": [
            [exact(band.least), _optional(band.below), exact(band.line().worth(rule.most))]
            for band in rule.bands
        ],
        "on_zero": rule.on_zero if rule.on_zero != "zero" else "",
        "not_assigned": str(rule.not_assigned),
    }
    said |= {name: _optional(getattr(rule, name)) for name in ("target", "each", "floor")}
    return {name: value for name, value in said.items() if value}


def _optional(number: Decimal | None) -> str | None:
    return None if number is None else exact(number)
