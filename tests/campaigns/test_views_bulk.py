"""The grid of many units: one act over the cells chosen, passed-over cells named, undone once."""

import pytest
from django.conf import settings
from django.urls import reverse

from campaigns import services
from campaigns.models import BulkAct, EntryChange, ScoreEntry, Stage
from campaigns.views.scoring import bulk
from core.audit.models import Entry
from core.ui.components.marks import moment
from tests.factories import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(field):
    """Three sheets that the block has checked; the head cut 1.2 of the first to 5."""
    for place in range(3):
        sheet = field.bring(field.sheet(place), "scored")
        if place == 0:
            cut = field.change("1.2", 0, "Hai văn bản trùng", points="5")
            services.save_entries(
                sheet=sheet, stage=Stage.VERIFIED, changes=[cut], actor=field.verifier_of(sheet)
            )
        services_verify(field, sheet)
    return field


def services_verify(field, sheet):
    from_head = field.verifier_of(sheet)
    sheets.SHEET.perform(sheet, "verify", actor=from_head)


def url(field):
    return reverse("campaigns:block_grid", args=[field.block.pk])


def cell(field, place, code, version=0):
    return f"{field.sheet(place).pk}-{field.criteria[code].pk}-{version}"


def given(field, place, code):
    return ScoreEntry.objects.get(
        sheet=field.sheet(place), criterion=field.criteria[code], stage=Stage.APPRAISED
    )


def test_the_grid_shows_points_stage_beside_stage_and_what_lacks_evidence(ready, signed_in):
    page = signed_in(ready.officer).get(url(ready))

    assert [item.code for item in page.context["columns"]] == ["1.1", "1.2"]
    first = page.context["rows"][0].cells
    assert (str(first[1].own), str(first[1].verified), first[1].appraised) == ("8.75", "5.00", None)
    assert first[0].bare
    assert first[1].differs
    other = signed_in(ready.officer).get(url(ready), {"nhom": ready.criteria["2"].pk})
    assert [item.code for item in other.context["columns"]] == ["2.1", "2.2"]


def test_many_cells_are_agreed_with_in_one_act_with_a_history_of_each(ready, signed_in):
    chosen = [cell(ready, place, "1.2") for place in range(3)]
    before = Entry.objects.count()

    packed = [chosen[0], ",".join(chosen[1:])]
    answer = signed_in(ready.officer).post(url(ready), {"cell": packed, "way": "agree"})

    assert answer.status_code == 302
    assert str(given(ready, 0, "1.2").points) == "5.00"
    assert str(given(ready, 1, "1.2").points) == "8.75"
    assert EntryChange.objects.filter(entry__stage=Stage.APPRAISED).count() == 3
    assert Entry.objects.count() == before + 4  # one a sheet, one for the act


def test_the_units_own_points_need_a_reason_where_the_head_gave_others(ready, signed_in):
    client = signed_in(ready.officer)
    chosen = [cell(ready, place, "1.2") for place in range(2)]

    client.post(url(ready), {"cell": chosen, "way": "own"})
    act = BulkAct.objects.get()

    assert act.left == ["Phường Mẫu A, 1.2: ghi lý do thay đổi điểm."]
    assert act.cells.count() == 1
    client.post(url(ready), {"cell": chosen[:1], "way": "own", "reason": "Không trùng"})
    assert str(given(ready, 0, "1.2").points) == "8.75"


def test_points_for_many_stay_within_the_bounds_of_each_criterion(ready, signed_in):
    client = signed_in(ready.officer)
    chosen = [cell(ready, 0, "1.1"), cell(ready, 0, "1.2"), cell(ready, 1, "1.2")]
    data = {"cell": chosen, "way": "points", "points": "12", "reason": "Theo biên bản"}

    assert client.post(url(ready), data | {"reason": ""}).status_code == 422
    assert client.post(url(ready), data | {"points": "mười"}).status_code == 422
    answer = client.post(url(ready), data, follow=True)

    assert str(given(ready, 0, "1.1").points) == "12.00"
    act = BulkAct.objects.get()
    assert [text[:18] for text in act.left] == ["Phường Mẫu A, 1.2:", "Phường Mẫu B, 1.2:"]
    assert "Bỏ qua: 2" in answer.content.decode()


def test_a_cell_that_a_colleague_changed_is_passed_over_and_named(ready, signed_in):
    mine = ready.change("1.2", 0, "Đã đối chiếu", points="4")
    services.save_entries(
        sheet=ready.sheet(1), stage=Stage.APPRAISED, changes=[mine], actor=ready.officer
    )
    chosen = [cell(ready, place, "1.2") for place in range(3)]

    signed_in(ready.officer).post(url(ready), {"cell": chosen, "way": "agree"})

    assert BulkAct.objects.get().left == ["Phường Mẫu B, 1.2: đồng nghiệp vừa sửa."]
    assert str(given(ready, 1, "1.2").points) == "4.00"
    assert given(ready, 2, "1.2").given == {"agree": "yes"}


def test_agreeing_leaves_points_that_were_given_before(ready, signed_in):
    client = signed_in(ready.officer)
    typed = {"way": "points", "points": "3", "reason": "Theo biên bản"}
    client.post(url(ready), {"cell": [cell(ready, 0, "1.2")], **typed})

    chosen = [cell(ready, 0, "1.2", version=1), cell(ready, 1, "1.2")]
    client.post(url(ready), {"cell": chosen, "way": "agree"})

    assert (given(ready, 0, "1.2").given, given(ready, 0, "1.2").explanation) == (
        {"points": "3"},
        "Theo biên bản",
    )
    assert BulkAct.objects.first().left == [
        "Phường Mẫu A, 1.2: đã được cho điểm khác, nên giữ nguyên."
    ]


def test_nothing_chosen_and_nothing_to_do_are_said_and_what_was_chosen_stays(ready, signed_in):
    client = signed_in(ready.officer)

    assert client.post(url(ready), {"way": "agree"}).status_code == 409
    assert client.post(url(ready), {"cell": ["1-2", "x"], "way": "agree"}).status_code == 409
    chosen = cell(ready, 0, "1.2")
    refused = client.post(url(ready), {"cell": [chosen], "way": "points", "reason": "a"})
    assert refused.status_code == 422
    assert refused.context["chosen"] == {chosen}


def test_undoing_puts_back_what_nobody_changed_since_and_names_the_rest(ready, signed_in):
    client = signed_in(ready.officer)
    sheet = ready.sheet(0)
    first = ready.change("1.2", 0, "Lần đầu", points="3")
    services.save_entries(sheet=sheet, stage=Stage.APPRAISED, changes=[first], actor=ready.officer)
    chosen = [cell(ready, 0, "1.2", 1), cell(ready, 1, "1.2"), cell(ready, 2, "1.2")]
    client.post(url(ready), {"cell": chosen, "way": "own", "reason": "Lấy lại"})
    later = ready.change("1.2", 1, "Xem lại", points="2")
    services.save_entries(
        sheet=ready.sheet(2), stage=Stage.APPRAISED, changes=[later], actor=ready.officer
    )
    act = BulkAct.objects.get()
    undo = reverse("campaigns:bulk_undo", args=[act.pk])

    page = client.post(undo, follow=True).content.decode()

    assert (given(ready, 0, "1.2").explanation, given(ready, 1, "1.2").given) == ("Lần đầu", {})
    assert str(given(ready, 2, "1.2").points) == "2.00"
    assert "Phường Mẫu C, 1.2: đã có người sửa sau đó nên giữ nguyên." in page
    assert "Đã trả 2 tiêu chí về như trước." in page
    client.post(undo)
    assert str(given(ready, 0, "1.2").points) == "3.00"


def test_explaining_says_that_points_were_undone_and_which_act_it_was(ready, signed_in):
    client = signed_in(ready.officer)
    sheet = ready.sheet(1)
    first = ready.change("1.2", 0, "Lần đầu", points="3")
    services.save_entries(sheet=sheet, stage=Stage.APPRAISED, changes=[first], actor=ready.officer)
    typed = {"way": "points", "points": "2", "reason": "Theo biên bản"}
    client.post(url(ready), {"cell": [cell(ready, 1, "1.2", 1)], **typed})
    act = BulkAct.objects.get()

    client.post(reverse("campaigns:bulk_undo", args=[act.pk]))

    undone = EntryChange.objects.filter(entry__sheet=sheet).last()
    assert (str(undone.old_points), str(undone.new_points)) == ("2.00", "3.00")
    said = f"Hoàn tác “Cho cùng một số điểm (2)” lúc {moment(act.at)}"
    assert undone.reason.startswith(said)
    page = client.get(reverse("campaigns:sheet_explain", args=[sheet.pk])).content.decode()
    assert said in page
    assert given(ready, 1, "1.2").explanation == "Lần đầu"


def test_another_reason_for_the_same_points_is_kept_too(ready, signed_in):
    sheet = ready.sheet(1)
    for version, reason in enumerate(["Lần đầu", "Theo biên bản số 2"]):
        change = ready.change("1.2", version, reason, points="3")
        services.save_entries(
            sheet=sheet, stage=Stage.APPRAISED, changes=[change], actor=ready.officer
        )

    kept = EntryChange.objects.filter(entry__sheet=sheet, entry__stage=Stage.APPRAISED)
    assert [row.reason for row in kept] == ["Lần đầu", "Theo biên bản số 2"]


def test_a_long_grid_shows_some_units_so_that_a_form_without_a_script_can_be_sent(
    ready, signed_in, monkeypatch
):
    assert bulk.MOST_SHOWN + 20 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    monkeypatch.setattr(bulk, "MOST_SHOWN", 4)
    client = signed_in(ready.officer)

    first, second = client.get(url(ready)), client.get(url(ready), {"trang": 2})

    names = [[row.sheet.unit_name for row in page.context["rows"]] for page in (first, second)]
    assert names == [["Phường Mẫu A", "Phường Mẫu B"], ["Phường Mẫu C"]]
    assert "Chỉ những ô chọn trên trang này được chấm" in first.content.decode()
    for place in (0, 1):
        sheets.SHEET.perform(ready.sheet(place), "appraise", actor=ready.officer)
    over = client.get(url(ready)).content.decode()
    assert "các bảng đang chờ ở trang khác" in over
    sent = client.post(f"{url(ready)}?trang=2", {"cell": cell(ready, 2, "1.2"), "way": "agree"})
    assert sent.url == f"{url(ready)}?trang=2"
    assert str(given(ready, 2, "1.2").points) == "8.75"


def test_a_form_of_too_many_fields_is_refused_in_words(ready, signed_in):
    client = signed_in(ready.officer)
    client.raise_request_exception = False
    many = [f"1-{number}-0" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)]

    answer = client.post(url(ready), {"cell": many, "way": "agree"})

    assert answer.status_code == 400
    assert "chia thành nhiều lần gửi" in answer.content.decode()


def test_an_act_that_cannot_be_undone_at_all_is_not_said_to_be(ready, signed_in):
    client = signed_in(ready.officer)
    client.post(url(ready), {"cell": [cell(ready, 0, "1.2")], "way": "agree"})
    sheets.SHEET.perform(ready.sheet(0), "appraise", actor=ready.officer)
    act = BulkAct.objects.get()

    page = client.post(reverse("campaigns:bulk_undo", args=[act.pk]), follow=True)

    said = [str(each) for each in page.context["messages"]][1:]  # the act's own comes first
    assert len(said) == 1
    assert "Phường Mẫu A" in said[0]
    assert "Đã trả" not in said[0]
    act.refresh_from_db()
    assert act.undone_at is None


def test_nobody_undoes_or_judges_for_another(ready, signed_in):
    client = signed_in(ready.officer)
    client.post(url(ready), {"cell": [cell(ready, 0, "1.2")], "way": "agree"})
    undo = reverse("campaigns:bulk_undo", args=[BulkAct.objects.get().pk])
    unit = signed_in(ready.staff[ready.units[2].pk])

    assert unit.post(undo).status_code == 404
    assert unit.get(url(ready)).status_code == 404
    strip = reverse("campaigns:sheet_cell", args=[ready.sheet(0).pk, ready.criteria["1.2"].pk])
    assert unit.get(strip).status_code == 404
    head = signed_in(ready.staff[ready.units[0].pk])  # its turn is over
    late = head.post(url(ready), {"cell": [cell(ready, 2, "1.1")], "way": "agree"})
    assert late.status_code == 409


def test_the_head_of_the_block_checks_many_the_same_way(field, signed_in):
    for place in range(3):
        field.bring(field.sheet(place), "scored")
    client = signed_in(field.staff[field.units[0].pk])
    page = client.get(url(field))
    chosen = [c.value for row in page.context["rows"] for c in row.cells if c.writable]

    assert len(chosen) == 4  # its own sheet is the deputy's
    assert client.post(url(field), {"cell": chosen, "way": "agree"}).status_code == 302
    assert ScoreEntry.objects.filter(stage=Stage.VERIFIED).count() == 4


def test_the_strip_of_a_cell_tells_rule_words_evidence_and_history(ready, signed_in):
    strip = reverse("campaigns:sheet_cell", args=[ready.sheet(0).pk, ready.criteria["1.2"].pk])
    client = signed_in(ready.officer)

    part = client.get(strip, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "Hai văn bản trùng" in part
    assert "7 : 8 × 10" in part
    assert "<html" in client.get(strip).content.decode()
    group = reverse("campaigns:sheet_cell", args=[ready.sheet(0).pk, ready.criteria["1"].pk])
    assert client.get(group).status_code == 404


@pytest.mark.parametrize("count", [3, 8])
def test_the_grid_asks_as_little_for_many_units(
    count, province, officer, section_head, today, signed_in, django_assert_max_num_queries
):
    field = sheets.Field(province=province, officer=officer, section_head=section_head, count=count)
    for place in range(count):
        field.bring(field.sheet(place), "verified")
    client = signed_in(officer)
    client.get(url(field))

    with django_assert_max_num_queries(15):
        client.get(url(field))
