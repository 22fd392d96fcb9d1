"""Places of a quota: one statement, whatever happens at once (reliability I1)."""

import threading

import pytest
from django.db import connection, transaction

from awards.models import NomineeKind
from campaigns import services
from campaigns.models import Block, BlockMember, Quota, ShareUse
from core.workflow import Blocked
from tests import factories

AT_ONCE = 50
PLACES = 10


@pytest.fixture
def final(province):
    return factories.award_round(factories.campaign(unit=province))


@pytest.fixture
def places(final):
    return factories.quota(final, NomineeKind.INDIVIDUAL, PLACES)


def take(final, kind=NomineeKind.INDIVIDUAL):
    unit = final.campaign.unit
    services.take_place(award_round=final, award_type=final.award_type, kind=kind, unit=unit)


@pytest.mark.django_db
def test_places_are_taken_until_none_is_left(final, places):
    for _place in range(PLACES):
        take(final)

    with pytest.raises(Blocked) as refused:
        take(final)

    assert len(refused.value.findings) == 1
    assert str(PLACES) in str(refused.value)
    assert Quota.objects.get().used == PLACES


@pytest.mark.django_db
def test_a_place_given_back_can_be_taken_again(final, places):
    for _place in range(PLACES):
        take(final)

    services.give_back_place(
        award_round=final,
        award_type=final.award_type,
        kind=NomineeKind.INDIVIDUAL,
        unit=final.campaign.unit,
    )
    take(final)

    assert Quota.objects.get().used == PLACES


@pytest.mark.django_db
def test_a_kind_without_a_limit_takes_no_place(final, places):
    take(final, NomineeKind.HOUSEHOLD)

    assert Quota.objects.get().used == 0


@pytest.mark.django_db
def test_giving_back_more_than_was_taken_leaves_nothing_below_zero(final, places):
    services.give_back_place(
        award_round=final,
        award_type=final.award_type,
        kind=NomineeKind.INDIVIDUAL,
        unit=final.campaign.unit,
    )

    assert Quota.objects.get().used == 0


def at_once(act):
    """Run `act` in fifty threads, each on its own connection, starting together."""
    gate, done = threading.Barrier(AT_ONCE), []

    def one():
        try:
            gate.wait(timeout=30)
            done.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return done


@pytest.fixture
def _many_writers():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is nothing to race")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_many_writers")
def test_fifty_approvals_at_once_take_exactly_the_places_there_are(final, places):
    def approve():
        try:
            with transaction.atomic():
                take(final)
        except Blocked:
            return "full"
        return "taken"

    done = at_once(approve)

    assert sorted(done) == ["full"] * (AT_ONCE - PLACES) + ["taken"] * PLACES
    assert Quota.objects.get().used == PLACES


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_many_writers")
def test_fifty_at_once_take_exactly_the_places_of_a_share(final):
    final.shares = [{"for": "individual", "per_block": PLACES}]
    final.save()
    block = Block.objects.create(unit=final.campaign.unit, year=2025, name="Khối 1")
    BlockMember.objects.create(block=block, unit=final.campaign.unit, year=2025, unit_name="x")

    def approve():
        try:
            with transaction.atomic():
                take(final)
        except Blocked:
            return "full"
        return "taken"

    done = at_once(approve)

    assert sorted(done) == ["full"] * (AT_ONCE - PLACES) + ["taken"] * PLACES
    assert ShareUse.objects.get().used == PLACES


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_many_writers")
def test_reading_first_and_writing_then_would_exceed(final, places):
    """The control: without the conditional update the same race grants too many."""
    both_read = threading.Barrier(AT_ONCE)

    def naive():
        with transaction.atomic():
            free = Quota.objects.get(pk=places.pk).left > 0
            both_read.wait(timeout=30)
        return free

    granted = sum(at_once(naive))

    assert granted > PLACES
