"""Blocks drawn up, changed, carried over; their sheets opened in one act."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts import services as account_services
from accounts.models import Notice
from campaigns import services
from campaigns.models import Block, ScoreSheet
from campaigns.rules import blocks
from core.audit.models import Entry
from core.workflow import Blocked
from criteria.models import CriteriaSet
from tests import factories
from tests.factories import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def wards(province):
    names = ("Phường Cao Lãnh", "Xã Mỹ Hiệp", "Phường Sa Đéc")
    return [factories.unit(name, kind="ward", superior=province) for name in names]


@pytest.fixture
def block(province, officer, wards, today):
    return sheets.block(of_unit=province, actor=officer, members=wards)


def test_members_keep_the_name_that_they_had_in_the_year(province, officer, wards, today):
    account_services.rename_unit(
        unit=wards[1],
        name="Phường Mỹ Hiệp",
        since=datetime.date(2025, 7, 1),
        document="NQ 1663",
        actor=officer,
    )

    old = sheets.block(of_unit=province, actor=officer, members=wards, year=2024)
    new = sheets.block(of_unit=province, actor=officer, members=wards, year=2025)

    assert old.members.get(unit=wards[1]).unit_name == "Xã Mỹ Hiệp"
    assert new.members.get(unit=wards[1]).unit_name == "Phường Mỹ Hiệp"


def test_names_are_read_as_of_the_year_whatever_their_accents(wards, today):
    units, unknown = blocks.members_named(
        ["phuong cao lanh", "  Xã  Mỹ Hiệp ", "Xã Không Có"], 2025
    )

    assert units == wards[:2]
    assert unknown == ["Xã Không Có"]


def test_a_unit_is_in_one_block_a_year(block, province, officer, wards):
    with pytest.raises(Blocked, match="Phường Cao Lãnh"):
        sheets.block(of_unit=province, actor=officer, members=wards[:1], name="Khối khác")
    assert Block.objects.count() == 1


def test_head_and_deputies_are_members(block, officer, agency):
    with pytest.raises(Blocked):
        services.name_heads(block=block, head=agency, deputies=[], actor=officer)


def test_last_years_block_is_carried_over_without_its_head(block, officer, wards):
    made = services.copy_block(block=block, year=2026, actor=officer)

    assert (made.previous, made.head, made.criteria_set) == (block, None, None)
    assert {row.unit for row in made.members.all()} == set(wards)


def test_opening_makes_a_sheet_for_each_member_and_takes_the_set_into_use(field, officer):
    assert {row.unit_name for row in field.block.sheets.all()} == {
        row.unit_name for row in field.block.members.all()
    }
    assert CriteriaSet.objects.get().state == CriteriaSet.State.LOCKED
    assert Notice.objects.count() == 6  # a writer and a head of each unit
    with pytest.raises(Blocked, match="đã có bảng điểm"):
        services.open_sheets(block=field.block, actor=officer)


def test_the_head_checks_all_sheets_but_its_own(field):
    head, deputy, other = field.units

    assert field.sheet(0).verifier == deputy
    assert field.sheet(1).verifier == head
    assert field.sheet(2).verifier == head
    services.name_heads(block=field.block, head=other, deputies=[], actor=field.officer)
    assert field.sheet(1).verifier == other
    assert field.sheet(2).verifier is None  # straight to Home Affairs


def test_sheets_are_not_opened_without_a_set_or_without_the_right(block, officer, staff):
    with pytest.raises(Blocked, match="bộ tiêu chí"):
        services.open_sheets(block=block, actor=officer)
    with pytest.raises(PermissionDenied):
        services.open_sheets(block=block, actor=staff)
    assert not ScoreSheet.objects.exists()


def test_a_member_with_a_sheet_stays_and_so_does_the_set(field, officer):
    with pytest.raises(Blocked, match="Phường Mẫu C"):
        services.save_block(block=field.block, members=field.units[:2], actor=officer)
    field.block.criteria_set = None
    with pytest.raises(Blocked):
        services.save_block(block=field.block, members=field.units, actor=officer)


def test_the_history_tells_who_changed_the_members(block, officer, wards):
    services.save_block(block=block, members=wards[:2], actor=officer)

    last = Entry.objects.about(block, officer)[0]
    assert last.words.changes["members"] == ["Phường Sa Đéc", ""]


def test_of_a_moved_day_of_scoring_both_days_are_told(block, officer, wards):
    for day in (datetime.date(2025, 12, 4), datetime.date(2025, 12, 9)):
        block.score_by = day
        services.save_block(block=block, members=wards, actor=officer)

    last = Entry.objects.of(block).first()
    assert list(last.changed) == [("Hạn tự chấm điểm", "04/12/2025", "09/12/2025")]
