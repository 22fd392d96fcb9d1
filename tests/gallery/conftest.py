"""Chromium on the gallery, signed in, with an ear for the console and an eye for faults."""

import os
import shutil

import pytest
from django.test import Client

from tests import looking
from tests.journeys.conftest import CHROMIUM_FLAGS

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture
def portal(live_server, settings):
    """The address of a portal that has the gallery."""
    settings.ROOT_URLCONF = "tests.gallery.urls"
    settings.DEMO = True
    return live_server.url


@pytest.fixture
def complaints():
    """What the browser said on its console, filled by `enter`."""
    return []


@pytest.fixture
def enter(portal, staff, new_context, complaints):
    """`enter("/gallery/", width=360)`: that page in a browser of somebody of a ward."""
    client = Client()
    client.force_login(staff)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": portal}

    def go(path, *, width=1280, signed_in=True, **context):
        inside = new_context(
            base_url=portal, viewport={"width": width, "height": 900}, locale="vi-VN", **context
        )
        if signed_in:
            inside.add_cookies([cookie])
        page = inside.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(path)
        return page

    return go


@pytest.fixture(scope="session")
def faults():
    """`faults(page)`: sentences on what is wrong with a page, see `looking.faults`."""
    return looking.faults
