"""The check of each night: what it misses, and that somebody hears of it."""

import pytest
from django.db import connection

from core.audit import log
from core.audit.models import Entry, Words
from core.jobs import background, tasks
from core.jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def lines(ward, staff):
    return [
        log.record(actor=staff, verb="x", label=f"Lần {n}", target=ward, unit=ward)
        for n in range(3)
    ]


def checked(by):
    """What the job that walks the history says when it stops, or nothing."""
    job = tasks.check_history.start(by=by)
    background.run(str(job.pk))
    job.refresh_from_db()
    return job.error if job.state == Job.State.PARKED else ""


def without_triggers(sql, params):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_entry_not_deleted")
        cursor.execute(sql, params)


def test_an_end_that_was_cut_off_is_missed_by_the_next_check_and_each_after(lines, ward, staff):
    assert checked(staff) == ""
    Words.objects.filter(entry=lines[2]).delete()
    without_triggers("DELETE FROM audit_entry WHERE id=%s", [lines[2].pk])

    first = checked(staff)
    for _more in range(2):  # as many as before, and more
        log.record(actor=staff, verb="x", label="Gửi lại", target=ward, unit=ward)
    second = checked(staff)

    said = f"Dòng {lines[2].pk} của lịch sử không còn như khi ghi: phần cuối của lịch sử đã bị cắt"
    assert said in first
    assert said in second


def test_an_end_that_other_lines_took_the_place_of_is_missed(lines, ward, staff):
    """The same numbers, as many lines, and each of them signed by the portal itself."""
    assert checked(staff) == ""
    cut = [line.pk for line in lines[1:]]
    Words.objects.filter(entry__in=cut).delete()
    without_triggers("DELETE FROM audit_entry WHERE id IN (%s, %s)", cut)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval('audit_entry_id_seq', %s)", [lines[0].pk])
        else:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq=%s WHERE name=%s", [lines[0].pk, "audit_entry"]
            )
    for _each in cut:
        log.record(actor=staff, verb="x", label="Khác", target=ward, unit=ward)

    assert list(Entry.objects.order_by("pk").values_list("pk", flat=True)[1:]) == cut
    assert f"Dòng {cut[-1]} của lịch sử" in checked(staff)
    assert "phần cuối của lịch sử đã bị cắt" in checked(staff)


def test_an_end_cut_off_is_no_fault_of_a_history_that_only_grew(lines, ward, staff):
    assert checked(staff) == ""
    log.record(actor=staff, verb="x", label="Gửi lại", target=ward, unit=ward)

    assert checked(staff) == ""


def test_words_that_are_gone_stop_the_check_once(staff, lines):
    assert checked(staff) == ""
    Words.objects.filter(entry=lines[0]).delete()
    first, second = checked(staff), checked(staff)
    Words.objects.filter(entry=lines[1]).delete()
    third, fourth = checked(staff), checked(staff)

    assert f"Các dòng mất nội dung kể từ lần kiểm tra trước: {lines[0].pk}. " in first
    assert f"Các dòng mất nội dung kể từ lần kiểm tra trước: {lines[1].pk}. " in third
    assert second == fourth == ""


class Killed(BaseException):
    """The machine went down."""


def test_words_that_are_gone_are_said_until_a_job_that_says_so_is_kept(staff, lines, monkeypatch):
    def dies(*args, **kwargs):
        raise Killed

    Words.objects.filter(entry=lines[0]).delete()
    job = tasks.check_history.start(by=staff)
    with monkeypatch.context() as worker:
        worker.setattr(Job, "close", dies)
        with pytest.raises(Killed):
            background.run(str(job.pk))
    Job.objects.update(state=Job.State.QUEUED)  # as the sweep does

    background.run(str(job.pk))

    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    assert f"Các dòng mất nội dung kể từ lần kiểm tra trước: {lines[0].pk}. " in job.error
