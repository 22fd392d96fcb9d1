"""The order of nominees, ties at the edge of a quota, who fits."""

import pytest

from awards.models import NomineeKind
from dossiers.rules import decision
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def voted(ward, award_round, staff):
    """`voted(14, sex="male")`: a nominee with so many votes of fifteen."""

    def make(votes, **values):
        made = sent.passed(unit=ward, of_round=award_round, by=staff, votes=votes, **values)
        return made.nominations.get()

    return make


def test_votes_come_first_then_direct_workers_then_women(voted, award_round):
    few = voted(12)
    leader = voted(14, position_class="manager")
    man = voted(14, sex="male")
    woman = voted(14)
    group = voted(12, kind=NomineeKind.COLLECTIVE)

    assert decision.passed_in(award_round) == [group, woman, man, leader, few]


def test_as_many_fit_as_there_are_places(voted, award_round):
    best, _second, _third = voted(15), voted(14), voted(13)
    quota = factories.quota(award_round, size=1)

    assert decision.fitting(decision.passed_in(award_round), [quota]) == [best]


def test_without_a_quota_everybody_fits(voted, award_round):
    everybody = [voted(15), voted(14)]

    assert decision.fitting(decision.passed_in(award_round), []) == everybody


@pytest.mark.parametrize(
    ("votes", "size", "tied"),
    [
        ((15, 14, 13), 1, []),
        ((15, 14, 14), 2, [1, 2]),
        ((15, 15, 14), 2, []),
        ((14, 14, 14), 1, [0, 1, 2]),
        ((14, 14), 2, []),
    ],
)
def test_a_tie_matters_only_at_the_edge(votes, size, tied, voted, award_round):
    nominees = [voted(number) for number in votes]
    quota = factories.quota(award_round, size=size)

    found = decision.ties(decision.passed_in(award_round), [quota])

    assert found == {nominees[place].pk for place in tied}
