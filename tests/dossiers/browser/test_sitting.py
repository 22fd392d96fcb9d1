"""The count of a sitting while it is typed, in Chromium: it judges by what is known."""

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from criteria.models import Parameter
from dossiers.models import Nomination
from tests.factories import sent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]


@pytest.fixture
def staff(council_secretary):
    """Whom `enter` signs in."""
    return council_secretary


@pytest.fixture
def typed(enter, ward, award_round, staff, today):
    """A fresh sitting with fourteen votes for the nominee, and nothing said of who was there."""
    Parameter.objects.create(key="vote_share.BKT", value=80, meaning="x", valid_from=today)
    waiting = sent.dossier(unit=ward, of_round=award_round, by=staff, state="council")
    waiting.nominations.update(result=Nomination.Result.OK)
    page = enter(reverse("dossiers:new_sitting", args=[award_round.pk]))
    page.locator("[name=members_total]").fill("15")
    page.locator("[data-votes=for]").fill("14")
    return page


@pytest.mark.parametrize("present", ["", "abc"])
def test_no_row_is_judged_before_it_is_known_who_was_there(typed, present):
    said = typed.locator("[data-share]")

    typed.locator("[name=members_present]").fill(present)

    expect(said).to_have_text("93,33 %")
    expect(said).not_to_have_class("t-err")


def test_no_row_is_judged_by_votes_that_are_no_number(typed):
    said = typed.locator("[data-share]")
    typed.locator("[name=members_present]").fill("13")
    expect(said).to_have_class("t-err")

    typed.locator("[data-votes=against]").fill("abc")

    expect(said).to_have_text("93,33 %")


def test_rows_are_judged_as_soon_as_it_is_known(typed):
    said, present = typed.locator("[data-share]"), typed.locator("[name=members_present]")

    present.fill("13")
    expect(said).to_have_text("Số phiếu nhiều hơn số người bỏ phiếu: 14 / 13")

    present.fill("14")
    expect(said).to_have_text("93,33 % · Đồng ý")
    expect(said).to_have_class("t-ok")
