"""What comes after its session is over is not lost: old tokens, buttons, addresses of buttons."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from campaigns.models import Campaign
from tests import factories
from tests.core.files.making import pdf

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "http://testserver"}
OLD = {"csrfmiddlewaretoken": "a" * 64}


@pytest.fixture
def strict(admin):
    """A browser whose tokens are looked at, signed in as the administrator."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    return client


@pytest.fixture
def address(ward):
    user = factories.user("Lê Thị Mai", home=ward)
    return reverse("accounts:user_edit", args=[user.pk])


def hidden(answer):
    """The fields that a page sends again, as its browser reads them."""
    text = re.search(r"<form[^>]*data-again.*?</form>", answer.content.decode(), re.DOTALL)[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', text, re.DOTALL)
    return {unescape(name): unescape(value) for name, value in found}


# --- an old token -------------------------------------------------------------------------


def test_a_form_with_an_old_token_is_offered_again_and_can_be_sent(strict, address):
    form = strict.get(address).context["form"]
    typed = {name: form[name].value() for name in ("full_name", "username", "email", "home_unit")}
    typed |= {"version": form["version"].value(), "once": form["once"].value()}
    typed |= {"position": 'Chuyên viên "chính" <b>'}

    refused = strict.post(address, typed | OLD, **OURS)
    taken = strict.post(address, hidden(refused), **OURS)

    text = refused.content.decode()
    assert refused.status_code == 403
    assert "Chưa có thao tác nào được thực hiện" in text
    assert "Gửi lại" in text
    assert "Chuyên viên &quot;chính&quot; &lt;b&gt;" in text
    assert "Nội dung sẽ được gửi với tên Ngô Quản Trị" in text
    assert taken.status_code == 302
    assert strict.get(address).context["form"]["position"].value() == typed["position"]


@pytest.mark.parametrize(
    "came",
    [{}, {"HTTP_ORIGIN": "https://elsewhere.test"}, {"HTTP_ORIGIN": "null"}]
    + [{"HTTP_REFERER": "http://elsewhere.test/"}],
)
def test_words_from_elsewhere_are_not_offered(strict, address, came):
    answer = strict.post(address, {"position": "Chữ của người khác", **OLD}, **came)

    assert answer.status_code == 403
    assert "Nội dung chưa được tiếp nhận" in answer.content.decode()
    assert "Chữ của người khác" not in answer.content.decode()


def test_a_page_of_ours_is_known_by_its_address_as_well(strict, address):
    came = {"HTTP_REFERER": f"http://testserver{address}?a=1"}

    answer = strict.post(address, {"position": "Chữ của tôi", **OLD}, **came)

    assert "Chữ của tôi" in answer.content.decode()
    assert f'href="{address}?a=1"' in answer.content.decode()


def test_marks_of_the_page_come_along_without_being_shown_as_written(strict, address):
    marks = '{"position": "1f", "unit": "2a"}'

    answer = strict.post(address, {"position": "Chữ của tôi", "seen": marks, **OLD}, **OURS)

    assert answer.context["texts"] == ["Chữ của tôi"]
    assert hidden(answer)["seen"] == marks


def test_somebody_signed_out_is_offered_nothing(address):
    stranger = Client(enforce_csrf_checks=True)

    answer = stranger.post(address, {"position": "Chữ của tôi", **OLD}, **OURS)

    assert answer.status_code == 403
    assert "Chữ của tôi" not in answer.content.decode()


@pytest.mark.parametrize("where", ["/accounts/login/", "/accounts/password/change/", "own"])
def test_a_password_is_never_offered_again(strict, address, where):
    sent = {"login": "quantri", "password": "bi mat 123", "new_password1": "bi mat 456", **OLD}

    answer = strict.post(address if where == "own" else where, sent, **OURS)

    assert answer.status_code == 403
    assert "bi mat" not in answer.content.decode()


def test_files_are_named_as_not_coming_along(strict, address):
    sent = {"position": "Chữ", "file": SimpleUploadedFile("giao-uoc.pdf", pdf()), **OLD}

    answer = strict.post(address, sent, **OURS)

    assert "hãy chọn lại: giao-uoc.pdf" in answer.content.decode()


# --- signed out ---------------------------------------------------------------------------


@pytest.fixture
def running(province):
    head = factories.member(Role.SECTION_HEAD, province, "Trưởng Phòng")
    return factories.campaign(unit=province), head


def test_a_button_pressed_after_the_session_leads_back_to_its_page(client, running):
    campaign, _head = running
    row = campaign.get_absolute_url()
    came = {"HTTP_REFERER": f"http://testserver{row}?tab=1"}

    answer = client.post(f"{row}close/", {"note": "Vì đã hết hạn"}, **came)

    assert answer.url == f"/accounts/login/?next={row}%3Ftab%3D1"


def test_another_site_does_not_say_where_sign_in_leads(client, running):
    campaign, _head = running
    row = campaign.get_absolute_url()

    answer = client.post(f"{row}close/", HTTP_REFERER="https://elsewhere.test/x/")

    assert answer.url == f"/accounts/login/?next={row}close/"


def test_the_address_of_a_step_leads_to_its_row(signed_in, running):
    campaign, head = running

    answer = signed_in(head).get(f"{campaign.get_absolute_url()}close/")

    assert answer.url == campaign.get_absolute_url()


def test_the_address_of_a_step_out_of_reach_is_404(signed_in, running, staff):
    campaign, _head = running

    assert signed_in(staff).get(f"{campaign.get_absolute_url()}close/").status_code == 404


def test_the_address_of_a_button_has_a_page_in_the_frame(signed_in, staff):
    answer = signed_in(staff).get(reverse("accounts:inbox_read"))

    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Địa chỉ này không có trang để xem" in text
    assert 'id="content"' in text


# --- a step that is not possible any more ---------------------------------------------------


def test_the_note_of_a_step_is_kept_when_a_colleague_was_faster(signed_in, running):
    campaign, head = running
    Campaign.objects.filter(pk=campaign.pk).update(version=campaign.version + 1)
    sent = {"note": "Vì đã hết hạn", "version": campaign.version}

    answer = signed_in(head).post(f"{campaign.get_absolute_url()}close/", sent)

    assert answer.status_code == 409
    assert "Vì đã hết hạn" in answer.content.decode()
