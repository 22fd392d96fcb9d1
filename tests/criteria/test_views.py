import datetime
import re

import pytest
from django.urls import reverse
from django.utils import translation

from core.audit.models import Entry
from criteria import rules, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    services.load_law()


def test_numbers_that_are_not_confirmed_say_so(today, law, signed_in, staff):
    text = signed_in(staff).get(reverse("criteria:law")).content.decode()

    assert "152/2025/NĐ-CP" in text
    assert "2.340.000" in text
    assert "66,67" in text
    assert "vote_share.BKT" not in text  # names of code are not for readers
    assert text.count("status is-warn") > 10


def test_what_no_law_says_is_neither_confirmed_nor_to_be_asked_about(
    today, law, signed_in, staff, section_head
):
    for reader in (staff, section_head):
        text = " ".join(signed_in(reader).get(reverse("criteria:law")).content.decode().split())
        rows = re.findall(r"<tr .*?</tr>", text)
        own = [row for row in rows if "Cách làm của cổng, không phải quy định" in row]

        assert len(own) == 9
        assert all("Tỉnh tự đặt" in row and "Đã xác nhận" not in row for row in own)
        assert "Số liệu pháp lý</h1>" in text
        assert "Đã xác nhận: " not in text  # a label of a card that says “Chưa xác nhận”
        assert "hỏi Sở Nội vụ" not in text  # the reader may be that very body
        assert "chừng này" not in text


def test_the_form_of_a_number_says_what_it_counts_in_the_readers_language(
    today, law, signed_in, section_head
):
    client = signed_in(section_head)
    address = reverse("criteria:number", args=["mend_days"])

    assert "Giá trị, ngày làm việc" in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    with translation.override("en"):  # what the visit leaves behind is put back
        assert "Value, working days" in client.get(address).content.decode()


def test_only_who_manages_the_law_sets_a_number(today, law, signed_in, staff, officer):
    address = reverse("criteria:number", args=["mend_days"])

    assert signed_in(staff).get(address).status_code == 404
    assert signed_in(officer).get(address).status_code == 404


def test_a_number_that_no_database_can_hold_is_404(today, law, signed_in, section_head):
    assert signed_in(section_head).get("/can-cu/a%00b/").status_code == 404


def test_a_number_is_set_from_a_day_on(today, law, signed_in, section_head):
    address = reverse("criteria:number", args=["mend_days"])
    client = signed_in(section_head)
    assert client.get(address).status_code == 200

    response = client.post(
        address, {"value": "7,5", "valid_from": "01/01/2026", "article": "Điều 9"}
    )

    assert response.status_code == 302, response.content.decode()
    assert rules.value("mend_days", datetime.date(2026, 1, 1)) * 2 == 15
    assert rules.value("mend_days", datetime.date(2025, 12, 31)) == 10
    assert Entry.objects.get(verb="parameter.set").actor == section_head


def test_a_number_does_not_reach_back_before_the_one_that_stands(
    today, law, signed_in, section_head
):
    response = signed_in(section_head).post(
        reverse("criteria:number", args=["mend_days"]), {"value": "7", "valid_from": "01/01/2020"}
    )

    assert response.status_code == 422
    assert "01/01/2022" in response.content.decode()


def test_a_number_that_does_not_exist_is_404(today, law, signed_in, section_head):
    address = reverse("criteria:number", args=["nothing"])

    assert signed_in(section_head).get(address).status_code == 404


def test_the_rule_book_asks_little(today, law, signed_in, staff, django_assert_max_num_queries):
    client = signed_in(staff)

    with django_assert_max_num_queries(12):
        client.get(reverse("criteria:law"))
