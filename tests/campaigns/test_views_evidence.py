"""Pages of the locker of evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Evidence, EvidenceUse
from tests.core.files.making import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(field):
    return field.sheet()


@pytest.fixture
def writer(signed_in, field, sheet):
    return signed_in(field.staff[sheet.unit_id])


def use_url(field, sheet, code):
    return reverse("campaigns:evidence_use", args=[sheet.pk, field.criteria[code].pk])


@pytest.fixture
def used(field, sheet, writer):
    typed = {"title": "Biên bản họp", "page": "1", "quote": "đã họp"}
    file = SimpleUploadedFile("bien-ban.pdf", pdf())
    writer.post(use_url(field, sheet, "1.1"), typed | {"file": file})
    return EvidenceUse.objects.get()


def test_a_file_is_put_to_a_criterion_and_again_out_of_the_locker(field, sheet, writer, used):
    writer.post(use_url(field, sheet, "1.2"), {"evidence": used.evidence.pk, "page": "2"})

    page = writer.get(sheet.get_absolute_url()).content.decode()
    locker = writer.get(reverse("campaigns:evidence")).content.decode()
    shown = writer.get(used.evidence.get_absolute_url()).content.decode()

    assert page.count("dùng 2 lần") == 2
    assert "đã họp" in page
    assert f"{reverse('campaigns:use_file', args=[used.pk])}?xem#page=1" in page
    assert "dùng 2 lần" in locker
    assert "1.2 Văn bản chỉ đạo" in shown


def test_whoever_checks_the_sheet_reads_the_file_and_a_stranger_does_not(
    field, sheet, used, signed_in
):
    url = reverse("campaigns:use_file", args=[used.pk])
    locker = reverse("campaigns:evidence_file", args=[used.evidence.pk])

    verifier = signed_in(field.verifier_of(sheet))
    assert verifier.get(url).status_code == 200
    assert verifier.get(locker).status_code == 404
    stranger = signed_in(field.staff[field.units[2].pk])
    assert stranger.get(url).status_code == 404


def test_a_use_is_dropped_by_its_button(field, sheet, writer, used):
    answer = writer.post(reverse("campaigns:use_drop", args=[used.pk]))

    assert answer.status_code == 302
    assert not EvidenceUse.objects.exists()
    assert Evidence.objects.exists()


def test_nothing_chosen_and_nothing_named_is_said(field, sheet, writer):
    answer = writer.post(use_url(field, sheet, "1.1"), {})

    assert answer.status_code == 422
    assert "Chọn minh chứng trong kho" in answer.content.decode()


def test_a_reference_goes_into_the_locker_and_out_again(writer):
    url = reverse("campaigns:evidence_new")
    made = writer.post(url, {"title": "Báo cáo", "number": "45/BC-UBND", "issued_on": "02/03/2025"})
    kept = Evidence.objects.get()
    assert made.headers["Location"] == kept.get_absolute_url()

    writer.post(reverse("campaigns:evidence_remove", args=[kept.pk]))
    assert not Evidence.objects.exists()
