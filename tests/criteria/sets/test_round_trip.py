"""Over generated sets: reading what was written gives the set, applying is exact and once."""

from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.yaml.kinds import Lines, Text
from criteria.models import Criterion
from criteria.sets import export
from criteria.sets.apply import apply
from criteria.sets.reading import read
from criteria.sets.schema import FORMAT, Row, SetFile
from tests import factories

LETTERS = "aăâbcdđeêghikmnoôơpqrstuưvxy ẾỘữ0123456789:#-'\"“”&*!|>%@`{}[],?~/\\.\n"
RULES = [
    ("manual", "bước: 0,25"),
    ("ratio", "chỉ tiêu: 80 %\nmẫu số bằng 0: không tính"),
    ("options", "Có: tối đa\nChưa có: 0"),
    ("count_bands", "từ 4: 0,5\ncòn lại: 0"),
    ("information", None),
    (None, None),
]
CODES = ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "A", "B", "B.10"]


def words(most):
    return st.text(LETTERS, max_size=40).map(Text(most).read).filter(bool)


def lines():
    return st.none() | st.text(LETTERS, max_size=80).map(Lines(5000).read).filter(bool)


@st.composite
def rows(draw, code):
    kind, rule = draw(st.sampled_from(RULES)) if code.count(".") or code == "A" else (None, None)
    return Row(
        code=code,
        top=True if draw(st.booleans()) else None,
        name=draw(words(500)),
        role=draw(st.none() | st.sampled_from(Criterion.Role.values)) if code in "12AB" else None,
        most=draw(st.none() | st.decimals(0, 500, places=2)),
        kind=kind,
        rule=rule,
        guidance=draw(lines()),
        evidence=draw(lines()),
        verifier=draw(st.none() | words(200)),
        data_source=draw(st.none() | words(300)),
    )


@st.composite
def sets(draw):
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    made = [draw(rows(code)) for code in codes]
    leaves = {row.code for row in made if row.kind}
    kept = [row for row in made if row.top or not any(row.code.startswith(f"{c}.") for c in leaves)]
    said = SetFile(
        format=FORMAT,
        code="thu",
        year=2025,
        title=draw(words(300)),
        total=draw(st.none() | st.decimals(0, 1000, places=2)),
        source=draw(st.none() | words(300)),
        note=draw(lines()),
        tie_breaks=draw(st.sampled_from([(), ("base",), ("main", "base")])),
        criteria=tuple(kept),
    )
    return export.settled(said)


@settings(
    max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(sets())
def test_reading_what_was_written_gives_the_set_and_the_same_bytes(said):
    written = export.write(said)
    reading = read(written)

    assert reading.faults == []
    assert reading.said == said
    assert export.write(reading.said) == written


@pytest.mark.both
class AppliedSets(TestCase):
    """A class, since hypothesis rolls back each example only through Django's own."""

    @classmethod
    def setUpTestData(cls):
        cls.province = factories.unit("Tỉnh Đồng Tháp", kind="province")
        cls.officer = factories.user("Phạm Quốc Khánh")

    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(sets(), sets())
    def test_applying_one_set_over_another_is_exact_and_once(self, first, second):
        for said in (first, second):
            held = apply(said, owner=self.province, actor=self.officer).criteria_set
            assert export.set_of(held) == said
            assert apply(said, owner=self.province, actor=self.officer).changes == []
        assert held.edition == 1


def test_a_decimal_is_written_as_people_write_it():
    said = SetFile(
        format=1,
        code="a",
        year=2025,
        title="A",
        criteria=(Row(code="1", name="Một", most=D("0.5")),),
    )

    assert b"most: 0,5\n" in export.write(said)
