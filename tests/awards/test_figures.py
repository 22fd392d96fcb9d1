import datetime

import pytest

from accounts.permissions import Role
from awards import figures
from awards.models import NomineeKind, PositionClass
from awards.workflow import DECISION
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def granted(province, ward, decider):
    """Two individuals and a collective of 2025, an individual of 2024, one of them revoked."""
    factory.authority()
    officer = factory.member(Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    put = {"unit": ward, "actor": officer}
    factory.award(draft, name="Bà Hai", position_class=PositionClass.DIRECT, **put)
    factory.award(draft, name="Ông Ba", **put)
    factory.award(draft, name="Phòng Một", kind=NomineeKind.COLLECTIVE, **put)
    revoked = factory.award(draft, name="Ông Năm", **put)
    former = factory.decision(unit=province, actor=officer)
    factory.award(former, name="Ông Tư", **put)
    factory.sign(former, actor=officer, signed_on=datetime.date(2024, 12, 2))
    DECISION.perform(former, "issue", actor=decider)
    factory.sign(draft, actor=officer)
    issued = DECISION.perform(draft, "issue", actor=decider)
    factory.revoke(revoked, actor=decider)
    factory.decision(unit=province, awards=1)  # pending: not counted
    return issued


def test_awards_are_counted_by_kind(leader, granted):
    rows = figures.standing(leader, year=2025)

    assert figures.by_kind(rows) == {
        "collective": 1,
        "individual": 2,
        "household": 0,
        "enterprise": 0,
    }


def test_nobody_counts_beyond_their_reach(agency, granted):
    elsewhere = factory.member(Role.LEADER_VIEW, agency)

    assert not figures.standing(elsewhere).exists()
