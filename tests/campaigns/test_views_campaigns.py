"""The pages of campaigns, for each who may open them."""

import html
import re

import pytest
from django.urls import reverse
from ruamel.yaml import YAML

from campaigns.models import Campaign, Participation
from campaigns.plans import apply as plans
from campaigns.plans.reading import read
from campaigns.workflow import CAMPAIGN
from core.audit.models import Entry
from tests import factories
from tests.campaigns.conftest import FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(plan_207, officer):
    return CAMPAIGN.perform(plan_207, "launch", actor=officer)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_the_whole_plan(today, running, signed_in, staff):
    text = page(signed_in(staff), running.get_absolute_url())

    for words in [
        "207/KH-UBND",
        "07/06/2022",
        "Thi đua xây dựng chính quyền số",
        "749/QĐ-TTg",
        "Phát huy sức mạnh",
        "<b>a)</b>",
        "<b>j)</b>",
        "Giáo dục và đào tạo",
        "Các hộ gia đình, nhân dân",
        "Biên bản của Hội đồng",
        "Xét không quá 20 tập thể, 30 cá nhân",
        "giai đoạn 2022 - 2023",
        "03/11/2025 – 10/12/2025",
        "Phụ lục tiêu chuẩn thi đua",
        "Ủy ban Mặt trận Tổ quốc Việt Nam Tỉnh",
        "qua Sở Nội vụ hoặc Sở Thông tin và Truyền thông",
    ]:
        assert words in text, words


def test_notes_on_phases_and_who_does_what_are_folded(today, running, signed_in, staff):
    text = page(signed_in(staff), running.get_absolute_url())

    phases = text.partition("Ghi chú về các giai đoạn</summary>")
    assert "<details" in phases[0][-120:]
    assert "do cơ quan đặt" in phases[2].partition("</details>")[0]
    roles = text.partition('id="roles"')[2].partition("</section>")[0]
    assert roles.count("<details") >= 5


def test_the_page_says_who_the_standing_agency_is_today(
    today, reorganised, running, signed_in, staff
):
    text = page(signed_in(staff), running.get_absolute_url())

    assert "<b>Sở Thông tin và Truyền thông</b>; " in text
    assert "01/03/2025" in text
    assert "<b>Sở Khoa học và Công nghệ</b>" in text


def test_the_next_report_is_due_on_10_december(today, running, signed_in, staff):
    assert "10/12/2025" in page(signed_in(staff), running.get_absolute_url())


def test_notes_are_for_officers(today, running, signed_in, staff, officer):
    trap = "Phụ lục tiêu chuẩn thi đua không có trong bản kế hoạch"

    assert trap in page(signed_in(officer), running.get_absolute_url())
    assert trap not in page(signed_in(staff), running.get_absolute_url())


def test_a_campaign_being_set_up_is_seen_by_those_who_set_it_up(
    today, plan_207, signed_in, staff, officer
):
    assert signed_in(officer).get(plan_207.get_absolute_url()).status_code == 200
    assert signed_in(staff).get(plan_207.get_absolute_url()).status_code == 404
    assert plan_207.name not in page(signed_in(staff), reverse("campaigns:list"))


def test_a_campaign_of_a_unit_out_of_reach_is_404(today, province, signed_in, staff):
    other = factories.campaign(unit=factories.unit("Sở Y tế", superior=province))

    assert signed_in(staff).get(other.get_absolute_url()).status_code == 404


def test_who_has_no_role_finds_nothing(today, running, signed_in):
    assert signed_in(factories.user()).get(reverse("campaigns:list")).status_code == 404


def test_launching_is_a_button_of_the_officer(today, plan_207, signed_in, officer, staff):
    address = reverse("campaigns:step", args=[plan_207.pk, "launch"])

    assert signed_in(staff).post(address).status_code == 404
    assert signed_in(officer).post(address).status_code == 302

    assert Campaign.objects.get().state == Campaign.State.OPEN


def test_a_unit_registers_once_and_takes_it_back(today, running, signed_in, staff, ward):
    client = signed_in(staff)
    join = reverse("campaigns:join", args=[running.pk])
    leave = reverse("campaigns:leave", args=[running.pk])

    for _time in range(2):
        assert client.post(join, {"unit": ward.pk}).status_code == 302
    registered = Participation.objects.get()
    assert (registered.unit, registered.unit_name, registered.registered_by) == (
        ward,
        ward.name,
        staff,
    )
    kept = Entry.objects.get(verb="campaign.join")
    assert (kept.target_type, kept.unit) == ("campaigns.participation", ward)
    assert kept not in client.get(running.get_absolute_url()).context["history"]

    assert client.post(leave, {"unit": ward.pk}).status_code == 302
    assert not Participation.objects.exists()


def test_nobody_registers_a_unit_that_is_not_theirs(today, running, signed_in, staff, agency):
    address = reverse("campaigns:join", args=[running.pk])

    assert signed_in(staff).post(address, {"unit": agency.pk}).status_code == 422
    assert not Participation.objects.exists()


def test_a_registration_with_a_dossier_stays(today, running, signed_in, staff, ward):
    from dossiers.models import Dossier  # noqa: PLC0415  (campaigns do not know dossiers)

    client = signed_in(staff)
    client.post(reverse("campaigns:join", args=[running.pk]), {"unit": ward.pk})
    final = running.rounds.get(code="tong-ket")
    Dossier.objects.create(
        campaign=running, round=final, unit=ward, unit_name=ward.name, created_by=staff
    )

    response = client.post(reverse("campaigns:leave", args=[running.pk]), {"unit": ward.pk})

    assert response.status_code == 409
    assert ward.name in response.content.decode()
    assert Participation.objects.exists()


def test_units_taking_part_are_searched_without_marks(today, running, signed_in, officer, province):
    for name in ["Phường Mỹ Trà", "Xã Tân Hồng"]:
        unit = factories.unit(name, kind="ward", superior=province)
        Participation.objects.create(
            campaign=running, unit=unit, unit_name=name, registered_by=officer
        )
    address = reverse("campaigns:participants", args=[running.pk])

    text = page(signed_in(officer), f"{address}?q=my+tra")

    assert "Phường Mỹ Trà" in text
    assert "Xã Tân Hồng" not in text


def test_a_unit_sees_its_own_registration_only(today, running, signed_in, staff, ward, agency):
    for unit in (ward, agency):
        Participation.objects.create(
            campaign=running, unit=unit, unit_name=unit.name, registered_by=staff
        )

    text = page(signed_in(staff), reverse("campaigns:participants", args=[running.pk]))

    assert ward.name in text
    assert agency.name not in text


def test_the_standing_agency_sees_the_units_of_its_campaign(
    today, reorganised, running, signed_in, steward, ward, staff
):
    Participation.objects.create(
        campaign=running, unit=ward, unit_name=ward.name, registered_by=staff
    )

    text = page(signed_in(steward), reverse("campaigns:participants", args=[running.pk]))

    assert ward.name in text


def test_units_taking_part_go_out_as_a_workbook(today, running, signed_in, officer, ward):
    Participation.objects.create(
        campaign=running, unit=ward, unit_name=ward.name, registered_by=officer
    )

    response = signed_in(officer).get(reverse("campaigns:workbook", args=[running.pk]))

    assert response.status_code == 200
    assert response.content.startswith(b"PK")
    assert response["Content-Disposition"] == 'attachment; filename="don-vi-dong-thap-207.xlsx"'


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_asks_the_same_for_any_length(
    today, signed_in, officer, province, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        factories.campaign(unit=province)
    client = signed_in(officer)

    with django_assert_max_num_queries(12):
        page(client, reverse("campaigns:list"))


@pytest.mark.parametrize("rows", [1, 5])
def test_units_taking_part_ask_the_same_for_any_length(
    today, running, signed_in, officer, province, rows, django_assert_max_num_queries
):
    for _row in range(rows):
        unit = factories.unit(superior=province)
        Participation.objects.create(
            campaign=running, unit=unit, unit_name=unit.name, registered_by=officer
        )
    client = signed_in(officer)

    with django_assert_max_num_queries(12):
        page(client, reverse("campaigns:participants", args=[running.pk]))


def test_the_campaign_s_page_asks_little(
    today, running, signed_in, staff, django_assert_max_num_queries
):
    client = signed_in(staff)
    page(client, running.get_absolute_url())

    with django_assert_max_num_queries(15):
        page(client, running.get_absolute_url())


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        (
            "hai-duong-726",
            [
                "Kế hoạch có 78 nhiệm vụ; ở đây nêu 41.",
                "Thuộc nhóm 20 dẫn đầu",
                "≥ 30\N{NO-BREAK SPACE}% GRDP",
                "kế hoạch không ghi",
                "&gt; 40",
                "0,8",
                "đến 2030, tầm nhìn 2045",
            ],
        ),
        ("hai-duong-nq06", ["1.427", "75\N{NO-BREAK SPACE}%", "PAR index", "Tập đoàn FPT"]),
        ("ha-noi-y-te-2025", ["2025–2027, Sơ kết năm 2027", "190/KH-UBND", "theo nguồn khác"]),
        ("hai-duong-2025", ["hai-duong-726", "chưa có trên cổng", "Lời phát động", "học tập số"]),
    ],
)
def test_the_page_shows_each_plan_whole(name, seen, today, province, signed_in, officer, catalogue):
    reading = read((FILE.parent / f"{name}.yaml").read_bytes())
    campaign = plans.apply(reading.plan, actor=officer, owner=province).campaign

    text = page(signed_in(officer), campaign.get_absolute_url())

    for words in [*seen, reading.plan.name, *(content.name for content in reading.plan.contents)]:
        assert words in text, words
    for target in reading.plan.targets:
        assert target.name in text
    for group in reading.plan.task_groups:
        assert all(task.name in text for task in group.tasks)


def test_the_list_says_what_is_a_programme_and_until_when(
    today, province, signed_in, officer, catalogue
):
    reading = read((FILE.parent / "hai-duong-726.yaml").read_bytes())
    plans.apply(reading.plan, actor=officer, owner=province)

    text = page(signed_in(officer), reverse("campaigns:list"))

    assert "Chương trình" in text
    assert "đến 2030" in text


def texts_of(said):
    """Every text of three words or more that a file holds; codes and names of sources are not."""
    if isinstance(said, dict):
        for word, each in said.items():
            if word not in {"gives", "totals"}:
                yield from texts_of(each)
    elif isinstance(said, list):
        for each in said:
            yield from texts_of(each)
    elif isinstance(said, str) and len(said.split()) > 2:
        yield said


@pytest.mark.parametrize("name", [path.stem for path in sorted(FILE.parent.glob("*.yaml"))])
def test_every_text_of_a_file_stands_on_its_page(
    name, today, province, communications, signed_in, officer, catalogue
):
    content = (FILE.parent / f"{name}.yaml").read_bytes()
    campaign = plans.apply(read(content).plan, actor=officer, owner=province).campaign

    answer = page(signed_in(officer), campaign.get_absolute_url())

    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer)).split()).lower()
    missing = [
        each for each in texts_of(YAML(typ="safe").load(content)) if each.lower() not in text
    ]
    assert missing == []


def test_the_number_of_units_is_the_campaign_s_for_every_reader(
    running, signed_in, staff, leader, ward, agency
):
    """What is in the visitor's reach is said beside it and leads to the list of it."""
    for unit in (ward, agency):
        Participation.objects.create(
            campaign=running, unit=unit, unit_name=unit.name, registered_by=staff
        )
    units = reverse("campaigns:participants", args=[running.pk])

    of_unit = page(signed_in(staff), running.get_absolute_url())
    of_leader = page(signed_in(leader), running.get_absolute_url())

    assert f'<dd>2 (<a href="{units}">1 đơn vị bạn xem được</a>)</dd>' in of_unit
    assert f'<dd><a href="{units}">2</a></dd>' in of_leader
    assert page(signed_in(staff), units).count("data-row") == 1
