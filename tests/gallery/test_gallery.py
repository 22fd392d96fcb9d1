"""The components in Chromium: readable, reachable, within the policy, and doing their work."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/gallery/", "/gallery/work/", "/gallery/empty/", "/gallery/rows/"]


@pytest.mark.parametrize("path", PAGES)
def test_components_have_no_faults(enter, faults, complaints, path):
    page = enter(path)

    assert faults(page) == []
    assert complaints == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("text.style.color = '#eee'", "color-contrast at 1280: "),
        ("text.style.minWidth = '500px'", "wider than 360"),
        ("field.placeholder = 'dài '.repeat(40)", "cut at 1280: dài dài"),
    ],
)
def test_a_page_with_a_fault_is_caught(enter, faults, change, fault):
    page = enter("/gallery/empty/")
    page.evaluate(
        """() => {
          const [text, field] = ['p', 'input'].map((tag) => document.createElement(tag));
          text.textContent = 'Một câu';
          field.setAttribute('aria-label', 'Tên');
          document.querySelector('main').append(text, field);
          CHANGE;
        }""".replace("CHANGE", change)
    )

    assert [found for found in faults(page) if found.startswith(fault)]


def test_a_refused_form_has_no_faults(enter, faults, complaints):
    page = enter("/gallery/")

    page.get_by_role("button", name="Lưu", exact=False).first.click()

    expect(page.locator(".summary")).to_be_focused()
    assert faults(page) == []
    assert complaints == []


def test_open_menus_and_dialogs_have_no_faults(enter, faults):
    page = enter("/gallery/")

    page.locator("summary.who").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hủy bỏ quyết định").click()

    expect(page.get_by_role("dialog")).to_be_in_viewport(ratio=1)
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
def test_signing_in_has_no_faults(enter, faults, complaints, path):
    page = enter(path, signed_in=False)

    assert faults(page) == []
    assert complaints == []


def test_a_wrong_password_is_said_at_the_top(enter, faults):
    page = enter("/accounts/login/", signed_in=False)

    page.locator("#id_login").fill("nobody")
    page.locator("#id_password").fill("nothing")
    page.locator("main button[type=submit]").click()

    expect(page.locator(".summary")).to_contain_text("chưa đúng")
    assert faults(page) == []


def test_the_checks_find_what_is_wrong(enter, faults, complaints):
    page = enter("/gallery/faulty/")

    found = faults(page)

    rules = {fault.partition(" at ")[0] for fault in found}
    assert {"image-alt", "label", "document-title", "html-has-lang"} <= rules
    assert "wider than 360" in found
    assert any("Content Security Policy" in said for said in complaints)


# --- what the scripts do ------------------------------------------------------------------


def test_the_summary_leads_to_the_field(enter):
    page = enter("/gallery/")
    page.get_by_role("button", name="Lưu", exact=False).first.click()

    page.locator(".summary").get_by_role("link", name="Sáng kiến").click()

    expect(page.locator("#id_initiative")).to_be_focused()


def test_keys_move_through_the_list_but_never_while_typing(enter):
    page = enter("/gallery/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_contain_text("KH207-0131")
    page.keyboard.press("x")
    expect(page.locator("tr.at input")).to_be_checked()
    page.locator("#id_name").click()
    page.keyboard.type("jjx?")

    expect(page.locator("#id_name")).to_have_value("jjx?")
    expect(page.locator("tr.at")).to_contain_text("KH207-0131")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_a_question_mark_shows_the_keys(enter):
    page = enter("/gallery/")

    page.keyboard.press("?")

    expect(page.locator("#keys-dialog")).to_contain_text("Dòng dưới")


def test_what_is_typed_is_saved_after_a_pause(enter):
    page = enter("/gallery/autosave/")

    with page.expect_request(lambda sent: sent.method == "POST", timeout=6000) as sent:
        page.locator("#id_report").fill("Chủ trì đưa 100 % thủ tục lên trực tuyến.")

    assert "Chủ trì đưa 100 %" in sent.value.post_data
    expect(page.locator("[data-saved-text]")).to_have_text(re.compile(r"Đã lưu lúc \d\d:\d\d"))


def test_what_is_typed_before_the_script_has_come_is_saved_too(enter):
    page = enter("/gallery/autosave/")
    late = []
    page.route("**/js/autosave*", lambda route: late.append(route))
    page.goto("/gallery/autosave/", wait_until="commit")
    page.locator("#id_report").fill("Gõ ngay")

    with page.expect_request(lambda sent: sent.method == "POST", timeout=8000) as sent:
        late[0].continue_()

    assert "Gõ ngay" in sent.value.post_data


def test_a_page_does_not_glide_away_from_a_press(enter):
    """Bootstrap lets it glide: a button then moves between the press and the release, and nothing
    is pressed at all."""
    page = enter("/gallery/")

    arrived = page.evaluate(
        "() => { [...document.querySelectorAll('main a, main button')].pop().focus();"
        " return window.scrollY; }"
    )

    assert arrived > 0
    page.wait_for_timeout(400)
    assert page.evaluate("window.scrollY") == arrived


def test_what_is_typed_without_a_line_is_offered_again(enter, complaints):
    page = enter("/gallery/autosave/")
    page.context.set_offline(True)
    page.locator("#id_report").fill("Viết khi mất mạng")
    expect(page.locator("[data-saved-text]")).to_contain_text("Chưa lưu", timeout=6000)

    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Khôi phục").click()

    expect(page.locator("#id_report")).to_have_value("Viết khi mất mạng")


def test_what_somebody_else_typed_is_not_offered(enter):
    page = enter("/gallery/autosave/")
    page.locator("#id_report").fill("Của người khác")
    page.reload()
    expect(page.get_by_role("button", name="Khôi phục")).to_be_visible()

    page.evaluate("document.body.dataset.owner = 'another'")
    kept = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('portal-text:'))")

    assert len(kept) == 1
    assert kept[0].split(":")[1] == page.evaluate(
        "fetch('/gallery/autosave/').then(a => a.text()).then(t => /data-owner=\"(\\w+)\"/.exec(t)[1])"
    )


def test_signing_out_takes_along_what_the_server_has(enter):
    page = enter("/gallery/autosave/")
    page.locator("#id_report").fill("Máy dùng chung")
    expect(page.locator("[data-saved-text]")).to_contain_text("Đã lưu", timeout=6000)

    page.locator("summary.who").click()
    page.get_by_role("button", name="Đăng xuất").click()

    page.wait_for_url("**/accounts/login/")
    assert (
        page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('portal-text:'))") == []
    )


def test_a_session_about_to_end_can_be_stretched(enter):
    page = enter("/gallery/")
    page.clock.install()
    page.reload()

    page.clock.fast_forward("28:30")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Phiên làm việc sắp hết")
    dialog.get_by_role("button", name="Tiếp tục làm việc").click()

    expect(dialog).to_be_hidden()


def test_rows_are_added_and_removed(enter):
    page = enter("/gallery/rows/")

    page.get_by_role("button", name="Thêm thành phần").click()
    expect(page.locator(".row-of-set")).to_have_count(3)
    expect(page.locator("#id_paper-2-name")).to_be_focused()
    page.get_by_role("button", name="Xóa dòng này").first.click()

    expect(page.locator(".row-of-set:visible")).to_have_count(2)
    expect(page.locator("[name=paper-TOTAL_FORMS]")).to_have_value("3")
    expect(page.locator("[name=paper-0-DELETE]")).to_be_checked()


def test_rows_that_were_added_and_removed_are_restored(enter):
    page = enter("/gallery/rows/")
    page.get_by_role("button", name="Thêm thành phần").click()
    page.locator("#id_paper-2-name").fill("Tờ trình")
    page.get_by_role("button", name="Xóa dòng này").first.click()
    page.reload()

    page.get_by_role("button", name="Khôi phục").click()

    expect(page.locator("#id_paper-2-name")).to_have_value("Tờ trình")
    expect(page.locator(".row-of-set:visible")).to_have_count(2)


def test_what_is_restored_rests_on_the_page_on_which_it_was_typed(enter):
    page = enter("/gallery/rows/?seen=before&kept=01")
    page.locator("#id_paper-1-name").fill("Tờ trình")
    page.goto("/gallery/rows/?seen=colleague&kept=201")
    token = page.locator("form[data-autosave] [name=csrfmiddlewaretoken]").input_value()

    page.get_by_role("button", name="Khôi phục").click()

    expect(page.locator("#id_paper-1-name")).to_have_value("Tờ trình")
    expect(page.locator("[name=seen]")).to_have_value("before")
    expect(page.locator("[name=paper-0-kept]")).to_have_value("0")
    expect(page.locator("[name=paper-1-kept]")).to_have_value("1")
    expect(page.locator("[name=paper-2-DELETE]")).to_be_checked()
    expect(page.locator("form[data-autosave] [name=csrfmiddlewaretoken]")).to_have_value(token)


def test_a_password_can_be_shown(enter):
    page = enter("/accounts/login/", signed_in=False)

    page.get_by_role("button", name="Hiện").click()

    expect(page.locator("#id_password")).to_have_attribute("type", "text")


def test_a_form_is_not_sent_twice(enter):
    page = enter("/gallery/work/")
    posts = []
    page.on("request", lambda sent: sent.method == "POST" and posts.append(sent.url))

    page.get_by_role("button", name="Tiếp nhận hồ sơ").dblclick(no_wait_after=True)
    page.wait_for_timeout(500)

    assert len(posts) == 1


def test_a_greyed_step_says_why_and_does_nothing(enter):
    page = enter("/gallery/work/")

    button = page.get_by_role("button", name="Trình lãnh đạo duyệt")
    button.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/gallery/work/$"))
    expect(button).to_have_accessible_description(re.compile("Biên bản chưa ghi số phiếu"))


def test_charts_are_drawn_and_have_their_numbers(enter, complaints):
    page = enter("/gallery/")

    page.get_by_text("Xem số liệu dạng bảng").first.click()

    expect(page.locator("canvas#c1")).to_have_attribute("data-drawn", "1")
    expect(page.locator("figure table").first).to_contain_text("124")


def test_pages_work_without_a_script(enter):
    page = enter("/gallery/", width=360, java_script_enabled=False)

    expect(page.locator("#nav")).to_be_visible()
    page.locator("summary.who").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.get_by_role("button", name="Hủy bỏ quyết định").click()

    expect(page.locator("#sure")).to_be_visible()
