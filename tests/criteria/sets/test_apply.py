"""The database follows the file of a set; a set in use gets another edition."""

from decimal import Decimal as D

import pytest

from core.audit.models import Entry
from core.documents import store
from criteria.models import CriteriaSet
from criteria.sets import export
from criteria.sets.apply import apply, difference, faults_here
from criteria.sets.reading import read
from criteria.workflow import CRITERIA_SET
from tests.criteria.sets.test_reading import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(province, officer, today):
    return lambda text, **more: apply(
        read(text.encode()).said, owner=province, actor=officer, **more
    )


def test_a_set_is_drawn_up_from_its_file(put, province, home_affairs):
    said = put(GOOD.replace("kind: ratio", "kind: ratio\n    verifier_unit: Sở Nội vụ"))

    held = CriteriaSet.objects.get()
    row = held.criteria.get(code="B")
    assert said.criteria_set == held
    assert (held.unit, held.year, held.stated_total) == (province, 2025, D(30))
    assert (row.group.code, row.verifier_unit) == ("1", home_affairs)


def test_the_same_file_again_changes_nothing_and_writes_nothing(put):
    put(GOOD)
    entries = Entry.objects.count()

    assert put(GOOD).changes == []
    assert Entry.objects.count() == entries


def test_a_draft_is_changed_and_says_what(put, province):
    held = put(GOOD).criteria_set
    text = GOOD.replace("most: 10\n", "most: 8\n").replace("từ 4: 20", "từ 5: 20")

    changes = difference(read(text.encode()).said, owner=province)
    again = put(text).criteria_set

    assert [str(change) for change in changes] == [
        "1.1: cách tính điểm: từ 4: 20 / còn lại: 0 → từ 5: 20 / còn lại: 0",
        "B: điểm tối đa: 10 → 8",
    ]
    assert again == held
    assert held.criteria.get(code="B").most == 8


def test_a_set_in_use_gets_another_edition(put, officer):
    locked = CRITERIA_SET.perform(put(GOOD).criteria_set, "lock", actor=officer)

    made = put(GOOD.replace("Văn bản", "Văn bản chỉ đạo")).criteria_set

    assert (made.edition, made.previous, made.state) == (2, locked, "draft")
    assert locked.criteria.get(code="B").name == "Văn bản"
    assert put(GOOD.replace("Văn bản", "Văn bản điều hành")).criteria_set == made


def test_the_file_of_a_later_year_follows_the_set_of_the_year_before(put, officer):
    locked = CRITERIA_SET.perform(put(GOOD).criteria_set, "lock", actor=officer)

    made = put(GOOD.replace("2025", "2026")).criteria_set

    assert (made.year, made.edition, made.previous) == (2026, 1, locked)


def test_the_file_is_kept_beside_the_set(put, province, officer):
    content = GOOD.encode()
    file = store.keep(
        content, name="thu.yaml", media_type="application/yaml", unit=province, by=officer
    )

    assert put(GOOD, file=file).criteria_set.file == file


def test_a_unit_that_is_not_here_is_a_fault_at_its_line(province, today):
    reading = read(GOOD.replace("kind: ratio", "kind: ratio\n    verifier_unit: Sở Lạ").encode())

    (fault,) = faults_here(reading)

    assert (fault.line, "Sở Lạ" in fault.text) == (22, True)


def test_what_was_written_on_a_page_goes_out_as_a_file_that_changes_nothing(put):
    held = put(GOOD).criteria_set
    held.criteria.filter(code="B").update(guidance="Dòng một  \r\n\r\n dòng hai: x\r\n")

    written = export.write(export.set_of(held))

    assert put(written.decode()).changes == []
