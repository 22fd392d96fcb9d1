"""Chapter 1: an officer hands in the plan as a file; a unit registers."""

from pathlib import Path

from tests.journeys.hands import choose, press, sees

FILE = Path("campaigns/plans/files/dong-thap-207.yaml")
CODE = "hanh-trinh-so"
NAME = "Hành trình số của các xã, phường"
SHORT = "Hành trình số"


def plan_of_our_own():
    """Plan 207 under another name, its last round with places for one and one."""
    text = FILE.read_text()
    changes = [
        ("code: dong-thap-207", f"code: {CODE}"),
        ("\nname: Đồng Tháp đẩy mạnh chương trình chuyển đổi số", f"\nname: {NAME}"),
        ("short_name: Phong trào thi đua chuyển đổi số", f"short_name: {SHORT}"),
        ("number: 207/KH-UBND", "number: 316/KH-UBND"),
        ("dossier_prefix: KH207", "dossier_prefix: KH316"),
        ("for: collective, places: 20", "for: collective, places: 1"),
        ("for: individual, places: 30", "for: individual, places: 1"),
        ("total: 50", "total: 2"),
    ]
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def with_a_fault(text):
    """The same with sums that do not agree, and the line where they stand."""
    return text.replace("total: 2", "total: 3"), text[: text.index("total: 2")].count("\n") + 1


def hand_in(page, text):
    page.goto("/phong-trao/")
    press(page, "Nạp kế hoạch")
    choose(page, "hanh-trinh-so.yaml", text.encode(), media_type="application/yaml")
    unit = page.locator("select[name=unit]")
    if unit.count():
        unit.select_option(label="Sở Nội vụ")
    press(page, "Đọc và so sánh")


def hand_in_and_launch(officer):
    """The faulty file is refused with its line, the right one previewed, applied, launched."""
    text = plan_of_our_own()
    broken, line = with_a_fault(text)
    hand_in(officer, broken)
    sees(officer, "Có 1 chỗ cần sửa")
    fault = officer.locator("main tbody tr")
    assert fault.count() == 1
    assert fault.locator("td").first.inner_text() == str(line)

    hand_in(officer, text)
    sees(officer, NAME)
    press(officer, "Áp dụng kế hoạch này")
    sees(officer, "Đã áp dụng kế hoạch")
    press(officer, "Phát động phong trào")
    sees(officer, "Đang diễn ra")

    hand_in(officer, text)
    sees(officer, "không có gì khác")


def register(staff):
    staff.goto("/phong-trao/")
    press(staff, NAME, inside="main table")
    press(staff, "Đăng ký cho đơn vị")
    sees(staff, "Phường Cao Lãnh")
