"""What the demonstration writes fits the kind, the size and the office of whom it speaks."""

import datetime
import random
from types import SimpleNamespace

import pytest

from accounts.models import UnitKind
from awards.models import PositionClass
from dashboard.management.demo import people, places, season, writing
from dashboard.management.demo.writing import Voice

TITLES_OF_PERSONS = ("Chiến sĩ thi đua cơ sở", "; Lao động tiên tiến", "gương mẫu", "Công tác tại")


@pytest.fixture(autouse=True)
def _on_the_first_day(db, today):
    pass


OLD = datetime.date(2022, 1, 1)
NEW = datetime.date(2025, 7, 1)


def reports(voice, size=None, founded=datetime.date(2004, 1, 1)):
    unit, since = SimpleNamespace(opened_on=founded), max(OLD, founded)
    seeds = [random.Random(seed) for seed in range(40)]
    return [writing.report(rng, voice, size, unit=unit, since=since) for rng in seeds]


@pytest.mark.parametrize("voice", [Voice.LOCAL, Voice.OFFICE])
def test_a_collective_speaks_of_its_own_size_and_titles(voice):
    for said in reports(voice, 47):
        assert "có 47 " in said["situation"]
        assert not [words for words in TITLES_OF_PERSONS if words in " ".join(said.values())]
        assert "ập thể lao động" in said["earlier_awards"] or voice is Voice.LOCAL


def test_a_person_speaks_of_his_own_work():
    for said in reports(Voice.PERSON):
        assert said["situation"].startswith("Công tác tại đơn vị từ ngày 01/01/2022; ")
        assert "Đơn vị có" not in said["situation"]
        assert "Tập thể" not in " ".join(said.values())


def test_who_is_at_a_unit_of_this_year_says_what_was_earlier_of_the_unit_before_it():
    for said in reports(Voice.PERSON, founded=NEW):
        assert "từ ngày 01/7/2025, ngày đơn vị thành lập; trước đó" in said["situation"]
        assert said["earlier_awards"].startswith("Tại đơn vị cũ, trước khi sắp xếp: ")
    for voice in (Voice.LOCAL, Voice.OFFICE):
        for said in reports(voice, 40, founded=NEW):
            assert said["earlier_awards"].startswith("Thành lập ngày 01/7/2025")


@pytest.mark.parametrize("voice", list(Voice))
def test_earlier_awards_are_of_years_before_the_report(voice):
    assert all("năm 2025" not in said["earlier_awards"] for said in reports(voice, 40))
    assert any("2024" in said["earlier_awards"] for said in reports(voice, 40))


def test_every_content_of_the_plan_has_words_for_everybody():
    contents = [SimpleNamespace(pk=code, code=code) for code in "abcdefghij"]
    for voice in Voice:
        assert set(writing.RESULTS[voice]) == {content.code for content in contents}
        said = writing.sections(contents, random.Random(1), voice)
        assert said == writing.sections(contents, random.Random(1), voice)  # at every loading
        assert len(said) == 3
        assert "{" not in "".join(said.values())


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        (UnitKind.WARD, Voice.LOCAL),
        (UnitKind.COMMUNE, Voice.LOCAL),
        (UnitKind.DEPARTMENT, Voice.OFFICE),
        (UnitKind.SERVICE, Voice.OFFICE),
    ],
)
def test_a_unit_speaks_as_what_it_is(kind, voice):
    assert writing.voice_of(SimpleNamespace(kind=kind)) is voice


def test_only_who_leads_is_a_leader_and_nobody_of_a_ward_leads_a_department():
    leading = {
        position
        for position in [*people.LOCAL_POSITIONS, *people.OFFICE_POSITIONS]
        if people.class_of(position) is not PositionClass.DIRECT
    }

    assert leading == {"Phó Trưởng phòng Văn hóa – Xã hội", "Phó Trưởng phòng", "Trưởng phòng"}
    assert {people.class_of(position) for position in leading} == {PositionClass.MANAGER}


@pytest.mark.parametrize(("present", "absent"), [(9, False), (8, True)])
def test_what_must_be_mended_is_true_of_the_dossier(present, absent):
    dossier = SimpleNamespace(council_total=9, council_present=present)

    (_place, words), _unsigned = season.defects(dossier)

    assert ("vắng mặt" in words) is absent
    assert ("9/9" in words) is not absent


def test_no_name_says_a_word_twice():
    making = people.names(random.Random(207))

    for _n in range(3000):
        words = next(making)[0].split()
        assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (UnitKind.DEPARTMENT, "Công chức"),
        (UnitKind.SERVICE, "Viên chức"),
        (UnitKind.ENTERPRISE, "Nhân viên"),
    ],
)
def test_only_a_public_service_unit_has_public_employees(kind, said):
    drawn = {people.position_of(kind, random.Random(seed)) for seed in range(60)}

    assert said in drawn
    assert {"Công chức", "Viên chức", "Nhân viên"} & drawn == {said}


def test_units_of_2025_take_no_part_in_the_round_of_2023():
    assert {"Sở Nông nghiệp và Môi trường", "Thuế tỉnh"} == set(places.YOUNG)
    assert all(day.year == 2025 for day in places.YOUNG.values())
    names = places.of_old_dong_thap()
    assert len(names) == 45
    assert not {"Phường Mỹ Tho", "Phường Đạo Thạnh", "Phường Thới Sơn"} & names
