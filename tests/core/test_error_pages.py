"""Every page that tells of an error has the code by which the log and the history know it."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from accounts.views import inbox
from core.audit.middleware import RequestIdFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(signed_in, staff):
    return signed_in(staff)


def stumbling(visitor, monkeypatch, language=""):
    def stumble(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr(inbox.Profile, "get_context_data", stumble)
    visitor.raise_request_exception = False
    if language:
        visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return visitor.get("/tai-khoan/")


def not_there(visitor, _patch):
    return visitor.get("/khong-co/")


def only_for_a_button(visitor, _patch):
    return visitor.get("/thong-bao/da-doc/")


def old_token(visitor, _patch):
    strict = Client(enforce_csrf_checks=True)
    return strict.post("/accounts/login/")


def too_often(visitor, _patch):
    form = {"email": "ai@dongthap.gov.vn"}
    return [visitor.post("/accounts/password/reset/", form) for _time in range(4)][-1]


@pytest.mark.parametrize(
    ("failing", "status"),
    [(not_there, 404), (only_for_a_button, 405), (old_token, 403), (too_often, 429)]
    + [(stumbling, 500)],
)
def test_an_error_page_has_a_code_to_quote(visitor, client, monkeypatch, failing, status):
    answer = failing(client if failing is too_often else visitor, monkeypatch)

    assert answer.status_code == status
    assert "Mã để báo khi cần hỗ trợ:" in answer.content.decode()
    assert f">{answer['X-Request-ID']}</code>" in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_that_stumbles_says_in_which_language(visitor, monkeypatch, language):
    answer = stumbling(visitor, monkeypatch, language).content.decode()

    assert f'<html lang="{language}"' in answer
    assert ("Code to quote" in answer) is (language == "en")


def test_the_log_names_the_code(visitor, monkeypatch, caplog):
    caplog.handler.addFilter(RequestIdFilter())

    answer = stumbling(visitor, monkeypatch)

    said = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.request_id for record in said] == [answer["X-Request-ID"]]
    assert "request_id" in str(settings.LOGGING["handlers"]["console"])
    assert "%(request_id)s" in settings.LOGGING["formatters"]["line"]["format"]
