"""Papers of a registration of titles, and who reads what of a receipt."""

import datetime
import subprocess

import pytest
from django.urls import reverse

from accounts.permissions import Role
from awards.models import NomineeKind
from campaigns import documents
from campaigns import services as campaign_services
from campaigns.documents import aims as papers
from campaigns.figures import aims as figures
from campaigns.models import AimRollUp, Block
from campaigns.services import aims
from campaigns.views.running.aim_papers import RollUpPaper
from core.documents import pdf
from core.jobs import background
from core.jobs.models import Job
from core.ui import once
from tests import factories
from tests.campaigns.aiming import LAST, line, second

pytestmark = pytest.mark.django_db
LONG = "Nguyễn Phúc Hoàng Thị Thanh Trúc Quỳnh Như Anh Thư"


@pytest.fixture
def rolled_up(sent, province, unit_leader, steward):
    """The ward's list and that of Xã Mỹ Hiệp went to the province in one act."""
    other = second(sent.call, province, unit_leader)
    aims.approve(lists=[sent, other], actor=steward)
    return aims.send_upward(call=sent.call, actor=steward)


def text_of(paper, *how):
    call = ["pdftotext", *how, "-", "-"]
    said = subprocess.run(call, input=paper, capture_output=True, check=True)
    return " ".join(said.stdout.decode().split())


def test_a_sent_list_is_printed_with_its_lines_its_sum_and_when_it_was_sent(sent):
    text = text_of(documents.aim_list(sent))
    for words in (
        "ỦY BAN NHÂN DÂN PHƯỜNG CAO LÃNH",
        "Cao Lãnh, ngày 01 tháng 12 năm 2025",
        "BẢN ĐĂNG KÝ",
        "Kính gửi: Sở Khoa học và Công nghệ",
        "Trần Thị Hương",
    ):
        assert words in text
    assert "chưa gửi" not in text
    assert papers.list_context(sent)["total"] == 4


def test_a_list_that_is_not_sent_says_so_and_leaves_the_day_open(written):
    context = papers.list_context(written)
    assert (context["stands"], context["head"]["date"]) == ("Bản đang lập, chưa gửi.", None)
    assert "Bản đang lập, chưa gửi." in text_of(documents.aim_list(written))


@pytest.mark.parametrize(
    ("kind", "name", "superior", "issuer", "place"),
    [
        ("ward", "Phường 1", "", "ỦY BAN NHÂN DÂN\nPHƯỜNG 1", "Phường 1"),
        ("department", "Sở Y tế", "ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG THÁP", "SỞ Y TẾ", "Đồng Tháp"),
        ("mass", "Hội Nông dân tỉnh", "", "HỘI NÔNG DÂN TỈNH", "Đồng Tháp"),
    ],
)
def test_the_head_is_that_of_the_kind_of_body(
    call, province, unit_leader, kind, name, superior, issuer, place
):
    unit = factories.unit(name, kind=kind, superior=province)
    campaign_services.join(campaign=call.campaign, unit=unit, actor=unit_leader)
    row = aims.save_aims(call=call, unit=unit, lines=[line()], actor=unit_leader)
    head = papers.list_context(row)["head"]
    assert (head["superior"], head["issuer"], head["place"]) == (superior, issuer, place)


def test_a_list_of_two_hundred_long_names_is_printed_whole(call, ward, staff):
    lines = [line(name=f"{LONG} {number}") for number in range(200)]
    row = aims.save_aims(call=call, unit=ward, lines=lines, actor=staff)
    text = text_of(documents.aim_list(row))
    assert all(f"{LONG} {number} " in text for number in (0, 99, 199))


def test_the_receipt_says_who_sent_what_and_its_digest(rolled_up):
    text = text_of(documents.aim_receipt(rolled_up, rolled_up.contents))
    for words in (
        rolled_up.number,
        "năm 2025",
        "Phường Cao Lãnh",
        "Xã Mỹ Hiệp",
        "Trần Thị Hương",
    ):
        assert words in text
    rows = text_of(documents.aim_receipt(rolled_up, rolled_up.contents), "-layout")
    assert "Cộng 05" in rows
    assert rolled_up.sha256 in text.replace(" ", "")
    assert "chỉ ghi phần" not in text


def test_names_of_one_title_share_rows_that_fit_a_page():
    named = [
        {"award": "Bằng khen", "kind": "individual", "number": 1, "name": f"Số {number}"}
        for number in range(30)
    ]
    some = {"award": "Bằng khen", "kind": "individual", "number": 4, "name": ""}
    rows = papers._rows([*named, some])
    assert [row["number"] for row in rows] == [4, 12, 12, 6]
    assert rows[1]["names"].startswith("Số 0; Số 1; ")


def test_every_unit_of_the_call_finds_the_receipt_and_reads_only_its_own_list(
    rolled_up, province, unit_leader, signed_in
):
    third = factories.unit("Xã Khác", kind="commune", superior=province)
    campaign_services.join(campaign=rolled_up.call.campaign, unit=third, actor=unit_leader)
    stranger = factories.member(Role.UNIT_LEADER, third)
    address, paper = (
        rolled_up.get_absolute_url(),
        reverse("campaigns:aim_roll_up_pdf", args=[rolled_up.pk]),
    )
    for user, named in ((unit_leader, ["Phường Cao Lãnh"]), (stranger, [])):
        client = signed_in(user)
        call_page = client.get(rolled_up.call.get_absolute_url()).content.decode()
        assert f'href="{address}"' in call_page
        page = client.get(address)
        assert page.context["object"].number == rolled_up.number
        assert [unit["unit"] for unit in page.context["page_obj"]] == named
        assert "Xã Mỹ Hiệp" not in page.content.decode()
        printed = text_of(client.get(paper).content)
        assert "Xã Mỹ Hiệp" not in printed
        assert "chỉ ghi phần mà người in được xem" in printed


def test_the_sender_the_receiver_and_inspectors_read_the_whole_receipt(
    rolled_up, province, agency, officer, steward
):
    clerk, auditor = factories.member(Role.CLERK, agency), factories.member(Role.AUDITOR, province)
    for user in (clerk, auditor, officer, steward):
        assert len(figures.shown_of(rolled_up, user)) == 2


def test_who_may_not_see_the_call_does_not_see_its_receipt(rolled_up, signed_in):
    elsewhere = factories.unit("Tỉnh Khác", kind="province")
    client = signed_in(factories.member(Role.OFFICER, elsewhere))
    for address in (
        rolled_up.call.get_absolute_url(),
        rolled_up.get_absolute_url(),
        reverse("campaigns:aim_roll_up_pdf", args=[rolled_up.pk]),
    ):
        assert client.get(address).status_code == 404


def test_a_unit_of_the_same_name_reads_nothing_of_the_other(
    rolled_up, province, ward, unit_leader, steward
):
    """The receipt keeps names; the moment of sending tells two of one name apart."""
    twin = second(rolled_up.call, province, unit_leader, ward.name)
    moment = twin.sent_at + datetime.timedelta(minutes=1)
    type(twin).objects.filter(pk=twin.pk).update(sent_at=moment)
    aims.approve(lists=[type(twin).objects.get(pk=twin.pk)], actor=steward)
    later = aims.send_upward(call=rolled_up.call, actor=steward)
    AimRollUp.objects.filter(pk=later.pk).update(contents=rolled_up.contents + later.contents)
    later.refresh_from_db()

    head = factories.member(Role.UNIT_LEADER, twin.unit)
    (one,) = figures.shown_of(later, head)
    assert datetime.datetime.fromisoformat(one["sent_at"]) == moment


def test_pages_lead_to_the_papers_and_foreign_lists_are_not_printed(
    rolled_up, ward, province, unit_leader, staff, signed_in
):
    call, client = rolled_up.call, signed_in(staff)
    paper = reverse("campaigns:aim_list_pdf", args=[call.pk, ward.pk])
    page = client.get(reverse("campaigns:aim_list", args=[call.pk, ward.pk])).content.decode()
    assert f'href="{paper}"' in page
    assert f'href="{rolled_up.get_absolute_url()}"' in page
    answer = client.get(paper)
    assert answer.content.startswith(b"%PDF")
    assert f"dang-ky-danh-hieu-2025-{call.pk}" in answer["Content-Disposition"]
    receipt = reverse("campaigns:aim_roll_up_pdf", args=[rolled_up.pk])
    assert f'href="{receipt}"' in client.get(rolled_up.get_absolute_url()).content.decode()

    foreign = call.lists.exclude(unit=ward).get()
    for unit in (foreign.unit, province):
        address = reverse("campaigns:aim_list_pdf", args=[call.pk, unit.pk])
        assert client.get(address).status_code == 404


def test_a_paper_that_cannot_be_printed_leads_back_with_the_reason(
    rolled_up, steward, signed_in, monkeypatch
):
    monkeypatch.setattr(pdf, "MOST_ROWS", 3)
    client = signed_in(steward)
    answer = client.get(reverse("campaigns:aim_roll_up_pdf", args=[rolled_up.pk]), follow=True)
    assert answer.redirect_chain == [(rolled_up.get_absolute_url(), 302)]
    assert "quá dài" in answer.content.decode()


def test_a_long_receipt_is_printed_in_the_background(rolled_up, staff, signed_in, monkeypatch):
    monkeypatch.setattr(RollUpPaper, "most_at_once", 1)
    client, address = signed_in(staff), reverse("campaigns:aim_roll_up_pdf", args=[rolled_up.pk])

    asked = client.get(address)
    assert "Danh sách có 3 dòng." in asked.content.decode()
    assert f'href="{rolled_up.get_absolute_url()}"' in asked.content.decode()  # the way back
    started = client.post(address, {"once": once.new_key()})
    job = Job.objects.get(task="core.jobs.lists.write_list")
    assert started.url == reverse("jobs:job", args=[job.pk])
    background.run(str(job.pk))

    result = reverse("jobs:result", args=[job.pk, job.results.get().pk])
    text = text_of(client.get(result).getvalue())
    assert rolled_up.number in text
    assert "Phường Cao Lãnh" in text
    assert "Xã Mỹ Hiệp" not in text  # its asker sees one unit


def test_a_list_of_a_block_is_printed_with_the_blocks_name(today, province, officer, ward, staff):
    block = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"), members=[ward], actor=officer
    )
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=officer)
    lines = [line(kind=NomineeKind.COLLECTIVE)]
    row = aims.save_aims(call=call, unit=ward, lines=lines, actor=staff)
    assert papers.list_context(row)["of"] == "Cụm số 1 (2025)"
