"""What follows for dossiers when units close; who reaches what afterwards."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import services as units
from accounts.models import Employment, Membership, Person, Unit, User
from accounts.permissions import Perm, Role
from core.audit.models import Entry
from dossiers.models import Dossier
from tests import factories
from tests.factories import dossiers

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 11, 1)
LAST = datetime.date(2025, 10, 31)


@pytest.fixture
def of_round(province):
    return factories.award_round(factories.campaign(unit=province))


@pytest.fixture
def new_ward(province):
    return factories.unit("Phường Mỹ Trà", kind="ward", superior=province)


def merge(*old, into, actor, people=False):
    order = units.Order(
        kind="merge",
        units=old,
        other=into,
        on=DAY,
        document="Nghị quyết 202/2025/QH15",
        people=people,
    )
    return units.reorganise(order=order, actor=actor)


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("state", "goes", "named"),
    [
        ("draft", True, "Phường Mỹ Trà"),
        ("returned", True, "Phường Mỹ Trà"),
        ("appraising", True, "Phường Cao Lãnh"),
        ("awarded", False, "Phường Cao Lãnh"),
        ("not_approved", False, "Phường Cao Lãnh"),
    ],
)
def test_open_dossiers_pass_on_with_their_days(
    of_round, ward, new_ward, staff, admin, state, goes, named
):
    due = datetime.date(2025, 12, 20)
    made = dossiers.dossier(unit=ward, round=of_round, by=staff, state=state, due_on=due)

    merge(ward, into=new_ward, actor=admin)

    kept = Dossier.objects.get()
    assert (kept.unit == new_ward, kept.unit_name, kept.due_on) == (goes, named, due)
    lines = Entry.objects.filter(target_type="dossiers.dossier", target_id=str(made.pk))
    assert [line.verb for line in lines] == (["unit.carry"] if goes else [])


@pytest.mark.usefixtures("today")
def test_a_dossier_that_passed_on_is_found_by_both_names(of_round, ward, new_ward, staff, admin):
    dossiers.dossier(
        unit=ward, round=of_round, by=staff, state="appraising", search_text="phuong cao lanh"
    )

    merge(ward, into=new_ward, actor=admin)

    assert Dossier.objects.get().search_text == "phuong cao lanh phuong my tra"


@pytest.mark.usefixtures("today")
def test_people_go_on_in_the_successor(ward, new_ward, admin):
    someone = factories.person(unit=ward)
    Employment.objects.create(person=someone, unit=ward, position="Công chức")

    merge(ward, into=new_ward, actor=admin)

    assert Person.objects.get().unit == new_ward
    jobs = {(job.unit, job.from_day, job.until_day) for job in Employment.objects.all()}
    assert jobs == {(ward, None, LAST), (new_ward, DAY, None)}


@pytest.mark.usefixtures("today")
def test_roles_end_and_begin_anew_only_where_the_document_says_so(ward, new_ward, staff, admin):
    merge(ward, into=new_ward, actor=admin, people=True)

    held = {
        (row.unit, row.from_day, row.until_day) for row in Membership.objects.filter(user=staff)
    }
    assert (ward, datetime.date(2020, 1, 1), LAST) in held
    assert (new_ward, DAY, None) in held
    assert User.objects.get(pk=staff.pk).home_unit == new_ward


@pytest.mark.usefixtures("today")
def test_who_has_no_new_role_reads_old_dossiers_only_by_a_grant(
    of_round, ward, new_ward, staff, admin
):
    done = dossiers.dossier(unit=ward, round=of_round, by=staff, state="awarded")
    merge(ward, into=new_ward, actor=admin)
    someone = User.objects.get(pk=staff.pk)
    assert not Dossier.objects.visible_to(someone, Perm.DOSSIER_READ).exists()

    units.grant(user=someone, unit=ward, role=Role.FORMER_STAFF, since=DAY, actor=admin)

    someone = User.objects.get(pk=staff.pk)
    assert list(Dossier.objects.visible_to(someone, Perm.DOSSIER_READ)) == [done]
    assert not Dossier.objects.visible_to(someone, Perm.DOSSIER_WRITE).exists()


@pytest.mark.usefixtures("today")
def test_nobody_is_given_a_working_role_in_a_unit_that_is_no_more(ward, new_ward, staff, admin):
    merge(ward, into=new_ward, actor=admin)

    with pytest.raises(units.Blocked) as refused:
        units.grant(
            user=staff,
            unit=Unit.objects.get(pk=ward.pk),
            role=Role.UNIT_STAFF,
            since=DAY,
            actor=admin,
        )

    assert "đã kết thúc hoạt động" in str(refused.value)


# --- the successor reaches all that its predecessors had ------------------------------------------


@pytest.mark.usefixtures("today")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    states=st.lists(
        st.sampled_from([s for s in Dossier.State if s != Dossier.State.WITHDRAWN]),
        min_size=1,
        max_size=4,
    ),
    chain=st.integers(min_value=1, max_value=3),
)
def test_the_successor_reaches_all_that_its_predecessors_had(
    of_round, province, staff, admin, states, chain
):
    """Through any number of mergers, with whatever is open or done at each."""
    root = Unit.objects.get(pk=province.pk)
    links = [factories.unit(kind="ward", superior=root) for _n in range(chain + 1)]
    made = [
        dossiers.dossier(unit=unit, round=of_round, by=staff, state=state)
        for unit in links
        for state in states
    ]
    before = {row.pk for row in made}

    for step, (old, into) in enumerate(itertools.pairwise(links)):
        order = units.Order(
            kind="merge",
            units=(old,),
            other=into,
            on=DAY + datetime.timedelta(days=step),
            document="Nghị quyết",
        )
        units.reorganise(order=order, actor=admin)

    head = factories.member(Role.UNIT_LEADER, Unit.objects.get(pk=links[-1].pk))
    seen = set(Dossier.objects.visible_to(head, Perm.DOSSIER_READ).values_list("pk", flat=True))
    assert seen == before
