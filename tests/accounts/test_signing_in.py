"""Signing in, and the ways to a password: which pages there are, whom they serve, how often."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from core.clock import clock

pytestmark = pytest.mark.django_db

OLD, NEW = "mat-khau-cu-2025", "mat-khau-moi-2025"
SECRET = base64.b32encode(b"a secret of 20 bytes").decode()
NOBODY = "ke-gian@example.test"


@pytest.fixture
def known(staff):
    """A person of a unit, with a password."""
    staff.set_password(OLD)
    staff.save()
    return staff


def pages_of(patterns, path=""):
    for each in patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from pages_of(each.url_patterns, here)
        elif each.callback.__module__.startswith("allauth."):
            yield here


def sign_in(browser, person, password=OLD):
    typed = {"login": person.username, "password": password}
    return browser.post("/accounts/login/", typed)


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/accounts/\S+)", mail.body)[1]


def code_now():
    """The six digits that an app shows at this moment (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    found = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    at = found[-1] & 0x0F
    return f"{(int.from_bytes(found[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def test_only_these_pages_of_allauth_answer():
    assert set(pages_of(get_resolver().url_patterns)) == {
        "accounts/login/",
        "accounts/logout/",
        "accounts/reauthenticate/",
        "accounts/password/change/",
        "accounts/password/reset/",
        "accounts/password/reset/done/",
        r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "accounts/password/reset/key/done/",
        "accounts/2fa/",
        "accounts/2fa/authenticate/",
        "accounts/2fa/reauthenticate/",
        "accounts/2fa/totp/activate/",
        "accounts/2fa/totp/deactivate/",
        "accounts/2fa/recovery-codes/",
        "accounts/2fa/recovery-codes/generate/",
        "accounts/2fa/recovery-codes/download/",
    }


@pytest.mark.parametrize(
    "path", ["", "email/", "confirm-email/", "confirm-email/x/", "signup/", "inactive/", "social/"]
)
def test_the_other_pages_are_not_there(signed_in, staff, path):
    assert signed_in(staff).get(f"/accounts/{path}").status_code == 404


def test_an_address_of_ones_own_choice_opens_no_account(signed_in, staff, mailoutbox):
    browser = signed_in(staff)
    browser.post("/accounts/email/", {"action_add": "", "email": NOBODY})
    EmailAddress.objects.get_or_create(user=staff, email=NOBODY)  # as left by an earlier day

    Client().post("/accounts/password/reset/", {"email": NOBODY})

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([NOBODY], "Không có tài khoản dùng địa chỉ này")
    assert "/accounts/" not in mail.body


def test_a_new_password_goes_to_the_address_that_is_kept(client, staff, mailoutbox):
    client.post("/accounts/password/reset/", {"email": staff.email.upper()})

    assert [mail.to for mail in mailoutbox] == [[staff.email]]


def test_who_was_shut_out_gets_no_new_password(client, known, mailoutbox):
    known.is_active = False
    known.save()

    client.post("/accounts/password/reset/", {"email": known.email})
    page = client.get(sign_in(client, known).url)

    assert "/accounts/" not in mailoutbox[0].body
    assert "Tài khoản này đã ngừng hoạt động" in page.content.decode()


def test_a_link_by_mail_sets_a_password_once_and_ends_other_sessions(client, known, mailoutbox):
    other = Client()
    other.force_login(known)
    client.post("/accounts/password/reset/", {"email": known.email})
    link = link_in(mailoutbox[0])

    client.post(client.get(link).url, {"password1": NEW, "password2": NEW})

    known.refresh_from_db()
    assert known.check_password(NEW)
    assert other.get("/tai-khoan/").status_code == 302
    again = client.get(link)
    assert again.context["token_fail"]
    assert "Liên kết" in again.content.decode()


def test_an_officer_who_was_invited_sets_a_password_and_a_second_factor(
    client, officer, mailoutbox, settings, today
):
    settings.MFA_REQUIRED = True
    client.post("/accounts/password/reset/", {"email": officer.email})
    set_here = client.get(link_in(mailoutbox[0])).url
    client.post(set_here, {"password1": NEW, "password2": NEW})
    sign_in(client, officer, NEW)
    assert client.get("/").url == "/accounts/2fa/totp/activate/"

    page = client.get("/accounts/2fa/totp/activate/", follow=True)
    if "reauthenticate" in page.request["PATH_INFO"]:
        address = "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/"
        page = client.post(address, {"password": NEW}, follow=True)
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    client.post("/accounts/2fa/totp/activate/", {"code": code_now()})

    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    assert not EmailAddress.objects.exists()
    assert client.get("/").status_code == 200


def test_an_officer_signs_in_with_a_code_and_a_wrong_one_is_refused_in_words(
    client, officer, settings, today
):
    settings.MFA_REQUIRED = True
    officer.set_password(OLD)
    officer.save()
    TOTP.activate(officer, SECRET)

    assert sign_in(client, officer).url == "/accounts/2fa/authenticate/"
    assert client.get("/don-vi/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Mã chưa đúng." in wrong.content.decode()
    assert client.get("/don-vi/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert client.get("/don-vi/").status_code == 200


def test_to_look_for_the_second_factor_takes_no_query_of_its_own(
    client, officer, settings, today, django_assert_num_queries
):
    TOTP.activate(officer, SECRET)
    client.force_login(officer)
    client.get("/don-vi/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/don-vi/")

    settings.MFA_REQUIRED = True

    with django_assert_num_queries(len(asked)):
        assert client.get("/don-vi/").status_code == 200


@pytest.mark.parametrize("path", ["2fa/totp/deactivate/", "2fa/recovery-codes/generate/"])
def test_the_second_factor_is_changed_by_who_knows_the_password(client, officer, path, today):
    TOTP.activate(officer, SECRET)
    client.force_login(officer)

    assert "/reauthenticate/" in client.post(f"/accounts/{path}").url


def test_a_password_is_changed_by_who_knows_the_old_one(client, known):
    client.force_login(known)
    typed = {"oldpassword": "không phải", "password1": NEW, "password2": NEW}

    page = client.post("/accounts/password/change/", typed)

    assert "oldpassword" in page.context["form"].errors
    known.refresh_from_db()
    assert known.check_password(OLD)


def test_five_wrong_passwords_shut_an_account_for_a_quarter_of_an_hour(client, known, time_machine):
    time_machine.move_to(datetime(2025, 12, 1, 2, tzinfo=UTC), tick=False)
    for _time in range(5):
        assert "chưa đúng" in sign_in(client, known, "sai").content.decode()

    said = "Đăng nhập sai quá nhiều lần. Hãy thử lại sau 15 phút."
    assert said in sign_in(client, known).content.decode()
    time_machine.shift(timedelta(minutes=14))
    assert said in sign_in(client, known).content.decode()
    time_machine.shift(timedelta(minutes=2))
    assert sign_in(client, known).status_code == 302


def test_who_asks_too_often_reads_what_to_do(client, staff, mailoutbox):
    answers = [
        client.post("/accounts/password/reset/", {"email": staff.email}) for _time in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mailoutbox) == 3
    page = answers[-1].content.decode()
    assert '<html lang="vi"' in page
    assert "Hãy đợi một phút" in page


def test_thirty_idle_minutes_end_a_session(signed_in, staff, time_machine, monkeypatch):
    monkeypatch.setattr(clock, "real_once", lambda: datetime.now(UTC))  # PostgreSQL's goes on
    time_machine.move_to(datetime(2025, 12, 1, 2, tzinfo=UTC), tick=False)
    browser = signed_in(staff)

    def after(minutes):
        time_machine.shift(timedelta(minutes=minutes))
        return browser.get("/tai-khoan/").status_code

    assert [after(29), after(29), after(31)] == [200, 200, 302]
