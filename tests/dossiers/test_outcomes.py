"""Registration beside result: missing is missing, and nobody reads another unit's."""

import datetime

import pytest
from django.urls import reverse

from accounts.permissions import Role
from awards.models import NomineeKind
from campaigns import services as campaign_services
from campaigns.models import AimList, Block
from campaigns.rules.aims import Line
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.documents import pdf
from dossiers.figures import Outcome, outcomes
from dossiers.models import Nomination
from tests import factories
from tests.factories import awards as given
from tests.factories import sent

pytestmark = pytest.mark.django_db
LAST = datetime.date(2025, 12, 10)
COLLECTIVE, INDIVIDUAL = NomineeKind.COLLECTIVE, NomineeKind.INDIVIDUAL


@pytest.fixture
def of_round(today, stewarded, ward, unit_leader):
    campaign_services.join(campaign=stewarded, unit=ward, actor=unit_leader)
    return factories.award_round(stewarded)


@pytest.fixture
def call(of_round, stewarded, steward):
    return aims.open_call(subject=stewarded, year=2025, last_day=LAST, actor=steward)


@pytest.fixture
def registered(call, ward, staff, unit_leader):
    """The ward aims at one collective, two people and one by name."""
    award = factories.award_type()
    lines = [
        Line(award, COLLECTIVE, 1),
        Line(award, INDIVIDUAL, 2),
        Line(award, INDIVIDUAL, 1, "Lê Văn Nam"),
    ]
    row = aims.save_aims(call=call, unit=ward, lines=lines, actor=staff)
    return AIM_LIST.perform(row, "send", actor=unit_leader)


def shown(call, units=None):
    return [(o.kind, o.name, o.aimed, o.got, o.words) for o in outcomes(call, units)]


def test_without_a_dossier_nothing_is_known_which_is_not_nought(registered, call):
    assert shown(call) == [
        ("Cá nhân", "Lê Văn Nam", 1, None, "chưa có hồ sơ"),
        ("Tập thể", "", 1, None, "chưa có hồ sơ"),
        ("Cá nhân", "", 2, None, "chưa có hồ sơ"),
    ]


def test_what_is_not_decided_is_not_known_yet_what_failed_is_nought(
    registered, call, ward, of_round, staff, province, decider
):
    award = given.issued(unit=province, decider=decider).awards.get()
    dossier = sent.dossier(unit=ward, of_round=of_round, by=staff, nominees=0)
    sent.nominee(dossier, name="LÊ VĂN NAM", result="awarded", award=award)
    sent.nominee(dossier, kind=COLLECTIVE, name="Phường", result="failed")
    sent.nominee(dossier, result="pending")
    sent.nominee(dossier, result="dropped")
    sent.nominee(dossier, kind=NomineeKind.HOUSEHOLD, name="Hộ ông A", result="dropped")

    assert shown(call) == [
        ("Cá nhân", "Lê Văn Nam", 1, 1, "đã có quyết định"),
        ("Tập thể", "", 1, 0, "đã có quyết định"),
        ("Cá nhân", "", 2, None, "chưa có quyết định"),
        ("Hộ gia đình", "", None, 0, "đã có quyết định"),
    ]
    assert [one.reached for one in outcomes(call)] == [True, False, None, None]


def test_a_revoked_award_is_not_counted(registered, call, ward, of_round, staff, province, decider):
    award = given.issued(unit=province, decider=decider).awards.get()
    dossier = sent.dossier(unit=ward, of_round=of_round, by=staff, nominees=0)
    sent.nominee(dossier, name="Lê Văn Nam", result="awarded", award=award)
    given.revoke(award, actor=decider)
    assert shown(call)[0] == ("Cá nhân", "Lê Văn Nam", 1, 0, "đã có quyết định")


def test_a_list_that_was_never_sent_is_no_registration(call, ward, staff):
    line = Line(factories.award_type(), INDIVIDUAL, 1)
    aims.save_aims(call=call, unit=ward, lines=[line], actor=staff)
    assert shown(call) == [("", "", None, None, "chưa gửi đăng ký")]
    AimList.objects.update(state="refused")
    assert shown(call) == [("", "", None, None, "đăng ký bị từ chối")]


def test_a_block_counts_awards_of_the_register(today, province, officer, ward, decider):
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"), members=[ward], actor=officer
    )
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=officer)
    draft = given.decision(unit=province)
    given.award(draft, name="Bà Trần Thị A", unit=ward, actor=officer)
    given.authority()
    given.DECISION.perform(given.sign(draft, actor=officer), "issue", actor=decider)
    assert shown(call) == [
        ("", "", None, None, "không đăng ký"),
        ("Cá nhân", "", None, 1, "đã có quyết định"),
    ]


@pytest.mark.parametrize(
    ("achieved", "signed", "counts"),
    [
        (2024, datetime.date(2025, 1, 15), []),
        (2025, datetime.date(2025, 11, 28), [1]),
        (2023, datetime.date(2023, 11, 28), []),
        (None, datetime.date(2025, 1, 15), [1]),  # nobody stated a year: that of the signing
    ],
)
def test_an_award_of_the_register_counts_for_the_year_of_its_achievement(
    today, province, officer, ward, decider, achieved, signed, counts
):
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"), members=[ward], actor=officer
    )
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=officer)
    draft = given.decision(unit=province)
    years = {"achieved_from": None, "achieved_to": achieved}
    given.award(draft, name="Bà Trần Thị A", unit=ward, actor=officer, **years)
    given.authority()
    given.sign(draft, actor=officer, signed_on=signed)
    given.DECISION.perform(draft, "issue", actor=decider)

    assert [one.got for one in outcomes(call) if one.award] == counts


def test_the_page_the_workbook_and_the_paper(registered, call, steward, signed_in):
    client = signed_in(steward)
    assert (
        reverse("dossiers:outcomes", args=[call.pk])
        in client.get(call.get_absolute_url()).content.decode()
    )
    text = client.get(reverse("dossiers:outcomes", args=[call.pk])).content.decode()
    assert "Đã đăng ký 3 mục" in text
    assert "chưa có hồ sơ" in text
    book = client.get(reverse("dossiers:outcomes_xlsx", args=[call.pk]))
    paper = client.get(reverse("dossiers:outcomes_pdf", args=[call.pk]))
    assert (book.status_code, paper.content[:4]) == (200, b"%PDF")


def test_a_unit_reads_its_own_lines_only(registered, call, province, staff, signed_in, unit_leader):
    other = factories.unit("Xã Khác", kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=other, actor=unit_leader)
    address = reverse("dossiers:outcomes", args=[call.pk])
    foreign = signed_in(factories.member(Role.UNIT_LEADER, other)).get(address).content.decode()
    assert "Lê Văn Nam" not in foreign
    assert "không đăng ký" in foreign
    assert "Lê Văn Nam" in signed_in(staff).get(address).content.decode()
    elsewhere = factories.member(Role.UNIT_STAFF, factories.unit("Tỉnh Khác", kind="province"))
    assert signed_in(elsewhere).get(address).status_code == 404


@pytest.mark.parametrize("units", [1, 6])
def test_the_page_asks_as_often_for_any_number_of_units(
    call, province, officer, steward, signed_in, units, django_assert_max_num_queries
):
    for number in range(units):
        unit = factories.unit(f"Xã Số {number}", superior=province)
        campaign_services.join(campaign=call.campaign, unit=unit, actor=officer)
        head = factories.member(Role.UNIT_LEADER, unit)
        line = Line(factories.award_type(), INDIVIDUAL, 1)
        row = aims.save_aims(call=call, unit=unit, lines=[line], actor=head)
        AIM_LIST.perform(row, "send", actor=head)
    client = signed_in(steward)
    with django_assert_max_num_queries(18):
        client.get(reverse("dossiers:outcomes", args=[call.pk]))
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("got", "waits", "reached"), [(1, True, None), (1, False, False), (2, True, True)]
)
def test_an_aim_is_not_missed_while_something_is_not_decided(got, waits, reached):
    line = Outcome("Phường Mẫu", "Bằng khen", "Cá nhân", "", 2, got, "", open=waits)
    assert line.reached is reached


def test_units_are_searched_without_accents_each_within_what_one_may_read(
    registered, call, province, officer, steward, staff, signed_in
):
    other = factories.unit("Xã Mỹ Hiệp", kind="commune", superior=province)
    campaign_services.join(campaign=call.campaign, unit=other, actor=officer)
    page = reverse("dossiers:outcomes", args=[call.pk])

    def found(user, words):
        lines = signed_in(user).get(page, {"q": words}).context["page_obj"]
        return {line.unit_name for line in lines}

    assert found(steward, "my hiep") == {"Xã Mỹ Hiệp"}
    assert found(steward, "") == {"Xã Mỹ Hiệp", "Phường Cao Lãnh"}
    assert found(staff, "my hiep") == set()
    assert found(staff, "LANH") == {"Phường Cao Lãnh"}
    text = signed_in(staff).get(page, {"q": "my hiep"}).content.decode()
    assert "Không có đơn vị nào khớp" in text


def test_a_paper_that_cannot_be_printed_leads_back_with_the_reason(
    registered, call, steward, signed_in, monkeypatch
):
    monkeypatch.setattr(pdf, "MOST_ROWS", 2)
    answer = signed_in(steward).get(reverse("dossiers:outcomes_pdf", args=[call.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("dossiers:outcomes", args=[call.pk]), 302)]
    assert "quá dài" in answer.content.decode()
