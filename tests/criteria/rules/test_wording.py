"""Rules in the words of officers, read and written back."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rules.scoring import Band, Line, NotAssigned, Rule
from criteria.rules.wording import read_rule, write_rule
from tests.criteria.rules import test_scoring


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (
            "options",
            "Trưởng ban là Bí thư: Chủ tịch: tối đa\nPhó:  ½ tối đa\nKhông: 0",
            {
                "lines": (
                    Line("Trưởng ban là Bí thư: Chủ tịch", share=D(1)),
                    Line("Phó", share=D("0.5")),
                    Line("Không", points=D(0)),
                )
            },
        ),
        (
            "parts",
            "Đủ: 50 % điểm tối đa\nThêm: 0,5 × tối đa\nNữa: 1/4 tối đa\nSau: 2,5 điểm",
            {
                "lines": (
                    Line("Đủ", share=D("0.5")),
                    Line("Thêm", share=D("0.5")),
                    Line("Nữa", share=D("0.25")),
                    Line("Sau", points=D("2.5")),
                )
            },
        ),
        (
            "count_bands",
            "4 lần/năm: 20\n3: 15\ntừ 2 cuộc: 10\n≥ 1: 5\ncòn lại: 0",
            {"bands": tuple(Band(D(n), points=D(5 * n)) for n in (4, 3, 2, 1, 0))},
        ),
        (
            "percent_bands",
            "từ 90 % trở lên: tối đa\n70 % - < 90 %: 1/2 tối đa\nDưới 70 %: 0\nmẫu số bằng 0: không tính",
            {
                "bands": (
                    Band(D(90), share=D(1)),
                    Band(D(70), D(90), share=D("0.5")),
                    Band(D(0), D(70), points=D(0)),
                ),
                "on_zero": "exclude",
            },
        ),
        ("ratio", "Chỉ tiêu: 80 %\nMẫu số bằng 0: tối đa", {"target": D(80), "on_zero": "full"}),
        ("ratio", "Không được giao: không tính", {"not_assigned": NotAssigned.EXCLUDE}),
        ("per_occurrence", "trừ mỗi lần: 0,5\nthấp nhất: −10", {"each": D("0.5"), "floor": D(-10)}),
        ("manual", "điểm thấp nhất: 1\nbước: 0,25", {"least": D(1), "step": D("0.25")}),
        ("all_or_nothing", "", {}),
    ],
)
def test_a_rule_is_read_as_officers_write_it(kind, text, said):
    rule, faults = read_rule(kind, D(20), text)

    assert faults == []
    assert rule == Rule(kind, D(20), **said)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("options", "Phó Chủ tịch"),
        ("options", "Phó: nhiều"),
        ("options", ": 5"),
        ("count_bands", "nhiều cuộc họp: 5"),
        ("ratio", "mẫu số bằng 0: tùy"),
        ("ratio", "chỉ tiêu: cao"),
        ("options", "\n".join(f"Mục {n}: 1" for n in range(41))),
    ],
)
def test_an_unclear_line_has_its_sentence(kind, text):
    _rule, faults = read_rule(kind, D(20), text)

    assert len(faults) == 1
    assert faults[0].endswith(".")


@pytest.mark.parametrize("rule", test_scoring.RULES)
def test_what_is_written_is_read_back(rule):
    assert read_rule(rule.kind, rule.most, write_rule(rule)) == (rule, [])


SHARES = st.builds(
    lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(1, 60), st.integers(1, 60)
)
LABELS = (
    st.text("abc đê:", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.strip(": ") and not text.endswith(":"))
)


@given(st.lists(st.tuples(LABELS, SHARES), min_size=1, max_size=6))
def test_any_share_and_label_survive(drawn):
    rule = Rule("options", D(10), lines=tuple(Line(label, share=share) for label, share in drawn))

    assert read_rule("options", D(10), write_rule(rule)) == (rule, [])


@given(st.text(max_size=200), st.sampled_from(["options", "count_bands", "ratio", "manual"]))
def test_any_text_is_read_or_refused_in_words(text, kind):
    _rule, faults = read_rule(kind, D(10), text)

    assert all(isinstance(fault, str) for fault in faults)


def test_shares_are_written_as_people_say_them():
    said = [
        (Fraction(1, 3), "1/3"),
        (D("0.5"), "1/2"),
        (D("0.85"), "85 %"),
        (Fraction(2, 17), "2/17"),
    ]
    lines = tuple(Line(str(place), share=share) for place, (share, _words) in enumerate(said))

    written = write_rule(Rule("options", D(10), lines=lines)).splitlines()

    assert written == [f"{place}: {words} tối đa" for place, (_s, words) in enumerate(said)]
