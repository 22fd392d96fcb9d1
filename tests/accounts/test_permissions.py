"""The list rule and the object rule answer alike, for every role and permission."""

import pytest

from accounts.models import Unit
from accounts.permissions import GRANTS, Perm, Role
from campaigns.models import Campaign
from dossiers.models import Dossier
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["own", "below", "above", "beside"])
@pytest.mark.parametrize("role", Role)
def test_grants_hold_in_the_unit_and_below_it_only(role, where):
    root = factories.unit()
    own = factories.unit(superior=root)
    places = {
        "own": own,
        "below": factories.unit(superior=own),
        "above": root,
        "beside": factories.unit(superior=root),
    }
    place = places[where]
    user = factories.member(role, own)
    campaign = factories.campaign(unit=root, steward=place)
    round_ = factories.award_round(campaign)
    dossier = Dossier.objects.create(
        unit=place, unit_name=place.name, campaign=campaign, round=round_, created_by=user
    )

    for perm in Perm:
        expected = perm in GRANTS[role] and where in ("own", "below")
        assert user.can(perm, dossier) is expected
        assert Dossier.objects.visible_to(user, perm).exists() is expected
        assert Unit.objects.visible_to(user, perm).filter(pk=place.pk).exists() is expected


def test_a_plan_of_the_province_is_read_by_all_its_units(ward, staff, province):
    campaign = factories.campaign(unit=province)

    assert staff.can(Perm.CAMPAIGN_READ, campaign)
    assert list(Campaign.objects.visible_to(staff, Perm.CAMPAIGN_READ)) == [campaign]
    assert not staff.can(Perm.CAMPAIGN_PLAN, campaign)


def test_a_plan_of_another_province_is_not_read(staff):
    elsewhere = factories.unit("Tỉnh khác", kind="province")
    campaign = factories.campaign(unit=elsewhere)

    assert not staff.can(Perm.CAMPAIGN_READ, campaign)
    assert not Campaign.objects.visible_to(staff, Perm.CAMPAIGN_READ).exists()


def test_without_a_membership_nothing_is_seen(ward):
    nobody = factories.user(home=ward)

    assert not Unit.objects.visible_to(nobody, *Perm).exists()


def test_every_role_is_granted():
    assert set(GRANTS) == set(Role)


def test_every_permission_is_somebodys():
    assert set().union(*GRANTS.values()) == set(Perm)
