"""Reorganisations as acts: each kind is entered and taken back without a trace but the history."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import rules, services
from accounts.models import Employment, Membership, Succession, Unit, UnitChange, UnitVersion
from accounts.permissions import Role
from accounts.rules import NewUnit, Order
from core.audit.models import Entry
from core.workflow import Blocked
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.date(2025, 11, 10)
TWO = (NewUnit("Phường Mỹ Trà", "ward"), NewUnit("Phường Mỹ Ngãi", "ward"))


def as_it_stands():
    """Names, places and roles of all units that stand or stood."""
    units = Unit.objects.exclude(closed_on=DAY, opened_on=DAY)
    return (
        list(units.order_by("pk").values_list("pk", "name", "closed_on", "depth")),
        {unit.pk: getattr(Unit.objects.get_parent(unit), "pk", None) for unit in units},
        list(UnitVersion.objects.order_by("pk").values_list("pk", "name", "valid_to")),
        list(Membership.objects.order_by("pk").values_list("pk", "unit", "until_day")),
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("rename", {"renamed": NewUnit("Phường Mỹ Trà", "ward")}),
        ("merge", {"other": True, "people": True}),
        ("split", {"new": TWO, "people": True}),
        ("separate", {"new": TWO[:1]}),
        ("separate", {"other": True}),
        ("dissolve", {"other": True}),
        ("move", {"other": True}),
    ],
)
def test_each_kind_is_taken_back_as_if_it_had_not_been(ward, agency, staff, admin, kind, said):
    office = factories.unit("Tổ công nghệ số", kind="office", superior=ward)
    factories.member(Role.UNIT_STAFF, office)
    before = as_it_stands()
    words = {**said, "other": agency} if "other" in said else said
    ward = Unit.objects.get(pk=ward.pk)
    order = Order(kind=kind, on=DAY, document="Quyết định 1", units=(ward,), **words)

    change = services.reorganise(order=order, actor=admin)
    assert as_it_stands() != before or kind == "separate"
    services.undo(change=change, because="Nhập nhầm", actor=admin)

    assert as_it_stands() == before
    assert not any(Unit.objects.find_problems())
    verbs = set(Entry.objects.filter(unit=ward).values_list("verb", flat=True))
    assert {f"unit.{kind}", "unit.undo"} <= verbs


def test_what_stood_below_a_unit_comes_right_under_its_successor(ward, agency, admin):
    office = factories.unit("Tổ công nghệ số", kind="office", superior=ward)

    services.merge_units(
        predecessors=[Unit.objects.get(pk=ward.pk)],
        successor=agency,
        on=DAY,
        document="Quyết định 1",
        actor=admin,
    )

    assert Unit.objects.get_parent(Unit.objects.get(pk=office.pk)) == agency
    assert office.versions.get(valid_from=DAY).superior == agency


def test_a_unit_does_not_go_into_itself(ward, admin):
    order = Order(kind="merge", on=DAY, document="Quyết định 1", units=(ward,), other=ward)

    with pytest.raises(Blocked) as refused:
        services.reorganise(order=order, actor=admin)

    assert str(refused.value) == "Đơn vị không thể nhập vào chính mình."
    assert not UnitChange.objects.exists()


def test_whoever_comes_second_is_refused(ward, agency, home_affairs, admin):
    first = Order(kind="merge", on=DAY, document="1", units=(ward,), other=agency)
    second = Order(kind="merge", on=DAY, document="2", units=(ward,), other=home_affairs)
    services.reorganise(order=first, actor=admin)

    with pytest.raises(Blocked) as refused:
        services.reorganise(order=second, actor=admin)

    assert str(refused.value) == "Phường Cao Lãnh đã kết thúc hoạt động từ ngày 10/11/2025."


def test_an_earlier_change_is_not_taken_back_under_a_later_one(ward, agency, home_affairs, admin):
    first = services.merge_units(
        predecessors=[ward], successor=agency, on=DAY, document="Quyết định 1", actor=admin
    )
    services.merge_units(
        predecessors=[agency],
        successor=home_affairs,
        on=DAY + datetime.timedelta(days=1),
        document="Quyết định 2",
        actor=admin,
    )

    found = [str(finding) for finding in services.missing_to_undo(first)]

    assert any(text.startswith("Đã có lần sắp xếp sau dựa trên việc này") for text in found)


def test_a_function_goes_whole_and_never_by_a_part(ward, agency, admin):
    order = Order(kind="split", on=DAY, document="Quyết định 1", units=(ward,), new=TWO)
    services.reorganise(order=order, actor=admin)
    closed = Unit.objects.get(pk=ward.pk)

    assert rules.standing_for(closed, DAY) == closed
    assert set(Succession.objects.values_list("extent", flat=True)) == {"part"}


@pytest.mark.parametrize("kind", ["split", "separate"])
def test_new_units_are_founded_by_who_manages_their_superior(ward, kind):
    of_ward = factories.member(Role.ADMIN, ward)
    order = Order(kind=kind, on=DAY, document="Quyết định 1", units=(ward,), new=TWO)

    with pytest.raises(Blocked, match="Tỉnh Đồng Tháp"):
        services.reorganise(order=order, actor=of_ward)

    assert not UnitChange.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file")
def test_taking_back_locks_units_and_then_the_rows_before_it_looks(ward, agency, admin, staff):
    order = Order(kind="merge", on=DAY, document="1", units=(ward,), other=agency, people=True)
    change = services.reorganise(order=order, actor=admin)

    with CaptureQueriesContext(connection) as asked:
        services.undo(change=change, because="Nhập nhầm", actor=admin)

    said = [each["sql"] for each in asked if each["sql"].startswith(("SELECT", "UPDATE"))]
    locks = [re.search(r'FROM "(\w+)"', sql)[1] for sql in said if "FOR UPDATE" in sql]
    assert locks[:2] == ["accounts_unitchange", "accounts_unit"]
    assert {"accounts_membership", "accounts_user", "accounts_unitversion"} <= set(locks)
    units = next(sql for sql in said if "FOR UPDATE" in sql and 'FROM "accounts_unit" ' in sql)
    assert 'ORDER BY "accounts_unit"."id"' in units


# --- entered late ----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [True, False])
def test_roles_given_since_the_day_are_shown_kept_and_brought_back(ward, agency, admin, people):
    held = services.grant(
        user=factories.member(Role.CLERK, agency),
        unit=ward,
        role=Role.UNIT_STAFF,
        since=DAY + datetime.timedelta(days=5),
        actor=admin,
    )
    order = Order(
        kind="merge", on=DAY, document="Quyết định 1", units=(ward,), other=agency, people=people
    )
    before = as_it_stands()

    lines = {line.what: line.number for line in services.foresee(order).lines}
    change = services.reorganise(order=order, actor=admin)

    assert lines["Vai trò giao từ ngày đó"] == 1
    now = Membership.objects.filter(pk=held.pk).values_list("unit", "until_day")
    assert list(now) == ([(agency.pk, None)] if people else [])
    services.undo(change=change, because="Nhập nhầm", actor=admin)
    assert as_it_stands() == before


def test_the_same_role_from_the_same_day_is_held_once_in_the_successor(ward, agency, admin, staff):
    for unit in (ward, agency):
        services.grant(user=staff, unit=unit, role=Role.CLERK, since=DAY, actor=admin)

    services.reorganise(
        order=Order(kind="merge", on=DAY, document="1", units=(ward,), other=agency, people=True),
        actor=admin,
    )

    assert staff.memberships.filter(role=Role.CLERK, unit=agency).count() == 1
    assert not staff.memberships.filter(role=Role.CLERK, unit=ward).exists()


def test_places_of_work_begun_since_the_day_go_over_and_come_back(ward, agency, admin):
    person = factories.person("Nguyễn Văn An", unit=ward)
    job = Employment.objects.create(
        person=person, unit=ward, position="Công chức", from_day=DAY + datetime.timedelta(days=5)
    )

    change = services.merge_units(
        predecessors=[ward], successor=agency, on=DAY, document="Quyết định 1", actor=admin
    )
    assert Employment.objects.get(pk=job.pk).unit == agency
    services.undo(change=change, because="Nhập nhầm", actor=admin)

    assert Employment.objects.get(pk=job.pk).unit == ward
