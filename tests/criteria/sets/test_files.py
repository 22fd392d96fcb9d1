"""The sheets that come with the portal: sound, canonical, and their worked examples."""

from decimal import Decimal as D

import pytest
from django.conf import settings

from core.findings import Weight
from criteria.rules import drawing_up, scoring, sets, totals
from criteria.sets import export
from criteria.sets.apply import apply
from criteria.sets.reading import read

pytestmark = pytest.mark.django_db
FILES = sorted((settings.BASE_DIR / "criteria/sets/files").glob("*.yaml"))


@pytest.fixture
def load(province, officer, today):
    def load(name):
        path = next(file for file in FILES if file.stem == name)
        said = read(path.read_bytes()).said
        return apply(said, owner=province, actor=officer).criteria_set

    return load


def points(held, answers):
    """The total for answers by the codes of criteria; what has none is missing."""
    groups = sets.of_set(held)
    items = {item.code: item for group in groups for item in group.criteria()}
    marks = {
        items[code].key: scoring.mark(items[code].rule, given) for code, given in answers.items()
    }
    return totals.total(groups, marks)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_sound_and_in_canonical_form(path, load):
    reading = read(path.read_bytes())
    held = load(path.stem)

    found = drawing_up.faults_in(sets.of_set(held), held.stated_total)
    assert reading.faults == []
    assert [finding for finding in found if finding.weight is Weight.BLOCK] == []
    assert export.write(export.set_of(held)).decode() == path.read_text()


def test_dti_of_provinces_has_a_thousand_points_and_groups_that_only_inform(load):
    held = load("dti-cap-tinh-2022")
    full = {"I.1": 100, "I.2": 100, "I.3": 100, "I.4": 100, "I.5": 100}
    full |= {"II.1": 200, "II.2": 150, "II.3": 150}
    answers = {code: {"points": D(most)} for code, most in full.items()}

    total = points(held, {**answers, "I.6": {"value": "3 đô thị"}, "TTC.1": {"value": "1.600.000"}})

    assert (held.stated_total, total.points) == (1000, 1000)


@pytest.mark.parametrize(
    ("meetings", "worth"), [(0, 0), (1, 5), (2, 10), (3, 15), (4, 20), (9, 20)]
)
def test_meetings_of_a_district_are_scored_in_bands(load, meetings, worth):
    held = load("dti-cap-huyen-2022")

    assert points(held, {"1.1": {"count": D(meetings)}}).points == worth


def test_seven_of_eight_meetings_chaired_are_17_50_of_20(load):
    total = points(load("dti-cap-huyen-2022"), {"1.2": {"a": D(7), "b": D(8)}})

    assert str(total.points) == "17.50"


@pytest.mark.parametrize(("choice", "worth"), [(0, 10), (1, 5), (2, 0)])
def test_a_deputy_at_the_head_is_half_of_the_points(load, choice, worth):
    assert points(load("cao-lanh-2022"), {"1.1": {"choice": choice}}).points == worth


def test_only_chairing_is_half_of_the_points(load):
    given = {"part0": False, "part1": True}

    assert points(load("cao-lanh-2022"), {"1.2": given}).points == 5


def test_a_commune_with_a_deputy_at_the_head_has_half(load):
    assert points(load("thanh-hoa-cap-xa-2022"), {"1.1": {"choice": 1}}).points == 10


BASE = {"A.1": 10, "A.2": 10, "A.3": 20, "A.4": 10, "A.5": 10, "A.6": 10, "A.7": 20, "A.8": 7}


@pytest.mark.parametrize(
    ("city", "state", "total"), [(1, 0, 107), (0, 1, 112), (1, 1, 122), (2, 1, 122), (0, 0, 97)]
)
def test_flags_are_added_to_the_97_of_the_printed_example_up_to_their_cap(load, city, state, total):
    answers = {code: {"points": D(worth)} for code, worth in BASE.items()}
    answers["T.1"] = {"event0": D(city), "event1": D(state)}

    reckoned = points(load("tphcm-khoi-2008"), answers)

    assert reckoned.points == total
    assert reckoned.by(totals.Role.BASE) == 97


def test_quarters_are_kept_in_the_form_of_public_employees(load):
    assert points(load("mau-02-03-vien-chuc"), {"A": {"points": D("27.75")}}).points == D("27.75")


OWN = """\
format: 1
code: vi-du
year: 2025
title: Ví dụ của cổng
total: 30
criteria:
  - {code: '1', name: Nhiệm vụ, most: 30}
  - {code: '1.1', name: Được giao, most: 20, kind: manual}
  - {code: '1.2', name: Có thể không giao, most: 10, kind: manual, rule: 'không được giao: không tính'}
  - {code: P, name: Điểm trừ, role: penalty, most: 6}
  - {code: P.1, name: Báo cáo chậm, kind: per_occurrence, rule: "trừ mỗi lần: 0,5\\n\\nthấp nhất: −5"}
  - {code: P.2, name: Có vi phạm, kind: penalty, rule: 'trừ mỗi lần: 5'}
"""


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ({"1.1": {"points": D(18)}, "1.2": {"points": D(10)}}, "28"),
        ({"1.1": {"points": D(18)}, "1.2": {"not_assigned": True}}, "27"),  # 18 of 20 → 27 of 30
        ({"1.1": {"points": D(18)}, "P.1": {"count": D(3)}}, "16.5"),
        ({"1.1": {"points": D(18)}, "P.1": {"count": D(30)}}, "13"),  # the floor of the criterion
        ({"1.1": {"points": D(18)}, "P.1": {"count": D(4)}, "P.2": {"yes": True}}, "12"),  # the cap
    ],
)
def test_caps_penalties_and_what_is_not_assigned(province, officer, today, answers, total):
    held = apply(read(OWN.encode()).said, owner=province, actor=officer).criteria_set

    assert points(held, answers).points == D(total)
