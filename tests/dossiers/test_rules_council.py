"""Shares and thresholds, exact at the edge, for every council of up to thirty members."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts.permissions import Role
from criteria.models import Parameter
from dossiers.rules import council
from dossiers.rules.council import Count, Presence
from tests import factories

EDGES = [Decimal(80), Decimal(90), Decimal("66.67"), Decimal(50)]


@pytest.mark.parametrize("threshold", EDGES)
@pytest.mark.parametrize("members", range(1, 31))
def test_votes_reach_a_threshold_exactly(members, threshold):
    exact = Fraction(threshold) / 100

    passed = [council.passes(votes, members, threshold) for votes in range(members + 1)]

    assert passed == [Fraction(votes, members) >= exact for votes in range(members + 1)]


@pytest.mark.parametrize("threshold", EDGES)
@pytest.mark.parametrize("members", range(1, 31))
def test_the_share_that_is_kept_never_contradicts_the_result(members, threshold):
    for votes in range(members + 1):
        passed = council.passes(votes, members, threshold)

        assert (council.share(votes, members) >= threshold) == passed


@pytest.mark.parametrize("threshold", EDGES)
@pytest.mark.parametrize("members", range(1, 31))
def test_the_fewest_votes_that_pass(members, threshold):
    fewest = council.needed(members, threshold)

    assert fewest == math.ceil(Fraction(threshold) * members / 100)
    assert council.passes(fewest, members, threshold)
    assert not council.passes(fewest - 1, members, threshold)


@pytest.mark.parametrize(
    ("votes", "members", "shown"),
    [(12, 15, "80.00"), (11, 15, "73.33"), (2, 3, "66.66"), (27, 30, "90.00"), (0, 9, "0.00")],
)
def test_shares_are_rounded_down(votes, members, shown):
    assert council.share(votes, members) == Decimal(shown)


@pytest.mark.parametrize(
    ("presence", "parts"),
    [
        (Presence(15, 13, 2), []),
        (Presence(15, 15), []),
        (Presence(0, 0), ["members_total"]),
        (Presence(15, 16), ["members_present"]),
        (Presence(15, 13, 3), ["written_opinions"]),
        (Presence(15, 0, 0), ["members_present"]),
    ],
)
def test_presence_that_cannot_be(presence, parts):
    assert [finding.part for finding in council.unsound_presence(presence)] == parts


@pytest.mark.parametrize(("present", "parts"), [(10, []), (11, []), (9, ["members_present"])])
def test_two_thirds_make_a_quorum(present, parts):
    found = council.unsound_presence(Presence(15, present, 2), Decimal("66.66"))

    assert [finding.part for finding in found] == parts


@pytest.fixture
def nomination(province, ward, staff, nominee):
    return nominee(name="Trần Văn A")


@pytest.mark.parametrize(
    ("count", "sound"),
    [
        (Count(13), True),
        (Count(10, 2, 1), True),
        (Count(10, 1, 1, 1), True),
        (Count(0), True),
        (Count(14), False),
        (Count(10, 2, 2), False),
        (Count(10, 2, 1, 1), False),
    ],
)
def test_no_more_ballots_than_voters(nomination, count, sound):
    found = list(council.unsound_count(nomination, count, Presence(15, 12, 1), []))

    assert [finding.rule for finding in found] == ([] if sound else ["R19"])


@pytest.mark.parametrize(
    ("presence", "recused", "sound"),
    [
        (Presence(15, 15), 1, True),
        (Presence(15, 15), 0, False),
        (Presence(15, 14), 0, True),  # the member concerned may be the one who is away
    ],
)
def test_a_member_of_the_proposing_unit_stands_aside(nomination, ward, presence, recused, sound):
    member = factories.member(Role.COUNCIL_MEMBER, ward, "Võ Thành Trung")

    found = list(council.unsound_count(nomination, Count(10, recused=recused), presence, [member]))

    assert [finding.rule for finding in found] == ([] if sound else ["R25"])


@pytest.mark.django_db
def test_members_of_other_units_vote(nomination, agency):
    member = factories.member(Role.COUNCIL_MEMBER, agency)

    assert council.must_stand_aside(nomination, [member]) == []


@pytest.mark.django_db
def test_the_council_is_that_of_the_day(province):
    member = factories.member(Role.COUNCIL_MEMBER, province)
    member.memberships.update(until_day=datetime.date(2025, 11, 30))

    assert council.members_on(datetime.date(2025, 11, 30)) == [member]
    assert council.members_on(datetime.date(2025, 12, 1)) == []


@pytest.mark.django_db
def test_the_threshold_is_that_of_the_day(nomination):
    for day, value in [(datetime.date(2024, 1, 1), 90), (datetime.date(2025, 11, 1), 80)]:
        Parameter.objects.create(key="vote_share.BKT", value=value, meaning="x", valid_from=day)
    Parameter.objects.filter(value=90).update(valid_to=datetime.date(2025, 10, 31))

    on = [
        council.thresholds([nomination], day)
        for day in (
            datetime.date(2023, 1, 1),
            datetime.date(2025, 10, 31),
            datetime.date(2025, 12, 1),
        )
    ]

    assert on == [{}, {"BKT": Decimal(90)}, {"BKT": Decimal(80)}]
    assert [f.rule for f in council.no_threshold([nomination], {})] == ["R19"]
