"""What units set out to earn: asked, written, sent, approved or refused, sent upward once."""

import datetime

import pytest

from accounts import services as units
from accounts.models import Notice
from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.figures import aims as figures
from campaigns.models import AimList, Block
from campaigns.rules import aims as rules
from campaigns.rules.aims import Line
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.audit.models import Entry
from core.clock import clock
from core.workflow import Blocked, NotNow
from tests import factories
from tests.campaigns.aiming import LAST, line, second

pytestmark = pytest.mark.django_db


def test_units_are_told_when_they_are_asked(staff, unit_leader, call):
    told = Notice.objects.filter(address=call.get_absolute_url())
    assert {notice.user for notice in told} == {staff, unit_leader}
    assert "10/12/2025" in told[0].text


def test_units_are_asked_once_a_year_and_only_for_years_of_the_campaign(call, running, steward):
    with pytest.raises(Blocked, match="đã được yêu cầu đăng ký"):
        aims.open_call(subject=running, year=2025, last_day=LAST, actor=steward)
    with pytest.raises(Blocked, match="từ năm 2021 đến năm 2025"):
        aims.open_call(subject=running, year=2027, last_day=LAST, actor=steward)


def test_a_list_keeps_numbers_and_names(written):
    assert [(aim.number, aim.name) for aim in written.aims.all()] == [
        (2, ""),
        (1, "Trần Thị Hương"),
        (1, ""),
    ]
    assert figures.in_words([written])[written.pk] == "1 Bằng khen (tập thể), 3 Bằng khen (cá nhân)"


def test_titles_that_the_plan_does_not_name_are_refused(call, ward, staff):
    other = factories.award_type("CSTD", name="Chiến sĩ thi đua", short_name="CSTĐ cơ sở")
    with pytest.raises(Blocked, match="kế hoạch không nêu “CSTĐ cơ sở”"):
        aims.save_aims(call=call, unit=ward, lines=[Line(other, "individual", 1)], actor=staff)
    assert not AimList.objects.exists()


def test_every_fault_of_the_lines_is_said_at_once():
    only = factories.award_type("TTLD", short_name="Tập thể LĐTT", kinds=["collective"])
    faults = rules.faults_of(
        [Line(only, "individual", 2, "Lê Văn A"), line(), line()], [only, factories.award_type()]
    )
    assert [str(fault) for fault in faults] == [
        "Dòng 1: “Tập thể LĐTT” không dành cho: Cá nhân.",
        "Dòng 1: dòng có tên là của một người hoặc một tập thể; số lượng để là 1.",
        "“Bằng khen” ghi hai lần cho cá nhân: gộp vào một dòng.",
    ]


def test_an_empty_list_is_not_sent(call, ward, staff, unit_leader):
    row = aims.save_aims(call=call, unit=ward, lines=[], actor=staff)
    with pytest.raises(Blocked, match="còn trống"):
        AIM_LIST.perform(row, "send", actor=unit_leader)


def test_more_than_all_places_of_the_plan_is_a_warning_not_a_refusal(call, ward, staff):
    row = aims.save_aims(call=call, unit=ward, lines=[line(5)], actor=staff)
    found = list(rules.missing_to_send(row, clock.now()))
    assert [(finding.blocks, "3 suất" in str(finding)) for finding in found] == [(False, True)]


def test_after_the_last_day_nothing_is_sent_until_the_day_is_put_off(
    written, steward, unit_leader, settings
):
    settings.DEMO = True
    first_too_late = datetime.datetime(2025, 12, 11, tzinfo=clock.ZONE)
    with clock.standing_at(first_too_late):
        with pytest.raises(Blocked, match="Đề nghị Sở Khoa học và Công nghệ cho phép gửi muộn"):
            AIM_LIST.perform(written, "send", actor=unit_leader)
        aims.move_day(
            call=written.call, last_day=datetime.date(2025, 12, 12), note="", actor=steward
        )
        row = AimList.objects.get()
        assert AIM_LIST.perform(row, "send", actor=unit_leader).state == "sent"


def test_what_is_sent_stays_as_it_is(sent, ward, staff):
    with pytest.raises(Blocked, match="Chờ duyệt"):
        aims.save_aims(call=sent.call, unit=ward, lines=[line()], actor=staff)


def test_a_refusal_needs_a_reason_and_the_unit_may_send_again_late(
    sent, ward, steward, staff, unit_leader, settings
):
    with pytest.raises(Blocked):
        AIM_LIST.perform(sent, "refuse", actor=steward)
    back = AIM_LIST.perform(sent, "refuse", actor=steward, note="Chỉ đăng ký tối đa 02 cá nhân.")
    assert Notice.objects.filter(user=staff, text__contains="bị từ chối").exists()
    settings.DEMO = True
    with clock.standing_at(datetime.datetime(2025, 12, 20, tzinfo=clock.ZONE)):
        mended = aims.save_aims(call=back.call, unit=ward, lines=[line(2)], actor=staff)
        assert AIM_LIST.perform(mended, "send", actor=unit_leader).state == "sent"


def test_a_colleagues_save_in_between_is_not_written_over(written, ward, staff):
    seen = written.version
    aims.save_aims(call=written.call, unit=ward, lines=[line()], actor=staff, version=seen)
    with pytest.raises(Blocked, match="đã thay đổi|đã được thay đổi|Đã thay đổi|sửa"):
        aims.save_aims(call=written.call, unit=ward, lines=[line(4)], actor=staff, version=seen)


def test_approved_lists_go_upward_in_one_act_and_none_twice(sent, province, unit_leader, steward):
    call = sent.call
    with pytest.raises(Blocked, match="Không còn bản nào"):
        aims.send_upward(call=call, actor=steward)
    other = second(call, province, unit_leader)
    done, refused = aims.approve(lists=[sent, other], actor=steward)
    assert (len(done), refused) == (2, [])

    first = aims.send_upward(call=call, actor=steward)
    assert (first.number, first.receiver, len(first.contents)) == ("DK2025-0001", province, 2)
    assert set(AimList.objects.values_list("roll_up", flat=True)) == {first.pk}
    lines = Entry.objects.filter(verb="aimcall.send_upward")
    assert lines.count() == 1
    with pytest.raises(Blocked, match="Không còn bản nào"):
        aims.send_upward(call=call, actor=steward)
    later = second(call, province, unit_leader, "Xã Tân Hòa")
    aims.approve(lists=[later], actor=steward)
    assert [each["unit"] for each in aims.send_upward(call=call, actor=steward).contents] == [
        "Xã Tân Hòa"
    ]


def test_what_went_upward_is_not_refused_any_more(sent, steward):
    aims.approve(lists=[sent], actor=steward)
    aims.send_upward(call=sent.call, actor=steward)
    with pytest.raises(NotNow):
        AIM_LIST.perform(sent, "refuse", actor=steward, note="Xem lại.")


def test_the_head_of_a_block_takes_the_others_lists_and_its_own_goes_up(
    today, province, officer, ward
):
    head = factories.unit("Phường Sa Đéc", kind="ward", superior=province)
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"), members=[head, ward], actor=officer
    )
    block = campaign_services.name_heads(block=block, head=head, deputies=[], actor=officer)
    leader = factories.member(Role.UNIT_LEADER, head)
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=leader)
    assert rules.receiver_of(call, ward, clock.today()) == head
    assert rules.receiver_of(call, head, clock.today()) == province
    campaign_services.name_heads(block=block, head=ward, deputies=[], actor=officer)
    call.refresh_from_db()
    assert call.collector == ward


def merge(old, into, actor):
    return units.merge_units(
        predecessors=[old], successor=into, on=clock.today(), document="NQ 202", actor=actor
    )


def test_a_list_passes_to_the_successor_and_what_went_upward_stays(
    sent, ward, province, steward, unit_leader, admin
):
    other = second(sent.call, province, unit_leader)
    aims.approve(lists=[other], actor=steward)
    aims.send_upward(call=sent.call, actor=steward)
    into = factories.unit("Phường Mỹ Trà", kind="ward", superior=province)
    merge(ward, into, admin)
    merge(other.unit, into, admin)
    names = set(AimList.objects.values_list("unit_name", "unit"))
    assert names == {("Phường Mỹ Trà", into.pk), ("Xã Mỹ Hiệp", other.unit_id)}


def test_the_successor_of_the_standing_agency_takes_the_lists_in(sent, agency, province, admin):
    into = factories.unit("Sở Khoa học mới", superior=province)
    merge(agency, into, admin)
    row = AimList.objects.select_related("call").get()
    assert (row.receiver, row.call.collector) == (into, into)
