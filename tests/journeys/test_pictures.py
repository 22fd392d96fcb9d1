"""Pictures for the README, made of the demo; `script/test -k pictures` shows whether they can be.

They go into a temporary folder. `PICTURES=docs/pictures script/test -k pictures` makes them anew
where the README takes them from.
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.hands import download, sees

MOST = 120_000  # bytes of a picture
COLOURS = 128


@pytest.fixture
def folder(tmp_path):
    """Where the pictures go."""
    folder = Path(os.environ.get("PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_pictures_of_four_screens(sign_in, folder):
    staff = sign_in("canbo")
    sees(staff, "Việc của tôi")
    take(staff, folder / "home.png")

    staff.goto("/ho-so/")
    staff.goto(staff.locator("main table a.rowlink").first.get_attribute("href"))
    sees(staff, "Danh sách đề nghị")
    take(staff, folder / "dossier.png")

    officer = sign_in("thamdinh")
    officer.goto("/ho-so/tham-dinh/?state=appraising")
    officer.goto(
        officer.locator("main table tr", has_text="Đang thẩm định")
        .locator("a.rowlink")
        .first.get_attribute("href")
    )
    sees(officer, "Báo cáo thành tích")
    take(officer, folder / "appraise.png")

    leader = sign_in("lanhdao")
    leader.goto("/dieu-hanh/")
    sees(leader, "Đơn vị đăng ký")
    leader.wait_for_timeout(1000)  # charts grow
    take(leader, folder / "dashboard.png")


def test_picture_of_a_certificate(sign_in, folder, tmp_path):
    chairman = sign_in("chutich")
    chairman.goto("/khen-thuong/quyet-dinh/?state=issued")
    chairman.goto(chairman.locator("main table a.rowlink").last.get_attribute("href"))
    printed = "#awards tr:nth-child(2) a[download]"
    for _second in range(90):  # the job of the demo's decisions begins with the worker
        if chairman.locator(f"main {printed}").count():
            break
        chairman.wait_for_timeout(1000)
        chairman.reload()
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(download(chairman, printed))
    target = folder / "certificate.png"

    words = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "900", "-scale-to-y", "-1"]
    subprocess.run([*words, paper, target.with_suffix("")], check=True)

    shrink(target)


def take(page, target):
    page.screenshot(path=target)
    shrink(target)


def shrink(target):
    """Few colours are enough for a screen; the README should stay quick to load."""
    Image.open(target).convert("RGB").quantize(COLOURS).save(target, optimize=True)
    assert target.stat().st_size < MOST, target
