"""The portal stands: what script/server starts answers, and starts again what dies."""

import os
import signal
import subprocess
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import password
from tests.journeys.stack import family, living

pytestmark = pytest.mark.both
PROCESSES = {"redis", "celery", "gunicorn", "dispatch"}


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


def test_all_that_runs_is_of_the_family_that_ctrl_c_ends(stack):
    """Stack.stop looks for it; here it is made sure that it would see each kind."""
    words = [*family(stack.server.pid).values()]

    seen = {name for name in PROCESSES if any(name in each for each in words)}

    assert seen == PROCESSES - ({"redis"} if "REDIS_URL" in stack.environment else set())


def test_a_process_that_outlives_its_parent_is_seen():
    parent = subprocess.Popen(["sh", "-c", "sleep 60 & wait"])
    until = time.monotonic() + 10
    while (
        "sleep 60 " not in (started := family(parent.pid)).values()  # before, it is a second sh
        and time.monotonic() < until
    ):
        time.sleep(0.05)
    parent.kill()
    parent.wait()

    assert living(started) == ["sleep 60 "]

    ((pid, _began),) = started
    os.kill(pid, signal.SIGKILL)
    while living(started) and time.monotonic() < until:
        time.sleep(0.05)
    assert living(started) == []


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
