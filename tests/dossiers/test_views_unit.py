"""The pages of a unit: what they show, to whom, and at what price."""

import datetime
import itertools
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.permissions import Role
from core.clock import clock
from dossiers.models import Defect, Dossier
from tests import factories
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db
State = Dossier.State


@pytest.fixture(autouse=True)
def _day(today):
    return today


@pytest.fixture
def draft(ward, award_round, staff):
    return writing.draft(unit=ward, of_round=award_round, by=staff)


@pytest.fixture
def complete(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


@pytest.fixture
def stranger(province):
    elsewhere = factories.unit("Xã Mỹ Thọ", kind="commune", superior=province)
    return factories.member(Role.UNIT_LEADER, elsewhere)


def page(client, name, *args):
    return client.get(reverse(f"dossiers:{name}", args=args))


# --- the list ------------------------------------------------------------------------------


def test_the_list_says_who_holds_what(signed_in, staff, dossier_in, officer):
    dossier_in("appraising", officer=officer)

    text = signed_in(staff).get(reverse("dossiers:list")).content.decode()

    assert "KH207-" in text
    assert "Phạm Quốc Khánh, Sở Nội vụ" in text
    assert "Đang thẩm định" in text


def test_the_list_is_searched_without_accents(signed_in, staff, complete, dossier_in):
    dossier_in("submitted")

    found = signed_in(staff).get(reverse("dossiers:list"), {"q": "le minh TAM"})

    assert [row.record for row in found.context["table"].page.object_list] == [complete]


def test_the_list_is_filtered_by_place(signed_in, staff, complete, dossier_in):
    away = dossier_in("submitted")

    found = signed_in(staff).get(reverse("dossiers:list"), {"where": "elsewhere"})

    assert [row.record for row in found.context["table"].page.object_list] == [away]


def test_a_stranger_sees_an_empty_list(signed_in, stranger, complete):
    found = page(signed_in(stranger), "list")

    assert list(found.context["table"].page.object_list) == []


def test_the_list_as_a_workbook_holds_the_filtered_rows(signed_in, staff, complete, dossier_in):
    away = dossier_in("submitted")

    answer = signed_in(staff).get(reverse("dossiers:export"), {"where": "elsewhere"})

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [away.number]


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_costs_as_many_queries_for_one_row_as_for_five(
    rows, signed_in, staff, dossier_in, django_assert_max_num_queries
):
    for _n in range(rows):
        dossier_in("submitted")
    client = signed_in(staff)
    client.get(reverse("ping"))  # the session is stretched once a minute

    with django_assert_max_num_queries(9):
        page(client, "list")


# --- opening -------------------------------------------------------------------------------


def test_a_dossier_is_opened_with_one_press(signed_in, staff, ward, award_round):
    client = signed_in(staff)
    key = page(client, "open", award_round.pk).context["form"].initial["once"]

    answer = client.post(
        reverse("dossiers:open", args=[award_round.pk]), {"unit": ward.pk, "once": key}
    )

    made = Dossier.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.unit, made.state, made.created_by) == (ward, State.DRAFT, staff)


def test_no_dossier_is_opened_once_the_round_is_over(signed_in, staff, ward, award_round):
    award_round.closes_at = clock.end_of(datetime.date(2025, 11, 30))
    award_round.save()
    client = signed_in(staff)

    shown = page(client, "open", award_round.pk)
    answer = client.post(reverse("dossiers:open", args=[award_round.pk]), {"unit": ward.pk})

    assert shown.context["closed"]
    assert (answer.status_code, Dossier.objects.count()) == (409, 0)


def test_no_dossier_is_opened_for_a_unit_out_of_reach(signed_in, staff, agency, award_round):
    answer = signed_in(staff).post(
        reverse("dossiers:open", args=[award_round.pk]), {"unit": agency.pk}
    )

    assert (answer.status_code, Dossier.objects.count()) == (422, 0)


def test_rounds_that_take_dossiers_are_offered(signed_in, staff, award_round):
    assert page(signed_in(staff), "rounds").context["rounds"] == [(award_round, None)]


# --- one dossier ---------------------------------------------------------------------------


def test_a_draft_shows_what_is_missing_and_a_greyed_step(signed_in, staff, draft):
    shown = page(signed_in(staff), "dossier", draft.pk)

    assert not shown.context["forward"].ready
    assert "Chưa trình được vì còn 5 mục phải sửa." in shown.content.decode()


def test_a_complete_dossier_offers_its_step(signed_in, staff, complete):
    shown = page(signed_in(staff), "dossier", complete.pk)

    assert shown.context["forward"].ready
    assert f'action="{complete.get_absolute_url()}to_head/"' in shown.content.decode()


def test_a_dossier_out_of_reach_is_404(signed_in, stranger, complete):
    client = signed_in(stranger)
    nominee = complete.nominations.get()
    component = complete.campaign.components.first()
    paper = complete.papers.first()
    addresses = {
        "dossier": [complete.pk],
        "general": [complete.pk],
        "nominate": [complete.pk, "individual"],
        "papers": [complete.pk, component.pk],
        "preview": [complete.pk],
        "nomination": [nominee.pk],
        "report": [nominee.pk],
        "paper": [paper.pk],
    }

    assert {
        name: page(client, name, *args).status_code for name, args in addresses.items()
    } == dict.fromkeys(addresses, 404)


def test_the_standing_agency_reads_and_does_not_write(signed_in, stewarded, ward, staff, steward):
    dossier = sent.dossier(unit=ward, of_round=factories.award_round(stewarded), by=staff)
    client = signed_in(steward)

    shown = page(client, "dossier", dossier.pk)
    written = client.post(reverse("dossiers:general", args=[dossier.pk]), {"contact": "x"})

    assert shown.status_code == 200
    assert "Ghi" not in shown.context["reading"].rail
    assert written.status_code == 403


def test_a_return_shows_its_reasons_first(signed_in, staff, dossier_in, officer):
    dossier = dossier_in("returned", officer=officer, mend_by=datetime.date(2025, 12, 5))
    Defect.objects.create(
        dossier=dossier,
        submission=dossier.submissions.first(),
        part="paper:BB",
        text="Biên bản chưa ghi số phiếu.",
        by=officer,
    )

    text = page(signed_in(staff), "dossier", dossier.pk).content.decode()

    assert text.index("Biên bản chưa ghi số phiếu.") < text.index("Kết quả kiểm tra")
    assert "Phạm Quốc Khánh" in text


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("staff", State.DRAFT),
        *itertools.product(
            ["staff", "leader", "officer"], [State.RETURNED, State.APPRAISING, State.APPRAISED]
        ),
    ],
)
@pytest.mark.parametrize("nominees", [1, 5])
def test_a_dossier_costs_at_most_fifteen_queries(
    who, state, nominees, request, signed_in, staff, dossier_in, django_assert_max_num_queries
):
    dossier = dossier_in(state, nominees=nominees)
    if state == State.RETURNED:
        sent = dossier.submissions.first()
        for part in ("general", "nominees"):
            Defect.objects.create(dossier=dossier, submission=sent, part=part, text="…", by=staff)
    client = signed_in(request.getfixturevalue(who))
    client.get(reverse("ping"))  # the session is stretched once a minute

    with django_assert_max_num_queries(15):
        page(client, "dossier", dossier.pk)


def test_the_preview_says_what_is_locked_and_who_gets_it(signed_in, staff, complete):
    shown = page(signed_in(staff), "preview", complete.pk)

    text = shown.content.decode()
    assert "Lê Minh Tâm" in text
    assert "thủ trưởng đơn vị, sau đó Sở Nội vụ" in text
    assert "Trình lãnh đạo duyệt" in text


def test_the_preview_of_a_sent_dossier_is_gone(signed_in, staff, dossier_in):
    assert page(signed_in(staff), "preview", dossier_in("submitted").pk).status_code == 404


def test_a_unit_walks_from_staff_to_receipt(signed_in, staff, unit_leader, complete):
    signed_in(staff).post(reverse("dossiers:step", args=[complete.pk, "to_head"]))
    client = signed_in(unit_leader)

    client.post(reverse("dossiers:step", args=[complete.pk, "submit"]))

    receipt = complete.submissions.get()
    text = page(client, "receipt", receipt.pk).content.decode()
    assert receipt.number in text
    assert receipt.sha256 in text
    assert page(client, "receipt", receipt.pk).status_code == 200
    assert (
        reverse("dossiers:receipt", args=[receipt.pk])
        in page(client, "dossier", complete.pk).content.decode()
    )


def test_a_blocked_step_by_force_says_why(signed_in, staff, draft):
    answer = signed_in(staff).post(reverse("dossiers:step", args=[draft.pk, "to_head"]))

    assert answer.status_code == 409
    assert "Ghi số và ngày của tờ trình." in answer.content.decode()


@pytest.mark.parametrize("version", ["²", "9" * 5000, "9" * 30])
def test_a_step_with_a_version_that_is_none_is_not_done(signed_in, staff, complete, version):
    step = reverse("dossiers:step", args=[complete.pk, "to_head"])

    answer = signed_in(staff).post(step, {"version": version})

    assert answer.status_code == 302
    complete.refresh_from_db()
    assert complete.state == "draft"


def test_a_receipt_out_of_reach_is_404(signed_in, stranger, dossier_in):
    receipt = dossier_in("submitted").submissions.get()

    assert page(signed_in(stranger), "receipt", receipt.pk).status_code == 404
    assert page(signed_in(stranger), "receipt_file", receipt.pk).status_code == 404


@pytest.mark.parametrize(
    ("state", "shown"), [("appraised", True), ("council", False), ("proposed", False)]
)
def test_no_clock_runs_once_the_appraisal_is_confirmed(due, signed_in, officer, state, shown):
    """Past its day it is late only while it lies with Home Affairs."""
    made = due(-9, state=state)
    browser = signed_in(officer)

    for address in (made.get_absolute_url(), f"/ho-so/tham-dinh/{made.pk}/"):
        assert ("clock late" in browser.get(address).content.decode()) == shown


@pytest.mark.parametrize("state", ["returned", "unit_review"])
def test_a_dossier_that_came_back_has_one_day(dossier_in, award_round, signed_in, officer, state):
    award_round.closes_at = clock.end_of(datetime.date(2025, 12, 10))
    award_round.save()
    dossier = dossier_in(state, mend_by=datetime.date(2025, 12, 12))
    dossier.defects.create(
        submission=dossier.submissions.get(), part="general", text="Thiếu", by=officer
    )

    text = page(signed_in(dossier.created_by), "dossier", dossier.pk).content.decode()

    assert text.count("12/12/2025") == 2
    assert "10/12/2025" not in text
