"""Marks of a criterion from stage to stage."""

import datetime
from decimal import Decimal as D

from campaigns.models import ScoreEntry, Stage
from campaigns.rules import marks
from criteria.rules.scoring import Line, Rule, State

RATIO = Rule("ratio", D(20))
NOON = datetime.datetime(2025, 12, 1, 5, tzinfo=datetime.UTC)  # PostgreSQL would be asked for it


def entry(stage, scorer=1, **given):
    return ScoreEntry(stage=stage, scorer_id=scorer, given=given, at=NOON)


def test_what_nobody_looked_at_stands_as_the_unit_answered():
    held = marks.standing(RATIO, [entry(Stage.OWN, a="7", b="8")])

    assert held.own.points == held.final.points == D("17.50")
    assert held.looked == frozenset()


def test_points_given_later_stand_over_the_units_and_over_the_blocks():
    held = marks.standing(
        RATIO,
        [
            entry(Stage.OWN, a="7", b="8"),
            entry(Stage.VERIFIED, points="15"),
            entry(Stage.APPRAISED, points="12,5"),
        ],
    )

    assert held.after[Stage.VERIFIED].points == D(15)
    assert held.final.points == D("12.50")
    assert held.looked == {"verified", "appraised"}


def test_agreeing_takes_what_stood_before_even_if_it_is_not_counted():
    excluded = Rule("ratio", D(20), on_zero="exclude")
    held = marks.standing(
        excluded, [entry(Stage.OWN, a="0", b="0"), entry(Stage.VERIFIED, agree="yes")]
    )

    assert held.final.state is State.EXCLUDED
    assert held.looked == {"verified"}


def test_an_answer_that_cannot_be_read_is_missing_and_costs_nothing_else():
    assert marks.standing(RATIO, [entry(Stage.OWN, a="bảy", b="8")]).own.state is State.MISSING


def test_peers_stand_beside_and_never_over():
    held = marks.standing(
        RATIO,
        [entry(Stage.OWN, a="1", b="1"), entry(Stage.PEER, 5, points="10"), entry(Stage.PEER, 6)],
    )

    assert held.peers[5].points == D(10)
    assert held.peers[6].points == held.final.points == D(20)


def test_points_stay_within_what_the_criterion_can_bring():
    bonus = Rule("bonus", D(10), lines=(Line("Cờ", D(10)),))
    penalty = Rule("penalty", each=D(5))
    occurrences = Rule("per_occurrence", each=D(1), floor=D(-4))

    assert marks.bounds(RATIO) == (0, 20)
    assert marks.bounds(bonus) == (0, 10)
    assert marks.bounds(penalty) == (-5, 0)
    assert marks.bounds(occurrences) == (-4, 0)
    for rule, typed in ((RATIO, "21"), (penalty, "1"), (occurrences, "-5"), (RATIO, "NaN")):
        assert marks.mark_of(rule, Stage.APPRAISED, {"points": typed}).state is State.MISSING


def test_the_mean_is_rounded_half_up():
    assert marks.mean([D(1), D("1.01")]) == D("1.01")
    assert marks.mean([]) is None
