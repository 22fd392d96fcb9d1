"""A set that is not sound is refused before anybody is scored by it."""

from decimal import Decimal as D

import pytest

from core.findings import blocking
from criteria.rules.drawing_up import faults_in
from criteria.rules.scoring import Band, Line, NotAssigned, Rule
from criteria.rules.totals import Item, Role


def sheet(*rules, most=None, role=Role.BASE):
    criteria = tuple(
        Item(n, f"1.{n}", "Tiêu chí", rule.most, role, rule)
        for n, rule in enumerate(rules, start=1)
    )
    return (Item("1", "1", "Nhóm", most, role, members=criteria),)


def said(*rules, **about):
    return [str(finding) for finding in faults_in(sheet(*rules, **about), None)]


HALVES = (Line("Có", share=D("0.5")), Line("Có thêm", share=D("0.5")))


@pytest.mark.parametrize(
    "rule",
    [
        Rule("all_or_nothing", D(5)),
        Rule("parts", D(10), lines=HALVES),
        Rule("count_bands", D(10), bands=(Band(D(0), D(2), points=D(0)), Band(D(2), points=D(10)))),
        Rule("percent_bands", D(10), bands=(Band(D(50), D(101), share=D(1)),)),
        Rule("ratio", D(20), target=D(80), on_zero="full", not_assigned=NotAssigned.EXCLUDE),
        Rule("manual", D("0.75"), step=D("0.25")),
        Rule("information"),
        Rule("per_occurrence", each=D(1), floor=D(-3)),
        Rule("penalty", each=D(5)),
        Rule("bonus", D(20), lines=(Line("Cờ", points=D(15)),)),
    ],
)
def test_a_sound_rule_is_left_alone(rule):
    assert said(rule) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("dice", D(5)), "dice"),
        (Rule("options", D(5)), "cần có các phương án"),
        (Rule("count_bands", D(5)), "cần có các mức"),
        (Rule("ratio", D(5), each=D(1)), "“each”"),
        (Rule("ratio", D(0)), "điểm tối đa"),
        (Rule("ratio", D(5), target=D(120)), "Chỉ tiêu"),
        (Rule("ratio", D(5), on_zero="maybe"), "mẫu số"),
        (Rule("information", D(5)), "thông tin"),
        (Rule("penalty", D(5), each=D(5)), "điểm tối đa"),
        (Rule("per_occurrence", each=D(-1)), "lớn hơn 0"),
        (Rule("per_occurrence", each=D(1), floor=D(3)), "−10"),
        (Rule("manual", D(1), step=D("0.3")), "bước 0,3"),
        (Rule("parts", D(10), lines=(*HALVES, Line("Nữa", points=D(1)))), "11 điểm"),
        (Rule("options", D(10), lines=(Line("Không rõ"),)), "điểm hoặc tỷ lệ"),
        (Rule("options", D(10), lines=(Line("Quá", points=D(11)),)), "11 điểm"),
        (Rule("options", D(10), lines=(Line("Quá", share=D(2)),)), "từ 0 đến 1"),
        (
            Rule(
                "count_bands", D(10), bands=(Band(D(0), D(3), points=D(0)), Band(D(5), points=D(9)))
            ),
            "Từ 3 đến 5 không có mức",
        ),
        (
            Rule(
                "count_bands", D(10), bands=(Band(D(0), D(6), points=D(0)), Band(D(5), points=D(9)))
            ),
            "chồng lên nhau",
        ),
        (
            Rule("count_bands", D(10), bands=(Band(D(5), points=D(0)), Band(D(5), points=D(9)))),
            "Hai mức cùng bắt đầu từ 5",
        ),
        (Rule("count_bands", D(10), bands=(Band(D(0), D(9), points=D(3)),)), "Từ 9 trở lên"),
        (Rule("count_bands", D(10), bands=(Band(D(9), D(3), points=D(3)),)), "kết thúc trước"),
        (Rule("penalty", each=D(5), not_assigned=NotAssigned.FULL), "Không được giao"),
    ],
)
def test_a_faulty_rule_is_named_in_words(rule, words):
    found = said(rule)

    assert found
    assert all(sentence.startswith("1.1: ") for sentence in found)
    assert any(words in sentence for sentence in found), found


def test_children_above_the_group_are_a_fault_and_below_it_a_warning():
    above = faults_in(sheet(Rule("ratio", D(6)), Rule("ratio", D(6)), most=D(10)), None)
    below = faults_in(sheet(Rule("ratio", D(6)), most=D(10)), None)

    assert [len(blocking(above)), len(blocking(below)), len(below)] == [1, 0, 1]
    assert "12 điểm" in str(above[0])


def test_the_sum_that_the_title_says_is_held():
    groups = sheet(Rule("ratio", D(10)), most=D(10))

    assert faults_in(groups, D(10)) == []
    assert "100" in str(faults_in(groups, D(100))[0])


def test_a_code_that_stands_twice_and_an_empty_group_are_faults():
    groups = (*sheet(Rule("ratio", D(10))), Item("x", "1.1", "Nhóm rỗng", None))

    found = [str(finding) for finding in faults_in(groups, None)]

    assert any("“1.1”" in sentence for sentence in found)
    assert any("trống" in sentence for sentence in found)


def test_a_set_without_criteria_says_so():
    assert len(faults_in((), None)) == 1
