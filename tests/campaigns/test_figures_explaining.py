"""Every total can be taken apart, and the parts come to exactly what the sheet keeps."""

import datetime
from decimal import Decimal as D

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import services
from campaigns.figures import explaining
from campaigns.models import ScoreEntry, Stage
from campaigns.workflow import SHEET
from criteria.rules.scoring import KINDS, Band, Line, NotAssigned, Rule
from criteria.rules.totals import Item, Role

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2025, 12, 1, 5, tzinfo=datetime.UTC)  # PostgreSQL would be asked for it
NUMBERS = st.integers(0, 40).map(str)
LINES = (Line("một", share=D("0.5")), Line("hai", points=D(3)))
BANDS = (Band(D(0), D(5), share=D("0.25")), Band(D(5), share=D(1)))


@st.composite
def rules(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    return Rule(
        kind,
        most=draw(st.decimals(0, 30, places=2)),
        lines=LINES if kind in {"options", "parts", "bonus"} else (),
        bands=BANDS if kind.endswith("bands") else (),
        on_zero=draw(st.sampled_from(["zero", "full", "exclude"])),
        each=D("1.5"),
        floor=D(-4) if kind == "per_occurrence" else None,
        not_assigned=draw(st.sampled_from(list(NotAssigned))),
    )


@st.composite
def sheets(draw):
    """Groups of all roles with criteria of all kinds, and entries of all stages."""
    groups, entries, key = [], [], 0
    for number, role in enumerate(draw(st.lists(st.sampled_from(list(Role)), min_size=1))):
        members = []
        for _n in range(draw(st.integers(1, 4))):
            key += 1
            rule = draw(rules())
            members.append(Item(key, str(key), "Tiêu chí", rule.most, role, rule))
            entries += [entry for entry in draw(answers(key)) if entry]
        most = draw(st.none() | st.decimals(0, 60, places=2))
        group = Item(-number - 1, "G", "Nhóm", most, role, members=tuple(members))
        groups.append(group)
    return tuple(groups), entries


@st.composite
def answers(draw, key):
    typed = st.sampled_from(["", "yes", "no", "0", "1", "7,5", "x", "40"])
    names = ["count", "a", "b", "choice", "part0", "part1", "event0", "event1", "yes", "points"]
    own = {name: draw(typed) for name in [*names, "not_assigned"]}
    later = st.fixed_dictionaries({}, optional={"agree": st.just("yes"), "points": NUMBERS})
    given = [(Stage.OWN, 1, own)]
    given += [(stage, 1, draw(later)) for stage in (Stage.VERIFIED, Stage.APPRAISED)]
    given += [(Stage.PEER, scorer, draw(later)) for scorer in (2, 3)]
    return [
        ScoreEntry(criterion_id=key, stage=stage, scorer_id=scorer, given=said, at=NOON)
        if draw(st.booleans())
        else None
        for stage, scorer, said in given
    ]


@pytest.mark.django_db(databases=[])
@settings(max_examples=150, deadline=None)
@given(sheets())
def test_rows_add_up_to_the_total_at_every_stage(sheet):
    groups, entries = sheet

    found = explaining.take_apart(groups, entries)

    for stage in explaining.COUNTED:
        top = [row for row in found.rows if row.depth == 0]
        assert sum((row.points[stage] for row in top), D(0)) == found.points(stage)
        for group in found.totals[stage].groups:
            parts = sum((part.points for part in group.parts), D(0))
            assert parts + group.rescaled + group.cut == group.points
    codes = [row.item.key for row in found.rows if row.item.rule]
    assert codes == [item.key for group in groups for item in group.criteria()]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    own=st.lists(st.tuples(st.sampled_from(["1.1", "1.2", "3.1"]), NUMBERS), max_size=4),
    later=st.lists(
        st.tuples(st.sampled_from(["1.1", "1.2", "2.2"]), st.integers(0, 10)), max_size=4
    ),
)
def test_what_is_kept_is_what_is_explained_whatever_people_do(field, own, later):
    names = {"1.1": "count", "1.2": "a", "3.1": "event0"}
    with transaction.atomic():
        sheet = field.write(field.sheet())
        for code, number in own:
            beside = {"b": "40"} if code == "1.2" else {}
            change = field.change(code, None, **{names[code]: number}, **beside)
            actor = field.staff[sheet.unit_id]
            services.save_entries(sheet=sheet, stage=Stage.OWN, changes=[change], actor=actor)
        sheet = SHEET.perform(sheet, "send", actor=field.heads[sheet.unit_id])
        for code, points in later:
            change = field.change(code, None, "Xem lại", points=str(points))
            services.save_entries(
                sheet=sheet,
                stage=Stage.VERIFIED,
                changes=[change],
                actor=field.verifier_of(sheet),
            )
        sheet = SHEET.perform(sheet, "verify", actor=field.verifier_of(sheet))
        sheet = SHEET.perform(sheet, "appraise", actor=field.officer)
        found = explaining.explain(sheet)
        kept = (sheet.own_points, sheet.verified_points, sheet.appraised_points)
        assert kept == tuple(found.points(stage) for stage in explaining.COUNTED)
        transaction.set_rollback(True)


def test_a_row_says_its_rule_its_answers_and_who_changed_it_why(field):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)
    change = field.change("1.2", None, "Hai văn bản trùng", points="5")
    changed = services.save_entries(
        sheet=sheet, stage=Stage.VERIFIED, changes=[change], actor=verifier
    )
    sheet = changed.sheet

    (row,) = [row for row in explaining.explain(sheet).rows if row.item.code == "1.2"]

    assert [(str(label), value) for label, value in row.answers] == [
        ("Đạt được (a)", "7"),
        ("Tổng số (b)", "8"),
    ]
    assert [working for _stage, working in row.workings] == ["7 : 8 × 10", "cho điểm trực tiếp: 5"]
    assert (row.own, row.verified, row.appraised) == (D("8.75"), D(5), None)
    (told,) = row.changes
    assert (told.by, told.reason) == (verifier, "Hai văn bản trùng")


def test_points_of_a_stage_to_come_are_not_there(field):
    """A paper of the department must not show as appraised what the unit claims."""
    sheet = field.sheet()

    found = explaining.explain(sheet)

    assert {row.verified for row in found.rows} | {row.appraised for row in found.rows} == {None}
    assert [found.points(stage) for stage in explaining.COUNTED[1:]] == [None, None]
