"""The portal stands: what script/server starts answers, and starts again what dies."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import password

pytestmark = pytest.mark.both


def test_a_stranger_meets_the_sign_in_page(page):
    page.goto("/")

    expect(page.locator("input[name=password]")).to_be_visible()


def test_the_history_of_the_demonstration_is_whole(stack):
    assert "entries are whole" in stack.manage("verify_history")


def test_a_start_on_what_stands_fetches_and_makes_nothing_again(stack):
    steps = {line.split(" …")[0].strip() for line in stack.said().splitlines() if " …" in line}

    assert steps <= {"Preparing the database", "Compiling the Vietnamese catalogue"}


def test_the_sign_ins_are_printed(stack):
    said = stack.said()

    assert "quantri        ADMIN" in said
    assert f"password: {password(stack)}" in said


@pytest.mark.parametrize("name", ["worker", "web"])
def test_what_is_killed_is_started_again(stack, name):
    before = stack.pid(name)

    stack.kill(name)

    until = time.monotonic() + 15
    while stack.pid(name) == before and time.monotonic() < until:
        time.sleep(0.2)
    assert stack.pid(name) != before


def test_the_web_server_keeps_its_port_when_it_is_started_again(stack, page):
    stack.kill("web")

    page.goto("/")  # whoever comes meanwhile waits, and is not turned away

    expect(page.locator("input[name=password]")).to_be_visible()
