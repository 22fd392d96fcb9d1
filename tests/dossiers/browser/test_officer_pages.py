"""The officer's pages of council and decision in Chromium: no faults, nothing covers a name."""

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from dossiers.models import Sitting
from tests.factories import sent
from tests.journeys import crawl

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]
PLACES = """() => {
    const box = (node) => { const r = node.getBoundingClientRect(); return [r.left, r.right]; };
    return [...document.querySelectorAll('#passed tbody tr')].map((row) => {
        const words = document.createRange();
        words.selectNodeContents(row.cells[1]);
        return [box(words), box(row.querySelector('input'))];
    });
}"""


@pytest.fixture
def staff(officer):
    """Whom `enter` signs in."""
    return officer


@pytest.fixture
def passed(ward, award_round, staff):
    return sent.passed(
        unit=ward,
        of_round=award_round,
        by=staff,
        nominees=2,
        name="Ủy ban nhân dân phường Long Thuận",
    )


def test_no_tick_box_covers_a_name_on_a_phone(enter, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]), width=360)

    places = page.evaluate(PLACES)

    assert len(places) == 2
    assert all(words[1] <= box[0] for words, box in places)


def test_number_of_a_dossier_stands_on_one_line(enter, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]))

    link = page.get_by_role("link", name=passed.number).first

    assert link.evaluate("node => node.getClientRects().length") == 1


def test_pages_of_council_and_decision_have_no_faults(
    enter, faults, complaints, passed, award_round
):
    page, found = enter("/"), {}

    for path in (
        Sitting.objects.get().get_absolute_url(),
        reverse("dossiers:compose", args=[award_round.pk]),
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found[path] = faults(page)

    assert found == {path: [] for path in found}
    assert complaints == []


def test_a_decision_for_nobody_leads_to_the_first_box(enter, faults, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]))
    page.locator("[data-all]").uncheck()

    page.get_by_role("button", name="Soạn quyết định cho các đề nghị đã chọn").click()
    page.locator(".summary a").first.click()

    assert page.evaluate("document.activeElement.name || location.hash") == "nominee"
    assert list(crawl.astray(crawl.Reader(page.content()))) == []
    assert faults(page) == []


def test_a_refused_act_keeps_what_was_typed_for_the_other(enter, complaints, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]))
    subject, why = page.locator("#id_subject"), page.locator("#id_why")
    subject.fill("Về việc tặng Bằng khen đợt 1")
    page.locator("[name=nominee]").last.uncheck()

    page.locator("#leave summary").click()
    page.get_by_role("button", name="Không đưa vào các đề nghị đã đánh dấu").click()

    expect(page.locator(".summary")).to_contain_text("Có 2 mục cần sửa")
    expect(subject).to_have_value("Về việc tặng Bằng khen đợt 1")
    assert [box.is_checked() for box in page.locator("[name=nominee]").all()] == [True, False]

    why.fill("Vượt chỉ tiêu")
    subject.fill("")
    page.get_by_role("button", name="Soạn quyết định cho các đề nghị đã chọn").click()

    expect(page.locator(".summary a").first).to_contain_text("Trích yếu")
    expect(why).to_have_value("Vượt chỉ tiêu")


def test_the_box_in_the_head_stands_as_the_boxes_of_the_rows(enter, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]))
    whole, rows = page.locator("[data-all]"), page.locator("#passed tbody input")
    expect(rows.first).to_be_checked()
    expect(whole).to_be_checked()

    rows.first.uncheck()
    expect(whole).not_to_be_checked()
    assert whole.evaluate("box => box.indeterminate")

    whole.check()
    expect(rows.first).to_be_checked()
