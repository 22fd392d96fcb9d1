"""The pages of reports and late permits, for each who may open them."""

import datetime
import re

import pytest
from django.urls import reverse

from campaigns import services
from campaigns.models import LatePermit, PeriodicReport, ReportDuty, Synthesis, TargetResult
from campaigns.services import reports as acts
from campaigns.workflow.reports import REPORT
from core.audit.models import Entry
from core.ui.models import Draft
from tests import factories
from tests.campaigns.resulting import target
from tests.core.test_versions import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(today, province, agency, ward, unit_leader):
    campaign = factories.campaign(unit=province, steward=agency)
    ReportDuty.objects.create(
        campaign=campaign, code="nam", order=1, who="Thành viên", frequency="yearly", due="12-10"
    )
    services.join(campaign=campaign, unit=ward, actor=unit_leader)
    return campaign


@pytest.fixture
def report(running):
    return PeriodicReport.objects.get()


def sent(report, unit_leader):
    text = {report.duty.campaign.contents.get(code="a").pk: "Đã mở 5 lớp."}
    acts.save_report(report=report, actor=unit_leader, parts=text, figures={})
    return REPORT.perform(report, "send", actor=unit_leader)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_staff_see_what_their_unit_owes_and_write_it(report, staff, signed_in):
    client = signed_in(staff)
    assert "năm 2025" in page(client, reverse("campaigns:reports"))
    assert "Báo cáo năm 2025 chưa gửi" in page(client, "/")

    write = reverse("campaigns:report_write", args=[report.pk])
    assert "a) Nội dung a" in page(client, write)
    content = report.duty.campaign.contents.get(code="a")
    said = {f"content_{content.pk}": "Đã mở 5 lớp.", "version": report.version}
    assert client.post(write, said).status_code == 302

    text = page(client, report.get_absolute_url())
    assert "Đã mở 5 lớp." in text
    assert "Thủ trưởng đơn vị là người gửi báo cáo" in text


def test_days_that_are_left_are_said_to_be_working_days(report, staff, signed_in):
    client = signed_in(staff)

    assert "Hạn (ngày làm việc)" in page(client, reverse("campaigns:reports"))
    for address in (reverse("campaigns:report_write", args=[report.pk]), report.get_absolute_url()):
        assert "<b>10/12/2025</b>, còn 7 ngày làm việc" in page(client, address)


def test_what_is_typed_is_kept_before_it_is_saved(report, staff, signed_in):
    client = signed_in(staff)
    write = reverse("campaigns:report_write", args=[report.pk])
    client.post(f"{reverse('ui:draft')}?form={write}", {"summary": "Đang viết dở"})

    assert Draft.objects.get().values["summary"] == ["Đang viết dở"]
    assert "Đang viết dở" in page(client, write)


def test_the_head_sends_and_the_agency_returns_with_a_note(report, unit_leader, steward, signed_in):
    sent(report, unit_leader)
    client = signed_in(steward)
    step = reverse("campaigns:report_step", args=[report.pk, "return"])
    assert client.post(step, {"note": "Thiếu số liệu."}).status_code == 302

    report.refresh_from_db()
    assert report.state == "returned"
    assert "Thiếu số liệu." in page(signed_in(unit_leader), report.get_absolute_url())
    assert "bị trả lại để bổ sung" in page(signed_in(unit_leader), "/")


def test_staff_cannot_send_nor_another_unit_read(report, staff, province, signed_in):
    step = reverse("campaigns:report_step", args=[report.pk, "send"])
    assert signed_in(staff).post(step).status_code == 404
    other = factories.member("unit_staff", factories.unit("Xã Khác", superior=province))
    page(signed_in(other), report.get_absolute_url(), status=404)


def test_the_agency_sees_who_has_not_reported_late_ones_first(
    running, report, steward, unit_leader, province, signed_in
):
    second = factories.unit("Xã Mỹ Hiệp", kind="commune", superior=province)
    services.join(campaign=running, unit=second, actor=unit_leader)
    PeriodicReport.objects.filter(unit=second).update(
        due_at=datetime.datetime(2025, 11, 30, tzinfo=datetime.UTC)
    )
    address = reverse("campaigns:collect", args=[running.pk])
    text = page(signed_in(steward), address)
    assert text.index("Xã Mỹ Hiệp") < text.index("Phường Cao Lãnh")
    assert "1 quá hạn" in text
    assert "Phường Cao Lãnh" not in page(signed_in(steward), f"{address}?show=late")
    page(signed_in(unit_leader), address, status=404)


@pytest.mark.parametrize("units", [1, 12])
def test_the_agencys_list_asks_as_often_for_any_number_of_units(
    running, steward, unit_leader, province, signed_in, units, django_assert_max_num_queries
):
    for number in range(units):
        unit = factories.unit(f"Xã Số {number}", superior=province)
        services.join(campaign=running, unit=unit, actor=unit_leader)
    client = signed_in(steward)
    with django_assert_max_num_queries(22):
        client.get(reverse("campaigns:collect", args=[running.pk]))


def test_the_agency_puts_reports_together_edits_and_prints(
    running, report, unit_leader, steward, signed_in
):
    sent(report, unit_leader)
    client = signed_in(steward)
    made = client.post(
        reverse("campaigns:put_together", args=[running.pk]),
        {"duty": report.duty_id, "period": "2025"},
    )
    synthesis = Synthesis.objects.get()
    assert made.url == synthesis.get_absolute_url()
    assert "Phường Cao Lãnh: Đã mở 5 lớp." in page(client, made.url)

    client.post(made.url, {"summary": "Kết quả tốt.", "version": synthesis.version})
    synthesis.refresh_from_db()
    assert synthesis.summary == "Kết quả tốt."
    paper = client.get(reverse("campaigns:synthesis_pdf", args=[synthesis.pk]))
    assert paper.content.startswith(b"%PDF")


def test_an_officer_gives_and_withdraws_a_permit_and_the_unit_sees_it(
    running, report, officer, staff, signed_in
):
    client = signed_in(officer)
    address = reverse("campaigns:permits", args=[running.pk])
    said = {
        "unit": report.unit_id,
        "subject": f"duty:{report.duty_id}:2025",
        "last_day": "15/12/2025",
        "reason": "Mất điện do bão.",
    }
    assert client.post(address, said).status_code == 302
    assert "Mất điện do bão." in page(client, address)
    assert "gửi muộn đến hết ngày 15/12/2025" in page(signed_in(staff), report.get_absolute_url())

    permit = LatePermit.objects.get()
    gone = signed_in(officer).post(reverse("campaigns:permit_withdraw", args=[permit.pk]))
    assert gone.status_code == 302
    assert "gửi muộn đến hết" not in page(signed_in(staff), report.get_absolute_url())


def test_a_permit_with_a_fault_comes_back_with_what_was_typed(running, officer, signed_in):
    address = reverse("campaigns:permits", args=[running.pk])
    answer = signed_in(officer).post(address, {"reason": "Vì bão"})
    assert answer.status_code == 422
    assert "Vì bão" in answer.content.decode()


@pytest.mark.parametrize(
    ("months", "prefilled", "hint"),
    [(12, 12, "cộng 12 tháng"), (9, None, "số đã có: 9 (mới 9/12 tháng)")],
)
def test_the_form_is_prefilled_with_what_months_make(
    report, ward, staff, signed_in, months, prefilled, hint
):
    counted = target(report.duty.campaign, unit_of_measure="hồ sơ")
    for month in range(1, months + 1):
        TargetResult.objects.create(
            target=counted, unit=ward, period=f"2025-{month:02d}", value=1, by=staff
        )

    answer = signed_in(staff).get(reverse("campaigns:report_write", args=[report.pk]))

    (field,) = answer.context["form"].numbers
    assert (field.value(), hint in answer.content.decode()) == (prefilled, True)


def test_an_empty_form_is_not_called_saved_and_what_is_written_is_in_the_history(
    report, staff, signed_in
):
    client, write = signed_in(staff), reverse("campaigns:report_write", args=[report.pk])

    text = client.post(write, typed(client.get(write)), follow=True).content.decode()
    assert "Báo cáo còn trống và chưa được gửi." in text
    assert "Đã lưu báo cáo" not in text

    content = report.duty.campaign.contents.get(code="a")
    said = typed(client.get(write), **{f"content_{content.pk}": "Đã mở 5 lớp."})
    text = client.post(write, said, follow=True).content.decode()
    assert "Đã lưu báo cáo" in text
    line = Entry.objects.of(report).get()
    assert line.words.changes == {"contents": ["", f"{content}: Đã mở 5 lớp."]}


def test_no_line_ends_in_the_dot_before_a_clock(report, staff, signed_in):
    client, write = signed_in(staff), reverse("campaigns:report_write", args=[report.pk])

    for address in (report.get_absolute_url(), write):
        text = page(client, address)
        assert 'class="clock' in text
        assert not re.search(r'·\s*<span class="clock', text)
