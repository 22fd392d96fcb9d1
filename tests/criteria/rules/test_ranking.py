"""Places with their ties."""

from decimal import Decimal as D

from criteria.rules.ranking import Runner, rank


def numbers(places):
    return [(place.runner.key, place.number, place.tied) for place in places]


def test_equal_points_share_a_place_and_the_next_one_is_left_out():
    runners = [Runner("c", D(7)), Runner("a", D(9)), Runner("d", D(5)), Runner("b", D(7))]

    assert numbers(rank(runners)) == [
        ("a", 1, False),
        ("c", 2, True),
        ("b", 2, True),
        ("d", 4, False),
    ]


def test_ties_are_broken_by_data_and_the_place_says_by_what():
    runners = [
        Runner("a", D(9), {"base": D(8), "main": D(5)}),
        Runner("b", D(9), {"base": D(9), "main": D(4)}),
        Runner("c", D(9), {"base": D(8), "main": D(6)}),
    ]

    places = rank(runners, ["base", "main"])

    assert numbers(places) == [("b", 1, False), ("c", 2, False), ("a", 3, False)]
    assert [place.broken_by for place in places] == ["base", "base", "base"]
    assert rank(runners[::2], ["base", "main"])[0].broken_by == "main"


def test_who_is_not_ranked_stands_at_the_end_with_the_reason_and_takes_no_place():
    runners = [Runner("a", D(9), why_not="Người đứng đầu bị kỷ luật"), Runner("b", D(5))]

    assert numbers(rank(runners)) == [("b", 1, False), ("a", None, False)]
