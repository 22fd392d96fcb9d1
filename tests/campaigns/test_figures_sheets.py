"""Which score sheets wait for whom."""

import pytest
from django.urls import reverse

from campaigns import figures, services
from campaigns.models import Stage
from campaigns.workflow import SHEET

pytestmark = pytest.mark.django_db


def test_a_unit_is_told_of_its_own_open_sheet_until_it_is_sent(field, signed_in):
    sheet = field.sheet()
    staff = field.staff[sheet.unit_id]

    assert figures.to_send(staff) == [sheet]
    page = signed_in(staff).get(reverse("home")).content.decode()
    assert f"Chưa gửi bảng điểm của {sheet.unit_name}" in page

    field.bring(sheet, "scored")
    assert figures.to_send(staff) == []


def test_a_criterion_sent_back_is_something_to_do_again(field):
    sheet = field.bring(field.sheet(), "scored")
    criterion = sheet.criteria_set.criteria.exclude(kind="").first()
    services.return_criterion(
        sheet=sheet, criterion=criterion, reason="Thiếu số", actor=field.verifier_of(sheet)
    )

    assert figures.to_send(field.staff[sheet.unit_id]) == [sheet]


def test_sheets_wait_for_the_block_and_then_for_home_affairs(field, signed_in):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)

    assert figures.to_judge(verifier)[Stage.VERIFIED] == 1
    assert figures.to_judge(field.officer) == {Stage.APPRAISED: 0}

    SHEET.perform(sheet, "verify", actor=verifier)
    assert figures.to_judge(verifier)[Stage.VERIFIED] == 0
    page = signed_in(field.officer).get(reverse("home")).content.decode()
    assert "1 bảng điểm chờ thẩm định" in page
