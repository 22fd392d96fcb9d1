"""Places as a share: per cent of units or of a title, or so many a block."""

import pytest
from django.db.models import F

from awards.models import Award, NomineeKind
from campaigns import rules, services
from campaigns.models import Block, BlockMember, ShareUse
from core.workflow import Blocked
from tests import factories
from tests.factories import awards

pytestmark = pytest.mark.django_db


@pytest.fixture
def final(province):
    return factories.award_round(factories.campaign(unit=province), review_month="2025-12")


def share(final, **said):
    final.shares = [{"for": "individual", **said}]
    final.save()
    return final


def take(final, unit, kind=NomineeKind.INDIVIDUAL):
    services.take_place(award_round=final, award_type=final.award_type, kind=kind, unit=unit)


def give_back(final, unit):
    services.give_back_place(
        award_round=final, award_type=final.award_type, kind=NomineeKind.INDIVIDUAL, unit=unit
    )


def test_a_percentage_of_the_units_registered(final, province, officer):
    share(final, percent="10", of="units")
    for number in range(25):
        unit = factories.unit(f"Xã {number}", superior=province)
        services.join(campaign=final.campaign, unit=unit, actor=officer)

    assert [place.size for place in rules.shares_now(final)] == [2]  # 2,5: half a place is none
    take(final, province)
    take(final, province)
    with pytest.raises(Blocked) as refused:
        take(final, province)

    assert "2" in str(refused.value)
    assert ShareUse.objects.get().used == 2
    assert rules.shares_now(final)[0].left == 0
    give_back(final, province)
    take(final, province)


def test_a_percentage_of_those_with_another_title(final, province):
    title = factories.award_type("CSTDCS", name="Chiến sĩ thi đua cơ sở", short_name="CSTĐCS")
    share(final, percent="50", of="CSTDCS")
    decision = awards.decision(unit=province)
    for name, year in (("An", 2024), ("An", 2025), ("Bình", 2025), ("Chi", 2019)):
        awards.award(
            decision, name=name, unit=province, actor=decision.created_by, of_type=title, year=year
        )
    Award.objects.update(state=Award.State.VALID, golden_series="x", golden_number=F("pk"))

    assert rules.base_of(final, "CSTDCS") == 2  # An once, Chi earlier
    take(final, province)
    with pytest.raises(Blocked):
        take(final, province)


@pytest.fixture
def blocks(province):
    made = []
    for name in ("Khối 1", "Khối 2"):
        block = Block.objects.create(unit=province, year=2025, name=name)
        unit = factories.unit(f"Sở {name}", superior=province)
        BlockMember.objects.create(block=block, unit=unit, unit_name=unit.name, year=2025)
        made.append((block, unit))
    return made


def test_one_place_in_each_block(final, province, blocks):
    share(final, per_block=1)
    (first, unit), (_second, other) = blocks
    below = factories.unit("Phòng Tổng hợp", superior=unit)

    take(final, below)
    take(final, other)
    with pytest.raises(Blocked) as refused:
        take(final, unit)

    assert str(first) in str(refused.value)
    assert [(s.size, s.used) for s in rules.shares_now(final)] == [(2, 2)]
    give_back(final, below)
    take(final, unit)


def test_a_unit_in_no_block_has_no_place_by_block(final, ward, blocks):
    share(final, per_block=1)

    with pytest.raises(Blocked) as refused:
        take(final, ward)

    assert str(ward) in str(refused.value)
    assert not ShareUse.objects.exists()


def test_another_kind_and_another_award_are_not_limited_by_a_share(final, province):
    share(final, percent="0", of="units", award="GK")
    take(final, province)
    share(final, percent="0", of="units")
    take(final, province, NomineeKind.HOUSEHOLD)

    assert not ShareUse.objects.exists()
