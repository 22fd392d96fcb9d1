"""The outbox: every mail seen before it goes, by those who may."""

import datetime

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.models import PeriodicReport, Reminder
from campaigns.services import reminders
from core.clock import clock
from tests import factories
from tests.campaigns.mails import confirmed, run, states

pytestmark = pytest.mark.django_db


def test_the_outbox_shows_every_mail_before_it_goes(late, officer, staff, signed_in):
    User.objects.filter(pk=staff.pk).update(email="")
    client = signed_in(officer)
    outbox = reverse("campaigns:reminders")
    assert "Không có thư nào" in client.get(outbox).content.decode()
    assert client.post(reverse("campaigns:reminders_propose"))["Location"] == outbox

    text = client.get(outbox).content.decode()
    assert "Chưa có địa chỉ thư, chỉ báo trên cổng" in text
    assert staff.full_name in text
    assert "Gửi 1 thư" in text
    assert "còn 3 ngày làm việc" in text
    one = Reminder.objects.exclude(email="").get()
    assert "Kính gửi ông/bà" in client.get(one.get_absolute_url()).content.decode()
    chosen = reverse("campaigns:reminders_chosen")
    client.post(chosen, {"row": one.pk, "do": "out"})
    client.post(chosen, {"row": one.pk, "do": "back"})
    assert client.post(chosen, {"row": one.pk, "do": "dance"}).status_code == 404
    assert client.post(reverse("campaigns:reminders_confirm")).status_code == 302
    assert states() == ["portal", "waiting"]
    refused = client.post(reverse("campaigns:reminders_confirm"))
    assert (refused.status_code, "Không có thư để gửi" in refused.content.decode()) == (409, True)
    client.post(reverse("campaigns:reminders_stop"))
    assert states() == ["portal", "stopped"]


def test_the_outbox_is_for_home_affairs_and_reaches_as_far_as_they_do(
    late, province, staff, signed_in
):
    reminders.propose()
    one = Reminder.objects.first()
    for path in (reverse("campaigns:reminders"), one.get_absolute_url()):
        assert signed_in(staff).get(path).status_code == 404
    elsewhere = factories.member(Role.OFFICER, factories.unit(superior=province))
    client = signed_in(elsewhere)
    assert client.get(one.get_absolute_url()).status_code == 404
    client.post(reverse("campaigns:reminders_chosen"), {"row": one.pk, "do": "out"})
    assert states() == ["proposed", "proposed"]


@pytest.mark.parametrize("units", [1, 6])
def test_the_outbox_asks_as_often_for_any_number_of_mails(
    late, province, officer, signed_in, units, django_assert_max_num_queries
):
    for number in range(units):
        unit = factories.unit(f"Xã Số {number}", superior=province)
        factories.member(Role.UNIT_STAFF, unit)
        campaign_services.join(campaign=late, unit=unit, actor=officer)
    PeriodicReport.objects.update(due_at=clock.as_instant(datetime.date(2025, 11, 29)))
    with django_assert_max_num_queries(26):
        reminders.propose()
    client = signed_in(officer)
    with django_assert_max_num_queries(24):
        client.get(reverse("campaigns:reminders"))


def test_the_demo_reads_what_it_sent_and_no_other_mail(
    late, officer, admin, signed_in, settings, tmp_path
):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    EmailMessage("Mật khẩu mới", "bí mật", to=["a@example.test"]).send()
    run(confirmed(officer))
    text = signed_in(admin).get(reverse("campaigns:mailbox")).content.decode()
    assert "Nhắc việc: 1 việc đến hạn – Phường Cao Lãnh" in text
    assert "bí mật" not in text
    assert signed_in(officer).get(reverse("campaigns:mailbox")).status_code == 404
    settings.DEMO = False
    assert signed_in(admin).get(reverse("campaigns:mailbox")).status_code == 404


def test_only_the_ticked_mails_are_sent(late, officer, staff, signed_in):
    reminders.propose()
    client, chosen = signed_in(officer), reverse("campaigns:reminders_chosen")
    assert "Gửi các thư đã chọn" in client.get(reverse("campaigns:reminders")).content.decode()
    one = Reminder.objects.get(user=staff)
    assert client.post(chosen, {"row": one.pk, "do": "send"}).status_code == 302
    assert states() == ["proposed", "waiting"]
    assert client.post(chosen, {"do": "send"}).status_code == 409


def test_without_any_address_the_button_offers_to_tell_in_the_portal(late, officer, signed_in):
    User.objects.update(email="")
    reminders.propose()
    client, outbox = signed_in(officer), reverse("campaigns:reminders")
    text = client.get(outbox).content.decode()
    assert "Báo trên cổng cho 2 người" in text
    assert "Gửi 0 thư" not in text
    client.post(reverse("campaigns:reminders_confirm"), {"shown": "2"})
    assert "0 thư" not in client.get(outbox).content.decode()


def test_mails_that_came_after_the_page_was_shown_do_not_go_unseen(late, officer, signed_in):
    reminders.propose()
    client = signed_in(officer)
    page = client.get(reverse("campaigns:reminders"))
    assert '<input type="hidden" name="shown" value="2">' in page.content.decode()
    refused = client.post(reverse("campaigns:reminders_confirm"), {"shown": "1"})
    assert refused.status_code == 409
    assert "nay là 2, không còn là 1" in refused.content.decode()
    assert states() == ["proposed", "proposed"]
    client.post(reverse("campaigns:reminders_confirm"), {"shown": "2"})
    assert states() == ["waiting", "waiting"]


def test_the_home_page_says_that_mails_wait(late, officer, staff, signed_in):
    client = signed_in(officer)
    assert "thư nhắc việc chờ xem" not in client.get("/").content.decode()
    reminders.propose()
    assert "2 thư nhắc việc chờ xem" in client.get("/").content.decode()
    assert "thư nhắc việc chờ xem" not in signed_in(staff).get("/").content.decode()
