"""A job is a row: claimed once, given back, parked, run again by a person."""

import re
from datetime import timedelta

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerDown

from core.clock import clock
from core.jobs import background
from core.jobs.models import MOST_ATTEMPTS, Job, LostLease

pytestmark = pytest.mark.django_db
seen = []


@background.background("Đếm")
def count(job, upto):
    seen.extend(job.track(range(upto)))


@background.background("Hỏng")
def fail(job):
    raise ValueError("không đọc được")


@background.background("Dừng")
def stop(job):
    raise background.Stopped("Quyết định chưa có số.")


@pytest.fixture(autouse=True)
def _nothing_seen():
    seen.clear()


def test_a_job_runs_to_its_end_with_its_progress(staff):
    job = count.start(by=staff, upto=3)

    background.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.done, job.total, seen) == (Job.State.DONE, 3, 3, [0, 1, 2])


def test_a_message_that_comes_twice_runs_once(staff):
    job = count.start(by=staff, upto=3)

    for _again in range(5):
        background.run(str(job.pk))

    assert seen == [0, 1, 2]


def test_a_failing_job_is_parked_after_three_attempts(staff):
    job = fail.start(by=staff)

    states = []
    for _attempt in range(4):
        background.run(str(job.pk))
        job.refresh_from_db()
        states.append((job.state, job.attempts))

    assert states == [("queued", 1), ("queued", 2), ("parked", 3), ("parked", 3)]
    assert "không đọc được" in job.error


def test_a_job_that_cannot_go_on_is_parked_at_once(staff):
    job = stop.start(by=staff)

    background.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.error) == ("parked", "Quyết định chưa có số.")


def test_a_person_lets_a_parked_job_run_again(staff):
    job = stop.start(by=staff)
    background.run(str(job.pk))
    job.refresh_from_db()

    assert job.try_again()

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)


def test_the_same_press_of_the_button_lets_it_run_again_once(signed_in, staff):
    job, client = stop.start(by=staff), signed_in(staff)
    background.run(str(job.pk))
    page = client.get(f"/cong-viec/{job.pk}/").content.decode()
    key = re.search(r'name="once" value="([^"]+)"', page.partition('id="job"')[2])[1]

    states = []
    for _press in range(2):
        answer = client.post(f"/cong-viec/{job.pk}/again/", {"once": key})
        assert answer.url == f"/cong-viec/{job.pk}/"
        job.refresh_from_db()
        states.append(job.state)
        background.run(str(job.pk))

    assert states == ["queued", "parked"]


def test_a_dead_workers_job_goes_back_to_the_queue(staff):
    job = count.start(by=staff, upto=3)
    claimed = Job.objects.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(seen_at=clock.real_now() - timedelta(hours=1))

    assert Job.objects.sweep() == (1, 0)
    with pytest.raises(LostLease):
        claimed.beat(done=1)


def test_a_wedged_worker_loses_to_the_run_that_a_person_asked_for(staff):
    job = count.start(by=staff, upto=3)
    wedged = Job.objects.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(
        attempts=MOST_ATTEMPTS, seen_at=clock.real_now() - timedelta(hours=1)
    )
    Job.objects.sweep()
    job.refresh_from_db()
    assert job.try_again()
    second = Job.objects.claim(job.pk)
    assert wedged.attempts == second.attempts  # a person gave all attempts back

    with pytest.raises(LostLease):
        wedged.beat(done=1)
    with pytest.raises(LostLease):
        wedged.close(Job.State.DONE)
    wedged.give_back("ValueError")
    second.beat(done=2)
    second.close(Job.State.DONE)

    job.refresh_from_db()
    assert (job.state, job.done, job.error) == (Job.State.DONE, 2, "")


@pytest.mark.parametrize("state", [s for s in Job.State if s != Job.State.PARKED])
def test_only_a_stopped_job_can_be_run_again(staff, state):
    job = count.start(by=staff, upto=3)
    Job.objects.filter(pk=job.pk).update(state=state, attempts=1, sent_at=clock.real_now())
    before = Job.objects.values().get(pk=job.pk)

    assert not job.try_again()

    assert Job.objects.values().get(pk=job.pk) == before


def test_a_job_that_kills_its_worker_three_times_is_parked(staff):
    job = count.start(by=staff, upto=3)

    for _death in range(3):
        Job.objects.claim(job.pk)
        Job.objects.filter(pk=job.pk).update(seen_at=clock.real_now() - timedelta(hours=1))
        Job.objects.sweep()

    job.refresh_from_db()
    assert job.state == Job.State.PARKED


def test_the_row_goes_with_the_act_that_asked_for_it(staff):
    def act_that_fails():
        with transaction.atomic():
            count.start(by=staff, upto=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_that_fails()

    assert not Job.objects.exists()


def test_the_dispatcher_survives_a_broker_that_is_down(staff, monkeypatch):
    def refuse(*args, **kwargs):
        raise BrokerDown("connection refused")

    monkeypatch.setattr(current_app, "send_task", refuse)
    count.start(by=staff, upto=1)

    call_command("dispatch", once=True)

    assert Job.objects.get(requested_by=staff).sent_at is None


# --- what is said of a job that stopped --------------------------------------------------------


def stopped(task, by):
    job = task.start(by=by)
    for _attempt in range(3):
        background.run(str(job.pk))
    job.refresh_from_db()
    return job


def test_who_asked_reads_a_sentence_and_a_number(signed_in, staff):
    job = stopped(fail, staff)

    text = signed_in(staff).get(f"/cong-viec/{job.pk}/").content.decode()

    assert "ValueError" not in text
    assert "không đọc được" not in text
    assert "Cổng chưa làm được việc này" in text
    assert f"báo quản trị mã việc: {str(job.pk)[:8]}." in text


def test_who_asked_reads_why_the_work_cannot_go_on(signed_in, staff):
    job = stopped(stop, staff)

    text = signed_in(staff).get(f"/cong-viec/{job.pk}/").content.decode()

    assert "Quyết định chưa có số." in text
    assert "Cổng chưa làm được" not in text


def test_an_administrator_reads_what_went_wrong_and_for_whom(signed_in, staff, admin):
    job = stopped(fail, staff)

    text = signed_in(admin).get(f"/cong-viec/{job.pk}/").content.decode()

    assert "ValueError: không đọc được" in text
    assert str(staff) in text
    assert "Số lần đã chạy" in text
    assert "Việc tôi yêu cầu" not in text
    assert "Cổng chưa làm được" not in text


def test_the_administrator_sees_stopped_jobs_first_and_is_led_to_them(admin, staff, signed_in):
    job = stopped(stop, staff)
    for _later in range(30):  # more than a page
        count.start(by=staff, upto=1)
    Job.objects.filter(pk=job.pk).update(created_at=clock.now() - timedelta(hours=1))
    client = signed_in(admin)

    first = client.get("/cong-viec/").context["object_list"][0]

    assert first.state == Job.State.PARKED
    assert 'href="/cong-viec/?state=parked"' in client.get("/").content.decode()
    asked_for = signed_in(staff).get("/cong-viec/").context["object_list"]
    assert asked_for[0].state == Job.State.QUEUED  # one's own are the newest first
