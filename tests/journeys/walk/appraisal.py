"""Chapter 3: the agency forwards, the officer appraises, another confirms; the council votes."""

import re

from playwright.sync_api import expect

from tests.journeys.hands import fill, press, sees
from tests.journeys.walk.unit import HOUSEHOLD, PEOPLE, UNIT

DROPPED = PEOPLE[2]
WHY = "Thời gian công tác trong giai đoạn xét chưa đủ hai năm."
DEFECT = "Biên bản thiếu chữ ký của thư ký; tải lại bản đã ký."


def forward(agency, number):
    """The standing agency ticks the dossier, looks at the list, and forwards it."""
    agency.goto("/ho-so/dau-moi/")
    agency.locator("tr", has_text=number).locator("input[type=checkbox]").check()
    press(agency, "Xem trước danh sách")
    sees(agency, number)
    press(agency, "Chuyển 1 hồ sơ")
    sees(agency, "đưa vào danh sách")


def return_for_supplement(officer, key):
    """The officer takes it up and sends it back with one defect on one part."""
    officer.goto(f"/ho-so/tham-dinh/{key}/")
    press(officer, "Nhận thẩm định")
    press(officer, "Trả lại bổ sung")
    officer.locator("main [name=note]").fill("Thiếu chữ ký theo Điều 11 Nghị định 152/2025/NĐ-CP.")
    officer.locator("main [name='defects-0-part']").select_option("paper:BB")
    officer.locator("main [name='defects-0-text']").fill(DEFECT)
    press(officer, "Trả lại bổ sung", inside=".form-end")
    sees(officer, "Đã trả hồ sơ về đơn vị.")
    officer.goto(f"/ho-so/tham-dinh/{key}/")
    expect(officer.locator(".clock.paused").first).to_contain_text("tạm dừng")


def appraise(officer, key):
    """After the second sending: what changed is shown; one nominee is dropped, with a reason."""
    officer.goto(f"/ho-so/tham-dinh/{key}/")
    expect(officer.locator("#changes")).to_be_visible()
    if officer.get_by_role("button", name="Nhận thẩm định").count():
        press(officer, "Nhận thẩm định")
    sheets = officer.locator("article.crit")
    expect(sheets.locator("textarea").first).to_be_visible()
    for place in range(sheets.count()):
        sheet = sheets.nth(place)
        dropped = DROPPED in sheet.locator("h2").inner_text()
        sheet.locator(f"input[value={'drop' if dropped else 'ok'}]").check()
        if dropped:
            press(officer, "Kết luận thẩm định")
            expect(officer.locator(".summary")).to_contain_text("Ghi rõ lý do loại")
            sheet.locator("textarea").fill(WHY)
    press(officer, "Kết luận thẩm định")
    sees(officer, "Đã kết luận thẩm định", inside="body")


def lend_the_head_of_sections_role(admin, name):
    """For a day the officer may confirm as well; answers with the page that takes it back."""
    admin.goto(f"/nguoi-dung/?q={name}")
    press(admin, name, inside="main table")
    person = admin.url
    admin.goto(f"{person}vai-tro/")
    fill(admin, role="section_head")
    admin.locator("main [name=unit]").select_option(label="Tỉnh Đồng Tháp")
    admin.locator("main form button[type=submit]").last.click()
    sees(admin, "Trưởng phòng")
    return person


def take_back(admin, person):
    admin.goto(person)
    row = admin.locator("main #roles tr", has_text="Trưởng phòng")
    row.get_by_role("button", name="Thu hồi vai trò").click()
    admin.get_by_role("dialog").get_by_role("button", name="Thu hồi vai trò").click()
    sees(admin, "Đã thu hồi vai trò Trưởng phòng", inside="body")


def confirm(officer, head_of_section, key):
    """Four eyes: whoever appraised sees why not, the head of section confirms."""
    officer.goto(f"/ho-so/tham-dinh/{key}/")
    step = officer.locator("#next-step .step", has_text="Duyệt, trình Hội đồng")
    expect(step.locator("button")).to_have_attribute("aria-disabled", "true")
    expect(step).to_contain_text("Bạn đã thẩm định hồ sơ này; người khác phải duyệt.")
    head_of_section.goto(f"/ho-so/tham-dinh/{key}/")
    sees(head_of_section, WHY, inside="body")
    press(head_of_section, "Duyệt, trình Hội đồng")
    head_of_section.goto(f"/ho-so/{key}/")
    sees(head_of_section, "Trình Hội đồng")


def record_sitting(secretary, campaign):
    """Fifteen of seventeen are there; too many ballots are refused, then all are for."""
    secretary.goto("/ho-so/hoi-dong/")
    task = secretary.locator(".task", has_text=campaign)
    task.get_by_role("link", name=re.compile("^Ghi phiên họp")).click()
    fill(secretary, chair="Trần Hoàng Nam", members_total=17, members_present=15)
    ballots = secretary.locator("[data-ballot]")
    expect(ballots).to_have_count(4)
    assert DROPPED not in secretary.locator(".ballots").inner_text()
    for place in range(4):
        ballots.nth(place).locator("[data-votes=for]").fill("16")
    press(secretary, "Lưu kết quả họp")
    sees(secretary, "16", inside=".summary")
    for place in range(4):
        ballots.nth(place).locator("[data-votes=for]").fill("15")
    press(secretary, "Lưu kết quả họp")
    sees(secretary, HOUSEHOLD)
    sees(secretary, UNIT)
