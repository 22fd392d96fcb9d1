"""The first page says what to do now, to everybody."""

import datetime

import pytest
from django.urls import reverse

from accounts.permissions import Role
from core.clock import clock
from dossiers.models import Defect
from tests import factories
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(today):
    return today


def tasks(client):
    shown = client.get(reverse("home"))
    return [(task.title, task.verb) for task in shown.context["tasks"]]


def test_a_round_without_a_dossier_is_something_to_do(signed_in, staff, award_round):
    assert tasks(signed_in(staff)) == [
        ("Chưa lập hồ sơ đợt Tổng kết giai đoạn 2022–2025", "Lập hồ sơ mới")
    ]


def test_a_return_stands_first_with_its_reasons(
    signed_in, staff, ward, award_round, dossier_in, officer
):
    award_round.closes_at = clock.end_of(datetime.date(2025, 12, 10))
    award_round.save()
    writing.draft(unit=ward, of_round=award_round, by=staff)
    back = dossier_in("returned", mend_by=datetime.date(2025, 12, 5))
    Defect.objects.create(
        dossier=back,
        submission=back.submissions.first(),
        part="paper:BB",
        text="Thiếu số phiếu.",
        by=officer,
    )

    shown = signed_in(staff).get(reverse("home"))

    first, second = shown.context["tasks"]
    assert first.title == f"Hồ sơ {back.number} bị trả lại để bổ sung"
    assert (first.reasons, first.due) == (["Thiếu số phiếu."], datetime.date(2025, 12, 5))
    assert (second.verb, second.due) == ("Làm tiếp", datetime.date(2025, 12, 10))
    assert "còn 4 ngày làm việc" in shown.content.decode()


def test_the_head_finds_what_waits_to_be_sent(signed_in, unit_leader, ward, award_round, staff):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)

    assert tasks(signed_in(unit_leader)) == [(f"{dossier} đang chờ bạn duyệt và gửi", "Xem và gửi")]
    assert tasks(signed_in(staff)) == []


@pytest.mark.parametrize(
    ("role", "state", "title"),
    [
        (Role.OFFICER, "aggregated", "1 hồ sơ chờ thẩm định"),
        (Role.SECTION_HEAD, "appraised", "1 hồ sơ chờ duyệt thẩm định"),
        (Role.COUNCIL_SECRETARY, "council", "1 hồ sơ trình Hội đồng"),
    ],
)
def test_offices_find_their_queues(signed_in, province, dossier_in, role, state, title):
    dossier_in(state)
    somebody = factories.member(role, province)

    assert [line for line, _verb in tasks(signed_in(somebody))] == [title]


def test_the_standing_agency_finds_what_to_list(signed_in, stewarded, ward, staff, steward):
    sent.dossier(unit=ward, of_round=factories.award_round(stewarded), by=staff)

    assert [line for line, _verb in tasks(signed_in(steward))] == ["1 hồ sơ chờ tổng hợp"]


def test_nothing_to_do_is_said(signed_in, admin):
    assert "Không có việc nào chờ bạn" in signed_in(admin).get(reverse("home")).content.decode()


def test_the_campaign_shows_where_it_stands(signed_in, staff, award_round):
    award_round.campaign.phases.create(
        code="nop",
        order=1,
        name="Nộp hồ sơ",
        opens_at=clock.as_instant(datetime.date(2025, 11, 1)),
        closes_at=clock.end_of(datetime.date(2025, 12, 10)),
    )

    phases = signed_in(staff).get(reverse("home")).context["campaign"]["phases"]

    assert phases == [("Nộp hồ sơ", "01/11/2025 – 10/12/2025", "now")]


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("who", ["staff", "unit_leader", "officer", "section_head"])
def test_the_first_page_costs_at_most_fifteen_queries(
    who, rows, request, signed_in, dossier_in, django_assert_max_num_queries
):
    for _n in range(rows):
        back = dossier_in("returned")
        sent_last = back.submissions.get()
        put = {"dossier": back, "submission": sent_last, "by": request.getfixturevalue("officer")}
        Defect.objects.create(part="paper:BB", text="Thiếu số phiếu.", **put)
        Defect.objects.create(part="general", text="Sai ngày.", answer="Đúng ngày.", **put)
        dossier_in("appraising")
        dossier_in("appraised")
    client = signed_in(request.getfixturevalue(who))
    client.get(reverse("ping"))  # the session is stretched once a minute

    with django_assert_max_num_queries(15):
        client.get(reverse("home"))
