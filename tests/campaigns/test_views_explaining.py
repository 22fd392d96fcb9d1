"""From a total down to what it is made of, on a page and on paper."""

import pytest
from django.urls import reverse

from campaigns import documents, services
from campaigns.models import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(field):
    sheet = field.bring(field.sheet(), "scored")
    change = field.change("1.2", None, "Hai văn bản trùng", points="5")
    verifier = field.verifier_of(sheet)
    return services.save_entries(
        sheet=sheet, stage=Stage.VERIFIED, changes=[change], actor=verifier
    ).sheet


def test_the_page_shows_all_stages_the_rule_and_the_reason(field, sheet, signed_in):
    client = signed_in(field.staff[sheet.unit_id])

    page = client.get(reverse("campaigns:sheet_explain", args=[sheet.pk])).content.decode()

    for words in ("Hai văn bản trùng", "7 : 8 × 10", "từ 4: 20", ">41<", ">37,25<"):
        assert words in page


def test_a_stranger_sees_neither_page_nor_paper(field, sheet, signed_in):
    client = signed_in(field.staff[field.units[2].pk])
    for name in ("sheet_explain", "sheet_annex"):
        assert client.get(reverse(f"campaigns:{name}", args=[sheet.pk])).status_code == 404


def test_the_annex_is_a_pdf_with_the_same_numbers(field, sheet, signed_in):
    context = documents.annex_context(sheet)
    assert str(context["totals"]["verified"]) == "37.25"
    assert context["totals"]["appraised"] is None
    (row,) = [row for row in context["rows"] if row["code"] == "1.2"]
    assert any("Hai văn bản trùng" in line for line in row["lines"])

    client = signed_in(field.officer)
    answer = client.get(reverse("campaigns:sheet_annex", args=[sheet.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "phu-luc-diem" in answer.headers["Content-Disposition"]
