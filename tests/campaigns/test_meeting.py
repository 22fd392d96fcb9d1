"""What one typed in a step of the wizard meets what a colleague saved meanwhile."""

import json

import pytest

from campaigns.views.planning.meeting import Kept, KeptTable, meet, rows_of_draft


def kept(rows=(), number="1/KH"):
    return Kept(
        values={"number": ("Số", number)},
        tables={"t1": KeptTable("Chỉ tiêu", [list(row) for row in rows], key=(0,))},
    )


def typed(shown, rows, number="1/KH", **more):
    """What a browser sends of a page that showed `shown`; rows are (kept, *cells)."""
    said = {"seen": [shown.seen()], "number": [number], "t1-TOTAL_FORMS": [str(len(rows))]}
    for at, (place, *cells) in enumerate(rows):
        said[f"t1-{at}-kept"] = [place]
        said |= {f"t1-{at}-c{n}": [cell] for n, cell in enumerate(cells)}
    return said | {name: [text] for name, text in more.items()}


def cells(found):
    rows = rows_of_draft(found, "t1")
    return [(row["kept"], row["c0"], row["c1"]) for row in rows if not row.get("DELETE")]


SHOWN = kept([("T1", "Một"), ("T2", "Hai")])
SAME = [("0", "T1", "Một"), ("1", "T2", "Hai")]


def test_where_nobody_saved_everything_stays_as_typed():
    said = typed(SHOWN, [("1", "T2", "Hai"), ("", "T9", "Chín")], number="2/KH")

    assert meet(said, SHOWN) == (said, [])


def test_what_only_the_colleague_changed_is_taken_over():
    now = kept([("T0", "Không"), ("T1", "Một, sửa")], number="9/KH")

    found, conflicts = meet(typed(SHOWN, SAME), now)

    assert conflicts == []
    assert found["number"] == ["9/KH"]
    assert cells(found) == [("1", "T1", "Một, sửa"), ("0", "T0", "Không")]
    assert found["seen"] == [now.seen()]


def test_what_both_changed_in_different_places_is_merged():
    now = kept([("T1", "Một, sửa"), ("T2", "Hai"), ("T3", "Ba")])

    found, conflicts = meet(typed(SHOWN, [SAME[0], ("1", "T2", "Hai của tôi")], number="2/KH"), now)

    assert conflicts == []
    assert found["number"] == ["2/KH"]
    assert cells(found) == [("0", "T1", "Một, sửa"), ("1", "T2", "Hai của tôi"), ("2", "T3", "Ba")]


def test_a_value_that_both_changed_is_shown_twice_and_chosen():
    now = kept([("T1", "Một"), ("T2", "Hai")], number="9/KH")

    found, (conflict,) = meet(typed(SHOWN, SAME, number="2/KH"), now)

    assert (conflict.label, conflict.kept, conflict.mine) == ("Số", "9/KH", "2/KH")
    assert meet(found | {"choose-number": ["kept"]}, now)[0]["number"] == ["9/KH"]
    assert meet(found | {"choose-number": ["mine"]}, now)[0]["number"] == ["2/KH"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([("0", "T1", "Một của tôi"), SAME[1]], [("T1", "Một, sửa"), ("T2", "Hai")]),
        ([("0", "T1", "Một của tôi"), SAME[1]], [("T2", "Hai")]),  # changed and taken away
        ([SAME[1]], [("T1", "Một, sửa"), ("T2", "Hai")]),  # taken away and changed
    ],
)
def test_a_row_that_both_changed_is_shown_twice_and_chosen(mine, theirs):
    now = kept(theirs)

    found, (conflict,) = meet(typed(SHOWN, mine), now)

    assert conflict.name == "t1"
    assert conflict.kept != conflict.mine
    took = cells(meet(found | {"choose-t1": ["kept"]}, now)[0])
    assert [row[1:] for row in took] == theirs
    assert cells(meet(found | {"choose-t1": ["mine"]}, now)[0]) == cells(found)


def test_a_row_that_both_took_away_is_away():
    found, conflicts = meet(typed(SHOWN, [SAME[1]]), kept([("T2", "Hai")]))

    assert conflicts == []
    assert cells(found) == [("0", "T2", "Hai")]


def test_a_choice_that_was_not_sent_is_offered_again():
    now = kept([("T1", "Một"), ("T2", "Hai")], number="9/KH")
    found, _conflicts = meet(typed(SHOWN, SAME, number="2/KH"), now)

    again = meet(found | {"choose-number": ["mine"]}, now, again=True)[1]

    assert [conflict.name for conflict in again] == ["number"]


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "nonsense",
        "[]",
        json.dumps({"a": 1}),
        "[1, 2]",
        '[{}, {"t1": [1]}]',
        '[{}, {"t1": {}}]',
        '[{}, {"t1": [["a"]]}]',
        '[{}, {"t1": [["a", ["b"]]]}]',
    ],
)
def test_what_carries_no_marks_is_as_it_was_typed(seen):
    said = typed(SHOWN, SAME, number="2/KH") | {"seen": [seen]}

    assert meet(said, kept(number="9/KH")) == (said, [])
