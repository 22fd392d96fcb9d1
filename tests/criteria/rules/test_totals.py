"""A total is the sum of its parts; caps and what was not assigned are parts of it too."""

from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.rules.scoring import Mark, Rule, State
from criteria.rules.totals import Item, Role, total

OUT = Mark(state=State.EXCLUDED)


def criterion(key, most, role=Role.BASE):
    return Item(key, key, key, D(most), role, Rule("manual", D(most)))


def group(code, *members, most=None, role=Role.BASE):
    return Item(code, code, code, most, role, members=members)


def test_the_printed_example_of_97_and_10_is_107():
    """TP.HCM 2008, domain 2.4 F."""
    sheet = (
        group("I", criterion("1", 100), most=D(100)),
        group("T", criterion("2", 10), most=D(10), role=Role.BONUS),
    )

    result = total(sheet, {"1": Mark(D(97)), "2": Mark(D(10))})

    assert (result.by(Role.BASE), result.by(Role.BONUS), result.points) == (97, 10, 107)


def test_bonus_is_cut_at_the_cap_of_its_group_and_penalties_at_theirs():
    sheet = (
        group("T", criterion("1", 15), criterion("2", 15), most=D(20), role=Role.BONUS),
        group("P", criterion("3", 0), criterion("4", 0), most=D(10), role=Role.PENALTY),
    )

    bonus, penalty = total(
        sheet, {k: Mark(D(v)) for k, v in zip("1234", (15, 15, -8, -5), strict=True)}
    ).groups

    assert (bonus.points, bonus.cut) == (20, -10)
    assert (penalty.points, penalty.cut) == (-10, 3)


def test_what_was_not_assigned_passes_its_points_on_within_the_group():
    sheet = (group("I", *(criterion(key, 20) for key in "123"), most=D(60)),)

    (score,) = total(sheet, {"1": Mark(D(20)), "2": Mark(D("16.5")), "3": OUT}).groups

    assert (score.points, score.rescaled, score.out_of) == (D("54.75"), D("18.25"), 60)


def test_a_group_of_which_nothing_was_assigned_passes_its_points_on_to_its_neighbours():
    inner = [
        group("1", criterion("1.1", 10), most=D(10)),
        group("2", criterion("2.1", 30), most=D(30)),
    ]
    sheet = (group("I", *inner, most=D(40)),)

    (score,) = total(sheet, {"1.1": OUT, "2.1": Mark(D(15))}).groups

    assert (score.points, score.rescaled) == (20, 5)
    assert score.of("1").is_out


def test_nothing_assigned_at_all_is_no_points_of_none():
    sheet = (group("I", criterion("1", 10), most=D(10)),)

    (score,) = total(sheet, {"1": OUT}).groups

    assert (score.points, score.out_of, score.is_out) == (0, 0, True)


def test_missing_criteria_are_counted():
    sheet = (group("I", criterion("1", 10), group("2", criterion("2.1", 5))),)

    assert total(sheet, {"1": Mark(D(4))}).missing == 1


@st.composite
def sheets(draw):
    """Groups of groups with marks; some taken out, some missing, some bonus, some penalty."""
    marks, groups = {}, []
    for place, role in enumerate(
        draw(st.lists(st.sampled_from(list(Role)[:3]), min_size=1, max_size=4))
    ):
        inner = []
        for n in range(draw(st.integers(1, 3))):
            keys = [f"{place}.{n}.{m}" for m in range(draw(st.integers(1, 4)))]
            inner.append(group(f"{place}.{n}", *(criterion(k, 10, role) for k in keys), role=role))
            for key in keys:
                value = draw(st.integers(0, 1000)) / D(100)
                state = draw(st.sampled_from(State))
                marks[key] = (
                    Mark(-value if role is Role.PENALTY else value)
                    if state == "counted"
                    else Mark(state=state)
                )
        cap = draw(st.none() | st.integers(1, 30).map(D)) if role is not Role.BASE else None
        groups.append(group(str(place), *inner, most=cap, role=role))
    return tuple(groups), marks


def walk(score):
    yield score
    for part in score.parts:
        yield from walk(part)


@settings(deadline=None)
@given(sheets())
def test_a_total_is_the_sum_of_its_parts_and_no_cap_is_passed(drawn):
    groups, marks = drawn
    result = total(groups, marks)

    assert result.points == sum(score.points for score in result.groups)
    for score in (found for top in result.groups for found in walk(top)):
        if score.parts:
            inside = sum(part.points for part in score.parts)
            assert score.points == inside + score.rescaled + score.cut
        if score.item.role is Role.BONUS and score.item.most is not None:
            assert score.points <= score.item.most
        if score.item.role is Role.PENALTY and score.parts and score.item.most is not None:
            assert score.points >= -score.item.most
