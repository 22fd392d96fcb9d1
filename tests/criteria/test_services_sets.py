"""Acts on sets of criteria."""

from decimal import Decimal as D

import pytest

from core.audit.models import Entry
from core.workflow import Blocked
from criteria import services
from criteria.models import Criterion
from criteria.rules import sets
from criteria.rules.written import Written
from criteria.workflow import CRITERIA_SET

pytestmark = pytest.mark.django_db

ROWS = (
    Written("1", "Nhận thức số", most=D(30)),
    Written("1.1", "Họp Ban Chỉ đạo", "1", most=D(20), kind="count_bands", rule=("từ 1: 20",)),
    Written("1.2", "Văn bản chỉ đạo", "1", most=D(10), kind="ratio"),
)


@pytest.fixture
def drawn(province, officer, today):
    return services.draw_up(
        unit=province,
        actor=officer,
        code="chuyen-doi-so",
        year=2025,
        title="Chuyển đổi số",
        stated_total=D(30),
        rows=ROWS,
    )


def test_a_set_is_drawn_up_with_its_groups(drawn):
    (group,) = sets.of_set(drawn)

    assert [member.code for member in group.members] == ["1.1", "1.2"]
    assert sets.missing_to_lock(drawn) == []


def test_a_set_in_use_does_not_change(drawn, officer):
    locked = CRITERIA_SET.perform(drawn, "lock", actor=officer)
    row = locked.criteria.get(code="1.2")

    for act in (
        lambda: services.add(criteria_set=locked, actor=officer, code="2", name="Mới"),
        lambda: services.change(criterion=row, actor=officer, name="Khác"),
        lambda: services.remove(criterion=row, actor=officer),
        lambda: services.move(criterion=row, up=True, actor=officer),
        lambda: services.fill(criteria_set=locked, rows=(), file=None, actor=officer),
        lambda: services.change_set(criteria_set=locked, actor=officer, title="Khác"),
    ):
        with pytest.raises(Blocked, match="phiên bản mới"):
            act()


def test_a_faulty_set_is_not_taken_into_use(drawn, officer):
    services.change(
        criterion=drawn.criteria.get(code="1.2"), actor=officer, most=D(15), rule=["chỉ tiêu: cao"]
    )

    with pytest.raises(Blocked) as blocked:
        CRITERIA_SET.perform(drawn, "lock", actor=officer)

    said = str(blocked.value)
    assert "cao" in said
    assert "35 điểm" in said


def test_a_new_edition_has_all_that_the_one_before_had(drawn, officer):
    locked = CRITERIA_SET.perform(drawn, "lock", actor=officer)
    edition = services.new_edition(criteria_set=locked, year=2025, actor=officer)
    later = services.new_edition(criteria_set=edition, year=2026, actor=officer)

    assert (edition.edition, edition.previous, edition.state) == (2, locked, "draft")
    assert (later.edition, later.year) == (1, 2026)
    for old, new in zip(locked.criteria.all(), later.criteria.all(), strict=True):
        assert (old.code, old.words()) == (new.code, new.words())
    assert sets.of_set(later)[0].members[1].code == "1.2"
    with pytest.raises(Blocked):
        services.new_edition(criteria_set=locked, year=2026, actor=officer)


def test_criteria_change_places_within_their_group(drawn, officer):
    row = drawn.criteria.get(code="1.2")

    services.move(criterion=row, up=True, actor=officer)
    services.move(criterion=row, up=True, actor=officer)

    assert [item.code for item in sets.of_set(drawn)[0].members] == ["1.2", "1.1"]


def test_a_change_is_told_with_what_stood_there(drawn, officer):
    services.change(criterion=drawn.criteria.get(code="1.2"), actor=officer, name="Văn bản")

    words = Entry.objects.latest("pk").words

    assert words.changes == {"1.2 name": ["Văn bản chỉ đạo", "Văn bản"]}


def test_a_group_goes_with_what_is_inside(drawn, officer):
    services.remove(criterion=drawn.criteria.get(code="1"), actor=officer)

    assert not Criterion.objects.exists()


def test_rows_without_their_group_are_a_mistake_in_the_code(drawn, officer):
    with pytest.raises(ValueError, match=r"9\.1"):
        services.fill(
            criteria_set=drawn, rows=[Written("9.1", "Lạc", "9")], file=None, actor=officer
        )
    assert drawn.criteria.count() == 3
