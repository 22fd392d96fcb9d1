"""Pages of the locker of evidence."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Evidence, EvidenceUse
from core.documents import parts
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


def test_a_large_file_comes_in_parts_and_the_form_takes_it(field, sheet, writer, signed_in):
    content = pdf() + b"\n" * parts.PART
    address = reverse("campaigns:use_parts", args=[sheet.pk])
    digest = hashlib.sha256(content).hexdigest()
    begun = writer.post(address, {"name": "a.pdf", "size": len(content), "sha256": digest}).json()

    def add(offset, client):
        piece = content[offset : offset + parts.PART]
        query = f"{address}?key={begun['key']}&offset={offset}"
        return client.post(query, piece, content_type="application/octet-stream")

    assert add(0, writer).json()["offset"] == parts.PART
    again = add(0, writer)
    assert (again.status_code, again.json()["offset"]) == (409, parts.PART)
    stranger = signed_in(field.staff[field.units[1].pk])
    assert add(parts.PART, stranger).status_code == 404
    writer = signed_in(field.staff[sheet.unit_id])
    assert add(parts.PART, writer).json()["offset"] == len(content)
    said = writer.post(f"{address}?key={begun['key']}").json()

    writer.post(use_url(field, sheet, "1.1"), {"title": "Biên bản", "file-kept": said["token"]})

    kept = Evidence.objects.get().file
    assert (kept.name, kept.sha256, kept.waiting) == ("a.pdf", digest, False)


def test_parts_say_why_a_file_is_refused(writer, settings):
    settings.UPLOAD_MOST = 1000
    address = reverse("campaigns:evidence_parts")

    large = writer.post(address, {"name": "a.pdf", "size": 1001, "sha256": "0" * 64})
    odd = writer.post(address, {"name": "a.pdf", "size": "nhiều", "sha256": ""})
    unknown = writer.post(f"{address}?key={'0' * 64}&offset=0", b"x", content_type="text/plain")

    assert (large.status_code, odd.status_code, unknown.status_code) == (422, 422, 404)
    assert "a.pdf" in large.json()["fault"]
    page = writer.get(reverse("campaigns:evidence_new")).content.decode()
    assert f'data-parts="{address}"' in page
