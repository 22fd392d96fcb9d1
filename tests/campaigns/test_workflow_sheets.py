"""The life of a score sheet, step by step, and who is told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from campaigns import services
from campaigns.models import ScoreSheet, SheetRemark, Stage
from campaigns.workflow import SHEET
from core.clock import clock
from core.workflow import Blocked, NotNow
from tests.factories import sheets
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db


def cut(field, sheet, code="2.1"):
    """An appraiser takes the points of a criterion away."""
    return services.save_entries(
        sheet=sheet,
        stage=Stage.APPRAISED,
        changes=[field.change(code, None, "Không có", points="0")],
        actor=field.officer,
    ).sheet


def appraised(field, place=0):
    sheet = field.bring(field.sheet(place), "verified")
    cut(field, sheet)
    return SHEET.perform(sheet, "appraise", actor=field.officer)


def told(user):
    return Notice.objects.filter(user=user).order_by("-pk").first().text


def test_each_step_tells_whoever_is_next(field):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)
    assert told(verifier) == "Phường Mẫu A đã gửi bảng tự chấm điểm."

    sheet = SHEET.perform(sheet, "verify", actor=verifier)
    assert told(field.officer) == "Khối, cụm đã kiểm tra bảng điểm của Phường Mẫu A."
    sheet = SHEET.perform(sheet, "appraise", actor=field.officer)
    assert told(field.staff[sheet.unit_id]) == "Bảng điểm của Phường Mẫu A đã được thẩm định."
    assert sheet.own_points == sheet.verified_points == sheet.appraised_points == POINTS


def test_a_sheet_is_sent_only_when_every_criterion_is_answered(field):
    sheet = field.write(field.sheet(), {"1.2": {"a": "7", "b": "8"}})
    head = field.heads[sheet.unit_id]

    with pytest.raises(Blocked, match="3 tiêu chí chưa chấm: 1.1, 2.1, 2.2"):
        SHEET.perform(sheet, "send", actor=head)
    (offer,) = [offer for offer in SHEET.offers(sheet, head) if offer.step.name == "send"]
    assert not offer.ready
    with pytest.raises(PermissionDenied):
        SHEET.perform(sheet, "send", actor=field.staff[sheet.unit_id])


def test_a_sheet_comes_back_with_a_reason_and_is_open_again(field):
    sheet = field.bring(field.sheet(), "scored")
    verifier = field.verifier_of(sheet)

    with pytest.raises(Blocked):
        SHEET.perform(sheet, "return", actor=verifier)
    sheet = SHEET.perform(sheet, "return", actor=verifier, note="Thiếu minh chứng mục 1")
    assert sheet.state == ScoreSheet.State.OPEN
    field.write(sheet)


def test_nobody_appraises_the_sheet_of_their_own_unit(field):
    sheet = field.bring(field.sheet(), "verified")
    field.officer.home_unit = sheet.unit
    field.officer.save()

    with pytest.raises(Blocked, match="người khác sẽ chấm"):
        SHEET.perform(sheet, "appraise", actor=field.officer)
    with pytest.raises(Blocked, match="người khác sẽ chấm"):
        cut(field, sheet)


def test_a_sheet_waits_for_a_criterion_that_came_back(field):
    sheet = field.bring(field.sheet(), "verified")
    services.return_criterion(
        sheet=sheet, criterion=field.criteria["1.2"], reason="Thiếu", actor=field.officer
    )
    with pytest.raises(Blocked, match="1.2"):
        SHEET.perform(sheet, "appraise", actor=field.officer)


def test_a_unit_objects_once_and_within_its_days(field):
    sheet = appraised(field)
    head = field.heads[sheet.unit_id]
    why = {field.criteria["2.1"]: "Chuyên mục có từ tháng 3"}

    with pytest.raises(Blocked):
        services.object_to(sheet=sheet, criteria={}, text="", actor=head)
    sheet = services.object_to(sheet=sheet, criteria=why, text="Đề nghị xem lại", actor=head)
    assert sheet.state == ScoreSheet.State.OBJECTED
    assert told(field.officer) == "Phường Mẫu A kiến nghị về điểm thẩm định."

    given = field.change("2.1", None, "Đã xem chuyên mục", points="10")
    services.save_entries(sheet=sheet, stage=Stage.APPRAISED, changes=[given], actor=field.officer)
    sheet = SHEET.perform(sheet, "answer", actor=field.officer, note="Chấp nhận kiến nghị")
    assert (sheet.state, sheet.appraised_points) == ("appraised", POINTS)
    assert not SheetRemark.objects.filter(closed_at=None).exists()
    with pytest.raises(Blocked, match="một lần"):
        services.object_to(sheet=sheet, criteria=why, text="", actor=head)


def test_five_working_days_after_the_appraisal_it_is_too_late(field, settings):
    settings.DEMO = True
    sheet = appraised(field)  # Monday 1 December, so Monday 8 is the last day
    head = field.heads[sheet.unit_id]
    why = {field.criteria["2.1"]: "Có"}

    with (
        clock.standing_at(clock.as_instant(datetime.date(2025, 12, 9))),
        pytest.raises(Blocked, match="08/12/2025"),
    ):
        services.object_to(sheet=sheet, criteria=why, text="", actor=head)
    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 8))):
        services.object_to(sheet=sheet, criteria=why, text="", actor=head)


def test_publishing_waits_for_all_sheets_and_their_days_and_freezes_them(field, settings):
    settings.DEMO = True
    for place in range(3):
        sheet = field.bring(field.sheet(place), "verified")
        if place:
            cut(field, sheet, ("", "1.2", "2.1")[place])
        SHEET.perform(sheet, "appraise", actor=field.officer)
    with pytest.raises(Blocked, match="được kiến nghị đến hết ngày 08/12/2025"):
        services.publish(block=field.block, actor=field.section_head)

    with clock.standing_at(clock.as_instant(datetime.date(2025, 12, 9))):
        with pytest.raises(PermissionDenied):
            services.publish(block=field.block, actor=field.officer)
        services.publish(block=field.block, actor=field.section_head)

    placed = field.block.sheets.order_by("place").values_list("place", "appraised_points")
    assert list(placed) == [(1, POINTS), (2, POINTS - sheets.D("8.75")), (3, POINTS - 10)]
    with pytest.raises(NotNow):
        cut(field, field.sheet())


def test_a_block_may_leave_out_its_check_its_peers_and_the_objection(
    province, officer, section_head, today
):
    field = sheets.Field(
        province=province,
        officer=officer,
        section_head=section_head,
        count=1,
        objection_days=0,
    )
    sheet = field.bring(field.sheet(), "scored")
    assert sheet.verifier is None

    SHEET.perform(sheet, "appraise", actor=officer)
    services.publish(block=field.block, actor=section_head)
    assert field.sheet().place == 1
