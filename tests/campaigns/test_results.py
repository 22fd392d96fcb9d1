"""Results of targets: in the target's direction, missing never nought, never averaged."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.figures import results as figures
from campaigns.figures import runs
from campaigns.models import Target, TargetResult
from campaigns.rules import periods
from campaigns.rules import results as rules
from campaigns.services import results as acts
from core.audit.models import Entry
from core.workflow import Blocked
from tests import factories
from tests.core.files import making

pytestmark = pytest.mark.django_db
MONTH = "2025-11"


def target(campaign, code="T01", compare="at_least", value=30, **more):
    if compare in {"yes_no", "text"}:
        value = None
    values = {"order": 1, "name": f"Chỉ tiêu {code}", "unit_of_measure": "%"} | more
    return Target.objects.create(
        campaign=campaign, code=code, compare=compare, value=value, **values
    )


@pytest.fixture
def programme(today, province, agency):
    return factories.campaign(unit=province, steward=agency, kind="programme")


def enter(programme, unit, said, actor, period=MONTH):
    rows = {key.pk: (value, "Sở") for key, value in said.items()}
    return acts.enter(campaign=programme, unit=unit, period=period, said=rows, actor=actor)


@pytest.mark.parametrize(
    ("compare", "goal", "value", "met", "share"),
    [
        ("at_least", 30, "30", True, 100),
        ("at_least", 30, "15", False, 50),
        ("at_least", 30, "0", False, 0),
        ("more_than", 40, "40", False, 100),
        ("at_most", 5, "4.5", True, None),
        ("at_most", 5, "6", False, None),
        ("less_than", 5, "5", False, None),
        ("equal", 90, "45", False, 50),
        ("equal", 0, "0", True, None),
        ("equal", 0, "10000", False, None),
        ("rank", 20, "20", True, None),
        ("rank", 20, "25", False, None),
    ],
)
def test_progress_goes_in_the_targets_direction(programme, compare, goal, value, met, share):
    found = rules.progress(target(programme, compare=compare, value=goal), Decimal(value))
    assert (found.met, found.share) == (met, share)


def test_a_rank_is_so_many_places_behind_and_no_share(programme):
    found = rules.progress(target(programme, compare="rank", value=20), Decimal(25))
    assert found.words == "còn kém 5 bậc"


def test_what_is_missing_is_missing_and_not_nought(programme):
    assert rules.progress(target(programme), None).met is None
    assert rules.progress(target(programme, "T02"), Decimal(0)).met is False


def test_yes_or_no_and_words_are_no_numbers(programme):
    done = target(programme, compare="yes_no")
    assert rules.progress(done, Decimal(1)).met is True
    assert rules.progress(done, Decimal(0)).words == "chưa hoàn thành"
    said = target(programme, "T02", compare="text", text="ngang tầm khu vực")
    assert rules.progress(said, None, "đang triển khai") == rules.Progress(
        None, None, "đang triển khai"
    )


@pytest.mark.parametrize(
    ("compare", "measure", "added"),
    [
        ("at_least", "doanh nghiệp", True),
        ("equal", "thành phố", True),
        ("at_least", "% GRDP", False),
        ("at_least", "", False),
        ("rank", "bậc", False),
        ("yes_no", "", False),
    ],
)
def test_only_what_is_counted_is_added(programme, compare, measure, added):
    row = target(programme, compare=compare, unit_of_measure=measure)
    assert rules.may_be_added(row) is added


@pytest.mark.parametrize(
    ("value", "words"),
    [("12.0000", "12"), ("0.8000", "0,8"), ("12345.5", "12.345,5"), ("0", "0"), ("-3.20", "-3,2")],
)
def test_numbers_are_written_the_vietnamese_way(value, words):
    assert rules.said(Decimal(value)) == words


def test_the_province_counts_and_adds_but_never_averages(programme, province, ward, staff, steward):
    share = target(programme, value=50)
    count = target(programme, "T02", value=10, unit_of_measure="doanh nghiệp", order=2)
    other = factories.unit("Xã Khác", superior=province)
    enter(programme, ward, {share: "60", count: "4"}, staff)
    enter(programme, other, {share: "40", count: "5"}, staff)
    enter(programme, province, {share: "48.5"}, steward)

    first, second = figures.lines(programme, MONTH)
    assert (first.reported, first.met, first.total, first.spread) == (2, 1, None, "40 – 60")
    assert (first.figure, first.progress.met) == ("48,5", False)
    assert (second.reported, second.total, second.own) == (2, 9, None)
    assert second.progress.words == "chưa có số liệu"


def test_an_emptied_field_takes_the_figure_out_and_history_tells(programme, ward, staff):
    row = target(programme)
    assert enter(programme, ward, {row: "60"}, staff) == 1
    assert enter(programme, ward, {row: "60"}, staff) == 0
    assert enter(programme, ward, {row: None}, staff) == 1
    assert not TargetResult.objects.exists()
    last = Entry.objects.select_related("words").order_by("-pk").first()
    assert last.words.changes == {"T01": ["60", ""]}


def test_a_rank_with_a_fraction_and_a_strange_period_are_refused(programme, ward, staff):
    row = target(programme, compare="rank", value=20)
    with pytest.raises(Blocked):
        enter(programme, ward, {row: "2.5"}, staff)
    with pytest.raises(Blocked):
        enter(programme, ward, {row: "2"}, staff, period="2025-13")


def test_staff_enter_a_month_on_one_page_and_give_evidence(programme, ward, staff, signed_in):
    number = target(programme)
    done = target(programme, "T02", compare="yes_no", order=2, unit_of_measure="")
    client = signed_in(staff)
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    said = {f"value_{number.pk}": "12,5", f"source_{number.pk}": "Sở Công Thương"}
    assert client.post(address, said | {f"value_{done.pk}": "1"}).status_code == 302

    result = TargetResult.objects.get(target=number)
    assert (result.value, result.source) == (Decimal("12.5"), "Sở Công Thương")
    text = client.get(address).content.decode()
    assert 'value="12,5"' in text
    assert "còn thiếu 17,5" in text

    file = SimpleUploadedFile("bang.pdf", making.pdf(), "application/pdf")
    client.post(reverse("campaigns:result_evidence", args=[result.pk]), {"file": file})
    result.refresh_from_db()
    assert result.evidence.name == "bang.pdf"
    down = client.get(reverse("campaigns:result_evidence_file", args=[result.pk]))
    assert down["Content-Type"] == "application/pdf"


def test_nobody_enters_for_another_unit_nor_staff_for_the_province(
    programme, province, staff, steward, ward, signed_in
):
    target(programme)
    whole = reverse("campaigns:results_entry", args=[programme.pk, province.pk, MONTH])
    theirs = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    assert signed_in(staff).get(whole).status_code == 404
    assert signed_in(steward).get(theirs).status_code == 404
    assert signed_in(steward).get(whole).status_code == 200


def test_nonsense_in_a_field_comes_back_with_the_rest(programme, ward, staff, signed_in):
    row = target(programme)
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    answer = signed_in(staff).post(
        address, {f"value_{row.pk}": "nhiều", f"source_{row.pk}": "Báo cáo"}
    )
    assert answer.status_code == 422
    assert "Báo cáo" in answer.content.decode()


@pytest.mark.parametrize("units", [1, 9])
def test_the_province_page_asks_as_often_for_any_number_of_units(
    programme, province, staff, steward, signed_in, units, django_assert_max_num_queries
):
    rows = [target(programme, f"T{n}", order=n) for n in range(5)]
    for number in range(units):
        unit = factories.unit(f"Xã Số {number}", superior=province)
        enter(programme, unit, dict.fromkeys(rows, "20"), staff)
    client = signed_in(steward)
    with django_assert_max_num_queries(15):
        text = client.get(reverse("campaigns:results", args=[programme.pk]) + f"?ky={MONTH}")
    assert f"{units}/" in text.content.decode()


def test_one_target_shows_its_units(programme, ward, staff, steward, signed_in):
    row = target(programme)
    enter(programme, ward, {row: "12"}, staff)
    address = reverse("campaigns:target", args=[row.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}").content.decode()
    assert "Phường Cao Lãnh" in text
    assert "còn thiếu 18 (40 %)" in text
    assert signed_in(staff).get(address).status_code == 404


@pytest.mark.parametrize(
    ("key", "by", "other"),
    [
        ("2025-01", -1, "2024-12"),
        ("2025-12", 1, "2026-01"),
        ("2025-Q4", 1, "2026-Q1"),
        ("2025-H1", -1, "2024-H2"),
        ("2025", -1, "2024"),
        ("2025-03", 14, "2026-05"),
    ],
)
def test_the_period_beside_is_of_the_same_length(key, by, other):
    assert periods.beside(periods.read(key), by) == periods.read(other)


def test_a_run_shows_each_period_as_reported_and_what_is_missing(programme, ward, staff):
    row = target(programme)
    enter(programme, ward, {row: "12"}, staff, period="2025-09")
    enter(programme, ward, {row: "31"}, staff, period="2025-11")
    enter(programme, ward, {row: "40"}, staff, period="2025-Q3")
    months = [f"2025-{number:02d}" for number in range(8, 12)]

    [run] = runs.of_unit(programme, ward.pk, months)
    assert [cell.figure for cell in run.cells] == ["", "12", "", "31"]
    assert [cell.progress.met for cell in run.cells] == [None, False, None, True]
    assert runs.reached([run]) == [(0, 0), (0, 1), (0, 0), (1, 1)]
    assert not run.empty
    assert runs.of_unit(programme, ward.pk, ["2024"])[0].empty


def test_units_that_reported_nothing_stand_in_the_run_of_a_target(programme, province, ward, staff):
    count = target(programme, value=10, unit_of_measure="doanh nghiệp")
    other = factories.unit("Xã Khác", superior=province)
    enter(programme, ward, {count: "4"}, staff)
    keys = ["2025-10", MONTH]

    units = list(runs.units_of(count, keys))
    assert {ward, other} <= set(units)
    rows = {run.head: run for run in runs.of_units(count, units, keys)}
    assert [cell.figure for cell in rows[ward].cells] == ["", "4"]
    assert rows[other].empty
    assert runs.sums_of(count, keys) == [runs.Sum(), runs.Sum(1, 0, "4", "4")]


def test_only_years_that_have_begun_and_the_five_last_stand_side_by_side(today):
    day = date(2025, 11, 10)
    assert [each.key for each in runs.shown("yearly", 2025, day)][0::4] == ["2021", "2025"]
    assert [each.key for each in runs.shown("quarterly", 2025, day)][-1] == "2025-Q4"
    assert len(runs.shown("monthly", 2025, day)) == 11


def test_a_chart_is_drawn_where_it_says_more_than_the_table(programme, ward, staff):
    number, said = target(programme), target(programme, "T02", compare="yes_no", order=2)
    keys = ["2025-08", "2025-09", "2025-10", MONTH]
    for key in keys[:3]:
        enter(programme, ward, {number: "12", said: "1"}, staff, period=key)
    drawn, words = runs.of_unit(programme, ward.pk, keys)
    assert [numbers for _name, numbers in runs.drawn(drawn)] == [[12, 12, 12, None], [30] * 4]
    assert runs.drawn(words) == []
    assert runs.drawn(runs.of_unit(programme, ward.pk, keys[:2])[0]) == []


@pytest.fixture
def followed(programme, province, ward, staff, steward):
    """A target with figures of the province and of one ward in two months."""
    row = target(programme)
    for key, value in (("2025-10", "12"), (MONTH, "31.5")):
        enter(programme, ward, {row: value}, staff, period=key)
        enter(programme, province, {row: value}, steward, period=key)
    target(programme, "T02", compare="rank", value=20, order=2)
    return row


@pytest.mark.parametrize("way", ["thang", "quy", "nam"])
def test_the_province_page_shows_periods_side_by_side(followed, programme, steward, signed_in, way):
    address = reverse("campaigns:results", args=[programme.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}&theo={way}").content.decode()
    assert "chưa có số liệu" in text
    assert ("31,5" in text) == (way == "thang")
    assert "Năm 2024" in text


def test_one_period_leads_to_the_one_before_and_shows_its_figure(
    followed, programme, steward, signed_in
):
    address = reverse("campaigns:results", args=[programme.pk])
    text = signed_in(steward).get(f"{address}?ky={MONTH}").content.decode()
    assert "?ky=2025-10" in " ".join(text.split('rel="prev"')[1].split(">")[0].split())
    assert "tháng 10/2025: 12" in text


def test_the_run_of_a_target_and_of_one_unit(followed, programme, ward, staff, steward, signed_in):
    client = signed_in(steward)
    address = reverse("campaigns:target_run", args=[followed.pk])
    text = client.get(f"{address}?ky=2025&theo=thang&q=cao+lanh").content.decode()
    assert f"don-vi={ward.pk}" in text
    assert "còn thiếu 18" in text
    mine = reverse("campaigns:results", args=[programme.pk])
    text = client.get(f"{mine}?ky=2025&theo=thang&don-vi={ward.pk}").content.decode()
    assert "Số liệu của Phường Cao Lãnh." in text
    assert client.get(f"{mine}?theo=thang&don-vi=0").status_code == 404
    assert signed_in(staff).get(address).status_code == 404


def test_a_unit_is_found_without_accents_on_the_page_of_all(
    followed, programme, ward, steward, signed_in
):
    client = signed_in(steward)
    address = reverse("campaigns:results", args=[programme.pk])
    page = client.get(f"{address}?ky=2025&theo=quy&q=cao+lanh")
    (found,) = (each for each in page.context["found"] if each["label"] == ward.name)
    assert found["url"] == f"?ky=2025&theo=quy&don-vi={ward.pk}"
    assert f"Số liệu của {ward}." in client.get(address + found["url"]).content.decode()
    nobody = client.get(f"{address}?ky=2025&theo=quy&q=qwertz").content.decode()
    assert "Không có đơn vị nào có tên này báo cáo ở đây." in nobody


def test_a_unit_sees_its_own_run_below_the_form(followed, programme, ward, staff, signed_in):
    address = reverse("campaigns:results_entry", args=[programme.pk, ward.pk, MONTH])
    text = signed_in(staff).get(address).content.decode()
    assert "Diễn biến theo kỳ" in text
    assert text.count("còn thiếu 18") == 1


def test_results_go_out_as_workbooks(followed, programme, staff, steward, signed_in):
    client = signed_in(steward)
    whole = reverse("campaigns:results_xlsx", args=[programme.pk])
    one = rows_of(client.get(f"{whole}?ky={MONTH}"))
    assert (one[1][0], one[1][3], one[1][4]) == ("T01", 31.5, "đạt")
    run = rows_of(client.get(f"{whole}?ky={MONTH}&theo=thang"))
    assert run[1][11:14] == ("chưa có số liệu", 12, 31.5)
    units = rows_of(client.get(reverse("campaigns:target_xlsx", args=[followed.pk])))
    assert units[1][0] == "Tỉnh Đồng Tháp"
    assert units[1][1] == "chưa có số liệu"
    assert signed_in(staff).get(whole).status_code == 404


def rows_of(answer):
    return list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
