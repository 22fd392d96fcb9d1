"""Two people in two steps of the wizard at once, on PostgreSQL: what both saved stands."""

import pytest
from django.db import connection
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.plans import export
from tests.campaigns.test_aim_races import while_held
from tests.campaigns.test_views_wizard import blank, client, initial_of, posted

__all__ = ["blank", "client"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]


def test_a_step_does_not_undo_another_that_is_saved_while_it_is_read(client, blank):
    address = reverse("campaigns:wizard", args=[blank.pk, "noi-dung"])
    mine = initial_of(client.get(address)) | {
        "t1-TOTAL_FORMS": 1,
        "t1-0-kept": "",
        "t1-0-c0": "a",
        "t1-0-c1": "Trồng cây",
    }
    years = {"period.from": "2026", "period.to": "2027"}

    fault = while_held(
        lambda: posted(client, blank, "khi", [], **years),
        lambda: client.post(address, mine),
    )

    assert fault is None, repr(fault)
    campaign = Campaign.objects.get(pk=blank.pk)
    assert (campaign.starts_year, campaign.ends_year) == (2026, 2027)
    assert [each.name for each in export.plan_of(campaign).contents] == ["Trồng cây"]
