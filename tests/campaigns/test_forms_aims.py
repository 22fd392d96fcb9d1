"""Forms of titles with faults: each at its field, with its line, and nothing typed is lost."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def rows_of(*rows):
    said = {"aims-TOTAL_FORMS": str(len(rows)), "aims-INITIAL_FORMS": "0", "version": "0"}
    for place, row in enumerate(rows):
        said |= {f"aims-{place}-{name}": str(value) for name, value in row.items()}
    return said


@pytest.fixture
def post(call, ward, staff, signed_in):
    client = signed_in(staff)
    address = reverse("campaigns:aim_write", args=[call.pk, ward.pk])
    return lambda *rows: client.post(address, rows_of(*rows) | {"note": "Ý kiến"})


def faults_of(answer):
    form = answer.context["form"]
    return [dict(row.errors) for row in form.rows]


def test_every_fault_is_said_in_one_pass_at_its_field(post):
    award = factories.award_type().pk
    answer = post(
        {"award_type": award, "number": 0},
        {"number": "hai"},
        {"award_type": award, "kind": "individual", "number": 99999},
        {"name": "Lê Văn Nam"},
        {},
    )
    number, award_type = "Ghi số từ 1 đến 9999.", "Chọn danh hiệu hoặc hình thức khen thưởng."
    kind = "Chọn đối tượng."
    assert answer.status_code == 422
    assert faults_of(answer) == [
        {"number": [number], "kind": [kind]},
        {"number": [number], "award_type": [award_type], "kind": [kind]},
        {"number": [number]},
        {"award_type": [award_type], "kind": [kind]},
        {},
    ]
    text = answer.content.decode()
    assert "Có 8 mục cần sửa" in text
    assert f'<a href="#id_aims-2-number">Dòng 3, Số lượng: {number}</a>' in text
    for typed in ("hai", "99999", "Lê Văn Nam", "Ý kiến"):
        assert typed in text


def test_what_the_rules_say_of_a_line_stands_at_its_field(post, call):
    only = factories.award_type("TTLD", short_name="Tập thể LĐTT", kinds=["collective"])
    factories.award_round(
        call.campaign, code="them", order=9, award_type=only, name="Đợt của tập thể"
    )
    award = factories.award_type().pk
    answer = post(
        {"award_type": only.pk, "kind": "individual", "number": 1},
        {},
        {"award_type": award, "kind": "individual", "number": 2, "name": "Lê Văn Nam"},
    )
    assert faults_of(answer) == [
        {"kind": ["“Tập thể LĐTT” không dành cho: Cá nhân."]},
        {},
        {"name": ["Dòng có tên là của một người hoặc một tập thể; số lượng để là 1."]},
    ]


def test_a_line_that_stands_twice_is_marked_where_it_stands_again(post):
    same = {"award_type": factories.award_type().pk, "kind": "individual", "number": 2}
    answer = post(same, {}, same, {"name": "Lê Văn Nam", "kind": "individual"})
    fault = "“Bằng khen” ghi hai lần cho cá nhân: gộp vào một dòng."
    missing = {"award_type": ["Chọn danh hiệu hoặc hình thức khen thưởng."]}
    assert faults_of(answer) == [{}, {}, {"award_type": [fault]}, missing]
    assert "Có 2 mục cần sửa" in answer.content.decode()


def test_a_line_that_is_taken_out_has_no_faults(post):
    good = {"award_type": factories.award_type().pk, "kind": "individual", "number": 2}
    assert post({"number": "hai", "DELETE": "on"}, good).status_code == 302
    answer = post({"number": "hai", "DELETE": "on"}, good | {"kind": ""})
    text = answer.content.decode()
    assert "Có 1 mục cần sửa" in text
    assert "Dòng 1, Dành cho: Chọn đối tượng." in text


def test_a_call_with_faults_comes_back_with_words_for_each(call, steward, signed_in):
    said = {"subject": f"campaign:{call.campaign_id}", "year": "1900", "last_day": "32/13/2025"}
    answer = signed_in(steward).post(reverse("campaigns:aim_call_new"), said | {"note": "Gợi ý"})
    assert answer.context["form"].errors == {
        "year": ["Ghi năm từ 1946 đến 2100."],
        "last_day": ["Ghi một ngày có trong lịch theo dạng ngày/tháng/năm, ví dụ 10/12/2025."],
    }
    text = answer.content.decode()
    for typed in ("1900", "32/13/2025", "Gợi ý"):
        assert typed in text
