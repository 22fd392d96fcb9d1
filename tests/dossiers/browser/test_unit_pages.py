"""The unit's pages in Chromium: no faults, and no typed text lost."""

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from dossiers.services import appraising, preparing
from dossiers.workflow import DOSSIER
from tests.factories import writing
from tests.journeys import crawl

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]


def address(name, *args):
    return reverse(f"dossiers:{name}", args=args)


@pytest.fixture
def draft(ward, award_round, staff):
    return writing.draft(unit=ward, of_round=award_round, by=staff)


def test_pages_without_anything_have_no_faults(enter, faults, complaints, staff, award_round):
    page = enter("/")
    found = {}

    for path in ("/", address("list"), address("rounds"), address("open", award_round.pk)):
        page.goto(path)
        found[path] = faults(page)

    assert found == {path: [] for path in found}
    assert complaints == []


def test_pages_of_a_dossier_have_no_faults(enter, faults, complaints, draft, staff):
    nominee = writing.nominee(draft, by=staff, name="lê minh tâm")
    writing.attach_all(draft, by=staff)
    component = draft.campaign.components.first()
    page, found = enter("/"), {}

    for path in (
        "/",
        address("list"),
        address("dossier", draft.pk),
        address("general", draft.pk),
        address("nominate", draft.pk, "individual") + "?q=tam",
        address("nomination", nominee.pk),
        address("report", nominee.pk),
        address("papers", draft.pk, component.pk),
        address("preview", draft.pk),
    ):
        page.goto(path)
        found[path] = faults(page)

    assert found == {path: [] for path in found}
    assert complaints == []


def test_the_page_of_an_explanation_has_no_faults_and_no_link_to_itself(
    enter, faults, ward, award_round, staff, unit_leader, officer
):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)
    flaws = [("paper:BB", "Thiếu số phiếu."), ("paper:BB", "Thiếu dấu.")]
    appraising.return_to_unit(dossier=dossier, note="Bổ sung.", defects=flaws, actor=officer)
    one, other = dossier.defects.order_by("pk")
    page = enter(address("explain", one.pk))

    assert page.locator(f"main a[href='{address('explain', one.pk)}']").count() == 0
    assert page.locator(f"main a[href='{address('explain', other.pk)}']").count() == 1
    assert faults(page) == []
    page.get_by_role("button", name="Lưu giải trình").click()
    expect(page.locator(".summary")).to_be_visible()
    assert [*faults(page), *crawl.astray(crawl.Reader(page.content()))] == []


def test_a_refused_form_and_two_texts_side_by_side_have_no_faults(enter, faults, draft, staff):
    page = enter(address("general", draft.pk))
    page.get_by_label("Người liên hệ").fill("Của tôi")
    preparing.save_general(dossier=draft, actor=staff, contact="Của đồng nghiệp")

    page.get_by_role("button", name="Lưu thông tin chung").click()

    expect(page.locator(".conflict")).to_contain_text("Của đồng nghiệp")
    assert faults(page) == []


def test_text_typed_before_the_session_ended_is_offered_after_sign_in(enter, draft, staff):
    staff.set_password("mot-mat-khau-dai")
    staff.save()
    page = enter("/")
    sign_in(page, staff)
    page.goto(address("general", draft.pk))
    page.get_by_label("Người liên hệ").fill("Gõ trước khi phiên hết")

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu thông tin chung").click()
    sign_in(page, staff)

    page.wait_for_url(f"**{address('general', draft.pk)}")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_label("Người liên hệ")).to_have_value("Gõ trước khi phiên hết")


def test_text_that_was_saved_is_not_offered_again(enter, draft):
    page = enter(address("general", draft.pk))
    page.get_by_label("Người liên hệ").fill("Đã lưu")

    page.get_by_role("button", name="Lưu thông tin chung").click()
    page.wait_for_url(f"**{draft.get_absolute_url()}")
    page.goto(address("general", draft.pk))

    expect(page.get_by_label("Người liên hệ")).to_have_value("Đã lưu")
    expect(page.locator(".kept-back")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_more_filters_open_and_keep_what_is_on(enter, draft, javascript):
    page = enter(f"{address('list')}?where=unit", java_script_enabled=javascript)
    page.get_by_text("Thêm bộ lọc").click()
    if not javascript:
        page.get_by_role("link", name="Hiện các bộ lọc").click()

    expect(page.get_by_label("Đang ở đâu")).to_have_value("unit")
    page.get_by_label("Đợt").select_option(label=str(draft.round))
    page.get_by_role("button", name="Lọc danh sách").click()

    page.wait_for_url(f"**where=unit*round={draft.round_id}*")
    expect(page.locator(".pill-x")).to_have_count(1)


def test_text_typed_here_is_found_on_another_machine(enter, draft):
    page = enter(address("general", draft.pk))
    page.get_by_label("Người liên hệ").fill("Gõ ở cơ quan")
    expect(page.locator("[data-saved-text]")).to_contain_text("Đã lưu", timeout=8000)

    other = enter(address("general", draft.pk))

    expect(other.get_by_label("Người liên hệ")).to_have_value("Gõ ở cơ quan")
    expect(other.locator(".kept-back")).to_contain_text("chưa lưu")


def test_of_two_texts_that_were_not_sent_only_the_later_is_offered(enter, draft):
    page = enter(address("general", draft.pk))
    contact = page.get_by_label("Người liên hệ")
    contact.fill("Gõ khi có mạng")
    expect(page.locator("[data-saved-text]")).to_contain_text("Đã lưu", timeout=8000)
    page.context.set_offline(True)
    contact.fill("Gõ khi mất mạng")
    expect(page.locator("[data-saved-text]")).to_contain_text("Chưa lưu", timeout=8000)
    page.context.set_offline(False)

    page.goto(address("general", draft.pk))

    bars = page.locator(".kept-back:visible")
    expect(bars).to_have_count(1)
    expect(contact).to_have_value("Gõ khi có mạng")
    bars.get_by_role("button", name="Bỏ").click()
    expect(bars).to_contain_text("chưa lưu")


def sign_in(page, user):
    if "login" not in page.url:
        page.context.clear_cookies(name="sessionid")
        page.goto(reverse("account_login"))
    page.locator("#id_login").fill(user.username)
    page.locator("#id_password").fill("mot-mat-khau-dai")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "login" not in url)
