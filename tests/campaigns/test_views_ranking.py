"""The ranking of a block: provisional for who appraises, frozen and for all once published."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from campaigns.figures import placing
from campaigns.models import Block, BlockMember, ScoreSheet
from tests.factories import sheets

pytestmark = pytest.mark.django_db


def page(client, field, name="ranking"):
    return client.get(reverse(f"campaigns:{name}", args=[field.block.pk]))


def test_before_it_is_published_only_who_appraises_sees_it(field, signed_in, officer):
    field.bring(field.sheet(0), "scored")
    unit = signed_in(field.staff[field.units[0].pk])

    assert "Chưa công bố xếp hạng" in page(unit, field).content.decode()
    assert page(unit, field, "ranking_pdf").status_code == 404
    assert page(unit, field, "ranking_xlsx").status_code == 404
    seen = page(signed_in(officer), field)
    assert "Tạm tính" in seen.content.decode()
    assert [row.points for row in seen.context["rows"]] == [sheets.POINTS, 0, 0]


def test_each_total_opens_how_it_came_about_for_whoever_reads_the_sheet(
    field, signed_in, officer, settings
):
    settings.DEMO = True
    field.publish()
    links = [reverse("campaigns:sheet_explain", args=[field.sheet(n).pk]) for n in range(3)]

    unit = signed_in(field.staff[field.units[2].pk])
    assert [link in page(unit, field).content.decode() for link in links] == [False, False, True]
    assert unit.get(links[2]).status_code == 200
    whole = signed_in(officer)
    assert [link in page(whole, field).content.decode() for link in links] == [True] * 3
    block = whole.get(field.block.get_absolute_url()).content.decode()
    assert [block.count(link) for link in links] == [3, 3, 3]


def test_ties_are_ties_and_who_is_not_ranked_says_why(field, signed_in, settings):
    settings.DEMO = True
    BlockMember.objects.filter(unit=field.units[2]).update(not_ranked="Người đứng đầu bị kỷ luật")
    field.publish()

    seen = page(signed_in(field.staff[field.units[0].pk]), field)

    assert [(row.place, row.tied) for row in seen.context["rows"]] == [
        (1, True),
        (1, True),
        (None, False),
    ]
    assert "Người đứng đầu bị kỷ luật" in seen.content.decode()
    assert "Đồng hạng" in seen.content.decode()


def test_what_is_published_does_not_move(field, settings):
    settings.DEMO = True
    field.publish()
    before = [(row.place, row.points) for row in placing.table(field.block)]

    BlockMember.objects.filter(unit=field.units[0]).update(not_ranked="Về sau")

    assert [(row.place, row.points) for row in placing.table(field.block)] == before


def test_the_change_to_last_year_is_shown_where_the_block_is_the_same(field, province):
    old = Block.objects.create(unit=province, year=2024, name="Khối thi đua số 1")
    Block.objects.filter(pk=field.block.pk).update(previous=old)
    ScoreSheet.objects.create(
        block=old,
        unit=field.units[0],
        unit_name="Phường Mẫu A",
        criteria_set=field.set,
        state="published",
        place=3,
        appraised_points=40,
    )
    field.bring(field.sheet(0), "scored")

    first = placing.table(Block.objects.get(pk=field.block.pk))[0]

    assert (first.place, first.last_place, first.moved, first.last_points) == (1, 3, 2, 40)


def test_the_ranking_goes_out_on_paper_and_as_a_workbook(field, signed_in, officer):
    field.bring(field.sheet(0), "scored")
    client = signed_in(officer)

    paper, book = page(client, field, "ranking_pdf"), page(client, field, "ranking_xlsx")

    assert paper.content.startswith(b"%PDF")
    rows = list(openpyxl.load_workbook(BytesIO(book.content)).active.values)
    assert any(row[:3] == (1, "Phường Mẫu A", 41) for row in rows)
