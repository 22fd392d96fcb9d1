"""Chapters 4 and 5: the decision beside the quota; the certificates and who may check them."""

import io
import re
import time
import zipfile

import pikepdf
from playwright.sync_api import expect

from tests.journeys.hands import download, fill, press, sees
from tests.journeys.reading import text_of
from tests.journeys.walk.unit import PEOPLE

NUMBER = "2071/QĐ-UBND"
LEFT_OUT = PEOPLE[1]


def compose(officer, campaign):
    """Two individuals for one place are refused in words; one is left out; three are decided."""
    officer.goto("/ho-so/quyet-dinh/")
    task = officer.locator(".task", has_text=campaign)
    task.get_by_role("link", name=re.compile("^Chọn đối tượng")).click()
    boxes = officer.locator("[name=nominee]")
    expect(boxes).to_have_count(4)
    for place in range(4):
        boxes.nth(place).check()
    press(officer, "Soạn quyết định cho các đề nghị đã chọn")
    sees(officer, "chọn 2, chỉ còn 1 trong 1 suất")

    officer.locator("#leave summary").click()
    officer.locator("#leave .form-check", has_text=LEFT_OUT).locator("[name=left]").check()
    fill(officer, why="Vượt số suất của kế hoạch.")
    press(officer, "Không đưa vào các đề nghị đã đánh dấu")
    sees(officer, "Đã để 1 đối tượng ngoài quyết định.")
    expect(boxes).to_have_count(3)
    for place in range(3):
        boxes.nth(place).check()
    press(officer, "Soạn quyết định cho các đề nghị đã chọn")
    sees(officer, "Đã soạn dự thảo với 3 trường hợp khen thưởng.")
    press(officer, "Nhập số, ngày và người ký")
    fill(officer, number=NUMBER, signed_on="01/12/2025")
    fill(officer, signer_role="CHỦ TỊCH", signer="Trần Hoàng Nam", place="Đồng Tháp")
    press(officer, "Lưu số và ngày")
    sees(officer, NUMBER)
    return officer.url


def issue(chairman, address):
    """The chairman issues; the golden book goes on without a gap. Answers with its numbers."""
    chairman.goto(address)
    press(chairman, "Ban hành quyết định")  # asks, once
    sees(chairman, "3 trường hợp khen thưởng được cấp số sổ vàng")
    press(chairman, "Ban hành quyết định", nth=1)
    sees(chairman, "Đã ban hành")
    cells = chairman.locator("#awards tbody td:first-child")
    numbers = [int(words.partition("/")[0]) for words in cells.all_inner_texts()]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    return numbers


def certificates(chairman, address):
    """The job is watched to its end; one, all as one PDF, and all as ZIP are there and open.

    Answers with the code that is printed on the certificate of a person.
    """
    chairman.goto(address)
    watch = chairman.get_by_role("link", name="Xem tiến độ")
    if watch.count():  # a quick worker is done before we look
        watch.click()
        expect(chairman.locator("#job")).to_contain_text("Đã xong", timeout=90_000)
    wait_for_papers(chairman, address)
    link = chairman.locator("#awards tr", has_text=PEOPLE[0]).locator("a[download]")
    one = text_of(download(chairman, f"a[href='{link.get_attribute('href')}']"))
    assert PEOPLE[0] in one
    booklet = download(chairman, "#papers a[href$='bang-khen.pdf']")
    with pikepdf.open(io.BytesIO(booklet)) as pdf:
        assert len(pdf.pages) == 3
    bundle = download(chairman, "#papers a[href$='bang-khen.zip']")
    with zipfile.ZipFile(io.BytesIO(bundle)) as bundle:
        assert len([name for name in bundle.namelist() if name.endswith(".pdf")]) == 3
    return re.search(r"Mã xác thực ([0-9A-Z]+)", one)[1]


def wait_for_papers(chairman, address):
    """Decision, book and bundle: two jobs, of which the page does not tell the second."""
    files = chairman.locator("#papers .file")
    until = time.monotonic() + 60
    chairman.goto(address)
    while files.count() < 3 and time.monotonic() < until:
        chairman.wait_for_timeout(1000)
        chairman.reload()
    expect(files).to_have_count(3)


def check(stranger, code):
    """Nobody has to sign in: award, name, decision, date, and nothing else."""
    stranger.goto(f"/kiem-tra/{code}/")
    sees(stranger, "Còn hiệu lực")
    facts = stranger.locator("main .facts")
    expect(facts.locator("dt")).to_have_count(3)  # award, holder, decision
    expect(facts).to_contain_text(PEOPLE[0])
    expect(facts).to_contain_text(f"Số {NUMBER} ngày 01/12/2025")
    for private in ("14/05/1988", "Công chức", "KH316"):
        expect(stranger.locator("body")).not_to_contain_text(private)
    stranger.goto("/kiem-tra/ABCDEFGHJKMNPQRSTVWXYZ2345/")
    sees(stranger, "Không có bằng nào mang mã này")
