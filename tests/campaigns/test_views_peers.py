"""Members of a block score each other on pages; the matrix is a help and changes nothing."""

import json
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
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

    name, shift, _by = seen.context["shifts"][0]
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


def share_out(field, client, **typed):
    return client.post(reverse("campaigns:block_scorers", args=[field.block.pk]), typed)


@pytest.fixture
def before(province, officer, section_head, today):
    """Five sent sheets, the scoring by the members not open yet."""
    made = sheets.Field(province=province, officer=officer, section_head=section_head, count=COUNT)
    for place in range(COUNT):
        made.bring(made.sheet(place), "scored")
    return made


def test_each_unit_is_scored_as_often_by_as_few_as_the_block_says(before, signed_in):
    client = signed_in(before.officer)
    url = reverse("campaigns:block_scorers", args=[before.block.pk])
    tried = client.get(url, {"each": "2"})
    assert {len(others) for _name, others in tried.context["rows"]} == {2}
    before.block.refresh_from_db()
    assert before.block.scorers_each is None

    assert share_out(before, client, each="2").status_code == 302
    assert share_out(before, client, each="5").status_code == 409  # there are four others
    assert share_out(before, client, each="0").status_code == 422
    block = Block.objects.get(pk=before.block.pk)
    services.open_peers(block=block, actor=before.staff[before.units[0].pk])

    scored = []
    for place, unit in enumerate(before.units):
        client = signed_in(before.staff[unit.pk])
        listed = client.get(reverse("campaigns:peers", args=[block.pk])).context["rows"]
        chosen = {sheet.pk for sheet, _done in listed}
        assert len(chosen) == 2
        assert before.sheet(place).pk not in chosen
        scored += chosen
        for sheet in block.sheets.all():
            allowed = 200 if sheet.pk in chosen else 404
            address = reverse("campaigns:peer_sheet", args=[sheet.pk])
            assert client.get(address).status_code == allowed
    assert {scored.count(pk) for pk in scored} == {2}


def test_an_emptied_field_goes_back_to_everybody(before, signed_in):
    client = signed_in(before.officer)
    url = reverse("campaigns:block_scorers", args=[before.block.pk])
    assert share_out(before, client, each="2").status_code == 302
    kept = client.get(url)
    assert kept.context["each"] == 2

    too_many = client.get(url, {"each": "99"}).content.decode()
    assert 'href="?each="' in too_many
    for typed in ("", " "):
        tried = client.get(url, {"each": typed, "seen": kept.context["form"]["seen"].value()})
        assert tried.context["form"]["each"].value() is None
        assert {len(others) for _name, others in tried.context["rows"]} == {COUNT - 1}
    assert client.get(url, {"each": "x"}).context["form"]["each"].value() == 2

    said = {"each": "", "seen": tried.context["form"]["seen"].value()}
    assert share_out(before, client, **said).status_code == 302
    assert Block.objects.get(pk=before.block.pk).scorers_each is None


def test_who_scores_whom_is_fixed_when_the_scoring_opens(before, signed_in):
    client = signed_in(before.officer)
    share_out(before, client, each="1")
    block = Block.objects.get(pk=before.block.pk)
    services.open_peers(block=block, actor=before.staff[before.units[0].pk])
    sheet = before.sheet(2)
    fixed = Block.objects.get(pk=block.pk).design
    stranger = next(u for u in before.units if sheet.unit_id not in [u.pk, *fixed[str(u.pk)]])

    assert share_out(before, signed_in(before.officer), each="2").status_code == 409
    with pytest.raises(PermissionDenied):
        services.save_entries(
            sheet=sheet,
            stage=Stage.PEER,
            changes=[before.change("2.2", 0, "Theo minh chứng", points="8")],
            actor=before.staff[stranger.pk],
            scorer=stranger,
        )
    page = signed_in(before.officer).get(reverse("campaigns:block_scorers", args=[block.pk]))
    assert "không đổi phân công chấm được nữa" in page.content.decode()


def test_only_who_manages_the_block_sees_who_scores_whom(before, signed_in):
    url = reverse("campaigns:block_scorers", args=[before.block.pk])

    assert signed_in(before.staff[before.units[1].pk]).get(url).status_code == 404
    assert signed_in(before.officer).get(url, {"each": "99"}).context["rows"] == []
