"""The portal stands: what script/server starts answers, and starts again what dies."""

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.both


def test_a_stranger_meets_the_sign_in_page(page):
    page.goto("/")

    expect(page.locator("input[name=password]")).to_be_visible()


def test_a_killed_worker_is_started_again(stack):
    before = stack.pid("worker")

    stack.kill("worker")

    until = time.monotonic() + 15
    while stack.pid("worker") == before and time.monotonic() < until:
        time.sleep(0.2)
    assert stack.pid("worker") != before
