"""The parts of a dossier, and which of them may be edited."""

import pytest

from dossiers.models import Defect, Dossier
from dossiers.rules import parts
from dossiers.views.reading import Reading
from tests.factories import writing

pytestmark = pytest.mark.django_db
State = Dossier.State


@pytest.fixture
def returned(dossier_in, officer):
    dossier = dossier_in("returned", nominees=2)
    Defect.objects.create(
        dossier=dossier,
        submission=dossier.submissions.first(),
        part="paper:BB",
        text="Thiếu số phiếu.",
        by=officer,
    )
    return dossier


def test_every_part_of_a_draft_may_be_edited(ward, award_round, staff):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)

    assert all(parts.may_edit(draft, part) for part in parts.part_names(draft))


def test_only_flagged_parts_of_a_return_may_be_edited(returned):
    assert [part for part in parts.part_names(returned) if parts.may_edit(returned, part)] == [
        "paper:BB"
    ]


def test_a_mended_flaw_opens_nothing(returned):
    returned.defects.update(closed_at=returned.created_at)

    assert not parts.may_edit(returned, "paper:BB")


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.RETURNED}))
def test_nothing_may_be_edited_while_others_hold_it(ward, award_round, staff, state):
    dossier = Dossier(unit=ward, round=award_round, state=state)

    assert not parts.may_edit(dossier, "general")


def test_the_rail_says_what_is_missing(ward, award_round, staff):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)

    rail = Reading(draft, staff).rail

    assert [(row["title"], row["tone"]) for row in rail] == [
        ("Thông tin chung", "err"),
        ("Danh sách đề nghị", "err"),
        ("Báo cáo thành tích", "idle"),
        ("Tờ trình", "err"),
        ("Biên bản", "err"),
    ]


def test_the_rail_of_a_complete_dossier_is_green(ward, award_round, staff):
    dossier = writing.complete(unit=ward, of_round=award_round, by=staff)

    assert {row["tone"] for row in Reading(dossier, staff).rail} == {"ok"}


def test_kinds_are_counted_in_words(ward, award_round, staff):
    dossier = writing.complete(unit=ward, of_round=award_round, by=staff)
    writing.nominee(dossier, by=staff, kind="household", name="Hộ ông Trần Văn Năm")

    assert parts.counted(dossier.nominations.all()) == "1 cá nhân, 1 hộ gia đình"
