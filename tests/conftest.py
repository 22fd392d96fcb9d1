"""A province, its people in their roles, and signed-in browsers without a browser."""

import datetime
import gc

import hypothesis
import pytest
from django.db import connection

from accounts.permissions import Role
from core.clock import clock
from tests import factories

# a busy machine is slow, which is no fault of what is tested
TOO_SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=TOO_SLOW)
hypothesis.settings.load_profile("busy")
TODAY = datetime.date(2025, 12, 1)
WRITTEN_ANEW = {"django_content_type", "auth_permission"}


def pytest_collection_finish():
    """What has been imported stays: the collector need not walk it again for every few tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database that somebody is still talking to, such as a page that
    Chromium asked for when its test was over."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _quick_emptying():
    """After a test with real transactions, empty only the tables that hold rows.

    PostgreSQL makes new files for each of a hundred tables that it truncates, with their indexes:
    seconds, where the tests have written to ten of them. What Django would write anew stays.
    """
    if connection.vendor != "postgresql":
        yield
        return
    operations = type(connection.ops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", _emptying(operations.sql_flush))
        yield


def _emptying(truncating):
    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        if reset_sequences or not tables:
            return truncating(
                self, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
            )
        names = [self.quote_name(table) for table in tables if table not in WRITTEN_ANEW]
        filled = (f"SELECT {at} WHERE EXISTS (SELECT FROM {name})" for at, name in enumerate(names))
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(filled))
            rows = cursor.fetchall()
        # no foreign key and no trigger of the history is asked meanwhile
        return [
            "SET session_replication_role = replica",
            *(f"DELETE FROM {names[at]}" for (at,) in rows),
            "SET session_replication_role = origin",
        ]

    return sql_flush


@pytest.fixture(autouse=True)
def _clean_cache(settings):
    from django.core.cache import cache  # noqa: PLC0415  (settings must be ready first)

    cache.clear()


@pytest.fixture
def today(request, settings, time_machine):
    """Stand on the demo's first day, Monday 1 December 2025; on SQLite it is 09:00, too.

    PostgreSQL has a clock of its own, so there the demo's clock is put on that day.
    """
    time_machine.move_to(datetime.datetime(2025, 12, 1, 2, 0, tzinfo=datetime.UTC), tick=False)
    if connection.vendor == "postgresql":
        request.getfixturevalue("db")
        settings.DEMO = True
        clock.move(TODAY, actor=None)
    return TODAY


@pytest.fixture
def province(db):
    return factories.unit("Tỉnh Đồng Tháp", kind="province")


@pytest.fixture
def ward(province):
    return factories.unit("Phường Cao Lãnh", kind="ward", superior=province)


@pytest.fixture
def home_affairs(province):
    return factories.unit("Sở Nội vụ", kind="department", superior=province)


@pytest.fixture
def agency(province):
    return factories.unit("Sở Khoa học và Công nghệ", kind="department", superior=province)


@pytest.fixture
def staff(ward):
    return factories.member(Role.UNIT_STAFF, ward, "Nguyễn Thị Thanh Trúc")


@pytest.fixture
def unit_leader(ward):
    return factories.member(Role.UNIT_LEADER, ward, "Võ Thành Trung")


@pytest.fixture
def steward(agency):
    return factories.member(Role.CAMPAIGN_AGENCY, agency, "Đặng Hữu Phước")


@pytest.fixture
def officer(province, home_affairs):
    return factories.member(Role.OFFICER, province, "Phạm Quốc Khánh", home=home_affairs)


@pytest.fixture
def section_head(province, home_affairs):
    return factories.member(Role.SECTION_HEAD, province, "Lê Thị Bích Vân", home=home_affairs)


@pytest.fixture
def council_secretary(province, home_affairs):
    return factories.member(Role.COUNCIL_SECRETARY, province, "Huỳnh Minh Đức", home=home_affairs)


@pytest.fixture
def decider(province):
    return factories.member(Role.DECIDER, province, "Trần Hoàng Nam")


@pytest.fixture
def leader(province):
    return factories.member(Role.LEADER_VIEW, province, "Bùi Thị Ánh Tuyết")


@pytest.fixture
def admin(province):
    return factories.member(Role.ADMIN, province, "Ngô Quản Trị")


@pytest.fixture
def signed_in(client):
    """`signed_in(user)`: the test client with that person's session."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
