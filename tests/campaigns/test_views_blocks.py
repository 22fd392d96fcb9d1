"""Pages of blocks and clusters."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Block, Pledge, ScoreSheet
from core.ui.once import new_key
from tests import factories
from tests.core.files.making import pdf
from tests.factories import sheets

pytestmark = pytest.mark.django_db


def test_an_officer_draws_up_a_block_names_its_head_and_hands_in_the_pledge(
    signed_in, officer, province, today
):
    wards = [
        factories.unit(name, kind="ward", superior=province)
        for name in ("Phường Cao Lãnh", "Phường Sa Đéc")
    ]
    client = signed_in(officer)

    made = client.post(
        reverse("campaigns:block_new"),
        {
            "name": "Cụm thi đua số 1",
            "year": 2025,
            "kind": "cluster",
            "unit": province.pk,
            "members": "phuong cao lanh\nPhường Sa Đéc",
            "objection_days": 5,
            "once": new_key(),
        },
    )
    block = Block.objects.get()
    assert made.headers["Location"] == block.get_absolute_url()
    client.post(
        reverse("campaigns:block_heads", args=[block.pk]),
        {"head": wards[0].pk, "deputies": [wards[1].pk]},
    )
    client.post(
        reverse("campaigns:block_pledge", args=[block.pk]),
        {"signed_on": "05/02/2025", "file": SimpleUploadedFile("giao-uoc.pdf", pdf())},
    )

    page = client.get(block.get_absolute_url()).content.decode()
    assert "Phường Sa Đéc" in page
    assert "05/02/2025" in page
    assert Block.objects.get().head == wards[0]
    file = client.get(reverse("campaigns:pledge_file", args=[Pledge.objects.get().pk]))
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_name_that_is_nobodys_is_said_and_nothing_is_lost(signed_in, officer, province, today):
    typed = {"name": "Cụm 1", "year": 2025, "kind": "cluster", "unit": province.pk}
    answer = signed_in(officer).post(
        reverse("campaigns:block_new"),
        typed | {"members": "Xã Không Có", "objection_days": 5},
    )

    assert answer.status_code == 422
    assert "Năm 2025 không có đơn vị nào mang tên này: Xã Không Có" in answer.content.decode()
    assert not Block.objects.exists()


def test_a_unit_finds_its_own_block_and_cannot_change_it(signed_in, field):
    client = signed_in(field.staff[field.units[2].pk])

    listed = client.get(reverse("campaigns:blocks"), {"mine": "yes"}).content.decode()
    page = client.get(field.block.get_absolute_url()).content.decode()

    assert field.block.name in listed
    assert field.sheet(2).get_absolute_url() in page
    assert field.sheet(0).get_absolute_url() not in page
    for name in ("block_edit", "block_heads", "block_pledge", "block_copy", "block_unranked"):
        assert client.get(reverse(f"campaigns:{name}", args=[field.block.pk])).status_code == 404


def test_why_the_others_points_are_not_there_is_said(signed_in, field):
    sheet = field.sheet(2)

    page = signed_in(field.staff[sheet.unit_id]).get(sheet.block.get_absolute_url())

    others = sheet.block.sheets.count() - 1
    assert others > 0
    assert page.content.decode().count("Chỉ đơn vị và người thẩm định xem được điểm") == others


def test_sheets_are_opened_by_one_button(signed_in, officer, province, today):
    units = [factories.unit(kind="ward", superior=province) for _n in range(3)]
    block = sheets.block(
        of_unit=province,
        actor=officer,
        members=units,
        criteria_set=sheets.criteria_set(of_unit=province, actor=officer),
    )
    client = signed_in(officer)
    url = reverse("campaigns:block_open", args=[block.pk])
    assert url in client.get(block.get_absolute_url()).content.decode()

    answers = [client.post(url, {"once": key}) for key in [new_key()] * 2]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ScoreSheet.objects.count() == 3


def test_the_block_page_asks_as_much_for_thirty_units_as_for_three(
    signed_in, officer, province, today, django_assert_max_num_queries
):
    units = [factories.unit(kind="ward", superior=province) for _n in range(30)]
    block = sheets.block(
        of_unit=province,
        actor=officer,
        members=units,
        criteria_set=sheets.criteria_set(of_unit=province, actor=officer),
    )
    client = signed_in(officer)
    client.post(reverse("campaigns:block_open", args=[block.pk]))

    with django_assert_max_num_queries(15):
        client.get(block.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(reverse("campaigns:blocks"))


def test_next_years_block_comes_from_this_one(signed_in, field):
    client = signed_in(field.officer)
    client.post(reverse("campaigns:block_copy", args=[field.block.pk]), {"year": "2026"})

    made = Block.objects.get(year=2026)
    assert made.previous == field.block
    assert made.members.count() == 3


def test_a_member_is_not_ranked_for_a_reason_until_the_ranking_is_published(
    field, signed_in, settings
):
    settings.DEMO = True
    client, unit = signed_in(field.officer), field.units[0]
    url = reverse("campaigns:block_unranked", args=[field.block.pk])
    reason = "Người đứng đầu bị kỷ luật trong năm"

    client.post(url, {f"unit-{unit.pk}": reason})

    shown = client.get(reverse("campaigns:ranking", args=[field.block.pk])).content.decode()
    assert reason in shown
    assert client.get(url).context["form"].initial[f"unit-{unit.pk}"] == reason
    field.publish()
    refused = client.post(url, {f"unit-{unit.pk}": ""})
    assert refused.status_code == 409
    assert "Bảng xếp hạng đã công bố" in refused.content.decode()
