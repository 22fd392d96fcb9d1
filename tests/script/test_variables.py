"""Wrong values of variables: each is answered with one sentence that names the variable."""

import os
import re
import subprocess
import sys

import pytest

from script.portal.commands import server
from script.portal.places import ROOT
from script.portal.supervisor import Supervisor
from script.portal.terminal import REFUSED, Refusal

KEYS = {"SECRET_KEY": "for-tests-only-0123456789", "AUDIT_KEY": "for-tests-only-9876543210"}


@pytest.fixture
def said(tmp_path):
    """`said("-m", "x", NAME="…")`: run Python on the portal's settings; answer with what it says."""

    def run(*words, **variables):
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        ended = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**kept, "VAR_DIR": str(tmp_path), **KEYS, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert ended.returncode == REFUSED, ended.stdout
        return ended.stdout

    return run


@pytest.mark.parametrize(
    "address",
    [
        "abc",
        "mysql://x@127.0.0.1/x",
        "postgres://x:secret@127.0.0.1:port/x",
        "postgres://x:secret@127.0.0.1:1/x",
        "postgres://x:sec[secret@127.0.0.1:1/x",
        "postgres://[::1/x",
        "sqlite:////nonexistent/x.db",
    ],
)
def test_a_database_that_does_not_answer_is_named_with_what_to_write(said, address):
    sentence = said("-m", "script.portal.database", DATABASE_URL=address)

    assert sentence.startswith("DATABASE_URL=")
    assert "postgres://USER:PASSWORD@HOST:PORT/NAME" in sentence
    assert sentence.count("\n") == 1
    assert "secret" not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "redis://:secret@127.0.0.1:1/0",
        "redis://:sec[secret@127.0.0.1:1/0",
        "redis://[::1",
        "foo",
        "unix:///none.sock",
    ],
)
def test_a_queue_that_does_not_answer_is_named_with_what_to_write(said, address):
    sentence = said("-m", "script.portal.reach", "queue", REDIS_URL=address)

    assert sentence.startswith("REDIS_URL=")
    assert "write redis://HOST:PORT/0" in sentence
    assert sentence.count("\n") == 1
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("redis://:sec/ret@127.0.0.1:1/0", "redis://…@127.0.0.1:1/0"),
        ("redis://who:sec@ret@127.0.0.1:1/0", "redis://…@127.0.0.1:1/0"),
        ("redis://who:sec?ret@127.0.0.1:1/0", "…"),
        ("redis://127.0.0.1:1/0?password=secret&username=who", "redis://127.0.0.1:1/0?…"),
        ("redis://127.0.0.1:1/0?password=sec@ret", "…"),
        ("redis://who:secret", "…"),
        ("sec.ret", "…"),
    ],
)
def test_of_an_address_neither_user_nor_password_nor_query_is_said(said, address, shown):
    sentence = said("-m", "script.portal.reach", "queue", REDIS_URL=address)

    assert sentence.startswith(f"REDIS_URL={shown} leads to no Redis")
    assert not re.search(r"\b(who|sec|ret|secret)\b", sentence)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("secret@127.0.0.1/portal", "…"),
        ("who:secret@127.0.0.1/portal", "…"),
        ("mysql://who:secret@127.0.0.1/x", "mysql://…@127.0.0.1/x"),
        ("postgres:/who:secret@127.0.0.1/x", "…"),
    ],
)
def test_nor_of_one_that_names_no_database(said, address, shown):
    sentence = said("-m", "script.portal.database", DATABASE_URL=address)

    assert sentence.startswith(f"DATABASE_URL={shown} names no database")
    assert sentence.count("\n") == 1


@pytest.mark.parametrize(
    "address",
    [
        "postgres://who:sec/ret@127.0.0.1:1/x",
        "postgres://who:sec@ret@127.0.0.1:1/x",
        "postgres://127.0.0.1:1/x?password=secret&user=who",
        "postgres://127.0.0.1:1/x?sec=ret",
        "postgres://who:secret@127.0.0.1:1",
    ],
)
def test_nor_of_a_database(said, address):
    sentence = said("-m", "script.portal.database", DATABASE_URL=address)

    assert sentence.startswith("DATABASE_URL=")
    assert sentence.count("\n") == 1
    assert not re.search(r"\b(who|sec|ret|secret)\b", sentence)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("UPLOAD_MOST", "50MB", "write digits alone"),
        ("HTTPS", "maybe", "write on or off"),
        ("EMAIL_URL", "foo:bar", "write smtp+tls://USER:PASSWORD@HOST:587"),
        ("EMAIL_URL", "smtp+tls://u:sec[ret@host:587", "with / as %2F, @ as %40 and [ as %5B"),
        ("EMAIL_URL", "smtp://[::1", "write smtp+tls://USER:PASSWORD@HOST:587"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_with_what_to_write(said, name, value, advice):
    sentence = said("-m", "script.portal.reach", "database", **{name: value})

    assert sentence.startswith(name)
    assert advice in sentence
    assert sentence.count("\n") == 1
    assert "sec[ret" not in sentence


def test_script_server_refuses_a_queue_that_does_not_answer(monkeypatch):
    """Set up and on its port, before it starts anything of its own."""
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(server.setup, "finish", lambda **_: None)
    supervisor = Supervisor({**os.environ, **KEYS})

    with pytest.raises(Refusal, match=r"^REDIS_URL=redis://127\.0\.0\.1:1/0 leads to no Redis"):
        server.begin(supervisor, None)

    assert supervisor.children == []


@pytest.mark.parametrize("empty", ["SECRET_KEY", "AUDIT_KEY"])
def test_an_empty_key_is_refused_by_the_check_of_a_deployment(said, monkeypatch, empty):
    sentence = said("-c", WITHOUT_ENV, **{empty: ""})

    assert sentence.startswith("SECRET_KEY and AUDIT_KEY may not be empty: ")
    assert sentence.count("\n") == 1


WITHOUT_ENV = """
import runpy, sys
import environ
environ.Env.read_env = classmethod(lambda cls, *_, **__: None)
sys.argv = ["manage.py", "check", "--deploy"]
runpy.run_path("manage.py", run_name="__main__")
"""
