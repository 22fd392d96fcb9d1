"""The list rule and the object rule answer alike, for every role and permission."""

import pytest

from accounts.adapter import Backend
from accounts.models import Unit, User
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


def visitor(role, where):
    """Somebody who signed in: comes with what a page asks about a visitor."""
    return Backend().get_user(factories.member(role, where).pk)


def test_who_holds_a_role_at_the_only_root_sees_all(province, ward):
    factories.campaign(unit=ward)
    leader = visitor(Role.LEADER_VIEW, province)

    assert leader.reaches_all(Perm.CAMPAIGN_READ)
    assert not Campaign.objects.visible_to(leader, Perm.CAMPAIGN_READ).query.where
    assert Campaign.objects.visible_to(leader, Perm.CAMPAIGN_READ).count() == 1
    assert not Campaign.objects.visible_to(leader, Perm.CAMPAIGN_PLAN).exists()


def test_nobody_sees_all_beside_another_root_or_from_below(province, ward):
    assert not visitor(Role.LEADER_VIEW, ward).reaches_all(Perm.CAMPAIGN_READ)

    elsewhere = factories.unit("Tỉnh khác", kind="province")
    factories.campaign(unit=elsewhere)
    leader = visitor(Role.LEADER_VIEW, province)

    assert not leader.reaches_all(Perm.CAMPAIGN_READ)
    assert not Campaign.objects.visible_to(leader, Perm.CAMPAIGN_READ).exists()


def test_what_answers_to_no_unit_is_not_seen_from_the_root_either(province):
    admin = visitor(Role.ADMIN, province)
    nowhere = factories.user(home=None)

    assert admin.reaches_all(Perm.USER_MANAGE)
    assert not admin.can(Perm.USER_MANAGE, nowhere)
    assert nowhere not in User.objects_in_scope.visible_to(admin, Perm.USER_MANAGE)
