"""The unit's page of its score sheet."""

import json
import re
from decimal import Decimal as D

import pytest
from django.urls import reverse

from campaigns import services
from campaigns.models import ScoreEntry
from core.ui.merging import mark
from criteria.rules.written import Written
from tests.factories import sheets
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(field):
    return field.sheet()


@pytest.fixture
def writer(signed_in, field, sheet):
    return signed_in(field.staff[sheet.unit_id])


def typed(field, code, seen=None, **values):
    """What the page sends of one criterion; `seen`: the values that it showed."""
    key = f"c{field.criteria[code].pk}"
    marks = {name: mark((seen or {}).get(name, "")) for name in (*values, *(seen or {}))}
    return {f"{key}-seen": json.dumps(marks)} | {f"{key}-{n}": v for n, v in values.items()}


def save(client, sheet, posted):
    return client.post(reverse("campaigns:sheet_save", args=[sheet.pk]), posted)


def test_one_criterion_is_kept_and_its_points_come_back(field, sheet, writer):
    answer = save(writer, sheet, typed(field, "1.2", a="7", b="8", explanation="Theo sổ văn bản"))

    said = answer.json()
    mine = said["criteria"][str(field.criteria["1.2"].pk)]
    assert (mine["points"], said["total"], said["missing"]) == ("8,75", "8,75", 4)
    assert mine["working"] == "7 : 8 × 10"
    assert ScoreEntry.objects.get().explanation == "Theo sổ văn bản"


def told(client, url, **query):
    """What a page tells the browser for counting; None where nothing is typed on it."""
    page = client.get(url, query).content.decode()
    found = re.search(r'<script id="points-data" type="application/json">(.*?)</script>', page)
    return found and json.loads(found[1])


def test_the_browser_is_told_the_rules_and_all_marks(field, sheet, writer):
    save(writer, sheet, typed(field, "1.2", a="7", b="8"))

    first, second, _bonus = groups = told(writer, sheet.get_absolute_url())
    count, ratio = first["members"]
    assert told(writer, sheet.get_absolute_url(), show="open") == groups
    assert (first["most"], first["role"], second["members"][0]["mark"]) == ("30", "base", "")
    assert (ratio["mark"], ratio["rule"]) == ("35/4", {"kind": "ratio", "most": "10"})
    assert ratio["asks"] == [["a", "number", 1], ["b", "number", 1]]
    assert count["rule"]["bands"][0] == ["4", None, "20"]


def test_an_answer_says_how_all_criteria_stand(field, sheet, writer):
    answer = save(writer, sheet, typed(field, "1.2", a="7", b="8")).json()

    assert answer["marks"] == ["", "35/4", "", "", ""]


def test_a_sheet_that_is_only_read_needs_no_rules(field, sheet, writer):
    sheet = field.bring(sheet, "scored")

    assert told(writer, sheet.get_absolute_url()) is None


def test_a_colleagues_edit_in_between_comes_back_beside_mine(field, sheet, writer):
    save(writer, sheet, typed(field, "1.2", a="7", b="8"))

    answer = save(writer, sheet, typed(field, "1.2", a="6", b="8"))

    (conflict,) = answer.json()["conflicts"]
    assert answer.status_code == 409
    assert (conflict["kept"], conflict["mine"]) == ("7", "6")
    assert ScoreEntry.objects.get().given == {"a": "7", "b": "8"}


def test_different_fields_of_two_people_are_both_kept(field, sheet, writer):
    save(writer, sheet, typed(field, "1.2", a="7", b="8"))

    mine = typed(field, "1.2", {"a": "7", "b": "8"}, a="7", b="8", explanation="Có sổ")
    assert save(writer, sheet, mine).status_code == 200
    late = typed(field, "1.2", {"a": "7", "b": "8", "explanation": ""}, a="6", explanation="")
    assert save(writer, sheet, late).status_code == 200

    kept = ScoreEntry.objects.get()
    assert (kept.given, kept.explanation) == ({"a": "6", "b": "8"}, "Có sổ")


def test_a_form_without_marks_overwrites_nothing(field, sheet, writer):
    save(writer, sheet, typed(field, "1.2", a="7", b="8"))

    key = f"c{field.criteria['1.2'].pk}"
    answer = save(writer, sheet, {f"{key}-seen": "", f"{key}-a": "1", f"{key}-b": "1"})

    assert answer.status_code == 409


def test_the_whole_page_works_without_scripts_and_shows_both_texts(field, sheet, writer):
    url = sheet.get_absolute_url()
    first = writer.post(url, typed(field, "1.2", a="7", b="8") | typed(field, "2.1", yes="yes"))
    assert first.headers["Location"] == url

    late = writer.post(url, typed(field, "1.2", a="5", b="8") | typed(field, "2.1", yes="no"))
    page = late.content.decode()
    assert late.status_code == 409
    assert page.count('class="conflict"') - page.count("data-label") == 2
    assert 'value="5"' in page  # nothing of mine is lost

    chosen = {f"choose-c{field.criteria['2.1'].pk}-yes": "kept"}
    again = typed(field, "1.2", {"a": "7", "b": "8"}, a="5", b="8") | typed(field, "2.1", yes="no")
    assert writer.post(url, again | chosen).status_code == 302
    assert ScoreEntry.objects.get(criterion__code="1.2").given["a"] == "5"
    assert ScoreEntry.objects.get(criterion__code="2.1").given["yes"] == "yes"


def test_the_page_shows_last_years_points_and_filters(field, sheet, writer):
    field.write(sheet)

    page = writer.get(sheet.get_absolute_url()).content.decode()
    bare = writer.get(sheet.get_absolute_url(), {"show": "bare"}).content.decode()

    assert "41" in page
    assert "Ban Chỉ đạo họp trong năm" in bare  # asks for minutes and has none
    assert "Chất lượng chuyên mục" not in bare


def test_a_sheet_that_was_sent_is_read_and_not_written(field, sheet, writer):
    sheet = field.bring(sheet, "scored")

    page = writer.get(sheet.get_absolute_url()).content.decode()
    answer = save(writer, sheet, typed(field, "1.2", {"a": "7", "b": "8"}, a="1", b="8"))

    assert "data-score-sheet" not in page
    assert answer.status_code == 410
    assert sheet.own_points == POINTS


def test_what_came_back_alone_is_open_and_its_reason_stands_there(field, sheet, writer):
    sheet = field.bring(sheet, "scored")
    remark = services.return_criterion(
        sheet=sheet,
        criterion=field.criteria["1.2"],
        reason="Thiếu số văn bản",
        actor=field.verifier_of(sheet),
    )

    page = writer.get(sheet.get_absolute_url()).content.decode()
    assert "Thiếu số văn bản" in page
    assert page.count("data-seen-field") == 1
    assert save(writer, sheet, typed(field, "1.2", {"a": "7"}, a="8")).status_code == 200
    writer.post(reverse("campaigns:criterion_mend", args=[remark.pk]))
    assert save(writer, sheet, typed(field, "1.2", {"a": "8"}, a="1")).status_code == 410


def test_another_unit_does_not_find_the_sheet(field, sheet, signed_in):
    other = signed_in(field.staff[field.units[2].pk])

    assert other.get(sheet.get_absolute_url()).status_code == 404
    assert save(other, sheet, typed(field, "1.2", a="1", b="1")).status_code == 404


def test_the_head_of_the_unit_sends_the_sheet_by_its_button(field, sheet, signed_in):
    head = signed_in(field.heads[sheet.unit_id])
    url = reverse("campaigns:sheet_step", args=[sheet.pk, "send"])
    assert head.post(url).status_code == 409  # nothing is answered yet
    field.write(sheet)

    head.post(url)

    sheet.refresh_from_db()
    assert sheet.state == "scored"


def test_two_hundred_criteria_are_as_many_queries_as_five(
    province, officer, section_head, today, signed_in, django_assert_max_num_queries
):
    rows = [Written("1", "Nhóm", most=D(1000))] + [
        Written(f"1.{n}", f"Tiêu chí {n}", "1", most=D(5), kind="ratio", evidence="Văn bản")
        for n in range(1, 201)
    ]
    field = sheets.Field(
        province=province, officer=officer, section_head=section_head, count=2, rows=rows
    )
    sheet = field.write(field.sheet(), {f"1.{n}": {"a": "1", "b": "2"} for n in range(1, 201)})
    client = signed_in(field.staff[sheet.unit_id])

    with django_assert_max_num_queries(22):
        client.get(sheet.get_absolute_url())
    with django_assert_max_num_queries(24):
        save(client, sheet, typed(field, "1.7", {"a": "1", "b": "2"}, a="2", b="2"))
