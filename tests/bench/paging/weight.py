"""What a first visit weighs: bytes over the wire until a page is whole, by Chromium itself."""

import os

from django.urls import reverse
from playwright.sync_api import sync_playwright

from accounts.permissions import Role
from tests.bench.paging import walks
from tests.bench.paging.province import holders


def first_visits(port: int) -> dict[str, int]:
    """Kilobytes of a first visit with an empty cache: {page: kB}."""
    key = walks.cookie(holders(Role.LEADER_VIEW)[0])["Cookie"].partition("=")[2]
    names = ["account_login", "home", "dossiers:list", "dashboard:overview"]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"]
        )
        signed_in = dict.fromkeys(names[1:], key)
        found = {name: visit(browser, port, name, signed_in.get(name)) for name in names}
        browser.close()
    return found


def visit(browser, port, name, key):
    """One page in a context of its own; headers count, as they do on a slow line."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    if key:
        context.add_cookies(
            [{"name": "sessionid", "value": key, "url": f"http://localhost:{port}"}]
        )
    page, sizes = context.new_page(), []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"http://localhost:{port}{reverse(name)}", wait_until="networkidle")
    context.close()
    return round(sum(sizes) / 1000)
