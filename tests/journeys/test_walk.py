"""Every role walks every link of the demo: nothing broken, nothing English, nothing too wide."""

import pytest

from tests import looking
from tests.journeys import crawl

ROLES = [
    "canbo",
    "thutruong",
    "thuongtruc",
    "thamdinh",
    "truongphong",
    "thukyhoidong",
    "hoidong",
    "chutich",
    "lanhdao",
    "quantri",
    "thanhtra",
]
MAIN_PAGES = {
    "canbo": ["/", "/ho-so/", "/ho-so/mo/", "/phong-trao/", "/thong-bao/", "/tai-khoan/"],
    "thuongtruc": ["/ho-so/dau-moi/"],
    "thamdinh": ["/ho-so/tham-dinh/", "/ho-so/quyet-dinh/", "/phong-trao/ke-hoach/"],
    "thukyhoidong": ["/ho-so/hoi-dong/"],
    "chutich": ["/", "/khen-thuong/", "/khen-thuong/quyet-dinh/"],
    "lanhdao": ["/dieu-hanh/", "/dieu-hanh/bao-cao/", "/cong-viec/"],
    "quantri": ["/don-vi/", "/nguoi-dung/", "/ngay-trinh-dien/"],
}
OPENED = {  # the first row of a list, opened
    "canbo": ["/ho-so/", "/phong-trao/"],
    "thamdinh": ["/ho-so/tham-dinh/"],
    "chutich": ["/khen-thuong/", "/khen-thuong/quyet-dinh/"],
    "quantri": ["/don-vi/", "/nguoi-dung/"],
}


@pytest.fixture(scope="module")
def english():
    return crawl.untranslated()


@pytest.mark.parametrize("who", ROLES)
def test_all_links_lead_somewhere_and_every_word_is_vietnamese(sign_in, stack, english, who):
    page = sign_in(who)

    faults, seen = crawl.walk(page.request, f"{stack.address}/", english=english)

    assert faults == []
    assert len(seen) > 5


@pytest.mark.parametrize("who", MAIN_PAGES)
def test_main_pages_can_be_read_by_everybody(sign_in, who):
    page, faults = sign_in(who), []
    for address in MAIN_PAGES[who]:
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in looking.faults(page)]
    for address in OPENED.get(who, ()):
        page.goto(address)
        page.goto(page.locator("main table a.rowlink").first.get_attribute("href"))
        faults += [f"{page.url}: {fault}" for fault in looking.faults(page)]

    assert faults == []
