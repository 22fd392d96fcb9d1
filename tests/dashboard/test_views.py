"""The leaders' page, its lists, the report and the search."""

import datetime
import re
from html.parser import HTMLParser

import pytest

from accounts.models import Membership
from accounts.permissions import Role
from campaigns.models import AwardRound, Participation, Quota
from core.clock import clock
from core.jobs import background
from core.jobs.models import Job
from tests import factories
from tests.factories import awards
from tests.factories.dossiers import dossier, nominee
from tests.factories.people import LONG_AGO

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


class Numbers(HTMLParser):
    """The numbers below a page's head: (number, address of the link around it or "")."""

    SPOKEN = re.compile(  # what counts no rows: days, places of the plan, shares, what is left
        r"\d\d/\d\d(/\d{4})?|trên \d+ suất|cho \d+ suất|Còn \d+ (suất|ngày làm việc)|[\d,]+ %"
    )

    def __init__(self, page):
        super().__init__()
        self.found, self.open, self.link, self.text = [], [], None, ""
        main = page.content.decode().partition("</main>")[0]
        self.feed('<section class="brief"' + main.partition('<section class="brief"')[2])

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "progress"}:
            self.open.append(tag)
        if tag == "a":
            self.close_text()
            self.link = dict(attrs)["href"]

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        if tag in {"a", "p", "td", "th", "li", "div"}:
            self.close_text()
        if tag == "a":
            self.link = None

    def handle_data(self, data):
        if not self.open:
            self.text += data

    def close_text(self):
        bare = self.SPOKEN.sub("", " ".join(self.text.split()))
        self.found += [(int(number), self.link or "") for number in re.findall(r"\d+", bare)]
        self.text = ""


def test_every_number_leads_to_a_list_that_long(
    signed_in, leader, round_, ward, agency, staff, province, today
):
    fill(round_, ward, staff, 3)
    Participation.objects.create(
        campaign=round_.campaign, unit=agency, unit_name=agency.name, registered_by=staff
    )
    council = dossier(unit=ward, round=round_, by=staff, state="passed", due_on=today)
    nominee(council, stands=True, result="passed", kind="collective")
    nominee(council, stands=False, result="failed", kind="collective")
    nominee(council, stands=False, result="failed", position_class="manager")
    late = today - datetime.timedelta(days=9)
    dossier(unit=ward, round=round_, by=staff, state="appraised", due_on=late)
    dossier(unit=ward, round=round_, by=staff, state="awarded", due_on=late)
    dossier(unit=ward, round=round_, by=staff, state="returned")
    granted = awards.issued(unit=province).awards.get()
    nominee(council, stands=True, result="awarded", award=granted, kind="collective")
    factories.quota(round_, size=20, kind="collective")
    Quota.objects.filter(kind="collective").update(used=1)
    browser = signed_in(leader)

    page = browser.get("/dieu-hanh/")
    numbers = Numbers(page).found

    assert len(numbers) > 25
    shares = page.context["kinds"]["series"][0][1]  # beside the two numbers that they are of
    assert sorted(number for number, url in numbers if "/dieu-hanh/" not in url) == sorted(shares)
    for number, url in dict.fromkeys(one for one in numbers if one[1]):
        assert browser.get(url).context["table"].paginator.count == number, url


def test_the_bar_of_a_quota_shows_the_places_taken(signed_in, leader, round_, ward, staff):
    made = dossier(unit=ward, round=round_, by=staff, state="passed")
    nominee(made, stands=True, result="passed")
    nominee(made, stands=True, result="passed")
    Quota.objects.update(used=0, size=30)

    page = " ".join(signed_in(leader).get("/dieu-hanh/").content.decode().split())

    assert "<b>0</b> trên 30 suất" in page
    assert "Còn 30 suất" in page
    assert "Hội đồng đồng ý 2</a>" in page


def test_who_leads_a_ward_reads_of_whom_the_figures_are(signed_in, round_, ward, staff):
    fill(round_, ward, staff, 2)
    reader = factories.member("leader_view", ward)

    page = " ".join(signed_in(reader).get("/dieu-hanh/").content.decode().split())

    assert "Số liệu của Phường Cao Lãnh và các đơn vị trực thuộc, không phải của toàn" in page
    assert "Cá nhân: <a" in page
    assert "30 suất" not in page


def test_rounds_of_several_campaigns_are_told_apart(signed_in, leader, round_, province):
    other = factories.award_round(factories.campaign(unit=province, short_name="Cả nước chung sức"))
    browser = signed_in(leader)

    page = browser.get("/dieu-hanh/").content.decode()
    asked = browser.get("/dieu-hanh/bao-cao/").content.decode()

    for said in (page, asked):
        assert f"Cả nước chung sức: {other.name}" in said
        assert f"{round_.campaign}: {round_.name}" in said
    other.delete()
    page = browser.get("/dieu-hanh/bao-cao/").content.decode()
    assert f"{round_.campaign}: {round_.name}" not in page


def test_the_course_of_sending_is_called_a_running_total(signed_in, leader, round_, ward, staff):
    fill(round_, ward, staff, 1)

    page = signed_in(leader).get("/dieu-hanh/").content.decode()

    assert page.count("Số hồ sơ đã gửi, cộng dồn theo ngày") >= 2


def test_a_round_over_before_anybody_registered_is_measured_with_no_units(
    signed_in, leader, round_, ward, staff, today
):
    fill(round_, ward, staff, 1)
    AwardRound.objects.update(closes_at=clock.end_of(today - datetime.timedelta(days=400)))

    page = signed_in(leader).get("/dieu-hanh/")

    assert (page.context["units"], page.context["funnel"][0][1]) == (0, 1)
    text = page.content.decode()
    assert "chưa nộp hồ sơ" not in text
    assert "Chưa có đơn vị nào đăng ký trong thời gian nhận hồ sơ của đợt này." in text


def test_places_for_awards_are_no_targets(signed_in, leader, round_):
    """“Chỉ tiêu” is a target of a plan; of a quota the page says “suất”."""
    Quota.objects.all().delete()

    page = signed_in(leader).get("/dieu-hanh/").content.decode()

    assert "Kế hoạch không quy định số suất khen thưởng." in page
    assert "chỉ tiêu" not in page.lower()


def test_rows_of_units_lead_to_their_units(signed_in, leader, round_, ward):
    page = signed_in(leader).get("/dieu-hanh/missing/").content.decode()

    assert f'href="{ward.get_absolute_url()}"' in page


def test_rows_of_units_out_of_reach_lead_nowhere(signed_in, agency, round_, ward):
    steward = factories.member("campaign_agency", agency)

    page = signed_in(steward).get("/dieu-hanh/missing/").content.decode()

    assert ward.name in page
    assert f'href="{ward.get_absolute_url()}"' not in page


def test_charts_say_of_what_their_rows_are(signed_in, leader, round_, ward, staff):
    fill(round_, ward, staff, 1)

    page = signed_in(leader).get("/dieu-hanh/").content.decode()

    assert "Mốc" not in page
    assert "Loại đơn vị</th>" in page


@pytest.mark.parametrize("odd", ["kind=xyz", "until=2025-99-99", "award_type=x", "until=x"])
def test_nonsense_narrows_no_list(signed_in, leader, round_, ward, staff, odd):
    fill(round_, ward, staff, 1)
    browser = signed_in(leader)

    for name in ("proposed", "registered", "sent"):
        assert browser.get(f"/dieu-hanh/{name}/?{odd}").context["table"].paginator.count == 1


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


@pytest.mark.parametrize("other", [None, Role.CLERK])
def test_a_report_is_fetched_only_while_its_right_lasts(
    signed_in, leader, round_, ward, staff, province, other
):
    """Without a role, or with one that does not read figures, having asked for it is not enough."""
    fill(round_, ward, staff, 1)
    browser = signed_in(leader)
    said = {"round": round_.pk, "signer": "Trần Hoàng Nam", "signer_role": "CHỦ TỊCH"}
    browser.post("/dieu-hanh/bao-cao/", said)
    job = Job.objects.get()
    background.run(str(job.pk))
    address = f"/cong-viec/{job.pk}/{job.results.get().pk}/"
    assert browser.get(address).status_code == 200

    leader.memberships.all().delete()
    if other:
        Membership.objects.create(user=leader, unit=province, role=other, from_day=LONG_AGO)

    assert browser.get(address).status_code == 404
    Job.objects.update(state=Job.State.PARKED)
    assert browser.post(f"/cong-viec/{job.pk}/again/").status_code == 404
    assert Job.objects.get().state == Job.State.PARKED


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
