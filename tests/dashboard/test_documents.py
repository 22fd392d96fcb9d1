"""The summary report: its figures are the dashboard's, its head and end those of its body."""

import datetime

import pytest

from campaigns.models import Participation
from core.clock import clock
from core.documents import charts
from dashboard import documents
from dashboard.forms import usual_signing
from dossiers.models import AchievementReport
from tests import factories
from tests.factories import awards
from tests.factories.dossiers import dossier, nominee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REMARKS = {"models": "", "limits": "", "lessons": "", "directions": ""}


@pytest.fixture
def round_(province, agency, ward, staff):
    made = factories.award_round(factories.campaign(unit=province, steward=agency))
    factories.quota(made)
    Participation.objects.create(
        campaign=made.campaign, unit=ward, unit_name=ward.name, registered_by=staff
    )
    return made


@pytest.fixture
def revoked(round_, ward, staff, province):
    """A round with three awarded nominees, of which one award is revoked, and one turned down."""
    chairman = factories.member("decider", province)
    for number in range(3):
        granted = awards.issued(unit=province, decider=chairman).awards.get()
        made = dossier(unit=ward, round=round_, by=staff, state="awarded")
        nominee(made, stands=True, result="awarded", award=granted)
        if number == 0:
            awards.revoke(granted, actor=chairman)
    failed = dossier(unit=ward, round=round_, by=staff, state="not_approved")
    nominee(failed, stands=False, result="failed")
    return round_


def report(of_round, user, **said):
    signing = {"signed_on": "", "signer": "Trần Hoàng Nam", **usual_signing(body(of_round, user))}
    return documents.context(of_round, user, signing | said, REMARKS)


def body(of_round, user):
    return documents.body_of(user, of_round.campaign.unit)


def rows(part):
    return {row[0]: row[1:] for row in part["tables"][0]["rows"]}


def test_a_revoked_award_stands_nowhere_in_the_report(revoked, leader):
    made = report(revoked, leader)

    assert rows(made["awards"]) == {"Cá nhân": [4, 30, 2, 1]}
    [annex] = made["annexes"]
    assert len(annex["table"]["rows"]) == 2
    assert rows(made["results"])["Hồ sơ: đã khen thưởng"] == [2]
    assert "Hồ sơ: Hội đồng đồng ý" in rows(made["results"])
    assert "Đã hủy quyết định tặng 01 trường hợp" in " ".join(made["awards"]["paragraphs"])


@pytest.fixture
def of_all_kinds(revoked, ward, staff):
    """The same round with nominees of the kinds that have no quota, and a quota that nobody uses."""
    factories.quota(revoked, kind="collective", size=12)
    made = dossier(unit=ward, round=revoked, by=staff, state="council")
    for kind, result in (("household", "passed"), ("household", "failed"), ("enterprise", "")):
        nominee(made, stands=result != "failed", kind=kind, result=result, position_class="")
    return revoked


def readers(reader, ward, agency, leader):
    roles = {"steward": ("campaign_agency", agency), "ward": ("leader_view", ward)}
    return leader if reader == "leader" else factories.member(*roles[reader])


@pytest.mark.parametrize("reader", ["leader", "steward", "ward"])
def test_the_report_has_the_figures_of_the_dashboard_for_every_kind(
    of_all_kinds, signed_in, ward, leader, agency, reader
):
    user = readers(reader, ward, agency, leader)
    browser, made = signed_in(user), report(of_all_kinds, user)
    page = browser.get("/dieu-hanh/")

    said = rows(made["awards"])
    assert said.keys() == {"Tập thể", "Cá nhân", "Hộ gia đình", "Doanh nghiệp"}
    quotas = {str(row["label"]): row for row in page.context["quotas"]}
    assert quotas.keys() == said.keys()
    text = " ".join(page.content.decode().split()).replace("&amp;", "&")
    brief = text.partition('<section class="brief"')[2].partition("</section>")[0]
    for label, (proposed, *others) in said.items():
        row = quotas[label]
        places = [row["size"]] if reader != "ward" else []
        assert others[:-2] == places
        listed = {
            name: browser.get(f"/dieu-hanh/{name}/?kind={row['kind']}").context["table"]
            for name in ("proposed", "granted", "turned-down", "council-agreed")
        }
        counted = [table.paginator.count for table in listed.values()]
        assert [proposed, *others[-2:], row["agreed"]] == counted
        assert row["proposed"] == proposed
        for part in (brief, text.partition('id="quotas"')[2]):
            if part is brief or reader == "ward" or row["size"] is None:
                assert f'<a href="{row["proposed_url"]}">{proposed} đề nghị</a>' in part
    everybody = browser.get("/dieu-hanh/proposed/").context["table"].paginator.count
    assert sum(row["proposed"] for row in quotas.values()) == everybody == 7


@pytest.mark.parametrize("reader", ["leader", "steward"])
def test_the_figures_of_the_report_are_those_of_the_dashboard(
    revoked, signed_in, leader, ward, agency, reader
):
    user = readers(reader, ward, agency, leader)
    browser, made = signed_in(user), report(revoked, user)
    page = browser.get("/dieu-hanh/").context

    counted = [number for [number] in rows(made["results"]).values()]
    assert counted[:-1] == [number for _label, number, _url in page["funnel"]]
    assert counted[-1] == page["counts"]["refused"] == 1
    proposed, places, granted, turned_down = rows(made["awards"])["Cá nhân"]
    [quota] = page["quotas"]
    assert (proposed, places) == (quota["proposed"], quota["size"])
    for number, name in (
        (proposed, "proposed"),
        (granted, "granted"),
        (turned_down, "turned-down"),
    ):
        listed = browser.get(f"/dieu-hanh/{name}/?kind=individual").context["table"]
        assert listed.paginator.count == number
    assert len(made["annexes"][0]["table"]["rows"]) == granted
    share = str(page["direct"]["share"]).replace(".", ",")
    assert f"({share} %)" in made["awards"]["paragraphs"][0]


def test_who_leads_a_ward_reports_of_the_ward_alone(revoked, ward, province):
    factories.unit("Phường Sa Đéc", kind="ward", superior=province)
    made = report(revoked, factories.member("leader_view", ward))

    assert "của Phường Cao Lãnh và các đơn vị trực thuộc, không phải" in made["opening"][1]
    [said] = made["leadership"]["paragraphs"]
    assert said.startswith(
        "Đến ngày 01 tháng 12 năm 2025, Phường Cao Lãnh có 1 đơn vị đăng ký tham gia"
    )
    [table] = made["awards"]["tables"]
    titles = [column["title"] for column in table["columns"]]
    assert titles == ["Đối tượng", "Đề nghị", "Được khen", "Không được khen"]
    assert rows(made["awards"]) == {"Cá nhân": [4, 2, 1]}
    assert (made["head"]["issuer"], made["head"]["place"]) == (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG CAO LÃNH",
        "Cao Lãnh",
    )


@pytest.mark.parametrize("reader", ["leader", "steward", "officer"])
def test_who_reads_the_whole_campaign_is_told_of_no_part(round_, agency, province, reader):
    user = factories.member(
        *{
            "leader": ("leader_view", province),
            "steward": ("campaign_agency", agency),
            "officer": ("officer", province),
        }[reader]
    )
    made = report(round_, user)

    assert len(made["opening"]) == 1
    assert "ngày 01 tháng 12 năm 2025, có 1 đơn vị" in made["leadership"]["paragraphs"][0]
    assert made["head"]["place"] == "Đồng Tháp"


@pytest.mark.parametrize(
    ("signed_on", "words"),
    [
        (datetime.date(2022, 6, 7), "ngày 07 tháng 6 năm 2022"),
        (datetime.date(2025, 2, 14), "ngày 14 tháng 02 năm 2025"),
    ],
)
def test_days_in_the_text_are_written_as_at_its_head(round_, leader, signed_on, words):
    campaign = round_.campaign
    campaign.number, campaign.signed_on = "316/KH-UBND", signed_on

    [said] = report(round_, leader)["opening"]

    assert said.startswith(f"Thực hiện Kế hoạch số 316/KH-UBND {words} của ")


def test_each_content_quotes_of_all_kinds_the_collective_first(round_, ward, staff, leader):
    content = round_.campaign.contents.first()
    made = dossier(unit=ward, round=round_, by=staff, state="passed")
    for kind, name in (
        ("household", "Hộ ông An"),
        ("individual", "Bình"),
        ("collective", "Chi cục Thuế"),
        ("collective", "Đảng ủy phường"),
        ("collective", "Hội Nông dân"),
    ):
        named = nominee(made, stands=True, result="passed", kind=kind, name=name)
        told = AchievementReport.objects.create(nomination=named)
        told.sections.create(content=content, text="Đã làm tốt.")

    part, *_others = report(round_, leader)["contents"]

    assert [line.partition(":")[0] for line in part["paragraphs"]] == [
        "Chi cục Thuế",
        "Ông Bình",
        "Hộ ông An",
    ]


def test_a_committee_reports_in_its_own_name(round_, leader):
    made = report(round_, leader)

    assert made["head"]["superior"] == ""
    assert made["head"]["issuer"] == "ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG THÁP"
    assert made["head"]["number"] == "…………/BC-UBND"
    assert made["signed_by"] == "Ủy ban nhân dân tỉnh Đồng Tháp"
    assert made["end"]["roles"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert not [line for line in made["end"]["receivers"] if "Ủy ban nhân dân tỉnh" in line]


def test_a_department_reports_to_the_committee(round_, officer):
    made = report(round_, officer, number="5/BC-SNV", signed_on="2025-12-01")

    assert made["head"]["superior"] == "ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG THÁP"
    assert made["head"]["issuer"] == "SỞ NỘI VỤ"
    assert made["signed_by"] == "Sở Nội vụ"
    assert usual_signing(body(round_, officer))["number"] == "/BC-SNV"
    assert made["head"]["number"] == "05/BC-SNV"
    assert made["head"]["date"] == datetime.date(2025, 12, 1)
    assert made["end"]["roles"] == ["GIÁM ĐỐC"]
    assert made["end"]["receivers"][0] == "Ủy ban nhân dân tỉnh (để báo cáo)"


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("KT. Chủ tịch/Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TL. Chủ tịch / Giám đốc Sở Nội vụ", ["TL. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
    ],
)
def test_a_committee_is_signed_for_on_behalf_of_all_its_members(round_, leader, said, lines):
    assert report(round_, leader, signer_role=said)["end"]["roles"] == lines


def test_the_form_offers_number_day_and_signature_of_the_body(signed_in, leader, round_):
    form = signed_in(leader).get("/dieu-hanh/bao-cao/").context["form"]

    assert form["number"].value() == "/BC-UBND"
    assert form["signed_on"].value() == datetime.date(2025, 12, 1)
    assert form["signer_role"].value() == "TM. ỦY BAN NHÂN DÂN/CHỦ TỊCH"


def test_a_round_that_was_over_before_anybody_registered_says_nothing_of_them(
    round_, ward, staff, leader
):
    dossier(unit=ward, round=round_, by=staff, state="awarded")
    round_.closes_at = clock.end_of(datetime.date(2023, 12, 10))
    Participation.objects.update(registered_at=clock.as_instant(datetime.date(2025, 3, 1)))

    made = report(round_, leader)

    assert "đăng ký tham gia" not in str(made["leadership"])
    assert "Đơn vị đăng ký tham gia" not in rows(made["results"])
    assert made["results"]["charts"] == []


def test_small_charts_and_numbers_of_decisions_stay_whole(revoked, leader):
    [annex] = report(revoked, leader)["annexes"]
    few = charts.levels([f"Loại {n}" for n in range(8)], {"a": [1] * 8, "b": [1] * 8}, "Hình 1")
    many = charts.levels([f"Đơn vị {n}" for n in range(112)], {"a": [1] * 112}, "Hình 2")

    assert [column["align"] for column in annex["table"]["columns"][-2:]] == ["c whole"] * 2
    assert (few.small, many.small) == (True, False)
