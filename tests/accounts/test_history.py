"""The inspector reads the whole history, finds in it, takes it away, and sees that it is whole."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection

from accounts.permissions import Role
from core.audit import log
from core.audit.models import Check, Entry, Words
from core.jobs import background, tasks
from core.jobs.models import Job
from tests import factories
from tests.factories import awards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def inspector(province):
    return factories.member(Role.AUDITOR, province, "Hồ Tấn Nghĩa")


@pytest.fixture
def lines(ward, agency, staff, steward):
    def line(actor, label, target, **more):
        return log.record(actor=actor, verb="x", label=label, target=target, unit=target, **more)

    return [
        line(staff, "Trình lãnh đạo duyệt", ward),
        line(steward, "Trả lại bổ sung", agency, note="Thiếu minh chứng", needs="dossier.confirm"),
        line(staff, "Gửi hồ sơ", ward),
    ]


def shown(client, **query):
    page = client.get("/lich-su/", query)
    return [row.record for row in page.context["table"].page.object_list]


def test_the_inspector_reads_every_line_newest_first(signed_in, inspector, lines):
    client = signed_in(inspector)

    assert shown(client) == lines[::-1]
    assert "Thiếu minh chứng" in client.get("/lich-su/").content.decode()
    assert 'href="/lich-su/"' in client.get("/").content.decode()


def test_a_filter_that_chooses_nothing_says_so(signed_in, inspector):
    choices = list(signed_in(inspector).get("/lich-su/").context["filter"].form["kind"])

    assert choices[0].data["label"] == "Tất cả"


def test_nobody_else_has_the_page(signed_in, staff, officer, admin, lines):
    for user in (staff, officer, admin):
        for address in ("/lich-su/", "/lich-su/tai-ve/"):
            assert signed_in(user).get(address).status_code == 404
        assert signed_in(user).post("/lich-su/kiem-tra/").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("trinh lanh dao", [0]),
        ("cao lanh", [2, 0]),
        ("dang huu phuoc", [1]),
        ("MINH CHUNG thieu", [1]),
        ("gửi hồ sơ", [2]),
        ("không có", []),
    ],
)
def test_it_is_searched_without_accents(words, found, signed_in, inspector, lines):
    assert shown(signed_in(inspector), q=words) == [lines[place] for place in found]


def test_it_is_narrowed_to_days_kinds_and_one_object(signed_in, inspector, lines, ward, agency):
    client = signed_in(inspector)

    assert shown(client, at_after="01/12/2025", at_before="01/12/2025") == lines[::-1]
    assert shown(client, at_after="02/12/2025") == []
    assert shown(client, at_before="30/11/2025") == []
    assert shown(client, kind="accounts.") == lines[::-1]
    assert shown(client, kind="dossiers.") == []
    assert shown(client, of=f"accounts.unit:{agency.pk}") == [lines[1]]
    page = client.get("/lich-su/", {"of": f"accounts.unit:{agency.pk}"}).content.decode()
    assert f"Đối tượng: {agency.name}" in page


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_no_more_for_more_rows(
    rows, signed_in, inspector, staff, ward, django_assert_max_num_queries
):
    for _n in range(rows):
        log.record(actor=staff, verb="x", label="Gửi", target=ward, unit=ward)
    client = signed_in(inspector)

    with django_assert_max_num_queries(12):
        client.get("/lich-su/", {"q": "gui"})


def test_it_is_taken_away_as_a_workbook(signed_in, inspector, lines):
    Words.objects.filter(entry=lines[0]).delete()

    answer = signed_in(inspector).get("/lich-su/tai-ve/")
    rows = list(openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values)

    assert [row[0] for row in rows[1:]] == [line.pk for line in lines[::-1]]
    assert rows[2][2:5] == ("Đặng Hữu Phước", "Trả lại bổ sung", str(lines[1].unit))
    assert rows[1][8] == lines[2].hash


def test_the_page_says_whether_the_chain_is_whole(signed_in, inspector, lines):
    client = signed_in(inspector)
    assert "chưa được kiểm tra" in client.get("/lich-su/").content.decode()

    client.post("/lich-su/kiem-tra/")
    background.run(str(Job.objects.get().pk))

    text = client.get("/lich-su/").content.decode()
    assert f"01/12/2025: lịch sử còn nguyên vẹn đến dòng số {lines[2].pk}." in text


def test_who_asks_reads_the_answer_on_the_page_of_the_job_and_finds_back(
    signed_in, inspector, lines
):
    client = signed_in(inspector)

    page = client.post("/lich-su/kiem-tra/").url
    background.run(str(Job.objects.get().pk))

    text = client.get(page).content.decode()
    assert f"01/12/2025: lịch sử còn nguyên vẹn đến dòng số {lines[2].pk}." in text
    assert "Công việc đã xong." not in text
    assert 'href="/lich-su/"' in text.partition('id="job"')[2]


def test_lines_whose_words_are_gone_are_named(signed_in, inspector, lines):
    Words.objects.filter(entry=lines[0]).delete()
    background.run(str(tasks.check_history.start(by=inspector).pk))

    text = signed_in(inspector).get("/lich-su/").content.decode()

    assert f"Các dòng không còn nội dung: {lines[0].pk}." in text
    assert "Nội dung đã xóa theo quy định của pháp luật" in text
    assert "Một đối tượng (tên đã xóa)" in text


def test_a_changed_line_is_named(signed_in, inspector, lines):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_entry_not_updated")
        cursor.execute("UPDATE audit_entry SET verb='y' WHERE id=%s", [lines[1].pk])

    job = tasks.check_history.start(by=inspector)
    background.run(str(job.pk))

    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    assert Check.objects.get().broken == lines[1].pk
    text = signed_in(inspector).get("/lich-su/").content.decode()
    assert f"dòng số {lines[1].pk} không còn như khi ghi: dòng này bị sửa." in text
    assert Entry.objects.count() == 3


def test_the_inspector_reads_figures_and_drafts_of_decisions(signed_in, inspector, province):
    draft = awards.decision(unit=province)
    client = signed_in(inspector)

    assert client.get("/dieu-hanh/").status_code == 200
    page = client.get(draft.get_absolute_url())
    assert page.status_code == 200
    assert page.context["offers"] == []


def test_a_search_that_finds_nothing_says_for_what_and_leads_back(signed_in, inspector, lines):
    text = signed_in(inspector).get("/lich-su/", {"q": "qwertz", "rows": "50"}).content.decode()

    assert "Không có mục nào khớp “qwertz”" in text
    assert '<a class="btn btn-second" href="?rows=50">Bỏ mọi bộ lọc</a>' in text
    assert "Chưa có mục nào" not in text


def test_filters_that_find_nothing_say_so(signed_in, inspector, lines):
    text = signed_in(inspector).get("/lich-su/", {"at_before": "01/01/2020"}).content.decode()

    assert "Không có mục nào khớp bộ lọc" in text


@pytest.mark.parametrize(
    ("typed", "said", "not_said"),
    [
        ({"at_after": "32/13/2025"}, "Ô “Từ ngày”", "Ô “Đến ngày”"),
        ({"at_before": "mai"}, "Ô “Đến ngày”", "Ô “Từ ngày”"),
    ],
)
def test_each_box_for_a_day_has_its_label_and_a_wrong_day_says_which(
    signed_in, inspector, lines, typed, said, not_said
):
    text = signed_in(inspector).get("/lich-su/", typed).content.decode()

    assert 'for="id_at_0"' in text
    assert 'for="id_at_1"' in text
    assert said in text
    assert not_said not in text


def test_a_note_of_several_lines_is_shown_in_lines(signed_in, inspector, staff, ward):
    note = "Bà Nhi: 15 phiếu\nÔng <Nam>: 12 phiếu"
    log.record(actor=staff, verb="x", label="Rút kết quả", target=ward, unit=ward, note=note)

    text = signed_in(inspector).get("/lich-su/").content.decode()

    assert "<small>Bà Nhi: 15 phiếu<br>Ông &lt;Nam&gt;: 12 phiếu</small>" in text
