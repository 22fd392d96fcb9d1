"""A cluster scores itself in a browser: offline, each other, checked, appraised, objected to, and
published; every total can be taken apart."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import press, sees

SAVED = re.compile("Đã lưu")
WAITING = "Object.keys(localStorage).filter((key) => key.startsWith('portal-sheet:')).length"
MINUTE = 60_000  # ms
COUNTED = ("90", "0", {"1,5"})  # sixty times 1,5
LOWERED = {"1.1": "1", "2.2": "0,5", "3.3": "1,25"}
REASON = "Minh chứng chưa đủ cho mức điểm tự chấm."
OBJECTED = "2.2"
ASKED = "Văn bản đã gửi kèm ngày 20/11; đề nghị xem lại."
GIVEN_BACK = "1,5"


@pytest.fixture
def cluster(stack):
    return json.loads(
        stack.ask("cluster.draw_up()", imports="from tests.journeys.walk import cluster")
    )


def test_a_cluster_scores_itself_from_the_first_field_to_the_published_ranking(
    sign_in, cluster, day
):
    first, second, third, *_others = sheets = cluster["sheets"]
    score_offline(sign_in(first["staff"]), first)
    take_step(sign_in(first["leader"]), first, "Gửi bảng tự chấm điểm")

    head = sign_in(second["leader"])
    head.goto(f"/phong-trao/khoi/{cluster['block']}/")
    press(head, "Mở chấm chéo", inside="main")
    for scorer in sheets:
        score_each_other(sign_in(scorer["staff"]), scorer, sheets)
    for sheet in sheets:
        verifier = third if sheet is second else second
        take_step(sign_in(verifier["leader"]), sheet, "Kết thúc kiểm tra của khối, cụm")

    officer = sign_in("thamdinh")
    lower(officer, first)
    for sheet in sheets:
        take_step(officer, sheet, "Kết luận thẩm định")
    object_to(sign_in(first["leader"]), first)
    answer(officer, first)
    day("09/12/2025")  # from when the others can object no more
    publish(sign_in("truongphong"), cluster)

    points = ranking(officer, cluster)
    assert points == {sheet["unit"]: explained(officer, sheet) for sheet in sheets}
    assert points[first["unit"]] == "89,25"  # 60 × 1,5 less 0,5 and 0,25; 2.2 was given back


def address(sheet):
    return f"/phong-trao/khoi/bang-diem/{sheet['pk']}/"


def fields(page):
    return page.locator("article.crit input.form-control")


def score_offline(page, sheet):
    """Ten fields on the line, the rest without one, for a minute; nothing is lost."""
    page.goto(address(sheet))
    names = [field.get_attribute("name") for field in fields(page).all()]
    typed = dict(zip(names, map(value_for, names), strict=True))
    for name in names[:10]:
        page.locator(f"[name='{name}']").fill(typed[name])
    expect(page.locator("[data-saved-text]")).to_contain_text(SAVED)

    page.context.set_offline(True)
    for name in names[10:]:
        page.locator(f"[name='{name}']").fill(typed[name])
    expect(page.locator("[data-counting]")).to_be_visible()
    assert stands(page) == COUNTED  # by the browser alone
    page.wait_for_timeout(MINUTE)
    expect(page.locator("[data-saved-text]")).to_contain_text("Chưa lưu, mất mạng.")

    page.context.set_offline(False)
    expect(page.locator("[data-saved-text]")).to_contain_text(SAVED, timeout=60_000)
    page.goto(address(sheet))
    kept = {name: page.locator(f"[name='{name}']").input_value() for name in names}
    assert kept == typed
    expect(page.locator("[data-counting]")).to_be_hidden(timeout=60_000)
    page.reload()
    assert stands(page) == COUNTED  # by the server
    stays_while_leaving(page, names[0], typed[names[0]])


def stands(page):
    """(total, not answered, the points that criteria have) as the page shows them."""
    points = page.locator("article.crit [data-points]").all_inner_texts()
    total, missing = page.locator("[data-total]"), page.locator("[data-missing]")
    return total.inner_text(), missing.inner_text(), set(points)


def stays_while_leaving(page, name, value):
    """What is saved while another page is on its way stays in the browser for that page."""
    field = page.locator(f"[name='{name}']")
    page.evaluate("window.dispatchEvent(new Event('beforeunload'))")
    field.fill("1")
    counted = page.locator("article.crit", has=field).locator("[data-points]")
    expect(counted).to_have_text("1")
    expect(page.locator("article.counting")).to_have_count(0)  # the server has it
    assert page.evaluate(WAITING) == 1
    field.fill(value)
    for _look in range(150):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("what was typed is still on its way")


def value_for(name):
    return {"a": "3", "b": "4", "points": "1,5"}[name.rpartition("-")[2]]


def take_step(page, sheet, words):
    page.goto(address(sheet))
    press(page, words, inside="#next-step")
    sees(page, "Đã thực hiện", inside="body")


def give(page, code, points, reason):
    """Type points at one criterion of a sheet that one judges; wait until they are kept."""
    line = page.locator("article.crit").filter(
        has=page.locator(".crit-no", has_text=re.compile(f"^{re.escape(code)}$"))
    )
    line.locator("textarea").last.fill(reason)
    line.locator("input[name$='-points']").fill(points)
    line.locator("input[name$='-points']").press("Control+Enter")
    expect(page.locator("[data-saved-text]")).to_contain_text(SAVED)
    expect(line.locator("[data-points]")).to_have_text(points)
    expect(page.locator("article.counting")).to_have_count(0)  # and from the server


def score_each_other(page, scorer, sheets):
    for sheet in sheets:
        page.goto(f"{address(sheet)}cham-cheo/")
        if sheet is scorer:
            expect(page.locator("article.crit")).to_have_count(0)
            continue
        give(page, "1.1", "1,25", "Cùng cụm đã kiểm tra chéo hồ sơ.")


def lower(officer, sheet):
    officer.goto(f"{address(sheet)}cham/")
    for code, points in LOWERED.items():
        give(officer, code, points, REASON)


def object_to(leader, sheet):
    leader.goto(address(sheet))
    press(leader, "Kiến nghị về điểm", inside="main")
    leader.get_by_label(re.compile(rf"^{re.escape(OBJECTED)} ")).fill(ASKED)
    press(leader, "Gửi kiến nghị", inside=".form-end")
    sees(leader, "Đơn vị có kiến nghị", inside="body")


def answer(officer, sheet):
    officer.goto(f"{address(sheet)}cham/")
    sees(officer, ASKED)
    give(officer, OBJECTED, GIVEN_BACK, "Đã xem lại, chấp nhận kiến nghị.")
    officer.goto(address(sheet))
    press(officer, "Trả lời kiến nghị", inside="#next-step")
    officer.locator("#next-step textarea").last.fill("Chấp nhận kiến nghị về tiêu chí 2.2.")
    officer.locator("#next-step details[open] button[type=submit]").click()
    sees(officer, "Đã thực hiện", inside="body")


def publish(head, cluster):
    head.goto(f"/phong-trao/khoi/{cluster['block']}/")
    press(head, "Công bố điểm của khối, cụm", inside="main")
    head.goto(f"/phong-trao/khoi/{cluster['block']}/xep-hang/")
    sees(head, "Đã công bố")


def ranking(page, cluster):
    """{unit: points} as the published ranking shows them."""
    page.goto(f"/phong-trao/khoi/{cluster['block']}/xep-hang/")
    rows = page.locator("main tbody tr").all()
    return {
        row.locator("td .strong").inner_text(): row.locator("td.num").last.inner_text()
        for row in rows
    }


def explained(page, sheet):
    """The appraised total as the page of explanations counts it from the entries."""
    page.goto(address(sheet))
    press(page, "Giải thích điểm", inside="main")
    return page.locator("main tfoot td").last.inner_text()
