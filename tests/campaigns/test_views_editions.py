"""A later edition of the criteria while units score themselves: who is affected, what is kept."""

import dataclasses
from decimal import Decimal as D

import pytest
from django.urls import reverse

from accounts.models import Notice
from campaigns.figures import counting
from campaigns.models import ScoreEntry, Stage
from campaigns.workflow import SHEET
from criteria import services as criteria_services
from criteria.models import CriteriaSet
from criteria.rules.totals import Item, Role, Score, Total
from criteria.rules.written import Written
from criteria.workflow import CRITERIA_SET
from tests.factories import sheets

pytestmark = pytest.mark.django_db


def url(field):
    return reverse("campaigns:block_edition", args=[field.block.pk])


def written(field, sheet, code, stage=Stage.OWN):
    return ScoreEntry.objects.get(sheet=sheet, criterion__code=code, stage=stage)


@pytest.fixture
def edition(field, province):
    """1.2 has other points, 2.2 stands as 2.3, 2.2 is new; the first sheet is sent, the second
    half filled in, the third empty."""
    field.bring(field.sheet(0), "scored")
    second = field.write(field.sheet(1))
    made = criteria_services.new_edition(criteria_set=field.set, year=2025, actor=field.officer)
    rows = []
    for row in sheets.ROWS:
        if row.code == "1.1":
            row = dataclasses.replace(row, most=D(18), rule=("từ 4: 18", "từ 1: 5", "còn lại: 0"))
        if row.code == "1.2":
            row = dataclasses.replace(row, most=D(12))
        if row.code == "2.2":
            rows.append(Written("2.2", "Tin, bài đăng", "2", kind="information", most=D(0)))
            row = dataclasses.replace(row, code="2.3")
        rows.append(row)
    criteria_services.fill(criteria_set=made, rows=rows, file=None, actor=field.officer)
    assert second.own_points == sheets.POINTS
    return made


def test_the_block_leads_to_who_is_affected_before_anything_is_changed(field, edition, signed_in):
    client = signed_in(field.officer)

    block = client.get(field.block.get_absolute_url()).content.decode()
    page = client.get(url(field))

    assert url(field) in block
    difference = page.context["difference"]
    assert (difference.changed_codes, difference.new, difference.gone) == (
        ("1.1", "1.2"),
        ("2.2",),
        (),
    )
    moving = [(each.sheet.unit_name, each.carried, each.again) for each in page.context["moving"]]
    assert moving == [("Phường Mẫu B", 3, ("1.1", "1.2")), ("Phường Mẫu C", 0, ())]
    assert [sheet.unit_name for sheet in page.context["stays"]] == ["Phường Mẫu A"]
    assert "Đưa phiên bản này vào sử dụng trước" in page.content.decode()
    refused = client.post(url(field))
    assert refused.status_code == 409
    assert field.sheet(1).criteria_set == field.set


def test_open_sheets_go_over_with_what_is_unchanged_and_sent_ones_stay(field, edition, signed_in):
    old = {code: written(field, field.sheet(1), code) for code in ("1.2", "2.2", "3.1")}
    CRITERIA_SET.perform(edition, "lock", actor=field.officer)
    Notice.objects.all().delete()

    assert signed_in(field.officer).post(url(field)).status_code == 302

    field.block.refresh_from_db()
    assert field.block.criteria_set == edition
    assert [field.sheet(place).criteria_set for place in range(3)] == [field.set, edition, edition]
    second = field.sheet(1)
    moved = ScoreEntry.objects.get(pk=old["2.2"].pk)
    assert (moved.criterion.code, moved.criterion.criteria_set, moved.given) == (
        "2.3",
        edition,
        {"points": "7,25"},
    )
    old["1.2"].refresh_from_db()
    assert old["1.2"].criterion.criteria_set == field.set
    assert second.own_points == D("17.25")  # 10 + 7,25
    told = Notice.objects.get(user=field.staff[second.unit_id]).text
    assert "Phải trả lời lại: 1.1, 1.2, 2.2." in told
    assert not Notice.objects.filter(user=field.staff[field.sheet(0).unit_id]).exists()
    page = signed_in(field.staff[second.unit_id]).get(second.get_absolute_url())
    lines = [line for line in page.context["lines"] if line.item.rule]
    assert [line.row.code for line in lines if line.open] == ["1.1", "1.2"]
    assert [line.row.code for line in lines][-3:] == ["2.2", "2.3", "3.1"]


def test_nobody_else_sees_it_and_without_an_edition_there_is_nothing(field, signed_in):
    assert signed_in(field.officer).get(url(field)).status_code == 404
    made = criteria_services.new_edition(criteria_set=field.set, year=2025, actor=field.officer)
    assert signed_in(field.staff[field.units[1].pk]).get(url(field)).status_code == 404
    CriteriaSet.objects.filter(pk=made.pk).update(state="retired")
    assert signed_in(field.officer).get(url(field)).status_code == 404


@pytest.fixture
def adopted(field, edition, signed_in):
    CRITERIA_SET.perform(edition, "lock", actor=field.officer)
    assert signed_in(field.officer).post(url(field)).status_code == 302
    field.block.refresh_from_db()
    return edition


def test_what_was_typed_on_a_page_of_the_old_edition_is_refused_and_not_lost(
    field, adopted, signed_in
):
    sheet = field.sheet(2)
    old = field.set.criteria.get(code="1.2")
    client = signed_in(field.staff[sheet.unit_id])
    posted = {f"c{old.pk}-seen": "{}", f"c{old.pk}-a": "7", f"c{old.pk}-explanation": "Gõ dở dang"}

    answer = client.post(reverse("campaigns:sheet_save", args=[sheet.pk]), posted)
    page = client.post(sheet.get_absolute_url(), posted)

    assert answer.status_code == 410
    assert "phiên bản khác" in answer.json()["faults"][0]
    assert page.status_code == 409
    assert "Gõ dở dang" in page.content.decode()
    assert not sheet.entries.exists()


def test_sheets_of_either_edition_are_judged_many_at_once(field, adopted, signed_in):
    SHEET.perform(field.sheet(0), "verify", actor=field.verifier_of(field.sheet(0)))
    client = signed_in(field.officer)
    grid = reverse("campaigns:block_grid", args=[field.block.pk])

    waits = client.get(grid)
    newer = client.get(grid, {"lan": adopted.pk})

    names = [[row.sheet.unit_name for row in page.context["rows"]] for page in (waits, newer)]
    assert names == [["Phường Mẫu A"], ["Phường Mẫu B", "Phường Mẫu C"]]
    assert f"?lan={field.set.pk}" in newer.content.decode()


def test_ties_are_parted_as_the_edition_of_the_block_says(field, adopted):
    CriteriaSet.objects.filter(pk=adopted.pk).update(tie_breaks=["base"])
    field.block.refresh_from_db()
    runs = [total_of(D(7), D(3)), total_of(D(9), D(1)), total_of(D(5), D(1))]
    totals = {field.sheet(place).pk: runs[place] for place in range(3)}

    places = {each.runner.key: each.number for each in counting.ranked(field.block, totals)}

    assert [places[field.sheet(place).pk] for place in range(3)] == [2, 1, 3]


def total_of(base, bonus):
    parts = ((Role.BASE, base), (Role.BONUS, bonus))
    return Total(
        tuple(Score(Item(role, role, role, role=role), points, D(10)) for role, points in parts)
    )
