"""Every role walks every link of the demo: nothing broken, nothing English, nothing too wide."""

import json
import re

import pytest
from playwright.sync_api import expect

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
    "canbo": ["/", "/ho-so/mo/", "/phong-trao/", "/thong-bao/", "/tai-khoan/"],
    "thuongtruc": ["/ho-so/dau-moi/"],
    "thamdinh": [
        "/ho-so/tham-dinh/",
        "/ho-so/quyet-dinh/",
        "/phong-trao/ke-hoach/",
        "/phong-trao/dang-ky/",
        "/phong-trao/nhac-viec/",
    ],
    "thukyhoidong": ["/ho-so/hoi-dong/"],
    "chutich": ["/khen-thuong/", "/khen-thuong/quyet-dinh/"],
    "lanhdao": ["/dieu-hanh/", "/dieu-hanh/bao-cao/", "/cong-viec/"],
    "quantri": ["/don-vi/", "/nguoi-dung/", "/can-cu/", "/sap-xep/", "/sap-xep/01-07-2025/"],
    "thanhtra": ["/lich-su/", "/lich-su/?more=1", "/lich-su/?more=1&at_after=mai"],
}
OPENED = {  # the first row of a list, opened
    "canbo": ["/ho-so/", "/phong-trao/"],
    "thamdinh": ["/ho-so/tham-dinh/"],
    "chutich": ["/khen-thuong/", "/khen-thuong/quyet-dinh/"],
    "quantri": ["/don-vi/", "/nguoi-dung/"],
}
BEHIND = {  # (a list, how the address ends that its first row leads to)
    "thamdinh": [("/phong-trao/khoi/", "/cham-nhieu/"), ("/phong-trao/", "/ket-qua/")],
    "quantri": [("/don-vi/", "/sap-xep/")],
}
EMPTY = {  # lists that find nothing
    "canbo": ["/ho-so/?q=qwertz", "/phong-trao/?q=qwertz", "/tim/?q=qwertz"],
    "thamdinh": ["/ho-so/tham-dinh/?q=qwertz"],
    "chutich": ["/khen-thuong/?q=qwertz"],
    "quantri": ["/don-vi/?q=qwertz"],
    "thanhtra": ["/lich-su/?q=qwertz"],
}
REFUSED = [  # who, the form, and a field to empty first if the portal has filled it
    ("thamdinh", "/phong-trao/ke-hoach/", ""),
    ("lanhdao", "/dieu-hanh/bao-cao/", "signer"),
    ("quantri", "/don-vi/moi/", ""),
    ("quantri", "/nguoi-dung/moi/", ""),
    ("quantri", "/ngay-trinh-dien/", "day"),
]


@pytest.fixture(scope="module")
def english():
    return crawl.untranslated()


@pytest.fixture(scope="module")
def turned():
    """Lists that somebody has filtered, sorted and turned: once for all is enough."""
    return set()


@pytest.fixture(scope="module")
def strangers(stack):
    """{who: the key of a session of somebody of another province with the same roles}."""
    said = stack.ask(
        f"json.dumps(strangers.like({ROLES!r}))",
        imports="import json\nfrom tests.factories import strangers",
    )
    return json.loads(said)


@pytest.fixture(scope="module")
def knocked():
    """Kinds of addresses at which a stranger has knocked."""
    return set()


@pytest.fixture
def as_stranger(open_browser, strangers, stack):
    """`as_stranger(who)`: asks as somebody of another province who has the roles of `who`."""

    def enter(who):
        cookie = {"name": "sessionid", "value": strangers[who], "url": stack.address}
        context = open_browser().context
        context.add_cookies([cookie])
        return context.request

    return enter


@pytest.mark.xdist_group("walkers")  # one after another: each leaves out what others have turned
@pytest.mark.parametrize("who", ROLES)
def test_all_links_lead_somewhere_and_every_word_is_vietnamese(
    sign_in, stack, english, turned, as_stranger, knocked, who
):
    page = sign_in(who)

    faults, seen = crawl.walk(page.request, f"{stack.address}/", english=english, turned=turned)

    faults += crawl.open_to(as_stranger(who), seen, knocked)
    assert not faults, "\n".join(faults)
    assert 15 < len(seen) < crawl.MOST


def test_a_page_with_english_words_and_a_dead_link_are_caught(sign_in, stack, english):
    page = sign_in("canbo")
    page.locator("summary.who").click()
    page.locator("form.lang button[value=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    faults, _seen = crawl.walk(page.request, f"{stack.address}/ho-so/", english=english, most=2)
    dead, _seen = crawl.walk(page.request, f"{stack.address}/khong-co/", english=english, most=1)

    assert len(faults) > 10
    assert any(fault.endswith(": 404, linked on ") for fault in dead)


def test_a_page_that_a_stranger_finds_is_caught(sign_in, stack):
    address = f"{stack.address}/phong-trao/1/"

    assert crawl.open_to(sign_in("canbo").request, {address}, set()) == [
        f"{address}: 200 for somebody of another province"
    ]


@pytest.mark.parametrize(
    "text",
    ["Save", "Submitted dossiers", "3 of 5", "Có 2 selected", "unit_review", "Trạng thái: open"],
)
def test_an_english_word_is_caught_in_a_text(text):
    assert list(crawl.foreign([text], english=set())) == [text]


@pytest.mark.parametrize(
    "text",
    ["Việc của tôi", "to-trinh.pdf", "UBND", "Tải về Excel", "Xã Tam Nông, khoa học, quy mô"],
)
def test_a_vietnamese_text_is_left_alone(text):
    assert not list(crawl.foreign([text], english=set()))


@pytest.mark.parametrize("who", MAIN_PAGES)
def test_main_pages_can_be_read_by_everybody(sign_in, who):
    page, faults = sign_in(who), []
    for address in [*MAIN_PAGES[who], *EMPTY.get(who, ())]:
        page.goto(address)
        faults += faults_of(page)
    for address in OPENED.get(who, ()):
        page.goto(address)
        faults += faults_of(page)
        page.goto(page.locator("main table a.rowlink").first.get_attribute("href"))
        faults += faults_of(page)
    for address, ending in BEHIND.get(who, ()):
        page.goto(address)
        page.goto(page.locator("main table a.rowlink").first.get_attribute("href"))
        page.goto(page.locator(f"main a[href$='{ending}']").first.get_attribute("href"))
        faults += faults_of(page)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("who", "address", "emptied"), REFUSED)
def test_a_refused_form_can_be_read_by_everybody(sign_in, who, address, emptied):
    page = sign_in(who)
    page.goto(address)
    if emptied:
        page.locator(f"main [name='{emptied}']").fill("")

    page.locator("main form[method=post] button[type=submit]").last.click()

    expect(page.locator(".summary")).to_be_visible()
    faults = [*faults_of(page), *crawl.astray(crawl.Reader(page.content()))]
    assert not faults, "\n".join(faults)


def faults_of(page):
    address = re.sub(r"^https?://[^/]+", "", page.url)
    return [f"{address}: {fault}" for fault in looking.faults(page)]


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ('<p id="a"></p><p id="a"></p>', ["the id a stands 2 times"]),
        ('<a href="#b">x</a>', ["#b leads to nothing on the page"]),
        (
            '<input type="number" name="c">',
            ["c is a number field: what is no number is sent as nothing"],
        ),
        ('<option value="">---------</option>', ["a choice is called “---------”"]),
        ('<template><p id="a"></p></template><p id="a"></p><a href="#a">x</a>', []),
    ],
)
def test_what_leads_astray_is_caught(html, faults):
    assert list(crawl.astray(crawl.Reader(html))) == faults
