"""Fixtures of the journeys: a running portal, people signed in to it, and a strict eye on Chromium."""

import os
import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import fill, press
from tests.journeys.stack import Stack, variables

CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium's sandbox cannot be made by root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
expect.set_options(timeout=15_000)  # a busy machine serves a page in seconds


def pytest_collection_modifyitems(items):
    """Every test here is a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def stack():
    """The portal, started as people start it and loaded with the demo province."""
    with variables() as given:
        portal = Stack(given)
        portal.start()
        try:
            yield portal
        finally:
            assert portal.stop() == 0, portal.said()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(stack):
    return {
        "base_url": stack.address,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def complaints(request, stack):
    """What browsers complained of in this test; it fails if there is anything."""
    heard = []
    yield heard
    if heard:
        pytest.fail("\n".join(heard) + stack.logs())


@pytest.fixture
def open_browser(new_context, complaints):
    """`open_browser(**settings)`: a page in a fresh browser, watched for complaints."""

    def enter(**settings):
        page = new_context(**settings).new_page()
        watch(page, complaints)
        return page

    return enter


@pytest.fixture
def page(open_browser) -> Page:
    """A page of somebody who is not signed in."""
    return open_browser()


@pytest.fixture
def sign_in(open_browser, stack, sessions):
    """`sign_in("truc")`: a page of that person of the demo, past the sign-in page."""

    def enter(username, **settings):
        if username not in sessions:
            first = open_browser()
            first.goto("/accounts/login/")
            first.locator("input[name=login]").fill(username)
            first.locator("input[name=password]").fill(password(stack))
            first.locator("main form button[type=submit]").first.click()
            first.wait_for_url(re.compile(r"^(?!.*/login/)"))
            sessions[username] = first.context.storage_state()
            first.context.close()
        page = open_browser(storage_state=sessions[username], **settings)
        page.goto("/")
        return page

    return enter


@pytest.fixture
def day(sign_in):
    """`day("11/12/2025")`: the demo stands on that day, `day("10/12/2025", "23:59:59")` at that
    instant; afterwards on its first day again."""
    admin = sign_in("quantri")

    def move(text, time=""):
        admin.goto("/ngay-trinh-dien/")
        fill(admin, day=text, time=time)
        press(admin, "Chuyển", inside="main")
        expect(admin.locator(".demo-bar")).to_contain_text(text)
        expect(admin.locator(".demo-bar")).to_contain_text(time)

    yield move
    move("01/12/2025")


@pytest.fixture(scope="session")
def sessions():
    """Cookies of those who have signed in once: the portal counts sign-ins per address."""
    return {}


def password(stack):
    """The one password of all demo accounts, as script/server prints it."""
    lines = stack.said().splitlines()
    return next(line.split()[-1] for line in lines if line.strip().startswith("password:"))


def watch(page, complaints):
    """Write down errors of scripts and of the policy, missing files and server errors."""

    def on_console(message):
        # a status of 400 and more is judged below, with its address
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def on_response(response):
        whole_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status == 404 and not whole_page):
            complaints.append(f"{response.url}: {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", on_response)
