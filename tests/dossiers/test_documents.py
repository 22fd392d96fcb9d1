"""The receipt as paper: what was sent, as it was sent."""

import subprocess

import pytest
from django.utils import timezone

from core.audit.models import Entry
from core.documents import store
from core.jobs.background import run
from core.jobs.models import Job
from dossiers.models import Dossier
from dossiers.workflow import DOSSIER
from tests.factories import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(ward, award_round, staff, unit_leader, today):
    """The first sending, its job done by the very function that a worker calls."""
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    DOSSIER.perform(dossier, "submit", actor=unit_leader)
    Dossier.objects.update(contact="Đổi sau khi gửi")
    dossier.nominations.update(name="Người Khác")
    run(str(Job.objects.get().pk))
    return dossier.submissions.get()


def text_of(document):
    answer = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=store.read(document),
        capture_output=True,
        check=True,
    )
    return answer.stdout.decode()


def test_the_receipt_says_what_was_sent(receipt, unit_leader):
    assert Job.objects.get().state == Job.State.DONE

    text = text_of(receipt.receipt)

    assert "Hồ sơ đề nghị khen thưởng số KH207-0001/1" in text
    assert f"{timezone.localtime(receipt.at):%H giờ %M phút}" in text
    assert "Lê Minh Tâm" in text
    assert "Người Khác" not in text
    assert str(unit_leader) in text
    assert "Số: KH207-0001/1" in text
    assert "kB" in text
    assert "0,0 MB" not in text
    assert receipt.sha256[:32] in text.replace("\n", "").replace(" ", "")


def test_a_receipt_is_made_once(receipt):
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)

    run(str(job.pk))

    before = receipt.receipt
    receipt.refresh_from_db()
    assert receipt.receipt == before


def test_the_history_names_each_file(receipt):
    told = Entry.objects.filter(verb="dossier.papers").values_list("words__label", flat=True)

    assert told
    assert all(label.endswith(".pdf") for label in told)
