"""What a proxy asks before it sends visitors: it need not sign in, and is not told lies."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError

pytestmark = pytest.mark.django_db


def ask(client, address, **headers):
    """In a thread of its own: the checks run in a loop, and Playwright's may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(client.get, address, **headers).result()


def test_a_process_that_answers_lives(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = ask(client, "/healthz/live/")

    assert answer.status_code == 200


def test_a_portal_whose_database_reads_and_writes_is_ready(client):
    answer = ask(client, "/healthz/ready/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.count("OK") == 2


def test_a_portal_that_cannot_write_is_not_ready(client, monkeypatch):
    def refuse(*_words, **_how):
        raise DatabaseError("disk full")

    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.set", refuse)

    answer = ask(client, "/healthz/ready/", HTTP_ACCEPT="text/html")

    assert answer.status_code == 500
    assert "disk full" not in answer.text
