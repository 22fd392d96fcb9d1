"""Many criteria judged with the keys alone and put back; a large file goes on after a cut line."""

from playwright.sync_api import expect

from tests.core.files.making import pdf
from tests.journeys.hands import choose, fill, press, sees

BLOCK = 'Block.objects.get(year=2025, name__startswith="Cụm thi đua các phường").pk'
LARGE = pdf(3) + b"\n" * 4_000_000


def test_an_officer_judges_many_by_keys_and_undoes_it(sign_in, stack):
    block = stack.ask(BLOCK, imports="from campaigns.models import Block")
    officer = sign_in("thamdinh")
    officer.goto(f"/phong-trao/khoi/{int(block)}/cham-nhieu/")
    first = officer.locator("td.cell:has(input) a[data-cell]").first
    first.focus()
    sees(officer, "Cách tính điểm")  # the strip of the cell

    officer.keyboard.press("Shift+ArrowRight")
    expect(officer.locator("[data-cells-chosen] b")).to_have_text("2")
    officer.keyboard.press("3")
    officer.keyboard.press("Enter")
    officer.keyboard.type("Theo kết luận cuộc họp")
    officer.keyboard.press("Control+Enter")

    sees(officer, "Đã chấm 2 tiêu chí.")
    expect(officer.locator("td.cell.looked b").first).to_have_text("3")
    press(officer, "Hoàn tác", inside="main")
    sees(officer, "Đã trả 2 tiêu chí về như trước.")
    expect(officer.locator("td.cell.looked")).to_have_count(0)


def test_a_tapped_cell_is_shown_on_a_small_screen_and_a_failed_one_is_not_anothers(
    sign_in, stack, complaints
):
    block = stack.ask(BLOCK, imports="from campaigns.models import Block")
    officer = sign_in("thamdinh")
    officer.set_viewport_size({"width": 360, "height": 740})
    officer.goto(f"/phong-trao/khoi/{int(block)}/cham-nhieu/")
    expect(officer.locator("[data-choose-row]").first).to_be_visible()
    strip, cells = officer.locator("#cell-strip"), officer.locator("a[data-cell]")
    expect(strip).not_to_be_in_viewport()

    cells.nth(0).click()

    expect(strip.locator("h2")).to_be_in_viewport()
    officer.route("**/phong-trao/**", lambda route: route.abort())
    cells.nth(1).click()
    expect(strip).to_contain_text("Chưa lấy được nội dung ô này")
    expect(strip.locator("h2")).to_have_count(0)
    page_of_it = cells.nth(1).get_attribute("href")
    assert strip.locator("a").get_attribute("href").endswith(page_of_it)


def test_a_large_file_goes_on_where_the_line_was_cut(sign_in):
    staff = sign_in("canbo")
    staff.goto("/phong-trao/khoi/minh-chung/moi/")
    staff.route("**/tep/?key=*&offset=2097152", lambda route: route.abort("internetdisconnected"))
    choose(staff, "bao-cao.pdf", LARGE)
    sees(staff, "Mất kết nối.")
    staff.unroute_all()
    staff.reload()
    sees(staff, "bao-cao.pdf (3,8 MB)")

    fill(staff, title="Báo cáo có nhiều phụ lục")
    with staff.expect_request("**/tep/?key=*&offset=2097152"):
        choose(staff, "bao-cao.pdf", LARGE)
    press(staff, "Lưu vào kho", inside="main")

    sees(staff, "Đã lưu vào kho minh chứng.")
