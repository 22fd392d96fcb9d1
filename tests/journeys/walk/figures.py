"""Chapter 6: the leader's page, every number a list; the summary report."""

import io

import pikepdf
from playwright.sync_api import expect

from tests.journeys.hands import download, fill, number_of, press
from tests.journeys.reading import text_of
from tests.journeys.walk.plan import NAME

PAGE = 50  # rows on a page of a list


def numbers_are_lists(leader):
    """Each number of the funnel leads to a list of so many rows."""
    steps = leader.locator(".funnel li")
    found = [
        (step.locator("a").get_attribute("href"), number_of(step.locator("b").inner_text()))
        for step in steps.all()
    ]
    assert len(found) == 6
    for address, number in found:
        leader.goto(address)
        expect(leader.locator("main tbody tr")).to_have_count(min(number, PAGE))


def closed_to(staff):
    """Who only writes for a unit has no page of the leaders."""
    assert staff.goto("/dieu-hanh/").status == 404
    staff.goto("/")


def summary_report(leader):
    """The report is asked for, comes from its job, opens, and says what happened."""
    press(leader, "Báo cáo tổng hợp")
    fill(leader, signer="Trần Hoàng Nam", limits="Một số xã gửi hồ sơ muộn.")
    press(leader, "Lập báo cáo")
    expect(leader.locator("#job")).to_contain_text("Đã xong", timeout=90_000)
    report = download(leader, "#job a.file")
    with pikepdf.open(io.BytesIO(report)) as pdf:
        assert len(pdf.pages) >= 2
    text = text_of(report)
    for words in ("Độc lập - Tự do - Hạnh phúc", NAME, "Một số xã gửi hồ sơ muộn."):
        assert words in text, words
