"""What follows in campaigns and blocks when units close."""

import datetime

import pytest

from accounts import services as units
from accounts.models import Unit
from accounts.permissions import Perm, Role
from campaigns import services, tasks
from campaigns.models import (
    Assignment,
    Block,
    BlockMember,
    Campaign,
    Participation,
    PeriodicReport,
    ReportDuty,
    ScoreSheet,
    Task,
    TaskGroup,
)
from core.audit.models import Entry
from tests import factories
from tests.factories import sheets

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 11, 1)


@pytest.fixture
def running(today, province, agency):
    campaign = factories.campaign(unit=province, steward=agency)
    ReportDuty.objects.create(
        campaign=campaign, code="nam", order=1, who="Các xã", frequency="yearly", due="12-10"
    )
    return campaign


@pytest.fixture
def new_ward(province):
    return factories.unit("Phường Mỹ Trà", kind="ward", superior=province)


def merge(*old, into, actor):
    return units.merge_units(
        predecessors=old, successor=into, on=DAY, document="Nghị quyết 202/2025/QH15", actor=actor
    )


def test_registration_and_open_reports_pass_with_their_last_day(
    running, ward, new_ward, unit_leader, admin
):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    before = PeriodicReport.objects.get()

    merge(ward, into=new_ward, actor=admin)

    report = PeriodicReport.objects.get()
    assert (report.unit, report.unit_name) == (new_ward, "Phường Mỹ Trà")
    assert report.due_at == before.due_at
    assert Participation.objects.get().unit == new_ward
    line = Entry.objects.filter(target_type="campaigns.periodicreport").latest("pk")
    assert line.label == "Chuyển sang đơn vị tiếp nhận theo Nghị quyết 202/2025/QH15"
    assert line.words.changes["unit"] == ["Phường Cao Lãnh", "Phường Mỹ Trà"]


def test_two_reports_that_would_meet_stay_apart_and_the_successor_reaches_both(
    running, ward, new_ward, unit_leader, admin
):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    services.join(campaign=running, unit=new_ward, actor=unit_leader)
    head = factories.member(Role.UNIT_LEADER, new_ward)

    merge(ward, into=new_ward, actor=admin)

    assert {row.unit_name for row in PeriodicReport.objects.all()} == {
        "Phường Cao Lãnh",
        "Phường Mỹ Trà",
    }
    assert PeriodicReport.objects.visible_to(head, Perm.REPORT_WRITE).count() == 2
    assert Participation.objects.get(unit=new_ward)


def test_a_closed_unit_owes_nothing_new(running, ward, new_ward, unit_leader, admin):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    services.join(campaign=running, unit=new_ward, actor=unit_leader)
    merge(ward, into=new_ward, actor=admin)
    PeriodicReport.objects.all().delete()

    tasks.fall_due(running)

    assert [row.unit for row in PeriodicReport.objects.all()] == [new_ward]


def test_tasks_pass_on_and_those_that_are_done_stay(running, ward, new_ward, admin):
    group = TaskGroup.objects.create(campaign=running, code="1", order=1, name="Nhóm 1")
    for code, state in (("1", "todo"), ("2", "done")):
        task = Task.objects.create(group=group, code=code, order=1, name=f"Việc {code}")
        Assignment.objects.create(
            task=task, unit=ward, unit_name=ward.name, state=state, due_on=DAY
        )

    merge(ward, into=new_ward, actor=admin)

    held = {row.task.code: (row.unit, row.due_on) for row in Assignment.objects.all()}
    assert held == {"1": (new_ward, DAY), "2": (ward, DAY)}


def test_a_campaign_goes_on_under_the_successor_of_who_leads_it(today, province, ward, new_ward):
    admin = factories.member(Role.ADMIN, province)
    led = factories.campaign(unit=ward)
    ended = factories.campaign(unit=ward, state=Campaign.State.CLOSED)

    merge(ward, into=new_ward, actor=admin)

    led.refresh_from_db()
    ended.refresh_from_db()
    assert (led.unit, ended.unit) == (new_ward, ward)


def test_the_standing_agency_is_who_does_its_work_on_the_day(running, agency, province, admin):
    after = factories.unit("Sở Khoa học, Công nghệ và Môi trường", superior=province)

    merge(agency, into=after, actor=admin)

    running.refresh_from_db()
    assert running.steward == agency
    assert running.steward_on(DAY - datetime.timedelta(days=1)) == agency
    assert running.steward_on(DAY) == after


# --- blocks --------------------------------------------------------------------------------------


def test_place_sheet_and_head_of_the_block_pass_on(field, new_ward, admin):
    old = field.units[0]

    merge(old, into=new_ward, actor=admin)

    assert field.block.members.get(unit=new_ward).unit_name == "Phường Mỹ Trà"
    assert ScoreSheet.objects.get(unit=new_ward).unit_name == "Phường Mỹ Trà"
    assert Block.objects.get().head == new_ward
    assert not ScoreSheet.objects.filter(verifier=old).exists()


def test_one_that_meets_a_member_stays_in_the_block_unranked(field, admin):
    old, into = field.units[0], field.units[1]

    merge(old, into=into, actor=admin)

    row = field.block.members.get(unit=old)
    assert (row.unit_name, row.not_ranked) == (
        "Phường Mẫu A",
        "sắp xếp lại từ ngày 01/11/2025",
    )
    assert Block.objects.get().head == into
    assert ScoreSheet.objects.get(unit=old).unit_name == "Phường Mẫu A"


def test_blocks_of_earlier_years_keep_who_was_in_them(today, province, ward, new_ward, officer):
    admin = factories.member(Role.ADMIN, province)
    sheets.block(of_unit=province, actor=officer, members=[ward], year=2024)

    merge(ward, into=new_ward, actor=admin)

    assert [row.unit for row in BlockMember.objects.all()] == [ward]


# --- taking back, and bulk -------------------------------------------------------------------------


def test_all_that_followed_comes_back(running, ward, new_ward, unit_leader, admin):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    change = merge(ward, into=new_ward, actor=admin)

    units.undo(change=change, because="Nhập nhầm", actor=admin)

    report = PeriodicReport.objects.get()
    assert (report.unit, report.unit_name) == (ward, "Phường Cao Lãnh")
    assert Participation.objects.get().unit == ward
    assert units.missing_to_undo(type(change).objects.get(pk=change.pk))


def test_a_report_that_was_worked_on_keeps_the_reorganisation(
    running, ward, new_ward, unit_leader, admin
):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    change = merge(ward, into=new_ward, actor=admin)
    report = PeriodicReport.objects.get()
    report.version += 1
    report.save()

    found = [str(finding) for finding in units.missing_to_undo(change)]

    assert found == ["Đã có thao tác sau đó: Báo cáo chưa gửi: Phường Mỹ Trà, năm 2025."]


@pytest.mark.parametrize("count", [1, 40])
def test_what_follows_takes_the_same_number_of_queries_for_any_number_of_rows(
    running, province, ward, new_ward, admin, count, django_assert_max_num_queries
):
    group = TaskGroup.objects.create(campaign=running, code="1", order=1, name="Nhóm 1")
    for number in range(count):
        task = Task.objects.create(group=group, code=str(number), order=1, name="Việc")
        Assignment.objects.create(task=task, unit=ward, unit_name=ward.name)

    with django_assert_max_num_queries(118):
        merge(ward, into=new_ward, actor=admin)

    assert Assignment.objects.filter(unit=new_ward).count() == count
    assert Unit.objects.get(pk=ward.pk).closed_on == DAY
