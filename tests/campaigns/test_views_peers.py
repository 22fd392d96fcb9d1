"""Members of a block score each other on pages; the matrix is a help and changes nothing."""

import json
from decimal import Decimal as D

import pytest
from django.urls import reverse

from campaigns import services
from campaigns.models import Block, ScoreEntry, ScoreSheet, Stage
from core.ui.merging import mark
from tests.factories import sheets

pytestmark = pytest.mark.django_db
COUNT = 5


@pytest.fixture
def field(province, officer, section_head, today):
    made = sheets.Field(
        province=province, officer=officer, section_head=section_head, count=COUNT, has_peers=True
    )
    for place in range(COUNT):
        made.bring(made.sheet(place), "scored")
    services.open_peers(block=made.block, actor=made.staff[made.units[0].pk])
    return made


def give(field, place, scorer, points, client):
    """The points of one member for criterion 2.2 of another's sheet, as its page sends them."""
    sheet, key = field.sheet(place), f"c{field.criteria['2.2'].pk}"
    seen = json.dumps({name: mark("") for name in ("points", "agree", "explanation")})
    typed = {f"{key}-seen": seen, f"{key}-points": points, f"{key}-explanation": "Theo minh chứng"}
    return client(scorer).post(reverse("campaigns:peer_sheet", args=[sheet.pk]), typed)


@pytest.fixture
def member(field, signed_in):
    """Somebody of the unit at a place of the block."""
    return lambda place: signed_in(field.staff[field.units[place].pk])


def matrix(client, block):
    return client.get(reverse("campaigns:matrix", args=[block.pk]))


def test_a_member_scores_all_the_others_and_never_itself(field, member):
    listed = member(1).get(reverse("campaigns:peers", args=[field.block.pk]))
    own = member(1).get(reverse("campaigns:peer_sheet", args=[field.sheet(1).pk]))

    assert {sheet.unit_name for sheet, _done in listed.context["rows"]} == {
        f"Phường Mẫu {letter}" for letter in "ACDE"
    }
    assert own.status_code == 404

    answer = give(field, 2, 1, "8", member)

    assert answer.status_code == 302
    kept = ScoreEntry.objects.get(stage=Stage.PEER)
    assert (kept.sheet, kept.scorer, kept.points) == (field.sheet(2), field.units[1], D(8))
    page = member(1).get(reverse("campaigns:peer_sheet", args=[field.sheet(2).pk]))
    assert "Theo minh chứng" in page.content.decode()


def test_the_script_of_the_page_keeps_what_a_member_types(field, member):
    sheet, key = field.sheet(2), f"c{field.criteria['2.1'].pk}"
    seen = json.dumps({name: mark("") for name in ("points", "agree", "explanation")})
    page = member(0).get(reverse("campaigns:peer_sheet", args=[sheet.pk]))

    answer = member(0).post(page.context["save_url"], {f"{key}-seen": seen, f"{key}-agree": "yes"})

    assert answer.status_code == 200
    assert ScoreEntry.objects.get(stage=Stage.PEER).scorer == field.units[0]


def test_points_out_of_bounds_come_back_with_what_was_typed(field, member):
    answer = give(field, 2, 1, "99", member)

    assert answer.status_code == 409
    assert 'value="99"' in answer.content.decode()
    assert not ScoreEntry.objects.filter(stage=Stage.PEER).exists()


def test_nothing_is_given_before_the_scoring_is_open(
    province, officer, section_head, signed_in, today
):
    field = sheets.Field(
        province=province, officer=officer, section_head=section_head, has_peers=True
    )
    field.bring(field.sheet(0), "scored")
    client = signed_in(field.staff[field.units[1].pk])

    assert give(field, 0, 0, "8", lambda _place: client).status_code == 404
    assert not ScoreEntry.objects.filter(stage=Stage.PEER).exists()


def test_the_matrix_shows_the_lenient_and_changes_no_point(field, member, signed_in, officer):
    for scorer in range(COUNT):
        for place in range(COUNT):
            if place != scorer:
                give(field, place, scorer, "10" if scorer == 3 else "7", member)
    before = list(ScoreSheet.objects.order_by("pk").values_list("own_points", "peer_points"))

    seen = matrix(signed_in(officer), field.block)

    name, shift = seen.context["shifts"][0]
    assert name == "Phường Mẫu D"
    assert shift > 1
    assert "cho cao hơn các đơn vị khác" in seen.content.decode()
    after = list(ScoreSheet.objects.order_by("pk").values_list("own_points", "peer_points"))
    assert after == before
    row = seen.context["rows"][0][2]
    assert (row[0], row[3][1]) == (None, D(3))


def test_members_do_not_see_the_matrix_and_the_head_no_names_where_it_is_blind(field, member):
    give(field, 2, 1, "8", member)
    Block.objects.filter(pk=field.block.pk).update(blind=True)

    assert matrix(member(1), field.block).status_code == 404
    seen = matrix(member(0), field.block)
    assert [name for _number, name in seen.context["scorers"]][1] == "Đơn vị 2"
    assert seen.context["pairs"] == []
