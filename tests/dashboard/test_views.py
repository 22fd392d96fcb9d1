"""The leaders' page, its lists, the report and the search."""

import pytest

from campaigns.models import Participation
from core.jobs import background
from core.jobs.models import Job
from tests import factories
from tests.factories.dossiers import dossier, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(province, agency, ward, staff):
    made = factories.award_round(factories.campaign(unit=province, steward=agency))
    factories.quota(made)
    Participation.objects.create(
        campaign=made.campaign, unit=ward, unit_name=ward.name, registered_by=staff
    )
    return made


def fill(round_, ward, staff, rows):
    for _n in range(rows):
        nominee(dossier(unit=ward, round=round_, by=staff, state="appraising"), stands=True)


@pytest.mark.parametrize("rows", [1, 5])
def test_the_dashboard_asks_the_same_questions_for_any_number(
    signed_in, leader, round_, ward, staff, rows, django_assert_max_num_queries
):
    fill(round_, ward, staff, rows)
    browser = signed_in(leader)

    with django_assert_max_num_queries(15):
        page = browser.get("/dieu-hanh/")

    assert page.context["counts"]["sent"] == rows


def test_every_number_leads_to_a_list_that_long(signed_in, leader, round_, ward, staff):
    fill(round_, ward, staff, 3)
    browser = signed_in(leader)

    page = browser.get("/dieu-hanh/")

    for _label, number, url in page.context["funnel"]:
        assert browser.get(url).context["table"].paginator.count == number


def test_the_lists_of_numbers_lead_back_and_name_their_columns(signed_in, leader, round_):
    browser = signed_in(leader)

    page = browser.get("/dieu-hanh/missing/").content.decode()

    assert 'href="/dieu-hanh/"' in page.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert "Đơn vị" in page.partition("<thead")[2].partition("</thead>")[0]
    assert "Unit name" not in page


def test_the_dashboard_without_a_campaign_says_so(signed_in, leader):
    page = signed_in(leader).get("/dieu-hanh/")

    assert page.context["round"] is None


def test_unit_staff_have_no_dashboard(signed_in, staff, round_):
    assert signed_in(staff).get("/dieu-hanh/").status_code == 404


def test_a_number_that_does_not_exist_is_404(signed_in, leader, round_):
    assert signed_in(leader).get("/dieu-hanh/khong-co/").status_code == 404


def test_a_report_is_a_job_with_a_pdf(signed_in, leader, round_, ward, staff):
    fill(round_, ward, staff, 2)
    browser = signed_in(leader)

    answer = browser.post(
        "/dieu-hanh/bao-cao/",
        {"round": round_.pk, "signer": "Trần Hoàng Nam", "signer_role": "CHỦ TỊCH"},
    )
    job = Job.objects.get()
    background.run(str(job.pk))
    job.refresh_from_db()

    assert answer.url == f"/cong-viec/{job.pk}/"
    assert (job.state, job.error) == ("done", "")
    paper = job.results.get()
    assert browser.get(f"/cong-viec/{job.pk}/{paper.pk}/")["Content-Type"] == "application/pdf"


def test_a_report_of_somebody_else_is_404(signed_in, leader, officer, round_):
    job = Job.objects.create(task="x", title="x", requested_by=leader)

    assert signed_in(officer).get(f"/cong-viec/{job.pk}/").status_code == 404


def test_search_forgives_missing_accents(signed_in, officer, round_, ward, staff):
    nominee(dossier(unit=ward, round=round_, by=staff, state="appraising"), name="Lê Thị Kim Ngân")

    page = signed_in(officer).get("/tim/", {"q": "kim ngan"})

    assert [str(row) for _id, _label, rows in page.context["groups"] for row in rows] == [
        "Ông Lê Thị Kim Ngân"
    ]


def test_search_finds_nothing_out_of_reach(signed_in, round_, ward, staff, agency):
    nominee(dossier(unit=agency, round=round_, by=staff, state="draft"), name="Lê Thị Kim Ngân")

    page = signed_in(staff).get("/tim/", {"q": "kim ngan"})

    assert page.context["groups"] == []


def test_search_finds_no_award_that_nobody_has_decided_on(signed_in, province, officer, leader):
    draft = factories.awards.decision(unit=province, actor=officer)
    factories.awards.award(draft, name="Bà Trung An", unit=province, actor=officer)

    page = signed_in(leader).get("/tim/", {"q": "Trung An"})

    assert page.context["groups"] == []
