"""Pages of what units set out to earn: who sees, writes, approves, sends upward."""

import datetime
import re

import pytest
from django.urls import reverse

from accounts.models import Membership, Notice
from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.models import AimList, AimRollUp
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.audit.models import Entry
from core.clock import clock
from criteria.models import Parameter
from tests import factories
from tests.campaigns.aiming import second
from tests.core.test_versions import typed

pytestmark = pytest.mark.django_db


def test_the_home_page_and_the_campaign_lead_to_a_list_that_is_not_sent(
    call, staff, unit_leader, written, signed_in
):
    client = signed_in(staff)
    title = "Chưa gửi đăng ký danh hiệu: Phong trào thi đua chuyển đổi số (2025)"
    assert title in client.get("/").content.decode()
    page = client.get(call.campaign.get_absolute_url()).content.decode()
    assert call.get_absolute_url() in page
    AIM_LIST.perform(written, "send", actor=unit_leader)
    assert title not in client.get("/").content.decode()


def test_a_call_has_one_red_button_one_s_own_list_first(
    sent, agency, province, steward, unit_leader, signed_in
):
    """Who collects for the agency and writes for two units that have not sent theirs."""
    call = sent.call
    AIM_LIST.perform(sent, "approve", actor=steward)
    for name in ("Xã Một", "Xã Hai"):
        unit = factories.unit(name, kind="commune", superior=province)
        campaign_services.join(campaign=call.campaign, unit=unit, actor=unit_leader)
        Membership.objects.create(
            user=steward, unit=unit, role=Role.UNIT_LEADER, from_day=datetime.date(2020, 1, 1)
        )
    client = signed_in(steward)

    def red():
        text = client.get(call.get_absolute_url()).content.decode()
        shown = re.sub(
            r"<dialog.*?</dialog>", "", text, flags=re.DOTALL
        )  # closed until it is asked for
        return [
            " ".join(re.sub("<[^>]+>", "", found).split())
            for found in re.findall(r'class="btn btn-primary.*?</(?:a|button)>', shown, re.DOTALL)
        ]

    assert len(red()) == 1
    assert "Đăng ký danh hiệu của đơn vị" in red()[0]
    steward.memberships.filter(role=Role.UNIT_LEADER).delete()
    assert len(red()) == 1
    assert "Gửi" in red()[0]


@pytest.mark.parametrize(("days", "near"), [(3, False), (40, True)])
def test_a_deadline_turns_yellow_when_the_province_says_so(call, staff, days, near, signed_in):
    first = clock.today().replace(month=1, day=1)
    key = {"key": "soon_days.unit", "meaning": "x", "valid_from": first}
    Parameter.objects.create(value=days, **key)

    page = signed_in(staff).get("/").content.decode()

    assert ('class="clock soon"' in page) is near


def test_the_roll_up_lists_every_unit_by_where_it_stands(
    sent, province, unit_leader, steward, signed_in
):
    call = sent.call
    late = factories.unit("Xã Chưa Gửi", kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=late, actor=unit_leader)
    client = signed_in(steward)
    text = client.get(call.get_absolute_url()).content.decode()
    assert "Xã Chưa Gửi" in text
    assert "1 Bằng khen (tập thể), 3 Bằng khen (cá nhân)" in text
    only = client.get(f"{call.get_absolute_url()}?show=sent").content.decode()
    assert "Phường Cao Lãnh" in only
    assert "Xã Chưa Gửi" not in only
    book = client.get(reverse("campaigns:aim_workbook", args=[call.pk]))
    assert book.status_code == 200


def test_the_collector_approves_and_sends_upward_by_the_page(sent, steward, signed_in):
    call, client = sent.call, signed_in(steward)
    approve = reverse("campaigns:aim_approve", args=[call.pk])
    assert client.post(approve, {"row": [sent.pk]}).status_code == 302
    upward = reverse("campaigns:aim_send_upward", args=[call.pk])
    answer = client.post(upward)
    made = AimRollUp.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    receipt = client.get(made.get_absolute_url()).content.decode()
    assert made.sha256 in receipt
    assert "Trần Thị Hương" in receipt
    again = client.post(upward)
    assert again.status_code == 409
    assert "Không còn bản nào để gửi" in again.content.decode()


def test_a_unit_writes_its_list_on_the_page(call, ward, staff, signed_in):
    client = signed_in(staff)
    assert "Đăng ký danh hiệu" in client.get(call.get_absolute_url()).content.decode()
    page = reverse("campaigns:aim_list", args=[call.pk, ward.pk])
    assert "Chưa ghi danh hiệu nào" in client.get(page).content.decode()
    write = reverse("campaigns:aim_write", args=[call.pk, ward.pk])
    assert client.get(write).status_code == 200
    rows = {
        "aims-TOTAL_FORMS": "2",
        "aims-INITIAL_FORMS": "0",
        "aims-0-award_type": str(factories.award_type().pk),
        "aims-0-kind": "individual",
        "aims-0-number": "2",
        "aims-1-name": "Lê Văn Nam",
    }
    refused = client.post(write, rows)
    assert refused.status_code == 422
    assert "Chọn danh hiệu hoặc hình thức" in refused.content.decode()
    rows |= {"aims-1-award_type": rows["aims-0-award_type"], "aims-1-kind": "individual"}
    assert client.post(write, rows)["Location"] == page
    assert "Lê Văn Nam" in client.get(page).content.decode()


def test_a_foreign_unit_finds_neither_list_nor_call_page_of_others(
    sent, province, ward, signed_in, unit_leader
):
    call = sent.call
    other = factories.unit("Xã Khác", kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=other, actor=unit_leader)
    client = signed_in(factories.member(Role.UNIT_LEADER, other))
    assert "Phường Cao Lãnh" not in client.get(call.get_absolute_url()).content.decode()
    args = [call.pk, ward.pk]
    assert client.get(reverse("campaigns:aim_list", args=args)).status_code == 404
    assert client.get(reverse("campaigns:aim_write", args=args)).status_code == 404
    assert client.post(reverse("campaigns:aim_step", args=[*args, "send"])).status_code == 404
    for name in ("aim_workbook", "aim_call_day"):
        assert client.get(reverse(f"campaigns:{name}", args=[call.pk])).status_code == 404
    assert client.post(reverse("campaigns:aim_send_upward", args=[call.pk])).status_code == 404


def test_staff_do_not_send_and_a_member_of_the_unit_does_not_approve(
    written, ward, staff, unit_leader, signed_in
):
    step = reverse("campaigns:aim_step", args=[written.call_id, ward.pk, "send"])
    assert signed_in(staff).post(step).status_code == 404
    assert signed_in(unit_leader).post(step).status_code == 302
    approve = reverse("campaigns:aim_step", args=[written.call_id, ward.pk, "approve"])
    assert signed_in(unit_leader).post(approve).status_code == 404


@pytest.mark.parametrize("units", [1, 8])
def test_the_roll_up_asks_as_often_for_any_number_of_units(
    call, province, unit_leader, steward, signed_in, units, django_assert_max_num_queries
):
    for number in range(units):
        second(call, province, unit_leader, f"Xã Số {number}")
    client = signed_in(steward)
    with django_assert_max_num_queries(24):
        client.get(call.get_absolute_url())


def test_two_colleagues_who_both_write_the_first_list_do_not_overwrite_each_other(
    call, ward, staff, unit_leader, signed_in
):
    write = reverse("campaigns:aim_write", args=[call.pk, ward.pk])
    for user in (staff, unit_leader):
        assert signed_in(user).get(write).context["form"]["version"].value() == 0

    def typed(name):
        rows = {"aims-TOTAL_FORMS": "1", "aims-INITIAL_FORMS": "0", "version": "0"}
        rows |= {"aims-0-award_type": str(factories.award_type().pk), "aims-0-kind": "individual"}
        return rows | {"aims-0-name": name}

    assert signed_in(staff).post(write, typed("Lê Văn Nam")).status_code == 302
    refused = signed_in(unit_leader).post(write, typed("Trần Thị Hương"))
    text = refused.content.decode()
    assert (refused.status_code, "đã sửa lúc" in text and "Trần Thị Hương" in text) == (409, True)
    assert [aim.name for aim in AimList.objects.get().aims.all()] == ["Lê Văn Nam"]


def test_the_home_page_says_that_lists_wait(sent, steward, unit_leader, signed_in):
    assert "1 bản đăng ký chờ duyệt" in signed_in(steward).get("/").content.decode()
    assert "bản đăng ký chờ duyệt" not in signed_in(unit_leader).get("/").content.decode()
    aims.approve(lists=[sent], actor=steward)
    assert "bản đăng ký chờ duyệt" not in signed_in(steward).get("/").content.decode()


def test_the_empty_list_leads_to_writing_and_both_pages_say_that_it_is_late(
    call, ward, staff, signed_in
):
    client, args = signed_in(staff), [call.pk, ward.pk]
    write = reverse("campaigns:aim_write", args=args)
    text = client.get(reverse("campaigns:aim_list", args=args)).content.decode()
    assert text.count(f'href="{write}"') == 2
    assert '<aside class="order-first order-lg-last"' in text
    late = "Hạn đăng ký đến hết ngày 28/11/2025"
    assert late not in client.get(write).content.decode()
    type(call).objects.update(due_at=clock.as_instant(datetime.date(2025, 11, 29)))
    assert late in client.get(write).content.decode()


def test_the_receiver_is_told_and_only_the_collector_is_offered_to_send_upward(
    sent, steward, officer, signed_in
):
    aims.approve(lists=[sent], actor=steward)
    button, page = 'id="send-upward"', sent.call.get_absolute_url()
    assert button in signed_in(steward).get(page).content.decode()
    assert button not in signed_in(officer).get(page).content.decode()
    made = aims.send_upward(call=sent.call, actor=steward)
    told = Notice.objects.filter(user=officer, address=made.get_absolute_url())
    assert [notice.text for notice in told] == [
        f"Sở Khoa học và Công nghệ đã gửi lên 1 bản đăng ký danh hiệu, giấy tiếp nhận {made.number}."
    ]
    assert made.number in signed_in(officer).get(page).content.decode()


def test_units_are_searched_without_accents_beside_the_pills(
    sent, province, unit_leader, steward, signed_in
):
    call = sent.call
    second(call, province, unit_leader, "Xã Mỹ Hiệp")
    late = factories.unit("Xã Chưa Gửi", kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=late, actor=unit_leader)
    client, page = signed_in(steward), call.get_absolute_url()

    def found(query):
        context = client.get(f"{page}?{query}").context
        return [row.record.unit_name for row in context["table"].page.object_list]

    assert found("q=my+hiep") == found("q=HIỆP+xã") == ["Xã Mỹ Hiệp"]
    assert set(found("q=xa")) == {"Xã Mỹ Hiệp", "Xã Chưa Gửi"}
    assert found("q=xa&show=sent") == ["Xã Mỹ Hiệp"]
    answer = client.get(f"{page}?q=xa&show=sent")
    text = answer.content.decode()
    assert [one["count"] for one in answer.context["choices"]] == [2, 1, 1, 0, 0]
    assert answer.context["counts"]["all"] == 3
    assert "?show=draft&amp;q=xa" in text
    assert '<input type="hidden" name="show" value="sent">' in text
    assert "Không có đơn vị nào khớp" in client.get(f"{page}?q=khong+co").content.decode()


def test_a_day_that_stays_is_neither_said_to_be_moved_nor_kept_as_moved(call, steward, signed_in):
    client, address = signed_in(steward), reverse("campaigns:aim_call_day", args=[call.pk])
    lines = Entry.objects.count()

    page = client.post(address, typed(client.get(address)), follow=True)

    text = page.content.decode()
    assert "Không có gì thay đổi" in text
    assert "Đã đổi ngày cuối" not in text
    assert Entry.objects.count() == lines


def test_of_a_moved_day_both_days_are_told_and_the_units_that_owe_a_list_hear_of_it(
    sent, province, steward, unit_leader, signed_in
):
    call, unsent = sent.call, second(sent.call, province, unit_leader)
    AimList.objects.filter(pk=unsent.pk).update(state="draft")
    client, address = signed_in(steward), reverse("campaigns:aim_call_day", args=[call.pk])
    Notice.objects.all().delete()

    client.post(address, typed(client.get(address), last_day="12/12/2025"))

    told = "Ngày cuối: 10/12/2025 → 12/12/2025"
    assert told in signed_in(steward).get(call.get_absolute_url()).content.decode()
    inspector = factories.member(Role.AUDITOR, province)
    assert told in signed_in(inspector).get(reverse("accounts:history")).content.decode()
    notices = Notice.objects.filter(address=call.get_absolute_url())
    assert {notice.user.home_unit for notice in notices} == {unsent.unit}
    assert "12/12/2025" in notices[0].text
