"""A running campaign in a browser: results of a month, the yearly report in the last second
and the first one after it, a late permit, and the agency's synthesis of what the units sent."""

import re

from playwright.sync_api import expect

from tests.journeys.hands import download, fill, press, sees

CAMPAIGN = "Phong trào thi đua chuyển đổi số"
PROGRAMME = "Đột phá phát triển khoa học, công nghệ"
NAME = "Đồng Tháp đẩy mạnh chương trình chuyển đổi số"
UNIT = "Phường Cao Lãnh"
# the head of a unit that has not reported yet, with the password of all demo accounts
PUNCTUAL = """
from accounts.models import User
from campaigns.models import PeriodicReport
rows = PeriodicReport.objects.filter(duty__code="bao-cao-nam", state="open")
rows = rows.exclude(unit__name="Phường Cao Lãnh").order_by("-pk")
head = User.objects.get(memberships__unit=rows[0].unit, memberships__role="unit_leader")
head.password = User.objects.get(username="thutruong").password
head.save()
"""


def enter_results(staff):
    staff.goto("/phong-trao/")
    press(staff, PROGRAMME, inside="main")
    press(staff, "Nhập kết quả", inside="#running")
    press(staff, "Tháng 11", inside="main")
    row = staff.locator("#T04")
    row.locator("input").first.fill("31,5")
    row.locator("input").nth(1).fill("Phòng Kinh tế")
    press(staff, "Lưu kết quả")
    sees(staff, "Đã lưu 1 số liệu tháng 11/2025")
    expect(staff.locator("#T04")).to_contain_text("đạt")


def write_report(staff):
    staff.goto("/phong-trao/bao-cao/")
    staff.locator("main tbody tr", has_text=CAMPAIGN).locator("a").first.click()
    address = staff.url
    press(staff, "Viết báo cáo", inside="aside")
    fill(staff, summary="Đã mở 5 lớp kỹ năng số cho 410 người.")
    press(staff, "Lưu báo cáo")
    sees(staff, "Đã mở 5 lớp kỹ năng số cho 410 người.")
    return address


def permit(agency, address):
    agency.goto(address)
    press(agency, "Cho phép gửi muộn", inside="main")
    fill(agency, last_day="13/12/2025", reason="Mất điện do bão.")
    press(agency, "Cho phép gửi muộn", inside=".form-end")
    sees(agency, "Mất điện do bão.")


def merge(agency):
    agency.goto("/phong-trao/")
    press(agency, NAME, inside="main")
    press(agency, "Báo cáo của các đơn vị", inside="#running")
    press(agency, "Gộp báo cáo các đơn vị", inside="main")
    sees(agency, "Báo cáo tổng hợp đã gộp báo cáo của 42 đơn vị")
    expect(agency.locator("[name=summary]")).to_have_value(re.compile(f"{UNIT}: Đã mở 5 lớp"))
    fill(agency, difficulties="Thiếu cán bộ chuyên trách ở cấp xã.")
    press(agency, "Lưu báo cáo tổng hợp")
    sees(agency, "Đã lưu báo cáo tổng hợp")
    assert download(agency, "a[href$='/pdf/']").startswith(b"%PDF")


def test_a_unit_reports_late_with_a_permit_and_the_agency_merges_forty(sign_in, day, stack):
    staff, head, agency = sign_in("canbo"), sign_in("thutruong"), sign_in("thuongtruc")
    punctual = sign_in(stack.ask("head.username", imports=PUNCTUAL))
    enter_results(staff)
    address = write_report(staff)
    write_report(punctual)

    day("10/12/2025", "23:59:59")
    head.goto(address)
    press(punctual, "Gửi báo cáo", inside="aside")
    sees(punctual, "Đã gửi đến")

    day("11/12/2025", "00:00:00")
    press(head, "Gửi báo cáo", inside="aside")  # the page was read a second before
    sees(head, "Đã hết hạn nhận báo cáo lúc")
    permit(agency, address)

    head.goto(address)
    sees(head, "được gửi muộn đến hết ngày 13/12/2025")
    press(head, "Gửi báo cáo", inside="aside")
    sees(head, "Đã gửi đến")
    merge(agency)
