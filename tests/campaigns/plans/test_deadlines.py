"""Deadlines are read as officials write them, and come when they should."""

import datetime

import pytest

from campaigns.plans.deadlines import Deadline, in_words, next_due, waits_for
from core.yaml.kinds import Wrong


@pytest.mark.parametrize(
    ("raw", "kept", "written"),
    [
        ("10/12", "12-10", "10/12"),
        ("10/12/2025", "2025-12-10", datetime.date(2025, 12, 10)),
        ("2025-12-10", "2025-12-10", datetime.date(2025, 12, 10)),
        ("12/2025", "2025-12", "2025-12"),
        ("20", "20", 20),
        ("5 ngày làm việc sau bao-cao-nam", "5>bao-cao-nam", "5 ngày làm việc sau bao-cao-nam"),
    ],
)
def test_a_deadline_is_kept_in_one_form_and_written_in_one(raw, kept, written):
    assert Deadline().read(raw) == kept
    assert Deadline().write(kept) == written
    assert Deadline().read(str(written)) == kept


@pytest.mark.parametrize(
    "raw", ["32", "0", "31/02", "31/02/2025", "13/2025", "sau", "5 ngày sau a"]
)
def test_what_is_no_deadline_is_refused_with_a_sentence(raw):
    with pytest.raises(Wrong):
        Deadline().read(raw)


@pytest.mark.parametrize(
    ("due", "today", "ends", "comes"),
    [
        ("12-10", "2024-12-11", 2025, "2025-12-10"),
        ("12-10", "2025-12-10", 2025, "2025-12-10"),
        ("12-10", "2025-12-11", 2025, None),
        ("02-29", "2025-01-01", None, "2025-02-28"),
        ("02-29", "2024-01-01", None, "2024-02-29"),
        ("31", "2025-02-03", None, "2025-02-28"),
        ("20", "2025-12-21", None, "2026-01-20"),
        ("20", "2025-12-21", 2025, None),
        ("2025-12", "2025-12-05", None, "2025-12-31"),
        ("2025-12-10", "2025-12-11", None, None),
        ("5>a", "2025-12-11", None, None),
        ("", "2025-01-01", None, None),
    ],
)
def test_the_next_day_it_comes(due, today, ends, comes):
    day = next_due(due, datetime.date.fromisoformat(today), ends)

    assert day == (comes and datetime.date.fromisoformat(comes))


def test_what_it_waits_for_is_a_code():
    assert waits_for("5>bao-cao") == "bao-cao"
    assert waits_for("12-10") is None
    assert "bao-cao" in in_words("5>bao-cao")
    assert in_words("2025-12-10") == "10/12/2025"
