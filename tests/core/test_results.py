"""What comes of a job: kept, linked and closed at once, or not at all; a long print is no death."""

import time
from uuid import uuid4

import pytest

from core.documents import pdf, store
from core.documents.models import Document
from core.jobs import background
from core.jobs.models import Job, LostLease

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@background.background("In")
def print_one(job):
    job.beat(done=0, total=1)
    content = pdf.print_html("<p>Giấy</p>")
    unit = job.requested_by.home_unit
    background.deliver(job, content, name="giay.pdf", media_type=store.PDF, unit=unit)


@pytest.fixture
def pressed(monkeypatch):
    """`pressed(seconds)`: a press that takes so long and makes a paper of three letters."""

    def take(seconds=0.0):
        def exchange(order, html, limits):
            time.sleep(seconds)
            return {"outcome": "done"}, [b"pdf"]

        monkeypatch.setattr(pdf, "_exchange", exchange)

    take()
    return take


def test_a_result_is_kept_linked_and_the_job_over(staff, pressed):
    job = print_one.start(by=staff)

    background.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.error) == ("done", 1, 1, "")
    assert list(job.results.all()) == [Document.objects.get()]


def test_a_run_that_dies_before_its_job_is_closed_leaves_no_result(staff, pressed, monkeypatch):
    job = print_one.start(by=staff)
    close = Job.close

    def dies(self, *args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(Job, "close", dies)
    with pytest.raises(SystemExit):
        background.run(str(job.pk))
    between = Document.objects.count(), job.results.count()
    monkeypatch.setattr(Job, "close", close)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    background.run(str(job.pk))

    assert between == (0, 0)
    assert list(job.results.all()) == [Document.objects.get()]


def test_a_run_that_lost_its_job_leaves_no_result(staff, pressed):
    job = print_one.start(by=staff)
    wedged = Job.objects.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(token=uuid4())  # another run has taken over

    with pytest.raises(LostLease):
        background.deliver(
            wedged, b"pdf", name="giay.pdf", media_type=store.PDF, unit=staff.home_unit
        )

    job.refresh_from_db()
    assert (job.state, Document.objects.count()) == ("running", 0)


def test_a_job_beats_while_it_prints(staff, pressed, settings, monkeypatch):
    settings.JOB_LEASE_SECONDS = 0.04
    pressed(0.2)
    beats, beat = [], Job.beat
    monkeypatch.setattr(
        Job, "beat", lambda *args, **said: beats.append(said) or beat(*args, **said)
    )

    background.run(str(print_one.start(by=staff).pk))

    assert beats.count({}) > 1


def test_a_page_prints_without_a_thread(pressed, monkeypatch):
    monkeypatch.setattr(pdf, "ThreadPoolExecutor", None)

    assert pdf.print_html("<p>Giấy</p>") == b"pdf"
