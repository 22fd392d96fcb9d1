"""Lists of errors at the officer's pages lead to their fields; rounds name their campaign."""

import pytest
from django.urls import reverse

from dossiers.forms.appraisal import ReturnForm
from tests import factories
from tests.factories import sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(today):
    return today


def return_page(client, dossier, **typed):
    data = {
        "note": "Thiếu.",
        "defects-TOTAL_FORMS": "1",
        "defects-INITIAL_FORMS": "0",
        "defects-0-part": "",
        "defects-0-text": "",
    }
    return client.post(reverse("dossiers:return", args=[dossier.pk]), data | typed)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "part", "Ghi rõ từng phần phải sửa."),
        ({"defects-0-part": "general"}, "text", "phải sửa"),
        ({"defects-0-text": "Sai ngày."}, "part", "phần"),
    ],
)
def test_a_return_without_defects_leads_to_the_row(
    signed_in, officer, dossier_in, typed, field, said
):
    answer = return_page(signed_in(officer), dossier_in("appraising"), **typed)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_defects-0-{field}"' in text
    assert said in " ".join(answer.context["form"].rows[0].errors[field])
    assert text.count('id="summary-title"') == 1


def test_a_part_is_called_a_part():
    assert str(ReturnForm(choices=[]).rows[0].fields["part"].label) == "Phần"


def test_a_desk_without_verdicts_leads_to_each_sheet(signed_in, officer, dossier_in):
    dossier = dossier_in("appraising", nominees=2, officer=officer)

    answer = signed_in(officer).post(
        reverse("dossiers:appraise", args=[dossier.pk]), {"conclude": "1"}
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    for nomination in dossier.nominations.all():
        assert f'href="#div_id_opinion_{nomination.pk}"' in text
        assert f'id="div_id_opinion_{nomination.pk}"' in text


def test_the_return_page_belongs_to_the_queue(signed_in, officer, dossier_in):
    page = signed_in(officer).get(reverse("dossiers:return", args=[dossier_in("appraising").pk]))

    assert 'aria-current="page"' in page.content.decode().split('href="/ho-so/tham-dinh/"')[1][:40]


@pytest.mark.parametrize("name", ["incoming", "list"])
def test_rounds_of_two_campaigns_are_told_apart(
    signed_in, steward, staff, ward, stewarded, province, agency, name
):
    other = factories.campaign(unit=province, steward=agency, short_name="Phong trào thứ hai")
    for each in (stewarded, other):
        of_round = factories.award_round(each, name="Tổng kết giai đoạn 2022 - 2025")
        sent.dossier(unit=ward, of_round=of_round, by=staff)
    reader = steward if name == "incoming" else staff

    text = signed_in(reader).get(reverse(f"dossiers:{name}")).content.decode()

    assert "Phong trào thứ hai" in text
    assert text.count("Tổng kết giai đoạn 2022 - 2025") >= 2
