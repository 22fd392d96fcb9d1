"""Chapter 2: unit staff write a dossier, its head sends it; chapter 3b: they mend it."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.core.files import making
from tests.core.files.hostile import EXE
from tests.journeys.hands import choose, fill, press, sees
from tests.journeys.walk.plan import SHORT

UNIT = "Phường Cao Lãnh"
COLLECTIVE = "Ủy ban nhân dân phường Cao Lãnh"
HOUSEHOLD = "Hộ ông Nguyễn Văn Sen"
PEOPLE = ["Nguyễn Hoàng Yến Nhi", "Trần Đức Trí", "Lê Thị Thùy Dương"]
SITUATION = "Phường có 12 khóm, 9.840 hộ; Tổ công nghệ số cộng đồng có 96 thành viên."


def write_dossier(staff):
    """From the task on the first page to a complete dossier; answers with its address."""
    staff.goto("/")
    sees(staff, "Việc của tôi")
    staff.locator(".task", has_text=SHORT).get_by_role("link", name="Lập hồ sơ mới").click()
    press(staff, "Lập hồ sơ", inside=".form-end")
    address = staff.url
    sees(staff, "Chưa đề nghị ai")
    write_general(staff)
    nominate(staff, address, "collective", name=COLLECTIVE, headcount=46, unit_votes=9)
    write_report(staff, keeps=True)
    for name in PEOPLE:
        nominate(staff, address, "individual", name=name, **person())
        write_report(staff)
    nominate(staff, address, "household", name=HOUSEHOLD, workplace=UNIT, unit_votes=9)
    write_report(staff)
    says_what_is_missing(staff, address)
    attach_papers(staff, address)
    expect(staff.locator(".rail a i")).to_have_count(8)
    expect(staff.locator(".rail i.t-err")).to_have_count(0)
    return address


def write_general(staff):
    press(staff, "Ghi", inside="#general")
    fill(
        staff,
        proposal_number="45/TTr-UBND",
        proposal_on="28/11/2025",
        council_met_on="27/11/2025",
        council_total=9,
        council_present=9,
        contact="Nguyễn Thị Thanh Trúc, 0277 385 1207",
    )
    press(staff, "Lưu thông tin chung")
    sees(staff, "45/TTr-UBND")


def person():
    return {
        "sex": "female",
        "birth_day": "14/05/1988",
        "position": "Công chức Văn hóa – Xã hội",
        "position_class": "direct",
        "workplace": COLLECTIVE,
        "unit_votes": 9,
    }


def nominate(staff, address, kind, **fields):
    staff.goto(f"{address}them/{kind}/")
    fill(staff, **fields)
    press(staff, "Đưa vào danh sách")


def write_report(staff, *, keeps=False):
    """Parts I to III with one content; `keeps`: leave the page first, and find the text again."""
    fill(staff, situation=SITUATION)
    if keeps:
        expect(staff.locator("[data-saved-text]")).to_have_text(re.compile(r"\d\d:\d\d"))
        staff.reload()
        expect(staff.locator("[name=situation]")).to_have_value(SITUATION)
    content = staff.locator("main [name^=content_]").first
    content.fill("1.120 hồ sơ trực tuyến toàn trình, tăng 34 % so với năm 2024.")
    fill(staff, results="Hoàn thành xuất sắc nhiệm vụ bốn năm liền.", earlier_awards="Chưa có.")
    press(staff, "Lưu báo cáo")
    sees(staff, "Đã lưu báo cáo.")


def says_what_is_missing(staff, address):
    """The rail shows ✓ or ⚠ at the parts that are done, ✗ with a reason at the five papers."""
    staff.goto(address)
    expect(staff.locator(".rail :is(i.t-ok, i.t-warn)")).to_have_count(3)
    missing = staff.locator(".rail a", has=staff.locator("i.t-err"))
    expect(missing).to_have_count(5)
    for place in range(5):
        expect(missing.nth(place).locator("small")).to_have_text(re.compile(r"[Cc]hưa có|[Tt]hiếu"))


def attach_papers(staff, address):
    """All five components; an .exe that is called .pdf is refused and nothing else is lost."""
    links = staff.locator("#papers .component-head a")
    pages = [links.nth(place).get_attribute("href") for place in range(links.count())]
    assert len(pages) == 5
    staff.goto(pages[0])
    fill(staff, number="45/TTr-UBND")
    choose(staff, "to-trinh.pdf", EXE)
    press(staff, "Tải tệp lên", inside=".form-end")
    sees(staff, "chương trình")
    expect(staff.locator("[name=number]")).to_have_value("45/TTr-UBND")
    for place, page in enumerate(pages):
        staff.goto(page)
        choose(staff, f"giay-to-{place + 1}.pdf", making.pdf())
        press(staff, "Tải tệp lên", inside=".form-end")
        sees(staff, f"giay-to-{place + 1}.pdf")
    staff.goto(address)


def hand_to_head(staff):
    press(staff, "Trình lãnh đạo duyệt", inside=".actionbar")
    sees(staff, "Chờ lãnh đạo duyệt")


def send(head, address):
    """The head looks at what will be locked, sends, and finds the receipt; answers the number."""
    head.goto("/")
    head.locator(f".act a[href='{urlsplit(address).path}xem-truoc/']").click()
    sees(head, COLLECTIVE)
    press(head, "Gửi hồ sơ", inside="#step")
    head.goto(address)
    press(head, "Xem giấy tiếp nhận lần gửi gần nhất")
    expect(head.locator("main .digest")).to_have_text(re.compile(r"^[0-9a-f]{64}$"))
    sees(head, re.compile(r"\d\d:\d\d, 01/12/2025"))
    return head.locator("main dd").first.inner_text().partition("/")[0]


def mend(staff, address):
    """Only the part with the defect can be written; it is mended."""
    staff.goto("/")
    staff.locator(f".act a[href='{urlsplit(address).path}']").click()
    sees(staff, "Biên bản thiếu chữ ký của thư ký")
    assert staff.locator("#papers .component-head a", has_text="Thêm").count() == 1
    expect(staff.locator("#general .section-head a")).to_have_text("Xem")
    assert staff.locator("main a[href*='/them/']").count() == 0
    press(staff, "Thêm", inside="#paper-BB")
    choose(staff, "bien-ban-da-ky.pdf", making.pdf())
    press(staff, "Tải tệp lên", inside=".form-end")
    sees(staff, "bien-ban-da-ky.pdf")
    staff.goto(address)
