"""Pages of whoever checks, appraises or scores beside the unit, and of the unit that objects."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.permissions import Role
from campaigns import services
from campaigns.models import EvidenceUse, ScoreEntry, Stage
from campaigns.workflow import SHEET
from core.ui.merging import mark
from tests.core.files import making
from tests.factories import sheets
from tests.factories.people import member, unit
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(field):
    return field.bring(field.sheet(), "scored")


def judge(client, field, sheet, code, **values):
    key = f"c{field.criteria[code].pk}"
    seen = json.dumps({name: mark("") for name in values})
    posted = {f"{key}-seen": seen} | {f"{key}-{n}": v for n, v in values.items()}
    return client.post(reverse("campaigns:judge_save", args=[sheet.pk]), posted)


def test_the_head_of_the_block_sees_the_answer_and_changes_points_with_a_reason(
    field, sheet, signed_in
):
    client = signed_in(field.verifier_of(sheet))
    page = client.get(sheet.judging_url).content.decode()
    assert "7 : 8 × 10" in page

    bare = judge(client, field, sheet, "1.2", points="5")
    assert bare.status_code == 422
    assert bare.json()["faults"] == ["1.2: ghi lý do thay đổi điểm."]
    answer = judge(client, field, sheet, "1.2", points="5", explanation="Hai văn bản trùng")

    assert answer.json()["total"] == "37,25"
    kept = ScoreEntry.objects.get(stage=Stage.VERIFIED)
    assert (kept.explanation, str(kept.points)) == ("Hai văn bản trùng", "5.00")


def test_judges_filter_by_hints_and_read_who_knows_about_a_criterion(field, sheet, signed_in):
    row = field.criteria["1.2"]
    row.data_source, row.responsible = "Báo cáo quý", "Bà Lan"
    row.save()
    client = signed_in(field.verifier_of(sheet))
    key = f"c{field.criteria['2.1'].pk}"
    told = ScoreEntry.objects.get(sheet=sheet, criterion=field.criteria["1.1"], stage=Stage.OWN)
    told.explanation = "Đã họp 7 cuộc"
    told.save()

    page = client.get(sheet.judging_url, {"show": "hinted"})

    assert [line.row.code for line in page.context["lines"] if line.item.rule] == ["1.1"]
    assert {str(pill["label"]) for pill in page.context["pills"]} >= {"Nên xem lại"}
    assert key not in page.content.decode()
    whole = client.get(sheet.judging_url).content.decode()
    unit = signed_in(field.staff[sheet.unit_id]).get(sheet.get_absolute_url()).content.decode()
    assert whole.count("Báo cáo quý") == unit.count("Báo cáo quý") == 1
    assert "Bà Lan" in unit


def test_the_page_is_for_those_whose_turn_it_is(field, sheet, signed_in):
    for user in (field.officer, field.staff[sheet.unit_id], field.staff[field.units[2].pk]):
        client = signed_in(user)
        assert client.get(sheet.judging_url).status_code == 404
        assert judge(client, field, sheet, "1.2", agree="yes").status_code == 404
    sheet = SHEET.perform(sheet, "verify", actor=field.verifier_of(sheet))
    assert signed_in(field.officer).get(sheet.judging_url).status_code == 200


def test_two_judges_at_once_see_each_others_points(field, sheet, signed_in):
    client = signed_in(field.verifier_of(sheet))
    judge(client, field, sheet, "1.2", points="5", explanation="Trùng")

    late = judge(client, field, sheet, "1.2", points="3", explanation="Trùng")

    assert late.status_code == 409
    assert [c["kept"] for c in late.json()["conflicts"]] == ["5"]


def test_a_criterion_goes_back_alone_by_its_page(field, sheet, signed_in):
    client = signed_in(field.verifier_of(sheet))
    url = reverse("campaigns:criterion_return", args=[sheet.pk, field.criteria["1.2"].pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    answer = client.post(url, {"reason": "Thiếu số văn bản"})

    assert answer.headers["Location"].startswith(sheet.judging_url)
    page = client.get(sheet.judging_url, {"show": "returned"}).content.decode()
    assert "Thiếu số văn bản" in page
    assert "Ban Chỉ đạo họp" not in page


def test_peers_have_the_same_page_and_their_own_total(
    province, officer, section_head, today, signed_in
):
    field = sheets.Field(
        province=province, officer=officer, section_head=section_head, has_peers=True
    )
    for place in range(3):
        field.bring(field.sheet(place), "scored")
    services.open_peers(block=field.block, actor=field.staff[field.block.head_id])
    sheet, peer = field.sheet(2), field.staff[field.units[1].pk]  # the head verifies it

    client = signed_in(peer)
    assert client.get(sheet.judging_url).status_code == 200
    answer = judge(client, field, sheet, "1.1", points="5", explanation="Hai cuộc")

    assert answer.json()["total"] == "31"
    assert ScoreEntry.objects.get(stage=Stage.PEER).scorer == field.units[1]
    assert client.get(field.sheet(1).judging_url).status_code == 404  # its own


def test_a_unit_objects_on_a_page_to_what_was_changed(field, sheet, signed_in):
    sheet = SHEET.perform(sheet, "verify", actor=field.verifier_of(sheet))
    change = field.change("2.1", 0, "Không thấy", points="0")
    services.save_entries(sheet=sheet, stage=Stage.APPRAISED, changes=[change], actor=field.officer)
    sheet = SHEET.perform(sheet, "appraise", actor=field.officer)
    client = signed_in(field.heads[sheet.unit_id])
    url = reverse("campaigns:sheet_object", args=[sheet.pk])

    page = client.get(url).content.decode()
    assert "tự chấm 10, thẩm định 0" in page
    assert "1.2 Văn bản" not in page
    assert client.post(url, {"text": ""}).status_code == 409
    name = f"why-{field.criteria['2.1'].pk}"
    assert client.post(url, {name: "Chuyên mục có từ tháng 3"}).status_code == 302

    sheet.refresh_from_db()
    assert (sheet.state, sheet.appraised_points) == ("objected", POINTS - 10)
    officer = signed_in(field.officer)
    assert "Chuyên mục có từ tháng 3" in officer.get(sheet.judging_url).content.decode()


def test_the_judge_opens_evidence_at_its_page_beside_the_criterion(field, signed_in):
    sheet = field.sheet()
    writer = signed_in(field.staff[sheet.unit_id])
    use = reverse("campaigns:evidence_use", args=[sheet.pk, field.criteria["1.1"].pk])
    file = SimpleUploadedFile("bien-ban.pdf", making.pdf())
    typed = {"title": "Biên bản họp", "page": "3", "quote": "đã họp ba lần", "file": file}
    writer.post(use, typed)
    sheet = field.bring(sheet, "scored")

    client = signed_in(field.verifier_of(sheet))
    answer = client.get(sheet.judging_url)
    page = answer.content.decode()
    address = reverse("campaigns:use_file", args=[EvidenceUse.objects.get().pk])

    assert f'href="{address}?xem#page=3"' in page
    assert 'data-look="pdf" data-page="3" data-quote="đã họp ba lần"' in " ".join(page.split())
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    shown = client.get(address, {"xem": ""})
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert client.get(address).headers["Content-Disposition"].startswith("attachment")


def test_a_member_reads_the_evidence_of_the_sheet_it_scores_and_only_then(
    province, officer, section_head, today, signed_in
):
    field = sheets.Field(
        province=province, officer=officer, section_head=section_head, has_peers=True
    )
    sheet = field.sheet(2)
    use = reverse("campaigns:evidence_use", args=[sheet.pk, field.criteria["1.1"].pk])
    file = SimpleUploadedFile("bien-ban.pdf", making.pdf())
    signed_in(field.staff[sheet.unit_id]).post(use, {"title": "Biên bản", "file": file})
    for place in range(3):
        field.bring(field.sheet(place), "scored")
    address = reverse("campaigns:use_file", args=[EvidenceUse.objects.get().pk])
    peer = signed_in(field.staff[field.units[1].pk])
    assert peer.get(address).status_code == 404

    services.open_peers(block=field.block, actor=field.staff[field.block.head_id])

    assert peer.get(address).status_code == 200
    stranger = member(Role.UNIT_STAFF, unit("Phường Ngoài Cụm", kind="ward", superior=province))
    assert signed_in(stranger).get(address).status_code == 404


def test_concluding_says_what_was_never_looked_at_and_leads_to_it(field, sheet, signed_in):
    client = signed_in(field.verifier_of(sheet))
    judge(client, field, sheet, "1.2", agree="yes")
    judge(client, field, sheet, "2.1", points="10")

    page = client.get(sheet.get_absolute_url()).content.decode()

    assert "3 tiêu chí chưa được xem, điểm sẽ giữ nguyên như hiện có: 1.1, 2.2, 3.1." in page
    assert f'href="{sheet.judging_url}?show=new"' in page
    left = client.get(sheet.judging_url, {"show": "new"})
    shown = [line.row.code for line in left.context["lines"] if not line.row.is_group]
    assert shown == ["1.1", "2.2", "3.1"]
    SHEET.perform(sheet, "verify", actor=field.verifier_of(sheet))
    told = client.get(reverse("campaigns:sheet_explain", args=[sheet.pk])).content.decode()
    assert "3 tiêu chí không được xem riêng" in told


def test_an_answer_given_anew_waits_to_be_looked_at_again(field, sheet, signed_in):
    client = signed_in(field.verifier_of(sheet))
    for code in ("1.1", "1.2", "2.1", "2.2", "3.1"):
        judge(client, field, sheet, code, agree="yes")
    assert "chưa được xem" not in client.get(sheet.get_absolute_url()).content.decode()
    services.return_criterion(
        sheet=sheet,
        criterion=field.criteria["1.2"],
        reason="Thiếu số văn bản",
        actor=field.verifier_of(sheet),
    )
    field.write(sheet, {"1.2": {"a": "6", "b": "8"}})

    page = client.get(sheet.get_absolute_url()).content.decode()

    assert "1 tiêu chí chưa được xem" in page
