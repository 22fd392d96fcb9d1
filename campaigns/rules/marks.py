"""What a sheet's entries come to, stage by stage: always from what was typed.

The unit answers what the rule asks. Whoever looks at it after that agrees, or gives points;
where nothing is said the mark of the stage before stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Stage
from criteria.rules import answers, scoring
from criteria.rules.answers import Ask, Form
from criteria.rules.numbers import shown, to_points
from criteria.rules.scoring import KINDS, Mark, Rule, State
from criteria.rules.totals import Item, Total, criteria_of, total

OVER = (Stage.VERIFIED, Stage.APPRAISED)  # those whose marks stand over the unit's, in order
FEWEST = Decimal(-99_999)
Typed = Mapping[str, str]


def asks_at(rule: Rule, stage: str) -> tuple[Ask, ...]:
    """What somebody at a stage fills in for a criterion, in order."""
    if stage == Stage.OWN:
        return scoring.asks(rule)
    agree = Ask("agree", Form.YES, _("Agreed"), must=False)
    if rule.kind == "information":
        return (agree,)
    least, most = bounds(rule)
    return (Ask("points", Form.POINTS, _("Points"), must=False, least=least, most=most), agree)


def bounds(rule: Rule) -> tuple[Decimal, Decimal]:
    """The least and the most points that a criterion may come to."""
    if KINDS[rule.kind].takes_away:
        once = -rule.each if rule.kind == "penalty" and rule.each is not None else FEWEST
        return (once if rule.floor is None else rule.floor), Decimal(0)
    return min(rule.least, Decimal(0)), rule.most


def mark_of(rule: Rule, stage: str, given: Typed, before: Mark | None = None) -> Mark:
    """The mark of what was typed at a stage. `before` is what stood until then.

    What cannot be read is missing, and so is what was not looked at yet.
    """
    values, faults = answers.read_all(asks_at(rule, stage), dict(given))
    if stage == Stage.OWN:
        return Mark(state=State.MISSING) if faults else scoring.mark(rule, values)
    if values.get("points") is not None:
        points = to_points(values["points"])
        return Mark(points, f"{gettext('points given directly')}: {shown(points)}")
    if values.get("agree") and before:
        return before
    return Mark(state=State.MISSING)


@dataclass(frozen=True)
class Standing:
    """The marks of one criterion: the unit's, those of others of the block, and what stands
    after each later look (`after[stage]`). `advice`: what the department that knows would give;
    it counts nowhere, and is None where the department gave neither points nor its consent."""

    own: Mark
    peers: dict[int, Mark]
    after: dict[str, Mark]
    looked: frozenset[str]
    advice: Mark | None = None

    def at(self, stage: str) -> Mark:
        if stage == Stage.ADVISED:
            return self.advice or self.own
        return self.own if stage == Stage.OWN else self.after[stage]

    @property
    def final(self) -> Mark:
        return self.after[OVER[-1]]


def standing(rule: Rule, rows: Iterable[Any]) -> Standing:
    """The marks of one criterion from its entries (or rows like them), in any order."""
    by_stage: dict[str, Typed] = {}
    peers: dict[int, Typed] = {}
    for row in rows:
        if row.stage == Stage.PEER:
            peers[row.scorer_id] = row.given
        else:
            by_stage[row.stage] = row.given
    own = mark_of(rule, Stage.OWN, by_stage.get(Stage.OWN, {}))
    after, looked, now = {}, set(), own
    for stage in OVER:
        if stage in by_stage:
            mark = mark_of(rule, stage, by_stage[stage], now)
            if mark.state is not State.MISSING or by_stage[stage].get("agree"):
                looked.add(str(stage))
                now = mark
        after[str(stage)] = now
    others = {scorer: _by_peer(rule, given, own) for scorer, given in peers.items()}
    said = by_stage.get(Stage.ADVISED)
    advice = mark_of(rule, Stage.ADVISED, said, own) if said else None
    return Standing(own, others, after, frozenset(looked), advice)


def _by_peer(rule: Rule, given: Typed, own: Mark) -> Mark:
    mark = mark_of(rule, Stage.PEER, given, own)
    return own if mark.state is State.MISSING else mark


def standings(groups: Iterable[Item], rows: Iterable[Any]) -> dict[Any, Standing]:
    """The same for all criteria of a sheet, by their keys."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(row.criterion_id, []).append(row)
    return {
        item.key: standing(item.rule, found.get(item.key, ()))
        for item in criteria_of(groups)
        if item.rule
    }


def total_at(groups: tuple[Item, ...], held: Mapping[Any, Standing], stage: str) -> Total:
    """The sheet's total as it stands after a stage (not the peers')."""
    return total(groups, {key: one.at(stage) for key, one in held.items()})


def peer_totals(groups: tuple[Item, ...], held: Mapping[Any, Standing]) -> dict[int, Total]:
    """The total that each scorer of the block gave; where one said nothing, the unit's mark."""
    scorers = dict.fromkeys(scorer for one in held.values() for scorer in one.peers)
    return {
        scorer: total(groups, {k: one.peers.get(scorer, one.own) for k, one in held.items()})
        for scorer in scorers
    }


def mean(points: Iterable[Decimal]) -> Decimal | None:
    """The mean of totals, half up to two places; None without any."""
    listed = list(points)
    return to_points(sum(listed, Decimal(0)) / len(listed)) if listed else None
