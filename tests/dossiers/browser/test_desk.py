"""The officer's desk by keys, and the bars and words that a unit sees while it writes."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import writing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]


@pytest.fixture
def desk(portal, new_context, officer, dossier_in):
    """The second of three dossiers of the queue, with many papers, before its officer."""
    rows = [dossier_in("appraising", nominees=6, officer=officer) for _n in range(3)]
    for row in rows:
        for component in row.campaign.components.all():
            for _n in range(8):
                row.papers.create(
                    component=component,
                    document=writing.document(row.unit, officer),
                    added_by=officer,
                )
    client = Client()
    client.force_login(officer)
    context = new_context(base_url=portal, viewport={"width": 1280, "height": 900}, locale="vi-VN")
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}]
    )
    page = context.new_page()
    page.goto(reverse("dossiers:appraise", args=[rows[1].pk]))
    return page


def test_the_desk_stays_in_place_under_the_tab_key(desk):
    wanted = desk.locator(".footbar a", has_text="Trả lại bổ sung")
    for _n in range(90):
        desk.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break

    expect(wanted).to_be_focused()
    assert desk.evaluate("[scrollY, document.body.scrollTop]") == [0, 0]
    desk.evaluate("scrollTo(0, 5000)")
    assert desk.evaluate("scrollY") == 0


def test_j_goes_on_and_k_goes_back_at_the_desk_as_in_a_list(desk):
    expect(desk.locator(".workbar .pos")).to_contain_text("2")
    desk.keyboard.press("j")
    expect(desk.locator(".workbar .pos")).to_contain_text("3")
    desk.wait_for_load_state()  # the key has a meaning once the page's scripts ran
    desk.keyboard.press("k")
    expect(desk.locator(".workbar .pos")).to_contain_text("2")


@pytest.mark.parametrize("kept", [True, False])
def test_the_bar_of_a_phone_is_slim(enter, ward, award_round, staff, kept):
    make = writing.complete if kept else writing.draft
    dossier = make(unit=ward, of_round=award_round, by=staff)
    page = enter(dossier.get_absolute_url(), width=360)

    for address, most in (
        (dossier.get_absolute_url(), 132),
        (f"{dossier.get_absolute_url()}thong-tin/", 64),
    ):
        page.goto(address)
        bar = page.locator(".actionbar").bounding_box()
        assert bar["height"] <= most
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_draft_of_a_new_nominee_is_not_called_saved(enter, ward, award_round, staff):
    dossier = writing.draft(unit=ward, of_round=award_round, by=staff)
    page = enter(reverse("dossiers:nominate", args=[dossier.pk, "individual"]))

    page.locator("[name=name]").fill("Lê Minh Tâm")

    expect(page.locator("[data-saved-text]")).to_contain_text(
        "Đã giữ bản nháp, chưa đưa vào danh sách", timeout=8000
    )
