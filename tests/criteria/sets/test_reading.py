"""The file of a set is read with all its faults, each at its line."""

from decimal import Decimal as D

import pytest

from criteria.sets.reading import read

GOOD = """\
format: 1
code: thu
year: 2025
title: Bộ tiêu chí thử
total: 30
criteria:
  - code: '1'
    name: Nhận thức số
    most: 30
  - code: '1.1'
    name: Họp Ban Chỉ đạo
    most: 20
    kind: count_bands
    rule: |
      từ 4: 20
      còn lại: 0
  - code: B
    in: '1'
    name: Văn bản
    most: 10
    kind: ratio
"""


def faults(text):
    return [(fault.line, fault.text) for fault in read(text.encode()).faults]


def test_a_set_is_read():
    said = read(GOOD.encode()).said

    assert (said.code, said.year, said.total) == ("thu", 2025, D(30))
    assert [(row.code, row.group, row.most) for row in said.criteria] == [
        ("1", None, D(30)),
        ("1.1", None, D(20)),
        ("B", "1", D(10)),
    ]
    assert said.criteria[1].rule == "từ 4: 20\ncòn lại: 0"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("code: B", "code: '1.1'", 17, "Số này đã có"),
        ("in: '1'", "in: '9'", 18, "“9”"),
        ("in: '1'", "in: '1.1'", 18, "“1.1”"),
        ("in: '1'", "in: '1'\n    role: bonus", 19, "đầu"),
        ("most: 10\n", "most: 10,125\n", 20, "hai chữ số thập phân"),
        ("most: 10\n", "most: 1.000\n", 20, "1000"),
        ("most: 10\n", "most: -1\n", 20, "-1"),
        ("most: 10\n", "most: NaN\n", 20, "NaN"),
        ("total: 30", "total: nhiều", 5, "nhiều"),
        ("kind: ratio", "kind: xúc xắc", 21, "xúc xắc"),
        ("      còn lại: 0", "      còn lại", 14, "dấu hai chấm"),
        ("    kind: ratio", "    rule: 'có: 5'", 21, "kiểu chấm"),
        ("    kind: ratio", "    màu: đỏ", 21, "màu"),
        ("name: Văn bản", "name:", 19, "name"),
        ("year: 2025", "year: '25'", 3, "25"),
        ("format: 1", "format: 2", 1, "2"),
    ],
)
def test_each_fault_has_its_line(old, new, line, words):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))

    assert any(at == line and words in text for at, text in found), found


def test_all_faults_are_told_at_once():
    text = GOOD.replace("total: 30", "total: x").replace("kind: ratio", "kind: y")

    assert [line for line, _text in faults(text)] == [5, 21]


def test_groups_inside_each_other_are_a_fault():
    text = GOOD + "  - {code: C, in: D, name: C}\n  - {code: D, in: C, name: D}\n"

    assert [line for line, _text in faults(text)] == [22, 23]


def test_a_rule_on_one_line_without_quotes_is_told():
    text = GOOD.replace("    rule: |\n      từ 4: 20\n      còn lại: 0\n", "    rule: từ 4: 20\n")

    assert faults(text)[0][0] == 14
