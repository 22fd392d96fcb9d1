"""Every way of scoring with its edges; worked examples of published sheets (domain 2.5)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.rules.answers import read_all
from criteria.rules.scoring import (
    KINDS,
    Band,
    Line,
    NotAssigned,
    Rule,
    State,
    asks,
    mark,
)

MEETINGS = Rule(
    "count_bands",
    D(20),
    bands=tuple(Band(D(n), points=D(5 * n)) for n in (4, 3, 2, 1)),
)
HEAD = Rule(
    "options",
    D(10),
    lines=(
        Line("Trưởng ban là Bí thư hoặc Chủ tịch", share=D(1)),
        Line("Trưởng ban là Phó Bí thư hoặc Phó Chủ tịch", share=D("0.5")),
        Line("Chưa có, hoặc không phải lãnh đạo", share=D(0)),
    ),
)
CHAIRS = Rule(
    "parts",
    D(10),
    lines=(
        Line("Tham gia đầy đủ phiên họp của Tỉnh", share=D("0.5")),
        Line("Chủ trì các cuộc họp của huyện", share=D("0.5")),
    ),
)
RATIO = Rule("ratio", D(20))
SHARE = Rule(
    "percent_bands",
    D(10),
    bands=(
        Band(D(90), share=D(1)),
        Band(D(70), D(90), share=D("0.5")),
        Band(D(0), D(70), points=D(0)),
    ),
)
LATE = Rule("per_occurrence", each=D("0.5"), floor=D(-2))
WARNED = Rule("penalty", each=D(5))
FLAGS = Rule(
    "bonus",
    D(20),
    lines=(
        Line("Cờ thi đua của Thành phố", points=D(10)),
        Line("Cờ thi đua của Chính phủ", points=D(15)),
    ),
)
BY_HAND = Rule("manual", D("0.75"), step=D("0.25"))


@pytest.mark.parametrize(
    ("rule", "given_", "points"),
    [
        (MEETINGS, {"count": D(3)}, "15"),  # domain 2.5, example 1
        (MEETINGS, {"count": D(4)}, "20"),
        (MEETINGS, {"count": D(9)}, "20"),
        (MEETINGS, {"count": D(0)}, "0"),
        (RATIO, {"a": D(7), "b": D(8)}, "17.5"),  # example 2
        (RATIO, {"a": D(9), "b": D(8)}, "20"),
        (RATIO, {"a": D(0), "b": D(8)}, "0"),
        (RATIO, {"a": D(1), "b": D(3)}, "6.67"),
        (RATIO, {"a": D(0), "b": D(0)}, "0"),
        (Rule("ratio", D(20), on_zero="full"), {"a": D(0), "b": D(0)}, "20"),
        (Rule("ratio", D(20), target=D(80)), {"a": D(6), "b": D(10)}, "15"),
        (Rule("ratio", D(20), target=D(80)), {"a": D(9), "b": D(10)}, "20"),
        (HEAD, {"choice": 1}, "5"),  # example 3
        (HEAD, {"choice": 0}, "10"),
        (HEAD, {"choice": 2}, "0"),
        (CHAIRS, {"part0": False, "part1": True}, "5"),  # example 4
        (CHAIRS, {"part0": True, "part1": True}, "10"),
        (CHAIRS, {"part0": False, "part1": False}, "0"),
        (SHARE, {"a": D(90), "b": D(100)}, "10"),
        (SHARE, {"a": D("89.99"), "b": D(100)}, "5"),
        (SHARE, {"a": D(70), "b": D(100)}, "5"),
        (SHARE, {"a": D("69.99"), "b": D(100)}, "0"),
        (SHARE, {"a": D(120), "b": D(100)}, "10"),
        (SHARE, {"a": D(0), "b": D(0)}, "0"),
        (LATE, {"count": D(3)}, "-1.5"),
        (LATE, {"count": D(9)}, "-2"),
        (LATE, {"count": D(0)}, "0"),
        (WARNED, {"yes": True}, "-5"),
        (WARNED, {"yes": False}, "0"),
        (FLAGS, {"event0": D(1), "event1": D(0)}, "10"),
        (FLAGS, {"event0": D(1), "event1": D(1)}, "20"),
        (FLAGS, {"event0": D(0), "event1": D(0)}, "0"),
        (BY_HAND, {"points": D("0.5")}, "0.5"),
        (Rule("all_or_nothing", D(5)), {"yes": True}, "5"),
        (Rule("all_or_nothing", D(5)), {"yes": False}, "0"),
        (Rule("information"), {"value": "37 %"}, "0"),
        (Rule("information"), {}, "0"),
    ],
)
def test_points(rule, given_, points):
    counted = mark(rule, given_)

    assert (counted.points, counted.state) == (D(points), State.COUNTED)
    assert counted.working


@pytest.mark.parametrize(
    ("rule", "given_"),
    [(MEETINGS, {}), (RATIO, {"a": D(7)}), (CHAIRS, {"part0": True}), (HEAD, {"choice": None})],
)
def test_what_is_not_given_is_missing_and_not_nothing(rule, given_):
    assert (mark(rule, given_).points, mark(rule, given_).state) == (0, State.MISSING)


THIRD, SIXTH = Line("", share=Fraction(1, 3)), Line("", share=Fraction(1, 6))


@pytest.mark.parametrize(
    ("rule", "given_", "points"),
    [
        (Rule("options", D("0.375"), lines=(THIRD,)), {"choice": 0}, "0.13"),  # 0.125
        (Rule("parts", D("0.75"), lines=(SIXTH,)), {"part0": True}, "0.13"),
        (Rule("parts", D("1.17"), lines=(SIXTH, THIRD)), {"part0": True, "part1": True}, "0.59"),
        (Rule("bonus", D("0.75"), lines=(SIXTH,)), {"event0": D(1)}, "0.13"),
        (Rule("ratio", D("0.375")), {"a": D(1), "b": D(3)}, "0.13"),
        (Rule("ratio", D("1.17"), target=D(80)), {"a": D(2), "b": D(13)}, "0.23"),  # 0.225
        (
            Rule("count_bands", D("0.375"), bands=(Band(D(1), share=Fraction(1, 3)),)),
            {"count": D(2)},
            "0.13",
        ),
        (
            Rule("percent_bands", D("0.375"), bands=(Band(D(0), share=Fraction(1, 3)),)),
            {"a": D(1), "b": D(3)},
            "0.13",
        ),
    ],
)
def test_it_is_divided_once_at_the_end(rule, given_, points):
    assert mark(rule, given_).points == D(points)


def test_nothing_has_no_sign():
    typed = read_all(asks(RATIO), {"a": "-0", "b": "3"})[0]
    little = Rule("per_occurrence", each=D("0.004"))

    assert str(mark(RATIO, typed).points) == "0.00"
    assert str(mark(little, {"count": D(1)}).points) == "0.00"


def test_what_was_not_assigned_counts_fully_or_not_at_all():
    full = Rule("ratio", D(20), not_assigned=NotAssigned.FULL)
    out = Rule("ratio", D(20), not_assigned=NotAssigned.EXCLUDE)

    assert mark(full, {"not_assigned": True}).points == 20
    assert mark(out, {"not_assigned": True}).state is State.EXCLUDED
    assert mark(RATIO, {"not_assigned": True}).state is State.MISSING
    assert [ask.name for ask in asks(full)] == ["not_assigned", "a", "b"]


def test_a_denominator_of_nothing_may_take_the_criterion_out():
    assert mark(Rule("ratio", D(20), on_zero="exclude"), {"a": D(0), "b": D(0)}).state == "excluded"


def test_the_working_says_how_the_points_came_about():
    assert mark(RATIO, {"a": D(7), "b": D(8)}).working == "7 : 8 × 20"
    assert mark(HEAD, {"choice": 1}).working.endswith("Phó Chủ tịch: 0,5 × 10")
    assert THIRD.working(D(10)) == ": 1/3 × 10"
    assert mark(SHARE, {"a": D(3), "b": D(4)}).working == (
        "3 : 4 = 75 %, thuộc mức từ 70 % đến dưới 90 %: 0,5 × 10"
    )
    assert mark(LATE, {"count": D(9)}).working == "9 × −0,5, trừ nhiều nhất 2"
    assert "tối đa 20" in mark(FLAGS, {"event0": D(1), "event1": D(1)}).working


@pytest.mark.parametrize(
    ("rule", "typed", "faulty"),
    [
        (RATIO, {"a": "1.234,5", "b": "1,234.5"}, []),
        (RATIO, {"a": "-1", "b": "NaN"}, ["a", "b"]),
        (MEETINGS, {"count": "2,5"}, ["count"]),
        (MEETINGS, {"count": "9999999"}, ["count"]),
        (BY_HAND, {"points": "0,8"}, ["points"]),
        (BY_HAND, {"points": "0,3"}, ["points"]),
        (HEAD, {"choice": "3"}, ["choice"]),
        (CHAIRS, {"part0": "yes", "part1": "maybe"}, ["part1"]),
        (Rule("information"), {"value": "x" * 2001}, ["value"]),
    ],
)
def test_each_wrong_answer_has_its_sentence_and_the_others_stay(rule, typed, faulty):
    values, faults = read_all(asks(rule), typed)

    assert list(faults) == faulty
    assert len(values) + len(faults) == len(asks(rule))


RULES = [MEETINGS, HEAD, CHAIRS, RATIO, SHARE, LATE, WARNED, FLAGS, BY_HAND, Rule("information")]
COUNTS = st.integers(0, 50).map(D)
NUMBERS = st.decimals(0, 10_000, places=2)


@st.composite
def answers(draw, rule):
    """Whatever may be given to a rule."""
    drawn = {}
    for ask in asks(rule):
        values = {
            "yes": st.booleans(),
            "choice": st.integers(0, max(0, len(ask.options) - 1)),
            "count": COUNTS,
            "number": NUMBERS,
            "points": st.integers(0, 3).map(lambda n: n * D("0.25")),
            "text": st.text(max_size=5),
        }[ask.form]
        drawn[ask.name] = draw(values)
    return drawn


@settings(deadline=None)
@given(st.data())
def test_points_stay_between_nothing_and_the_most(data):
    rule = data.draw(st.sampled_from(RULES))
    counted = mark(rule, data.draw(answers(rule)))

    lowest = D(0)
    if KINDS[rule.kind].takes_away:
        lowest = rule.floor if rule.floor is not None else -rule.each
    assert lowest <= counted.points <= rule.most
    assert counted.points.as_tuple().exponent >= -2


@given(NUMBERS, NUMBERS, NUMBERS)
def test_more_achieved_is_never_less_points(a, b, more):
    for rule in (RATIO, SHARE):
        before, after = mark(rule, {"a": a, "b": b}), mark(rule, {"a": a + more, "b": b})
        assert before.points <= after.points


@given(COUNTS, COUNTS)
def test_more_meetings_are_never_less_and_more_faults_never_more(count, more):
    assert mark(MEETINGS, {"count": count}).points <= mark(MEETINGS, {"count": count + more}).points
    assert mark(LATE, {"count": count}).points >= mark(LATE, {"count": count + more}).points


def test_a_full_band_says_the_most_and_that_a_band_is_meant():
    rule = Rule("count_bands", D(20), bands=(Band(D(4), share=D(1)), Band(D(0), points=D(5))))

    assert mark(rule, {"count": D(4)}).working == "4, thuộc mức từ 4: tối đa 20"


def test_a_working_is_told_in_the_readers_language():
    rule = Rule("count_bands", D(20), bands=(Band(D(4), share=D("0.5")),))
    with translation.override("en"):
        assert mark(rule, {"count": D(4)}).working == "4, band from 4: 0.5 × 20"
        assert mark(Rule("manual", D(1500)), {"points": D("1250.5")}).working == (
            "given by hand: 1,250.5"
        )
