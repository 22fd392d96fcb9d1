"""gunicorn with `config.gunicorn`: who is served beside whom."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from config import gunicorn
from script.portal import processes
from script.portal.places import ROOT
from tests.bench.paging.web import children
from tests.ports import free_port

BEFORE_START = 30  # seconds
SHORT, LONG = 0.8 * gunicorn.PATIENCE, 2 * gunicorn.PATIENCE


@pytest.fixture(scope="module")
def one_process():
    """How to ask a web server of one process."""
    with served_by(1) as (ask, _server):
        yield ask


@pytest.fixture(scope="module")
def two_processes():
    """How to ask a web server of two processes, and their numbers."""
    with served_by(2) as (ask, server):
        yield ask, *children(server.pid)


@contextmanager
def served_by(number, **environment):
    port = free_port()
    words = [*processes.web(f"127.0.0.1:{port}").words, "--workers", number]
    server = subprocess.Popen(
        [*map(str, words), "tests.script.answering"], cwd=ROOT, env={**os.environ, **environment}
    )
    try:
        ask = asker(port)
        wait_for(ask, server, number)
        yield ask, server
    finally:
        server.terminate()
        server.wait(20)


def wait_for(ask, server, number):
    """Until each of the processes has answered."""
    heard, until = set(), time.monotonic() + BEFORE_START
    while len(heard) < number and time.monotonic() < until and server.poll() is None:
        with suppress(OSError):
            heard |= {answer["process"] for answer in together(ask, *[{"seconds": 0.1}] * 4)}
        time.sleep(0.1)
    assert heard == set(children(server.pid))


def asker(port):
    def ask(seconds=0.0, body=None):
        address = f"http://127.0.0.1:{port}/?seconds={seconds}"
        with urllib.request.urlopen(address, data=body, timeout=30) as answer:
            return json.loads(answer.read()) | {"at": time.monotonic()}

    return ask


def together(ask, *requests):
    with ThreadPoolExecutor(len(requests)) as crowd:
        running = []
        for words in requests:
            running.append(crowd.submit(ask, **words))
            time.sleep(0.05)  # so that they come in this order
        return [each.result() for each in running]


def test_pages_of_one_process_are_computed_one_after_another(one_process):
    answers = together(one_process, *[{"seconds": 0.1}] * 6)
    assert {answer["beside"] for answer in answers} == {1}


def test_what_brings_a_body_keeps_no_page_waiting(one_process):
    sent, page = together(one_process, {"seconds": SHORT, "body": b"."}, {})
    assert page["at"] < sent["at"]


def test_a_page_that_takes_long_does_not_hold_the_others(one_process):
    long, page = together(one_process, {"seconds": 4 * LONG}, {})
    assert page["at"] < long["at"]


def test_whoever_comes_is_left_to_a_process_with_a_free_thread(two_processes):
    ask, first, second = two_processes
    slow = {"seconds": 4 * LONG, "body": b"."}
    with ThreadPoolExecutor(gunicorn.threads + 1) as crowd, standing_still(second):
        sent = [crowd.submit(ask, **slow) for _turn in range(gunicorn.threads)]
        time.sleep(LONG)
        late = crowd.submit(ask, body=b".")
        time.sleep(LONG)
    assert {each.result()["process"] for each in sent} == {first}
    assert late.result()["process"] == second


def test_nothing_is_written_into_the_home_of_whoever_runs_it(tmp_path):
    with served_by(1, HOME=str(tmp_path), XDG_RUNTIME_DIR=str(tmp_path)):
        assert not list(tmp_path.iterdir())


@contextmanager
def standing_still(process):
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
