"""Entries of a score sheet: who may write what when, on which version, and what it comes to."""

from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Role
from campaigns import services
from campaigns.models import EntryChange, ScoreEntry, Stage
from core.audit.models import Entry
from core.workflow import Blocked, NotNow
from tests import factories
from tests.factories import sheets as field_of
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db


def save(field, sheet, *changes, stage=Stage.OWN, actor=None, scorer=None):
    actor = actor or field.staff[sheet.unit_id]
    return services.save_entries(
        sheet=sheet, stage=stage, changes=changes, actor=actor, scorer=scorer
    ).sheet


def test_answers_are_kept_as_typed_and_counted(field):
    sheet = field.write(field.sheet())

    assert sheet.own_points == POINTS
    kept = ScoreEntry.objects.get(criterion__code="2.2")
    assert (kept.given, kept.points, kept.version) == ({"points": "7,25"}, D("7.25"), 1)


def test_a_second_save_on_an_old_version_is_refused_with_what_stands_there(field):
    sheet = field.sheet()
    save(field, sheet, field.change("1.2", a="7", b="8"))

    with pytest.raises(services.Stale) as refused:
        save(field, sheet, field.change("1.2", a="8", b="8"))
    assert [row.given for row in refused.value.entries] == [{"a": "7", "b": "8"}]
    save(field, sheet, field.change("1.2", 1, a="8", b="8"))
    assert ScoreEntry.objects.get().version == 2


def test_what_cannot_be_read_is_kept_and_counts_as_missing(field):
    save(field, field.sheet(), field.change("1.2", a="bảy", b="8"))

    kept = ScoreEntry.objects.get()
    assert (kept.given["a"], kept.points, kept.answered) == ("bảy", 0, "missing")


def test_while_the_unit_writes_no_line_of_history_is_kept_and_later_every_change(field):
    sheet = field.sheet()
    save(field, sheet, field.change("1.2", a="7", b="8"))
    save(field, sheet, field.change("1.2", 1, a="6", b="8"))
    assert not EntryChange.objects.exists()

    sheet = field.bring(sheet, "scored")
    verifier = field.verifier_of(sheet)
    changes = [field.change("1.1", explanation="Chỉ có 2 biên bản", points="5")]
    save(field, sheet, *changes, stage=Stage.VERIFIED, actor=verifier)

    change = EntryChange.objects.get()
    assert (change.old_points, change.new_points) == (15, 5)
    assert (change.reason, change.by) == ("Chỉ có 2 biên bản", verifier)
    line = Entry.objects.about(sheet, verifier)[0]
    assert line.words.changes == {"1.1 verified": ["15", "5"]}


def test_points_do_not_change_without_a_reason(field):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)

    with pytest.raises(Blocked, match="1.1: ghi lý do"):
        save(field, sheet, field.change("1.1", points="5"), stage=Stage.VERIFIED, actor=verifier)
    save(field, sheet, field.change("1.1", points="15"), stage=Stage.VERIFIED, actor=verifier)
    with pytest.raises(Blocked, match="1.2"):
        save(
            field,
            sheet,
            field.change("1.2", points="11", explanation="Hơn"),
            stage=Stage.VERIFIED,
            actor=verifier,
        )


def test_each_stage_has_its_total_beside_the_others(field):
    sheet = field.bring(field.sheet(), "verified")
    cut = field.change("2.1", explanation="Không có chuyên mục", points="0")
    sheet = save(field, sheet, cut, stage=Stage.APPRAISED, actor=field.officer)

    assert sheet.own_points == sheet.verified_points == POINTS
    assert sheet.appraised_points == sheet.points == POINTS - 10


def test_only_the_unit_writes_its_answers_and_only_the_verifier_checks(field, ward, officer):
    sheet = field.sheet()
    stranger = factories.member(Role.UNIT_STAFF, ward)

    for actor in (stranger, officer, field.staff[field.units[1].pk]):
        with pytest.raises(PermissionDenied):
            save(field, sheet, field.change("1.2", a="1", b="1"), actor=actor)
    sheet = field.bring(sheet, "scored")
    for actor in (stranger, officer, field.staff[sheet.unit_id]):
        with pytest.raises((PermissionDenied, NotNow)):
            save(
                field,
                sheet,
                field.change("1.1", points="0", explanation="x"),
                stage=Stage.VERIFIED,
                actor=actor,
            )


def test_a_sent_sheet_does_not_change_but_for_what_came_back(field):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)
    with pytest.raises(NotNow):
        save(field, sheet, field.change("1.2", 1, a="8", b="8"))

    save(field, sheet, field.change("1.2", agree="yes"), stage=Stage.VERIFIED, actor=verifier)
    remark = services.return_criterion(
        sheet=sheet, criterion=field.criteria["1.2"], reason="Thiếu số văn bản", actor=verifier
    )
    save(field, sheet, field.change("1.2", 1, a="8", b="8"))
    services.mend_criterion(remark=remark, actor=field.staff[sheet.unit_id])

    with pytest.raises(NotNow):
        save(field, sheet, field.change("1.2", 2, a="1", b="8"))
    checked = ScoreEntry.objects.get(criterion__code="1.2", stage=Stage.VERIFIED)
    assert (checked.given, checked.answered) == ({}, "missing")  # to be looked at again


def test_peers_score_each_other_and_never_themselves(province, officer, section_head, today):
    field = field_of.Field(
        province=province, officer=officer, section_head=section_head, has_peers=True
    )
    for place in range(3):
        field.bring(field.sheet(place), "scored")
    services.open_peers(block=field.block, actor=field.staff[field.block.head_id])
    sheet, other = field.sheet(0), field.units[1]
    save_as = {"stage": Stage.PEER, "actor": field.staff[other.pk]}

    sheet = save(
        field,
        sheet,
        field.change("1.1", points="5", explanation="Hai cuộc họp"),
        scorer=other,
        **save_as,
    )
    assert sheet.peer_points == POINTS - 10
    for scorer in (field.units[0], field.units[2], None):
        with pytest.raises(PermissionDenied):
            save(field, sheet, field.change("1.1", points="5"), scorer=scorer, **save_as)
