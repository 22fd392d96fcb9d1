"""Who the visitor is, asked once for a page."""

import datetime

import pytest

from accounts import services
from accounts.adapter import Backend
from core.clock import clock
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_visitor_comes_with_roles_and_unread_notices_in_one_query(
    ward, django_assert_num_queries
):
    user = factories.member("unit_staff", ward)
    services.notify(users=[user], text="Có hồ sơ bị trả lại.", address="/")

    with django_assert_num_queries(1):
        visitor = Backend().get_user(user.pk)
        assert visitor.unread_notices() == 1
        assert [held.unit for held in visitor.held] == [ward]


def test_a_visitor_whose_role_is_over_may_nothing(ward):
    user = factories.member("unit_staff", ward)
    user.memberships.update(until_day=clock.today() - datetime.timedelta(days=1))

    assert not Backend().get_user(user.pk).holds("unit.read")


def test_a_visitor_without_any_role_is_known_all_the_same(db):
    user = factories.user()

    assert Backend().get_user(user.pk) == user
