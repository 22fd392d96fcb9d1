"""A launch hands the campaign to its units; tasks move on a board, late ones first."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Notice
from campaigns import services
from campaigns.figures import assignments as figures
from campaigns.models import Assignment, Handout, Task, TaskGroup
from campaigns.services import assignments as acts
from campaigns.workflow import CAMPAIGN
from campaigns.workflow.assignments import ASSIGNMENT
from core.workflow import Blocked
from tests import factories
from tests.core.files import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(today, province, agency):
    campaign = factories.campaign(unit=province, steward=agency, kind="programme", state="draft")
    group = TaskGroup.objects.create(campaign=campaign, code="1", order=1, name="Hạ tầng")
    Task.objects.create(group=group, code="1.1", order=1, name="Phủ sóng 5G", due="2025-11-20")
    Task.objects.create(group=group, code="1.2", order=2, name="IOC", who="Sở Nội vụ")
    return campaign


@pytest.fixture
def running(plan, officer, home_affairs, staff):
    return CAMPAIGN.perform(plan, "launch", actor=officer)


def test_a_launch_hands_the_campaign_to_every_unit_that_has_people(running, ward, staff):
    assert Handout.objects.get().unit == ward
    notice = Notice.objects.get(user=staff)
    assert notice.address == reverse("campaigns:unit_part", args=[running.pk, ward.pk])


def test_tasks_go_to_whom_the_plan_names_else_to_the_agency(running, agency, home_affairs):
    rows = {row.task.code: row for row in Assignment.objects.all()}
    assert (rows["1.1"].unit, rows["1.1"].due_on) == (agency, datetime.date(2025, 11, 20))
    assert (rows["1.2"].unit, rows["1.2"].due_on) == (home_affairs, None)


def test_who_registers_later_is_handed_the_campaign_too(today, province, ward, unit_leader):
    campaign = factories.campaign(unit=province)
    services.join(campaign=campaign, unit=ward, actor=unit_leader)
    assert Handout.objects.filter(campaign=campaign, unit=ward).exists()


def test_the_board_shows_late_ones_first_and_counts_them(running, ward, officer):
    soon = Task.objects.get(code="1.2")
    acts.assign(task=soon, unit=ward, due_on=datetime.date(2025, 12, 20), actor=officer)
    rows = Assignment.objects.select_related("task")
    todo = {column.state: column for column in figures.board(rows, clock_today())}["todo"]
    assert (todo.count, todo.late) == (3, 1)
    assert [card.task.code for card in todo.cards] == ["1.1", "1.2", "1.2"]
    assert [card.late for card in todo.cards] == [True, False, False]


def clock_today():
    return datetime.date(2025, 12, 1)


def test_a_unit_moves_its_task_with_a_note_and_the_agency_gives_it_back(
    running, ward, officer, staff, steward
):
    task = Task.objects.get(code="1.2")
    row = acts.assign(task=task, unit=ward, due_on=None, actor=officer)
    row = ASSIGNMENT.perform(row, "begin", actor=staff)
    with pytest.raises(Blocked):
        ASSIGNMENT.perform(row, "finish", actor=staff)
    row = ASSIGNMENT.perform(row, "finish", actor=staff, note="Đã vận hành từ 25/11.")
    row = ASSIGNMENT.perform(row, "give_back", actor=steward, note="Chưa có biên bản nghiệm thu.")
    assert row.state == "doing"


def test_a_task_is_given_to_a_unit_once(running, ward, officer):
    task = Task.objects.get(code="1.2")
    acts.assign(task=task, unit=ward, due_on=None, actor=officer)
    with pytest.raises(Blocked):
        acts.assign(task=task, unit=ward, due_on=None, actor=officer)


def test_the_pages_of_tasks(running, ward, officer, staff, steward, signed_in):
    client = signed_in(officer)
    task = Task.objects.get(code="1.2")
    said = {"task": task.pk, "unit": ward.pk, "due_on": "20/12/2025"}
    assert client.post(reverse("campaigns:assign", args=[running.pk]), said).status_code == 302
    board = reverse("campaigns:board", args=[running.pk])
    assert "1 nhiệm vụ quá hạn" in signed_in(steward).get(board).content.decode()

    own = signed_in(staff).get(board).content.decode()
    assert "IOC" in own
    assert "Phủ sóng 5G" not in own
    row = Assignment.objects.get(unit=ward)
    client = signed_in(staff)
    assert "Rõ trách nhiệm" in client.get(row.get_absolute_url()).content.decode()
    move = reverse("campaigns:move", args=[row.pk, "hold"])
    assert client.post(move, {"note": "Chờ kinh phí."}).status_code == 302
    row.refresh_from_db()
    assert row.state == "stuck"


def test_a_unit_opens_its_part_and_attaches_its_plan_and_the_agency_sees_it(
    running, ward, staff, officer, signed_in
):
    client = signed_in(staff)
    address = reverse("campaigns:unit_part", args=[running.pk, ward.pk])
    assert "Việc của đơn vị trong phong trào" in client.get(address).content.decode()
    client.post(reverse("campaigns:open_handout", args=[running.pk, ward.pk]))
    file = SimpleUploadedFile("ke-hoach.pdf", making.pdf(), "application/pdf")
    said = {"number": "45/KH-UBND", "file": file}
    assert client.post(f"{address}ke-hoach/", said).status_code == 302

    handout = Handout.objects.get()
    assert (handout.opened_by, handout.plan.name) == (staff, "ke-hoach.pdf")
    listed = signed_in(officer).get(reverse("campaigns:handouts", args=[running.pk]))
    assert "45/KH-UBND" in listed.content.decode()
    file = signed_in(officer).get(handout.plan_url)
    assert file["Content-Type"] == "application/pdf"


def test_another_unit_does_not_see_it(running, ward, province, signed_in):
    other = factories.member("unit_staff", factories.unit("Xã Khác", superior=province))
    address = reverse("campaigns:unit_part", args=[running.pk, ward.pk])
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(other).post(f"{address}mo/").status_code == 404
