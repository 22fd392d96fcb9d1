"""What a browser is told about every answer, whoever gives it."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.views import inbox

pytestmark = pytest.mark.django_db


def check(answer, status=200):
    policy = answer["Content-Security-Policy"]
    directives = dict(each.partition(" ")[::2] for each in policy.split("; "))
    assert answer.status_code == status
    assert "unsafe" not in policy
    assert directives["default-src"] == directives["object-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_ordinary_pages(client, signed_in, staff):
    check(client.get("/accounts/login/"))
    check(signed_in(staff).get("/tai-khoan/"))


def test_a_page_that_is_not_there(signed_in, staff):
    check(signed_in(staff).get("/khong-co/"), 404)


def test_a_form_without_its_key():
    check(Client(enforce_csrf_checks=True).post("/accounts/login/"), 403)


def test_a_page_that_stumbles(signed_in, staff, monkeypatch):
    def stumble(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr(inbox.Profile, "get_context_data", stumble)
    browser = signed_in(staff)
    browser.raise_request_exception = False

    check(browser.get("/tai-khoan/"), 500)


def test_files_of_the_pages(client, settings):
    drawing = Path(settings.STATIC_ROOT) / "drawing.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    try:
        answer = client.get("/static/drawing.svg")
        answer.close()
    finally:
        drawing.unlink()

    check(answer)
    assert answer["Permissions-Policy"]
