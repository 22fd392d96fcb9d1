"""Hints on a self-scored sheet: each rule with what it says, and what it lets pass."""

from datetime import date
from decimal import Decimal as D

import pytest

from campaigns.rules import quoted
from campaigns.rules.hints import Answer, Frame, Limits, hints, median
from criteria.rules import scoring
from criteria.rules.scoring import Rule
from criteria.rules.totals import Item

FRAME = Frame(date(2025, 1, 1), date(2025, 12, 31))


def answer(kind="manual", most=20, given=None, **more):
    rule = Rule(kind, D(most))
    given = {"points": D(10)} if given is None else given
    return Answer(
        item=Item("c", "1.1", "Tiêu chí", D(most), rule=rule),
        mark=scoring.mark(rule, given),
        given=given,
        **more,
    )


def said(*answers, frame=FRAME):
    return [(hint.rule, hint.text) for hint in hints(answers, frame)]


def test_most_points_without_evidence_are_told():
    full = {"points": D(20)}

    ((rule, text),) = said(answer(given=full, asks_evidence=True))

    assert rule == "bare"
    assert "(20)" in text


@pytest.mark.parametrize(
    "fine",
    [
        answer(given={"points": D(20)}, asks_evidence=True, papers=(("Báo cáo", None),)),
        answer(given={"points": D(20)}),
        answer(given={"points": D("19.75")}, asks_evidence=True),
        answer(given={}, asks_evidence=True),  # not answered
    ],
)
def test_what_is_proven_or_less_than_the_most_is_let_pass(fine):
    assert said(fine) == []


@pytest.mark.parametrize(("before", "told"), [(3, True), (4, False), (16, False), (17, True)])
def test_a_jump_of_more_than_three_tenths_of_the_most_is_told(before, told):
    found = said(answer(last_year=D(before)))

    assert [rule for rule, _text in found] == (["jump"] if told else [])


@pytest.mark.parametrize(
    ("before", "words"), [(3, "cao hơn năm trước (3) 7"), (17, "thấp hơn năm trước (17) 7")]
)
def test_a_jump_is_told_from_the_side_of_this_year(before, words):
    ((_rule, text),) = said(answer(last_year=D(before)))

    assert words in text


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ((18, 18, 19, 18, 19, 18), True),
        ((18, 18, 18), False),  # a small block gets no verdict
        ((18, 4, 12, 6, 16, 9), False),  # a block that is spread wide
        ((11, 11, 11, 11, 11, 11), False),  # one point off where all are equal
        ((13, 13, 13, 13, 13, 13), True),
    ],
)
def test_points_far_from_the_blocks_median_are_told(others, told):
    found = said(answer(others=tuple(map(D, others))))

    assert [rule for rule, _text in found] == (["far"] if told else [])


def test_limits_are_those_of_the_frame():
    frame = Frame(date(2025, 1, 1), date(2025, 12, 31), Limits(jump=D("0.9"), fewest=9))

    assert said(answer(last_year=D(0), others=(D(1),) * 7), frame=frame) == []


def test_evidence_outside_the_period_is_told_with_its_day():
    papers = (("12/KH-UBND", date(2024, 12, 31)), ("13/KH-UBND", date(2025, 12, 31)), ("x", None))

    ((rule, text),) = said(answer(papers=papers))

    assert rule == "outside"
    assert "12/KH-UBND" in text
    assert "31/12/2024" in text


RATIO = {"a": D(7), "b": D(8)}


@pytest.mark.parametrize(
    ("kind", "given", "text", "told"),
    [
        ("ratio", RATIO, "Đạt 6/8 văn bản", True),
        ("ratio", RATIO, "Đạt 7/8 văn bản, theo Công văn 6/8/2025", False),
        ("ratio", RATIO, "Có 7 trên tổng số 8 văn bản (87,5 %)", False),
        ("ratio", RATIO, "Đạt 92,4 %", True),
        ("ratio", RATIO, "Đạt 88 %", False),
        ("ratio", RATIO, "Kế hoạch số 12/KH-UBND ngày 03/4/2025, Điều 5, năm 2025", False),
        ("manual", {"points": D(10)}, "Tự chấm 8 điểm", True),
        ("manual", {"points": D(10)}, "Tự chấm 10 điểm", False),
        ("manual", {"points": D(10)}, "điểm 3 mục 2 của kế hoạch", False),
        ("per_occurrence", {"count": D(3)}, "Đã họp 4 cuộc", True),
        ("per_occurrence", {"count": D(3)}, "Họp 3 lần trong 12 tháng", False),
    ],
)
def test_numbers_in_the_text_that_differ_from_the_fields_are_told(kind, given, text, told):
    found = said(answer(kind, given=given, text=text))

    assert [rule for rule, _text in found] == (["numbers"] if told else [])


def test_a_part_that_is_more_than_the_whole_is_told():
    assert [rule for rule, _t in said(answer("ratio", given={"a": D(9), "b": D(8)}))] == ["parts"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gồm 3 + 4 = 8 lớp", True),
        ("Gồm 3 + 4 = 7 lớp", False),
        ("Gồm 1,5 + 2,5 + 1.000 = 1.004", False),
        ("3 + bốn = 8", False),
    ],
)
def test_parts_that_do_not_add_up_are_told(text, told):
    assert [rule for rule, _text in said(answer(text=text))] == (["parts"] if told else [])


def test_a_hint_names_its_criterion():
    (hint,) = hints([answer(last_year=D(0))], FRAME)

    assert (hint.key, hint.code) == ("c", "1.1")


def test_the_median_of_two_in_the_middle_is_their_mean():
    assert median([D(1), D(9), D(3), D(4)]) == D("3.5")
    with pytest.raises(ValueError, match="median"):
        median([])


@pytest.mark.parametrize(("shown", "same"), [("88", True), ("87.5", True), ("87", False)])
def test_a_percentage_may_be_rounded(shown, same):
    assert quoted.rounds_to(D("87.50"), D(shown)) is same
