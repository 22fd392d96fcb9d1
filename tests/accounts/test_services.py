"""Units through their changes, roles with dates, notices."""

import datetime

import pytest

from accounts import rules, services
from accounts.models import Membership, Succession, Unit, User
from accounts.permissions import Perm, Role
from core.audit.models import Entry
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 3, 1)
BEFORE = DAY - datetime.timedelta(days=1)


@pytest.fixture
def old_agency(province):
    return factories.unit("Sở Thông tin và Truyền thông", superior=province)


@pytest.fixture
def merged(old_agency, agency, admin):
    services.merge_units(
        predecessors=[old_agency],
        successor=agency,
        on=DAY,
        document="Nghị định 45/2025/NĐ-CP",
        actor=admin,
    )
    return Unit.objects.get(pk=old_agency.pk)


def test_a_paper_keeps_the_name_of_its_day(ward, admin):
    services.rename_unit(
        unit=ward, name="Phường Mỹ Trà", since=DAY, document="Nghị quyết 1", actor=admin
    )

    assert rules.name_on(ward, BEFORE) == "Phường Cao Lãnh"
    assert rules.name_on(ward, DAY) == "Phường Mỹ Trà"


def test_the_work_of_a_merged_unit_is_done_by_its_successor_from_that_day(merged, agency):
    assert rules.standing_for(merged, BEFORE) == merged
    assert rules.standing_for(merged, DAY) == agency


def test_a_part_carries_no_work_over(old_agency, agency, merged):
    Succession.objects.update(extent=Succession.Extent.PART)

    assert rules.standing_for(merged, DAY) == merged


def test_people_of_the_successor_reach_what_the_merged_unit_left(merged, steward, province):
    campaign = factories.campaign(unit=province, steward=merged)

    assert steward.can(Perm.DOSSIER_AGGREGATE, campaign)


def test_roles_in_a_merged_unit_end_the_day_before(old_agency, agency, admin):
    member = factories.member(Role.CAMPAIGN_AGENCY, old_agency)

    services.merge_units(
        predecessors=[old_agency], successor=agency, on=DAY, document="x", actor=admin
    )

    assert Membership.objects.get(user=member).until_day == BEFORE


def test_the_successor_shows_what_went_into_it(merged, agency):
    assert rules.predecessors_of(agency) == [merged]


def test_what_went_into_many_units_is_asked_for_step_by_step(
    merged, agency, ward, django_assert_num_queries
):
    with django_assert_num_queries(2):  # what went into them, and into that
        before = rules.predecessors_of_each([agency, ward])

    assert before == {agency: [merged], ward: []}


def test_a_moved_unit_takes_its_reach_along(province, agency, admin):
    office = factories.unit("Trung tâm", superior=agency)
    other = factories.unit("Sở khác", superior=province)
    head = factories.member(Role.UNIT_LEADER, other)

    services.move_unit(unit=office, superior=other, actor=admin)

    assert head.can(Perm.DOSSIER_READ, Unit.objects.get(pk=office.pk))


def test_a_role_counts_only_between_its_days(ward, today):
    someone = factories.user(home=ward)
    Membership.objects.create(
        user=someone,
        unit=ward,
        role=Role.UNIT_STAFF,
        from_day=today,
        until_day=today,
    )

    assert someone.can(Perm.DOSSIER_WRITE, ward)


def test_a_role_of_yesterday_is_gone_today(ward, today):
    someone = factories.user(home=ward)
    day = today - datetime.timedelta(days=1)
    Membership.objects.create(
        user=someone, unit=ward, role=Role.UNIT_STAFF, from_day=day, until_day=day
    )

    assert not someone.can(Perm.DOSSIER_WRITE, ward)


def test_giving_a_role_is_in_the_history(ward, admin):
    services.grant(user=factories.user(), unit=ward, role=Role.UNIT_STAFF, since=DAY, actor=admin)

    assert Entry.objects.get().verb == "membership.grant"


def test_a_role_taken_back_ends_yesterday(staff, admin, today):
    membership = staff.memberships.get()

    services.end_membership(membership=membership, actor=admin)

    assert staff.memberships.get().until_day == today - datetime.timedelta(days=1)


def test_a_role_taken_back_on_its_first_day_does_not_count_that_day(ward, admin, today):
    someone = factories.user(home=ward)
    given = {"user": someone, "unit": ward, "role": Role.UNIT_STAFF, "actor": admin}
    membership = services.grant(since=today, **given)

    services.end_membership(membership=membership, actor=admin)

    assert not User.objects.get(pk=someone.pk).can(Perm.DOSSIER_WRITE, ward)
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["membership.grant", "membership.undo"]
    services.grant(since=today, **given)


def test_a_role_that_begins_later_is_taken_back_before_it_counts(ward, admin, today):
    someone = factories.user(home=ward)
    later = today + datetime.timedelta(days=7)
    membership = services.grant(
        user=someone, unit=ward, role=Role.UNIT_STAFF, since=later, actor=admin
    )

    services.end_membership(membership=membership, actor=admin)

    assert not someone.memberships.exists()


def test_no_role_outlives_its_unit(old_agency, agency, admin):
    someone = factories.user(home=old_agency)
    role = {"user": someone, "unit": old_agency, "role": Role.CAMPAIGN_AGENCY}
    Membership.objects.create(from_day=BEFORE, until_day=DAY, **role)
    Membership.objects.create(from_day=DAY, **role)

    services.merge_units(
        predecessors=[old_agency], successor=agency, on=DAY, document="x", actor=admin
    )

    assert list(someone.memberships.values_list("until_day", flat=True)) == [BEFORE]


def test_moving_the_day_is_for_the_demo_only(admin, settings):
    settings.DEMO = False

    with pytest.raises(clock.ClockStands):
        services.move_clock(day=DAY, actor=admin)


def test_the_moved_day_is_in_the_history(admin, settings):
    settings.DEMO = True

    services.move_clock(day=datetime.date(2025, 12, 11), actor=admin)

    assert clock.today() == datetime.date(2025, 12, 11)
    assert Entry.objects.get().verb == "clock.move"


def test_a_step_tells_those_who_may_act(ward, staff, unit_leader, officer):
    found = services.people_who(perm=Perm.DOSSIER_SUBMIT, obj=ward)

    assert found == [unit_leader]


def test_whom_to_tell_are_those_who_may(
    province, ward, agency, staff, unit_leader, officer, steward
):
    campaign = factories.campaign(unit=agency)
    pairs = [
        (perm, place)
        for perm in (Perm.DOSSIER_SUBMIT, Perm.UNIT_READ, Perm.CAMPAIGN_READ)
        for place in (province, ward, agency, campaign)
    ]
    for perm, place in pairs:
        told = set(services.people_who(perm=perm, obj=place))
        assert told == {user for user in User.objects.all() if user.can(perm, place)}, (perm, place)
