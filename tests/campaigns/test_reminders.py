"""Reminders: whom, of what, seen before they go, and none twice even when a worker dies."""

import datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import Notice, User
from campaigns.figures import dues
from campaigns.models import PeriodicReport, Reminder, ReminderLine, Target
from campaigns.services import aims, permits, reminders, results
from core.audit.models import Entry
from core.clock import clock
from core.jobs import background
from core.jobs.models import Job
from core.workflow import Blocked
from criteria.models import Parameter
from tests.campaigns.mails import confirmed, run, states

pytestmark = pytest.mark.django_db
State = Reminder.State


def test_each_writer_of_a_late_unit_gets_one_mail_that_says_why(late, staff, unit_leader, ward):
    made = reminders.propose()

    assert {one.user for one in made} == {staff, unit_leader}
    one = made[0]
    assert one.subject == "Nhắc việc: 1 việc đến hạn – Phường Cao Lãnh"
    report = PeriodicReport.objects.get()
    for words in (
        "quá hạn 1 ngày làm việc (hạn 28/11/2025)",
        report.get_absolute_url(),
        "vì đang phụ trách công tác thi đua, khen thưởng của Phường Cao Lãnh",
        "không có mục tắt",
    ):
        assert words in one.body
    assert (len(mail.outbox), Notice.objects.filter(text=one.subject).count()) == (0, 0)


def test_nobody_is_reminded_of_a_day_that_is_far(late):
    PeriodicReport.objects.update(due_at=clock.as_instant(datetime.date(2025, 12, 11)))
    assert reminders.propose() == []
    number = {"meaning": "Nhắc đơn vị", "valid_from": datetime.date(2022, 1, 1)}
    Parameter.objects.create(key="soon_days.unit", value=7, **number)
    assert len(reminders.propose()) == 2


def test_a_late_permit_moves_the_day_of_a_report_until_it_is_withdrawn(late, ward, steward):
    report = PeriodicReport.objects.get()
    assert [due.day for due in dues.open_dues([ward.pk])] == [datetime.date(2025, 11, 28)]
    permit = permits.give(
        unit=ward,
        last_day=datetime.date(2025, 12, 20),
        reason="Mất điện cả tuần.",
        actor=steward,
        campaign=late,
        duty=report.duty,
        period=report.period,
    )
    assert [due.day for due in dues.open_dues([ward.pk])] == [datetime.date(2025, 12, 20)]
    assert reminders.propose() == []
    permits.withdraw(permit=permit, actor=steward)
    assert len(reminders.propose()) == 2


def test_proposing_again_adds_nothing_and_the_database_holds_it_too(late, staff):
    reminders.propose()
    assert reminders.propose() == []
    line = ReminderLine.objects.first()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_a_duty_comes_again_only_after_some_days(late, officer, settings):
    run(confirmed(officer))
    settings.DEMO = True
    found = []
    for day in (2, 3, 4):
        with clock.standing_at(clock.as_instant(datetime.date(2025, 12, day))):
            found.append(len(reminders.propose()))
    assert found == [0, 0, 2]


def test_a_proposal_of_yesterday_is_stopped_by_todays(late, settings):
    reminders.propose()
    settings.DEMO = True
    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 2))):
        assert len(reminders.propose()) == 2
    assert states() == ["proposed", "proposed", "stopped", "stopped"]


def test_an_officer_takes_some_out_and_the_rest_goes_by_a_job(late, officer, staff, unit_leader):
    reminders.propose()
    reminders.take_out(rows=Reminder.objects.filter(user=staff), actor=officer)
    assert reminders.confirm(rows=Reminder.objects.all(), actor=officer) == (1, 0)
    assert mail.outbox == []

    assert run(Job.objects.get()).state == Job.State.DONE
    assert [message.to for message in mail.outbox] == [[unit_leader.email]]
    assert states() == ["out", "sent"]
    assert Notice.objects.filter(user=unit_leader, text__startswith="Nhắc việc").count() == 1
    assert Entry.objects.get(verb="reminder.confirm").words.changes["mails"] == ["", "1"]


def test_confirming_twice_sends_nothing_twice(late, officer):
    job = confirmed(officer)
    with pytest.raises(Blocked, match="Không có thư để gửi"):
        reminders.confirm(rows=Reminder.objects.all(), actor=officer)
    run(job)
    background.run(str(job.pk))
    assert len(mail.outbox) == 2


class Killed(BaseException):
    """The worker is gone; nothing of ours can catch it."""


def test_a_job_killed_in_the_middle_sends_no_mail_twice(late, officer, monkeypatch):
    job = confirmed(officer)
    send = EmailMessage.send

    def send_and_die(message, *args, **kwargs):
        send(message, *args, **kwargs)
        raise Killed

    monkeypatch.setattr(EmailMessage, "send", send_and_die)
    with pytest.raises(Killed):
        background.run(str(job.pk))
    assert (states(), len(mail.outbox)) == (["sending", "waiting"], 1)

    monkeypatch.setattr(EmailMessage, "send", send)
    Job.objects.update(seen_at=clock.real_now() - datetime.timedelta(hours=1))
    Job.objects.sweep()
    run(job)
    assert (states(), len(mail.outbox)) == (["failed", "sent"], 2)
    assert len({message.to[0] for message in mail.outbox}) == 2
    failed = Reminder.objects.get(state=State.FAILED)
    assert "Thư có thể đã đi" in failed.error


def test_what_was_stopped_meanwhile_does_not_go(late, officer):
    job = confirmed(officer)
    assert reminders.stop(rows=Reminder.objects.all(), actor=officer) == 2
    run(job)
    assert (states(), mail.outbox) == (["stopped", "stopped"], [])


def test_what_is_done_meanwhile_is_not_reminded_of(late, officer):
    job = confirmed(officer)
    PeriodicReport.objects.update(state="accepted")
    run(job)
    assert (states(), mail.outbox) == (["stopped", "stopped"], [])
    assert Reminder.objects.first().error == "Việc đã xong trước khi gửi thư."


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.test\nBcc: b@example.test", "a@example.test\r\nX: y"]
)
def test_without_a_usable_address_one_is_told_in_the_portal(late, officer, staff, address):
    User.objects.filter(pk=staff.pk).update(email=address)
    reminders.propose()
    assert reminders.confirm(rows=Reminder.objects.all(), actor=officer) == (1, 1)
    run(Job.objects.get())
    assert len(mail.outbox) == 1
    assert states() == ["portal", "sent"]
    assert Notice.objects.filter(user=staff, text__startswith="Nhắc việc").count() == 1


def test_a_line_break_that_gets_as_far_as_the_mail_is_refused_by_a_sentence(late, officer):
    job = confirmed(officer)
    Reminder.objects.update(email="a@example.test\nBcc: b@example.test")
    run(job)
    assert mail.outbox == []
    assert {row.error for row in Reminder.objects.all()} == {
        "Địa chỉ hoặc tiêu đề có ký tự xuống dòng."
    }
    reminders.send_again(rows=Reminder.objects.all(), actor=officer)
    assert states() == ["waiting", "waiting"]


def test_a_server_that_is_away_leaves_the_mail_with_a_sentence(late, officer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    run(confirmed(officer))
    assert states() == ["failed", "failed"]
    assert "Không kết nối được máy chủ thư" in Reminder.objects.first().error


def test_the_days_work_proposes_and_sends_only_where_a_number_says_so(late):
    day = clock.today()
    job = Job.objects.create(task=reminders.remind_of_today.name, title="x", day=day)
    run(job)
    assert (states(), len(mail.outbox)) == (["proposed", "proposed"], 0)

    Reminder.objects.all().delete()
    Parameter.objects.create(
        key="remind.sends_itself", value=1, meaning="Tự gửi", valid_from=datetime.date(2022, 1, 1)
    )
    Job.objects.all().delete()
    run(Job.objects.create(task=reminders.remind_of_today.name, title="x", day=day))
    assert (states(), len(mail.outbox)) == (["sent", "sent"], 2)


def test_the_command_proposes(late, capsys):
    call_command("remind")
    assert capsys.readouterr().out == "2 mails proposed, 0 of them without an address.\n"


def test_titles_that_were_not_sent_are_a_duty_as_reports_are(late, ward, steward):
    aims.open_call(subject=late, year=2025, last_day=datetime.date(2025, 12, 3), actor=steward)
    found = dues.open_dues([ward.pk])
    assert [due.key.partition("-")[0] for due in found] == ["report", "aim"]
    assert "2 việc đến hạn" in reminders.propose()[0].subject


def test_results_are_a_duty_until_something_is_entered(late, ward, staff):
    target = Target.objects.create(
        campaign=late, code="T1", order=1, name="Dịch vụ công", compare="at_least", value=80
    )
    kinds = [due.key.partition("-")[0] for due in dues.open_dues([ward.pk])]
    assert kinds == ["report", "result"]
    results.enter(
        campaign=late, unit=ward, period="2025", said={target.pk: ("71", "UBND")}, actor=staff
    )
    assert [due.key.partition("-")[0] for due in dues.open_dues([ward.pk])] == ["report"]


def test_score_sheets_are_a_duty_once_the_block_names_a_day(field):
    block = field.block
    assert dues.open_dues() == []
    block.score_by = datetime.date(2025, 12, 3)
    block.save()
    assert {due.unit for due in dues.open_dues()} == set(
        block.members.values_list("unit", flat=True)
    )


def test_a_server_that_says_nothing_holds_the_worker_for_seconds_only(settings):
    assert 0 < settings.EMAIL_TIMEOUT <= 20
    assert get_connection("django.core.mail.backends.smtp.EmailBackend").timeout == 20


@pytest.fixture
def sends_itself(db):
    Parameter.objects.create(
        key="remind.sends_itself", value=1, meaning="Tự gửi", valid_from=datetime.date(2022, 1, 1)
    )


def days_job():
    day = clock.today()
    return Job.objects.create(task=reminders.remind_of_today.name, title="x", day=day)


@pytest.mark.parametrize("died_after", ["propose", "confirm"])
def test_the_days_work_goes_on_where_a_dead_worker_left_it(late, sends_itself, died_after):
    reminders.propose()
    if died_after == "confirm":
        reminders.confirm(rows=Reminder.objects.all(), actor=None)
    run(days_job())
    assert (states(), len(mail.outbox)) == (["sent", "sent"], 2)


def test_mails_of_an_earlier_day_are_stopped_and_todays_says_it_anew(
    late, officer, sends_itself, settings
):
    job = confirmed(officer)
    settings.DEMO = True
    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 2))):
        run(job)
        assert (states(), mail.outbox) == (["stopped", "stopped"], [])
        assert "Đã qua ngày" in Reminder.objects.first().error
        run(days_job())
    assert (states(), len(mail.outbox)) == (["sent", "sent", "stopped", "stopped"], 2)
    assert "quá hạn 2 ngày làm việc" in mail.outbox[0].body


def test_proposing_the_next_day_takes_the_place_of_what_still_waits(late, officer, settings):
    confirmed(officer)
    settings.DEMO = True
    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 2))):
        assert len(reminders.propose()) == 2


def test_a_mail_that_failed_on_an_earlier_day_is_not_sent_again(late, officer, settings):
    confirmed(officer)
    Reminder.objects.update(state=State.FAILED)
    settings.DEMO = True
    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 2))):
        assert reminders.send_again(rows=Reminder.objects.all(), actor=officer) == 0
