"""A plan from its file to the campaign, on pages."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Campaign, PlanFile, Quota
from campaigns.plans import export
from campaigns.plans.book import entering
from campaigns.plans.reading import read
from core.documents import store
from tests.campaigns.plans.book import books

pytestmark = pytest.mark.django_db
UPLOAD = "campaigns:plan_new"


@pytest.fixture
def client_of(signed_in, officer, catalogue, communications, home_affairs, today):
    return signed_in(officer)


def hand_in(client, content, province, name="ke-hoach.yaml"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(UPLOAD), {"file": file, "unit": province.pk})


def seen_on(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode(), response.context["form"]["seen"].value()


def test_a_file_is_handed_in_previewed_and_applied(client_of, plan_file, province, officer):
    answer = hand_in(client_of, plan_file, province)
    assert answer.status_code == 302
    assert not Campaign.objects.exists()

    text, seen = seen_on(client_of, answer.url)
    assert "Đồng Tháp đẩy mạnh chương trình chuyển đổi số" in text
    assert "Tổng kết giai đoạn 2022 - 2025" in text
    applied = client_of.post(answer.url, {"seen": seen})

    campaign = Campaign.objects.get()
    assert (applied.status_code, applied.url) == (302, campaign.get_absolute_url())
    handed = PlanFile.objects.get()
    assert (handed.campaign, handed.applied_by) == (campaign, officer)
    assert store.read(handed.document) == plan_file
    assert handed.changes["added"] > 20


def test_faults_are_listed_with_line_sentence_and_what_stands_there(client_of, plan_file, province):
    text = plan_file.decode().replace("total: 50", "total: 51").replace("theme:", "them:")

    page = client_of.get(hand_in(client_of, text.encode(), province).url).content.decode()

    assert "total: 51" in page
    assert "them: Thi đua" in page
    assert 'name="seen"' not in page


def test_a_file_with_faults_cannot_be_applied_by_hand(client_of, plan_file, province):
    address = hand_in(client_of, plan_file.replace(b"total: 50", b"total: 51"), province).url

    assert client_of.post(address, {"seen": "x"}).status_code == 409
    assert not Campaign.objects.exists()


def test_what_is_applied_is_what_was_seen(client_of, plan_file, plan_207, province):
    edited = plan_file.replace(b"individual, places: 30", b"individual, places: 31")
    address = hand_in(client_of, edited.replace(b"total: 50", b"total: 51"), province).url
    _text, seen = seen_on(client_of, address)
    Quota.objects.filter(round__code="tong-ket", kind="individual").update(size=29)

    assert client_of.post(address, {"seen": seen}).status_code == 409

    _text, seen = seen_on(client_of, address)
    assert client_of.post(address, {"seen": seen}).status_code == 302
    assert Quota.objects.get(round__code="tong-ket", kind="individual").size == 31


def test_what_would_be_orphaned_is_said(client_of, plan_file, plan_207, province):
    Quota.objects.filter(round__code="tong-ket").update(used=12)
    edited = plan_file.replace(b"collective, places: 20", b"collective, places: 11")
    address = hand_in(client_of, edited.replace(b"total: 50", b"total: 41"), province).url
    _text, seen = seen_on(client_of, address)

    response = client_of.post(address, {"seen": seen})

    assert response.status_code == 409
    assert "12" in response.context["form"].non_field_errors()[0]


def test_an_applied_file_is_not_applied_twice(client_of, plan_file, province):
    address = hand_in(client_of, plan_file, province).url
    _text, seen = seen_on(client_of, address)
    client_of.post(address, {"seen": seen})

    assert client_of.post(address, {"seen": seen}).status_code == 409
    assert "dong-thap-207" not in str(client_of.get(address).status_code)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ke-hoach.docx", b"PK"),
        ("ke-hoach.yaml", b""),
        ("ke-hoach.yaml", b"a: " + b"x" * 200_000),
    ],
)
def test_another_kind_of_file_is_refused_with_a_sentence(client_of, province, name, content):
    response = hand_in(client_of, content, province, name)

    assert response.status_code == 422
    assert len(response.context["form"].errors["file"]) == 1
    assert not PlanFile.objects.exists()


def test_hostile_yaml_is_a_fault_not_a_stack_trace(client_of, province):
    address = hand_in(client_of, b"a: &a [*a]\n", province).url

    assert client_of.get(address).status_code == 200


def test_plans_are_for_those_who_may_plan(client_of, plan_file, province, signed_in, staff):
    address = hand_in(client_of, plan_file, province).url
    client = signed_in(staff)

    assert client.get(reverse(UPLOAD)).status_code == 404
    assert client.get(address).status_code == 404
    assert client.get(f"{address}tep/").status_code == 404


def test_file_and_canonical_export_are_downloads(client_of, plan_file, plan_207, province):
    address = hand_in(client_of, plan_file, province).url

    kept = client_of.get(f"{address}tep/")
    assert b"".join(kept.streaming_content) == plan_file
    assert "attachment" in kept["Content-Disposition"]
    written = client_of.get(reverse("campaigns:export", args=[plan_207.pk]))
    assert written["Content-Disposition"] == 'attachment; filename="dong-thap-207.yaml"'
    assert written.content.startswith(b"format: 1\ncode: dong-thap-207\n")


def test_a_workbook_is_handed_in_previewed_and_applied(client_of, plan_file, province, officer):
    book = books.book_207()

    address = hand_in(client_of, book, province, "ke-hoach.xlsx").url
    _text, seen = seen_on(client_of, address)
    applied = client_of.post(address, {"seen": seen})

    campaign = Campaign.objects.get()
    assert applied.url == campaign.get_absolute_url()
    handed = PlanFile.objects.get()
    assert store.read(handed.document) == book
    assert handed.document.sha256 == sha256(book).hexdigest()
    assert export.plan_of(campaign) == export.settled(read(plan_file).plan)
    address = hand_in(client_of, plan_file, province).url
    assert "nothing differs" in seen_in_english(client_of, address)


def seen_in_english(client, address):
    client.cookies["django_language"] = "en"
    return client.get(address).content.decode()


def test_faults_of_a_workbook_are_listed_with_sheet_cell_and_what_stands_there(client_of, province):
    def change(book):
        books.cell_of(book["Số suất"], "Số suất", 2).value = "mười"

    book = books.edited(books.book_207(), change)

    page = client_of.get(hand_in(client_of, book, province, "a.xlsx").url).content.decode()

    assert "Trang “Số suất”, ô D2" in page
    assert '<code class="text-break">mười</code>' in page
    assert 'name="seen"' not in page


def test_a_workbook_that_does_not_pass_the_gate_is_refused_in_the_form(client_of, province):
    response = hand_in(client_of, b"PK\x03\x04", province, "ke-hoach.xlsx")

    assert response.status_code == 422
    assert len(response.context["form"].errors["file"]) == 1
    assert not PlanFile.objects.exists()


def test_the_workbook_of_a_campaign_and_the_blank_one_are_downloads(client_of, plan_207):
    mine = client_of.get(reverse("campaigns:export_workbook", args=[plan_207.pk]))
    blank = client_of.get(reverse("campaigns:plan_blank"))

    assert mine["Content-Disposition"] == 'attachment; filename="dong-thap-207.xlsx"'
    assert entering.read(mine.content).plan == export.plan_of(plan_207)
    assert blank["Content-Disposition"] == 'attachment; filename="mau-ke-hoach.xlsx"'
