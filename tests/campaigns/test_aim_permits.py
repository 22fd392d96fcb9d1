"""Late permits for a registration of titles: one unit sends after the day, with who said so."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.figures import dues
from campaigns.models import AimList, Block, LatePermit, PeriodicReport, ReportDuty
from campaigns.services import aims, permits
from campaigns.workflow.aims import AIM_LIST
from core.clock import clock
from core.workflow import Blocked
from tests import factories
from tests.campaigns.aiming import LAST, line, second

pytestmark = pytest.mark.django_db
UNTIL = datetime.date(2025, 12, 15)


@pytest.fixture
def over(call):
    """The registration ended on 28 November, the Friday before."""
    call.due_at = clock.as_instant(datetime.date(2025, 11, 29))
    call.save()
    return call


@pytest.fixture
def block_call(today, province, officer, ward, agency):
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"),
        members=[ward, agency],
        actor=officer,
    )
    block = campaign_services.name_heads(block=block, head=agency, deputies=[], actor=officer)
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=officer)
    type(call).objects.update(due_at=clock.as_instant(datetime.date(2025, 11, 29)))
    call.refresh_from_db()
    return call


def give(call, unit, actor, **said):
    values = {"last_day": UNTIL, "reason": "Mất điện do bão.", **said}
    return permits.give(call=call, unit=unit, actor=actor, **values)


def test_a_permit_opens_the_registration_for_its_unit_only(
    over, written, province, unit_leader, steward
):
    other = factories.unit("Xã Mỹ Hiệp", kind="commune", superior=province)
    campaign_services.join(campaign=over.campaign, unit=other, actor=unit_leader)
    head = factories.member(Role.UNIT_LEADER, other)
    row = aims.save_aims(call=over, unit=other, lines=[line()], actor=head)
    permit = give(over, written.unit, steward)

    with pytest.raises(Blocked, match="cho phép gửi muộn"):
        AIM_LIST.perform(row, "send", actor=head)
    sent = AIM_LIST.perform(AimList.objects.get(pk=written.pk), "send", actor=unit_leader)
    assert sent.state == AimList.State.SENT
    assert (permit.campaign, permit.given_for) == (over.campaign, over.collector)


def test_a_permit_ends_at_its_own_instant_and_when_it_is_withdrawn(
    over, written, unit_leader, steward, settings
):
    permit = give(over, written.unit, steward)
    settings.DEMO = True
    too_late = datetime.datetime(2025, 12, 16, tzinfo=clock.ZONE)
    with clock.standing_at(too_late), pytest.raises(Blocked, match="Đã hết hạn đăng ký"):
        AIM_LIST.perform(AimList.objects.get(pk=written.pk), "send", actor=unit_leader)
    permits.withdraw(permit=permit, actor=steward)
    with pytest.raises(Blocked, match="Đã hết hạn đăng ký"):
        AIM_LIST.perform(AimList.objects.get(pk=written.pk), "send", actor=unit_leader)


def test_a_permit_that_would_be_of_no_use_is_refused_with_every_reason(sent, ward, steward):
    with pytest.raises(Blocked) as refused:
        give(sent.call, ward, steward, last_day=datetime.date(2025, 12, 5))
    assert [str(finding) for finding in refused.value.findings] == [
        "Mọi đơn vị được gửi đến hết ngày 10/12/2025; ngày cho phép gửi muộn phải sau ngày đó.",
        "Phường Cao Lãnh đã gửi bản đăng ký; bản bị trả lại không tính hạn.",
    ]
    assert not LatePermit.objects.exists()


def test_a_permit_is_for_one_thing_and_of_a_campaign_unless_for_a_call(over, written, steward):
    permit = give(over, written.unit, steward)
    for values in (
        {"round": over.campaign.rounds.first()},
        {"call": None},
        {"period": "2025"},
        {"call": None, "round": over.campaign.rounds.first(), "campaign": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LatePermit.objects.filter(pk=permit.pk).update(**values)


def test_the_collector_gives_and_withdraws_one_on_the_page_and_the_unit_reads_it(
    over, ward, steward, staff, signed_in
):
    client = signed_in(steward)
    page = reverse("campaigns:aim_list", args=[over.pk, ward.pk])
    address = reverse("campaigns:aim_permits", args=[over.pk])
    assert f'href="{address}?unit={ward.pk}"' in client.get(page).content.decode()
    assert address in client.get(over.get_absolute_url()).content.decode()
    assert client.get(f"{address}?unit={ward.pk}").context["form"]["unit"].value() == str(ward.pk)

    said = {"unit": ward.pk, "last_day": "15/12/2025", "reason": "Mất điện do bão."}
    assert client.post(address, said)["Location"] == address
    assert "Mất điện do bão." in client.get(address).content.decode()
    told = Notice.objects.filter(user=staff, text__contains="15/12/2025").get()
    assert told.address == over.get_absolute_url()
    read = "gửi muộn đến hết ngày 15/12/2025"
    for name in ("aim_list", "aim_write"):
        shown = signed_in(staff).get(reverse(f"campaigns:{name}", args=[over.pk, ward.pk]))
        assert read in shown.content.decode()

    permit = LatePermit.objects.get()
    gone = signed_in(steward).post(reverse("campaigns:permit_withdraw", args=[permit.pk]))
    assert gone["Location"] == address
    assert read not in signed_in(staff).get(page).content.decode()


def test_a_permit_with_faults_comes_back_with_what_was_typed(over, province, steward, signed_in):
    address = reverse("campaigns:aim_permits", args=[over.pk])
    answer = signed_in(steward).post(address, {"reason": "Vì bão", "last_day": "31/02/2026"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Vì bão" in text
    assert "31/02/2026" in text


def test_a_unit_that_has_sent_or_takes_no_part_is_not_offered(
    call, province, ward, unit_leader, steward, signed_in
):
    row = second(call, province, unit_leader)
    stranger = factories.unit("Xã Ngoài", kind="commune", superior=province)
    client = signed_in(steward)
    form = client.get(reverse("campaigns:aim_permits", args=[call.pk])).context["form"]
    assert list(form.fields["unit"].queryset) == [ward]
    assert {row.unit, stranger}.isdisjoint(form.fields["unit"].queryset)


def test_the_campaigns_page_of_permits_offers_its_registrations_too(
    over, ward, steward, staff, signed_in
):
    client, address = signed_in(steward), reverse("campaigns:permits", args=[over.campaign_id])
    assert f'value="call:{over.pk}"' in client.get(address).content.decode()
    said = {"unit": ward.pk, "subject": f"call:{over.pk}", "last_day": "15/12/2025"}
    assert client.post(address, said | {"reason": "Vì bão"}).status_code == 302
    assert LatePermit.objects.get().call == over
    text = client.get(address).content.decode()
    assert "Đăng ký danh hiệu: Phong trào thi đua chuyển đổi số (2025)" in text
    part = reverse("campaigns:unit_part", args=[over.campaign_id, ward.pk])
    assert "Vì bão" in signed_in(staff).get(part).content.decode()


def test_a_unit_that_only_owes_reports_gets_no_permit_to_register(
    over, province, steward, signed_in
):
    stranger = factories.unit("Xã Ngoài", kind="commune", superior=province)
    duty = ReportDuty.objects.create(
        campaign=over.campaign, code="nam", order=1, who="Thành viên", frequency="yearly"
    )
    PeriodicReport.objects.create(
        duty=duty,
        unit=stranger,
        unit_name=stranger.name,
        receiver=over.collector,
        period="2025",
        due_at=over.due_at,
    )
    client, address = signed_in(steward), reverse("campaigns:permits", args=[over.campaign_id])
    said = {"unit": stranger.pk, "last_day": "15/12/2025", "reason": "Vì bão"}
    answer = client.post(address, said | {"subject": f"call:{over.pk}"})
    assert "Xã Ngoài không tham gia đợt đăng ký này." in answer.content.decode()
    assert not LatePermit.objects.exists()
    assert client.post(address, said | {"subject": f"duty:{duty.pk}:2025"}).status_code == 302

    PeriodicReport.objects.update(due_at=None)  # no report is left to choose
    assert stranger not in client.get(address).context["form"].fields["unit"].queryset


def test_the_head_of_a_block_gives_permits_for_it_and_takes_none_of_reports_back(
    block_call, ward, agency, running, steward, signed_in
):
    head = factories.member(Role.UNIT_LEADER, agency)
    client = signed_in(head)
    said = {"unit": ward.pk, "last_day": "15/12/2025", "reason": "Vì bão"}
    address = reverse("campaigns:aim_permits", args=[block_call.pk])
    assert client.post(address, said).status_code == 302
    permit = LatePermit.objects.get()
    assert (permit.campaign, permit.call, permit.given_by) == (None, block_call, head)
    withdraw = reverse("campaigns:permit_withdraw", args=[permit.pk])
    assert client.get(withdraw).status_code == 200

    of_round = permits.give(
        campaign=running,
        unit=ward,
        round=running.rounds.first(),
        last_day=UNTIL,
        reason="Vì bão",
        actor=steward,
    )
    LatePermit.objects.filter(pk=of_round.pk).update(given_for=agency)
    foreign = reverse("campaigns:permit_withdraw", args=[of_round.pk])
    assert client.post(foreign).status_code == 404


def test_a_unit_with_a_permit_is_reminded_of_the_day_of_the_permit(over, ward, steward):
    def days():
        return [due.day for due in dues.open_dues([ward.pk]) if due.kind == "aim"]

    assert days() == [datetime.date(2025, 11, 28)]
    permit = give(over, ward, steward)
    assert days() == [UNTIL]
    permits.withdraw(permit=permit, actor=steward)
    assert days() == [datetime.date(2025, 11, 28)]


def test_a_late_permit_of_last_years_call_is_reminded_of_for_its_unit_alone(
    block_call, ward, officer, settings
):
    def days():
        with clock.standing_at(clock.as_instant(datetime.date(2026, 1, 5))):
            return [(due.unit, due.day) for due in dues.open_dues() if due.kind == "aim"]

    settings.DEMO = True
    assert days() == []
    permit = give(block_call, ward, officer, last_day=datetime.date(2026, 1, 15))
    assert days() == [(ward.pk, datetime.date(2026, 1, 15))]
    permits.withdraw(permit=permit, actor=officer)
    assert days() == []


def test_nobody_else_reaches_the_permits_of_a_registration(over, ward, staff, province, signed_in):
    address = reverse("campaigns:aim_permits", args=[over.pk])
    assert signed_in(staff).get(address).status_code == 404
    assert signed_in(factories.member(Role.LEADER_VIEW, province)).get(address).status_code == 404
