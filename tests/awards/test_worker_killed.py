"""A real worker, killed with -9 in the middle of a batch: the batch finishes, nothing is twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from awards.models import Award
from core.documents.models import Document
from core.jobs.models import Job
from script.portal import redis
from tests.factories import awards as factory

ROOT = Path(__file__).parents[2]
AWARDS = 120
PATIENCE = 240  # seconds; the machine may be busy

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="no other process reaches SQLite in memory"
    ),
]


@pytest.fixture
def batch(today, province, decider):
    """An issued decision whose certificates wait for a worker."""
    return factory.issued(unit=province, decider=decider, awards=AWARDS)


@pytest.fixture
def start(tmp_path, settings):
    """`start("worker", …)`: a process of the portal on this test's database and a private queue."""
    settings.MEDIA_ROOT = tmp_path / "media"
    running = []
    with redis.running() as queue:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnop",
            "DATABASE_URL": database_url(),
            "REDIS_URL": queue,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "JOB_LEASE_SECONDS": "10",
        }

        def begin(*words):
            log = (tmp_path / "log").open("ab")
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            log.close()
            running.append(process)
            return process

        try:
            yield begin
        finally:
            for process in running:
                kill(process)
            sys.stderr.write((tmp_path / "log").read_text()[-3000:])  # shown if the test fails


def database_url():
    """The address of the server with the name of the database that these tests made on it."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


def worker(start):
    words = ["-m", "celery", "--app", "config.celery:app", "worker", "--concurrency", "1"]
    return start(*words, "--without-gossip", "--without-mingle", "--loglevel", "WARNING")


def kill(process):
    """The worker and its children, without a chance to tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def wait_until(true, what):
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"waited {PATIENCE} s: {what}"
        time.sleep(0.02)


def made():
    return Award.objects.exclude(certificate=None).count()


def test_a_batch_cut_off_by_kill_9_finishes_with_nothing_twice(batch, start):
    start("manage.py", "dispatch")
    first = worker(start)
    wait_until(lambda: made() >= AWARDS // 10, "the first certificates")

    kill(first)
    before = dict(Award.objects.exclude(certificate=None).values_list("pk", "certificate"))
    worker(start)
    wait_until(lambda: not Job.objects.exclude(state="done").exists(), "the jobs")

    assert 0 < len(before) < AWARDS  # or it was not the middle
    job = Job.objects.get(task="awards.tasks.render_certificates")
    after = dict(Award.objects.values_list("pk", "certificate"))
    assert (job.attempts, job.done, job.total) == (2, AWARDS, AWARDS)
    assert before.items() <= after.items()
    assert len(set(after.values())) == AWARDS
    names = Counter(Document.objects.values_list("name", flat=True))
    assert (len(names), max(names.values())) == (AWARDS + 3, 1)  # and decision, PDF, ZIP
