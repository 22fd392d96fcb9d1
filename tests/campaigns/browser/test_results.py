"""The page on which a unit enters its results, in Chromium."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.campaigns.resulting import MONTH, target

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]


def test_a_month_with_nothing_entered_has_no_faults(enter, faults, programme, ward, today):
    target(programme)
    page = enter(reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH]))

    assert page.locator("#theo-ky").count() == 1
    assert faults(page) == []
