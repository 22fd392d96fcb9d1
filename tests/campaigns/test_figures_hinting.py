"""Hints on the unit's page: seen before sending, answered, and read by the appraiser."""

import pytest

from campaigns.models import ScoreEntry
from criteria import services as criteria_services
from tests.campaigns.test_views_sheets import save, typed
from tests.factories import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def field(province, officer, section_head, today):
    return sheets.Field(province=province, officer=officer, section_head=section_head, count=6)


def page(client, sheet, **asked):
    return client.get(sheet.get_absolute_url(), asked)


def lines(answer):
    return {line.row.code: line for line in answer.context["lines"]}


def test_most_points_without_evidence_are_hinted_and_may_be_answered(field, signed_in):
    sheet = field.write(field.sheet(), {"1.1": {"count": "4"}, "1.2": {"a": "9", "b": "8"}})
    client = signed_in(field.staff[sheet.unit_id])

    seen = page(client, sheet)

    assert "chưa có minh chứng" in seen.content.decode()
    assert [str(hint) for hint in lines(seen)["1.2"].hints] == [
        "Phần (a = 9) lớn hơn tổng (b = 8)."
    ]
    assert set(lines(page(client, sheet, show="hinted"))) == {"1", "1.1", "1.2"}

    answer = typed(field, "1.1", {"count": "4"}, count="4", hints="Biên bản gửi sau")
    assert save(client, sheet, answer).status_code == 200
    assert ScoreEntry.objects.get(criterion__code="1.1").answer_to_hints == "Biên bản gửi sau"


def test_the_appraiser_sees_hint_and_answer(field, signed_in, officer):
    sheet = field.bring(field.sheet(), "scored")
    ScoreEntry.objects.filter(sheet=sheet, criterion__code="1.1").update(
        given={"count": "4"}, answer_to_hints="Biên bản gửi sau"
    )

    seen = page(signed_in(officer), sheet).content.decode()

    assert "chưa có minh chứng" in seen
    assert "Biên bản gửi sau" in seen


def test_a_unit_far_from_its_block_is_told(field, signed_in):
    for place in range(1, 6):
        field.bring(field.sheet(place), "scored")
    sheet = field.write(field.sheet(), {**sheets.ANSWERS, "2.2": {"points": "1"}})
    client = signed_in(field.staff[sheet.unit_id])

    assert "cách xa mức chung của khối" in page(client, sheet).content.decode()


def test_limits_come_from_the_numbers_in_force(field, signed_in, officer):
    criteria_services.load_law()
    for place in range(1, 4):  # with its own four: too few to compare
        field.bring(field.sheet(place), "scored")
    sheet = field.write(field.sheet(), {**sheets.ANSWERS, "2.2": {"points": "1"}})
    client = signed_in(field.staff[sheet.unit_id])

    assert "cách xa mức chung" not in page(client, sheet).content.decode()


def test_hints_never_keep_a_sheet_from_being_sent(field):
    sheet = field.bring(field.sheet(), "scored")

    assert sheet.state == "scored"
