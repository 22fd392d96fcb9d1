"""Once a day the dispatcher asks for the housekeeping, and a worker does it."""

import os
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.core.management import call_command

from core.clock import clock
from core.documents import store
from core.jobs import background, tasks
from core.jobs.models import Job
from core.ui.models import SentForm
from core.ui.once import new_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def sent(monkeypatch):
    """The numbers of jobs that went to the broker."""
    numbers = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, args, **options: numbers.append(args[0])
    )
    return numbers


def at(monkeypatch, hour, days=0):
    day = clock.real_now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    local = clock.as_instant(day.date()) + timedelta(days=days, hours=hour)
    monkeypatch.setattr(clock, "real_now", lambda: local)


def run_todays():
    job = tasks.ask_for_today()
    background.run(str(job.pk))
    job.refresh_from_db()
    return job


def test_the_dispatcher_asks_once_a_day(monkeypatch, sent):
    at(monkeypatch, hour=1)
    call_command("dispatch", once=True)
    assert sent == []

    for hour in (2, 2, 23):
        at(monkeypatch, hour)
        call_command("dispatch", once=True)
    assert Job.objects.filter(task=tasks.tidy.name).count() == 1

    at(monkeypatch, hour=3, days=1)
    call_command("dispatch", once=True)
    assert Job.objects.filter(task=tasks.tidy.name).count() == 2


def test_housekeeping_clears_lost_files_and_old_keys(monkeypatch, staff, media):
    at(monkeypatch, hour=12)
    lost = media / store.UNDER_WAY / "tmpabc"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"half")
    then = time.time() - 3 * 24 * 3600
    os.utime(lost, (then, then))
    for days in (1, 40):
        key = SentForm.objects.create(key=new_key(), user_id=staff.pk, path="/")
        SentForm.objects.filter(pk=key.pk).update(sent_at=clock.real_now() - timedelta(days=days))

    job = run_todays()

    assert job.state == Job.State.DONE
    assert not lost.exists()
    assert SentForm.objects.count() == 1


def test_a_changed_file_is_shown_to_the_administrator(monkeypatch, staff, ward, admin, signed_in):
    at(monkeypatch, hour=12)
    paper = store.keep(b"%PDF-1.7", name="a.pdf", media_type=store.PDF, unit=ward, by=staff)
    store.path_of(paper).write_bytes(b"%PDF-1.6")

    job = run_todays()

    assert job.state == Job.State.PARKED
    assert str(paper.pk) in job.error
    page = signed_in(admin).get("/cong-viec/").content.decode()
    assert "<h1>Công việc nền" in page.replace(' id="title"', "")
    assert "Dọn dẹp hằng ngày" in page
    assert "cổng tự làm" in page


def test_housekeeping_forgets_its_own_days(monkeypatch):
    at(monkeypatch, hour=12)
    first = run_todays()
    at(monkeypatch, hour=12, days=40)

    run_todays()

    assert not Job.objects.filter(pk=first.pk).exists()
