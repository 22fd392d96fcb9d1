import datetime

import pytest

from campaigns import rules
from campaigns.models import Campaign, LatePermit
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db
OPENS = clock.as_instant(datetime.date(2025, 11, 3))
CLOSES = clock.end_of(datetime.date(2025, 12, 10))
TICK = datetime.timedelta(microseconds=1)


@pytest.fixture
def final(province):
    campaign = factories.campaign(unit=province)
    return factories.award_round(campaign, opens_at=OPENS, closes_at=CLOSES)


@pytest.mark.parametrize(
    ("moment", "takes"),
    [
        (OPENS - TICK, False),
        (OPENS, True),
        (CLOSES - TICK, True),
        (CLOSES, False),
    ],
)
def test_a_round_takes_dossiers_from_its_first_instant_until_before_its_last(final, moment, takes):
    assert rules.is_open(final, moment) is takes
    assert [not finding.blocks for finding in rules.missing_to_take(final, moment)] == (
        [] if takes else [False]
    )


def test_the_sentence_names_the_moment_in_viet_nam(final):
    (finding,) = rules.missing_to_take(final, CLOSES)

    assert "10/12/2025" in str(finding) or "11/12/2025" in str(finding)


def test_a_bound_that_is_not_set_is_open(final):
    final.opens_at = final.closes_at = None

    assert rules.is_open(final, OPENS - datetime.timedelta(days=9999))


def test_a_campaign_that_does_not_run_takes_nothing(final):
    final.campaign.state = Campaign.State.CLOSED

    assert len(list(rules.missing_to_take(final, OPENS))) == 1


def test_a_name_that_two_units_had_names_neither(province):
    for _unit in range(2):
        factories.unit("Sở Y tế", superior=province)

    assert rules.units_named(["Sở Y tế"], datetime.date(2022, 6, 7)) == {}


def test_a_campaign_without_contents_is_not_launched(province):
    campaign = factories.campaign(unit=province)
    assert [f for f in rules.missing_to_launch(campaign) if f.blocks] == []

    campaign.contents.all().delete()

    assert [f.part for f in rules.missing_to_launch(campaign) if f.blocks] == ["contents"]


def test_a_late_permit_opens_a_closed_round_for_its_unit(final, ward, officer):
    permit = LatePermit.objects.create(
        campaign=final.campaign,
        given_for=final.campaign.unit,
        unit=ward,
        round=final,
        until=CLOSES + TICK,
        reason="Mất điện do bão.",
        given_by=officer,
    )
    assert list(rules.missing_to_take(final, CLOSES, ward.pk)) == []
    assert list(rules.missing_to_take(final, CLOSES + TICK, ward.pk))
    assert list(rules.missing_to_take(final, CLOSES, final.campaign.unit_id))
    permit.delete()
    assert list(rules.missing_to_take(final, CLOSES, ward.pk))
