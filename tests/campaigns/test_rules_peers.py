"""Who scores whom, and how fair it came out: nobody scores itself, nothing is changed silently."""

import random
from collections import Counter
from decimal import Decimal as D

import pytest

from campaigns.rules.peers import design, fairness, shifts
from criteria.rules.numbers import to_points

UNITS = list("ABCDEFGH")


@pytest.mark.parametrize("number", range(2, 16))
@pytest.mark.parametrize("each", [None, 1, 2, 3, 5])
def test_everybody_scores_and_is_scored_as_often_and_nobody_scores_itself(number, each):
    units = list(range(number))

    made = design(units, each)

    count = number - 1 if each is None else min(each, number - 1)
    assert all(unit not in scored for unit, scored in made.items())
    assert {len(set(scored)) for scored in made.values()} == {count}
    times = Counter(unit for scored in made.values() for unit in scored)
    assert set(times.values()) == {count}


def test_a_balanced_design_hangs_together():
    made = design(UNITS, 2)

    reached, waiting = {"A"}, ["A"]
    while waiting:
        for other in made[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    assert reached == set(UNITS)


def block(rng, units=UNITS, lenient=None, by=D("1.1"), spread=0.4, apart=D(4)):
    """Totals that scorers give: what a unit is worth and chance; `lenient` gives a tenth more."""
    worth = {unit: D(60) + apart * place for place, unit in enumerate(units)}
    given = {}
    for scorer, scored in design(units).items():
        for unit in scored:
            points = worth[unit] + D(str(round(rng.gauss(0, spread), 2)))
            given[unit, scorer] = to_points(points * (by if scorer == lenient else 1))
    return given


def places(placed):
    return {place.runner.key: place.number for place in placed}


def test_a_lenient_scorer_is_found_with_what_it_gives_too_much():
    found = shifts(block(random.Random(1), lenient="C"))

    assert max(found, key=found.get) == "C"
    assert 6 < found["C"] < 9
    assert all(-2 < shift < 0 for scorer, shift in found.items() if scorer != "C")


def test_a_lenient_scorer_changes_no_rank_after_correction_in_nine_of_ten_blocks():
    kept = moved = 0
    for seed in range(100):
        rng = random.Random(seed)
        units = UNITS[: rng.randint(6, 8)]
        lenient = rng.choice(units[1:])
        fair = fairness(units, block(random.Random(seed), units, apart=D("0.9"), spread=0.3))
        bent = fairness(
            units, block(random.Random(seed), units, lenient, apart=D("0.9"), spread=0.3)
        )
        kept += places(bent.corrected) == places(fair.plain)
        moved += places(bent.plain) != places(fair.plain)
    assert kept >= 90
    assert moved >= 60  # without the correction it does change places


def close_block(rng, lenient=None):
    """Units so close that a lenient scorer moves places: it cannot lift itself."""
    worth = {unit: D(80) + D(place) / 2 for place, unit in enumerate(UNITS)}
    return {
        (unit, scorer): to_points(worth[unit] * (D("1.1") if scorer == lenient else 1))
        for scorer, scored in design(UNITS).items()
        for unit in scored
    }


def test_a_place_lost_to_ones_own_leniency_is_shown_and_not_changed():
    bent = fairness(UNITS, close_block(None, lenient="H"))

    assert places(bent.plain)["H"] != 1
    assert places(bent.corrected)["H"] == 1
    assert ("H", places(bent.plain)["H"], 1) in bent.moved


def test_where_all_agree_nobody_is_strict():
    same = fairness(UNITS, close_block(None))

    assert set(same.shifts.values()) == {D(0)}
    assert same.moved == []


def test_chance_alone_is_hardly_called_leniency():
    found = shifts(block(random.Random(3), spread=1))

    assert max(abs(shift) for shift in found.values()) < 1


@pytest.mark.parametrize("number", [2, 3])
def test_few_scorers_are_called_neither_strict_nor_lenient(number):
    units = UNITS[:number]
    shown = fairness(units, block(random.Random(1), units, lenient="A"))

    assert shown.shifts == {}
    assert shown.corrected == []
    assert len(shown.plain) == number


def test_the_matrix_has_distances_from_the_median_of_its_row():
    given = {("A", "B"): D(80), ("A", "C"): D(82), ("A", "D"): D(90)}

    row, *others = fairness(["A", "B", "C", "D"], given).rows

    assert (row.median, row.mean) == (82, D("84.00"))
    assert row.distances == {"B": -2, "C": 0, "D": 8}
    assert [other.median for other in others] == [None, None, None]


def test_what_a_unit_gave_itself_is_compared_and_does_not_count():
    given = block(random.Random(5))

    shown = fairness(UNITS, given, own={"A": D(75)})

    assert 14 < shown.own_favour["A"] < 16
    assert shown.plain == fairness(UNITS, given).plain


def test_two_that_lift_each_other_are_named():
    given = block(random.Random(6))
    given["A", "B"] += 10
    given["B", "A"] += 12

    ((one, other, _by),) = fairness(UNITS, given).pairs

    assert {one, other} == {"A", "B"}


def test_empty_blocks_show_nothing():
    shown = fairness(UNITS, {})

    assert (shown.shifts, shown.plain, shown.moved, shown.pairs) == ({}, [], [], [])
