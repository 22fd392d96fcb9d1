"""Periodic reports: when they fall due, until when they are taken, and what comes of them."""

import datetime

import pytest

from accounts.models import Notice
from accounts.permissions import Role
from campaigns import rules as campaign_rules
from campaigns import services, tasks
from campaigns.models import PeriodicReport, ReportDuty, Synthesis
from campaigns.rules import periods
from campaigns.rules import reports as rules
from campaigns.services import permits
from campaigns.services import reports as acts
from campaigns.workflow.reports import REPORT
from core.audit.models import Entry
from core.clock import clock
from core.workflow import Blocked
from tests import factories

DAY = datetime.timedelta(days=1)
MOMENT = datetime.timedelta(microseconds=1)
CLOSE = datetime.datetime(2025, 12, 11, tzinfo=clock.ZONE)


@pytest.fixture
def running(today, province, agency):
    campaign = factories.campaign(unit=province, steward=agency)
    duty(campaign, due="12-10")
    return campaign


def duty(campaign, code="nam", frequency="yearly", due="", who="Thành viên các Khối, Cụm"):
    return ReportDuty.objects.create(
        campaign=campaign, code=code, order=1, who=who, frequency=frequency, due=due
    )


@pytest.fixture
def owed(running, ward, unit_leader):
    """The ward's yearly report, with something written."""
    services.join(campaign=running, unit=ward, actor=unit_leader)
    report = PeriodicReport.objects.get(unit=ward)
    texts = {running.contents.get(code="a").pk: "Đã mở 5 lớp."}
    return acts.save_report(report=report, actor=unit_leader, parts=texts, figures={})


def at(moment, settings):
    """A clock that stands at an instant, as the demo's story does it."""
    settings.DEMO = True
    return clock.standing_at(moment)


def test_a_unit_that_registers_owes_the_reports_of_the_period(running, ward, unit_leader):
    services.join(campaign=running, unit=ward, actor=unit_leader)

    report = PeriodicReport.objects.get()
    assert (report.unit, report.period, report.due_at) == (ward, "2025", CLOSE)
    assert report.receiver == running.steward
    assert report.last_day == datetime.date(2025, 12, 10)


def test_reports_fall_due_once_however_often_they_are_asked_for(running, ward, unit_leader):
    services.join(campaign=running, unit=ward, actor=unit_leader)

    assert tasks.fall_due(running) == 0
    assert PeriodicReport.objects.count() == 1


def test_a_monthly_duty_owes_nothing_for_months_before_the_unit_took_part(
    running, ward, unit_leader
):
    duty(running, "thang", "monthly", "20")
    services.join(campaign=running, unit=ward, actor=unit_leader)

    months = PeriodicReport.objects.filter(duty__code="thang")
    assert [(m.period, m.last_day) for m in months] == [("2025-12", datetime.date(2025, 12, 20))]


def test_a_unit_that_the_plan_names_reports_alone_and_to_the_province(running, agency, province):
    named = duty(running, "tong-hop", "monthly", who="Sở Khoa học và Công nghệ")
    tasks.fall_due(running)

    report = PeriodicReport.objects.get(duty=named)
    assert (report.unit, report.receiver, report.period) == (agency, province, "2025-12")
    assert report.due_at is None


@pytest.mark.parametrize(
    ("due", "key", "day"),
    [
        ("12-10", "2025", (2025, 12, 10)),
        ("20", "2025-02", (2025, 2, 20)),
        ("31", "2025-02", (2025, 2, 28)),
        ("15", "2025-Q1", (2025, 3, 15)),
        ("15", "2025-H2", (2025, 12, 15)),
        ("2025-12-05", "2025", (2025, 12, 5)),
        ("2025-02", "2025", (2025, 2, 28)),
        ("12-10", "2025-11", None),
        ("", "2025", None),
    ],
)
def test_a_due_day_falls_into_its_period(due, key, day):
    found = periods.due_day(due, periods.read(key), lambda code: None)
    assert found == (day and datetime.date(*day))


def test_working_days_after_another_duty_leave_out_the_weekend(running):
    after = duty(running, "sau", due="5>nam")
    # 10/12/2025 is a Wednesday
    assert rules.due_day(after, periods.read("2025")) == datetime.date(2025, 12, 17)


def test_duties_that_wait_for_each_other_have_no_day(running):
    one = duty(running, "mot", due="5>hai")
    duty(running, "hai", due="5>mot")
    assert rules.due_day(one, periods.read("2025")) is None


@pytest.mark.parametrize("key", ["", "25", "2025-13", "2025-Q5", "2025-H3", "2025-1", "năm"])
def test_nonsense_is_no_period(key):
    with pytest.raises(ValueError, match=key or "^$"):
        periods.read(key)


def test_the_last_microsecond_is_accepted_and_the_next_refused(owed, unit_leader, settings):
    assert not [f for f in rules.missing_to_send(owed, CLOSE - MOMENT) if f.blocks]

    with at(CLOSE, settings), pytest.raises(Blocked) as refused:
        REPORT.perform(owed, "send", actor=unit_leader)
    assert "Đã hết hạn nhận báo cáo" in str(refused.value)

    with at(CLOSE - MOMENT, settings):
        sent = REPORT.perform(owed, "send", actor=unit_leader)
    assert sent.state == "sent"


def test_a_late_permit_opens_the_close_for_that_unit_only(
    owed, running, steward, unit_leader, province, settings
):
    other = factories.unit("Xã Tháp Mười", kind="commune", superior=province)
    head = factories.member(Role.UNIT_LEADER, other)
    services.join(campaign=running, unit=other, actor=head)
    with at(CLOSE + DAY, settings):
        permits.give(
            campaign=running,
            unit=owed.unit,
            duty=owed.duty,
            period="2025",
            last_day=datetime.date(2025, 12, 13),
            reason="Mất điện do bão.",
            actor=steward,
        )
        assert REPORT.perform(owed, "send", actor=unit_leader).state == "sent"
        theirs = PeriodicReport.objects.get(unit=other)
        assert any(f.rule == "report_open" for f in rules.missing_to_send(theirs, clock.now()))
    assert Notice.objects.filter(user=unit_leader, text__contains="13/12/2025").exists()


def test_a_permit_is_over_at_its_own_instant_and_when_it_is_withdrawn(
    owed, running, steward, settings
):
    with at(CLOSE, settings):
        permit = permits.give(
            campaign=running,
            unit=owed.unit,
            duty=owed.duty,
            period="2025",
            last_day=datetime.date(2025, 12, 13),
            reason="Mất điện.",
            actor=steward,
        )

    def blocked(moment):
        return [f.rule for f in rules.missing_to_send(owed, moment) if f.blocks]

    until = datetime.datetime(2025, 12, 14, tzinfo=clock.ZONE)
    assert blocked(until - MOMENT) == []
    assert blocked(until) == ["report_open"]
    permits.withdraw(permit=permit, actor=steward)
    assert blocked(until - MOMENT) == ["report_open"]


def test_a_permit_for_a_day_that_is_over_is_refused(running, ward, steward, owed):
    with pytest.raises(Blocked):
        permits.give(
            campaign=running,
            unit=ward,
            duty=owed.duty,
            period="2025",
            last_day=datetime.date(2025, 11, 30),
            reason="",
            actor=steward,
        )


def test_a_returned_report_is_sent_again_even_after_the_close(owed, unit_leader, steward, settings):
    sent = REPORT.perform(owed, "send", actor=unit_leader)
    back = REPORT.perform(sent, "return", actor=steward, note="Thiếu số liệu nội dung b.")

    assert Notice.objects.filter(user=unit_leader, text__contains="trả lại").exists()
    with at(CLOSE + DAY, settings):
        assert REPORT.perform(back, "send", actor=unit_leader).state == "sent"


def test_an_empty_report_is_not_sent(running, ward, unit_leader):
    services.join(campaign=running, unit=ward, actor=unit_leader)
    with pytest.raises(Blocked) as refused:
        REPORT.perform(PeriodicReport.objects.get(), "send", actor=unit_leader)
    assert "chưa có nội dung" in str(refused.value)


def test_a_sent_report_is_not_written_any_more(owed, unit_leader, staff):
    sent = REPORT.perform(owed, "send", actor=unit_leader)
    with pytest.raises(Blocked):
        acts.save_report(report=sent, actor=staff, parts={}, figures={}, summary="Khác")


def test_a_colleagues_save_in_between_is_not_written_over(owed, staff, unit_leader):
    seen = owed.version
    acts.save_report(report=owed, actor=unit_leader, parts={}, figures={}, version=seen)
    with pytest.raises(Blocked):
        acts.save_report(report=owed, actor=staff, parts={}, figures={}, version=seen)


def test_who_leaves_owes_no_more_but_what_was_sent_stays(running, ward, unit_leader, owed):
    services.leave(campaign=running, unit=ward, actor=unit_leader)
    assert not PeriodicReport.objects.exists()


def forty(running, province):
    head = factories.member(Role.UNIT_LEADER, province)
    content = running.contents.get(code="b")
    for number in range(40):
        unit = factories.unit(f"Xã Số {number:02d}", kind="commune", superior=province)
        services.join(campaign=running, unit=unit, actor=head)
        report = PeriodicReport.objects.get(unit=unit)
        texts = {content.pk: f"Đạt {number} %."}
        report = acts.save_report(
            report=report, actor=head, parts=texts, figures={}, summary=f"Chung {number}"
        )
        REPORT.perform(report, "send", actor=head)
    return content


def test_forty_reports_are_put_together_content_by_content(running, province, agency, steward):
    content = forty(running, province)
    made = acts.put_together(duty=running.duties.get(), unit=agency, period="2025", actor=steward)

    text = made.parts.get(content=content).text
    assert len(made.merged) == 40
    assert text.split("\n\n")[7] == "Xã Số 07: Đạt 7 %."
    assert made.summary.count("\n\n") == 39


def test_what_comes_in_later_is_added_and_edits_stay(
    running, province, agency, steward, owed, unit_leader
):
    content = forty(running, province)
    yearly = running.duties.get()
    made = acts.put_together(duty=yearly, unit=agency, period="2025", actor=steward)
    acts.save_synthesis(
        synthesis=made,
        actor=steward,
        parts={content.pk: "Các xã đều đạt."},
        version=made.version,
        summary="Gọn lại.",
        difficulties="",
        proposals="",
    )
    REPORT.perform(owed, "send", actor=unit_leader)
    again = acts.put_together(duty=yearly, unit=agency, period="2025", actor=steward)

    assert Synthesis.objects.count() == 1
    assert len(again.merged) == 41
    assert again.parts.get(content=content).text == "Các xã đều đạt."
    assert again.parts.get(content__code="a").text == "Phường Cao Lãnh: Đã mở 5 lớp."


def test_what_is_changed_on_a_content_of_a_synthesis_is_in_the_history(
    running, province, agency, steward
):
    content = forty(running, province)
    made = acts.put_together(duty=running.duties.get(), unit=agency, period="2025", actor=steward)
    texts = {name: getattr(made, name) for name in acts.TEXTS}
    lines = Entry.objects.of(made).count()

    for text in ("Các xã đều đạt.", "Các xã đều đạt."):
        made = acts.save_synthesis(
            synthesis=made, actor=steward, parts={content.pk: text}, version=made.version, **texts
        )

    assert Entry.objects.of(made).count() == lines + 1
    _before, after = Entry.objects.of(made)[0].words.changes["contents"]
    assert after == f"{content}: Các xã đều đạt."


def test_a_duty_with_reports_is_not_taken_out_of_the_plan(owed):

    assert campaign_rules.users_of([owed.duty]) == {owed.duty_id: 1}
