"""What a dossier tells of its past, dropping a draft, finding it again, reading its report."""

import pytest
from django.urls import reverse

from core.audit.models import Entry
from core.ui.views import MOST_NOTE
from dossiers.models import Dossier
from dossiers.services import deciding, preparing, removing
from dossiers.workflow import DOSSIER
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(today):
    return today


# --- the history -----------------------------------------------------------------------------


def test_the_history_tells_who_was_put_on_and_what_was_written(signed_in, staff, ward, award_round):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)
    preparing.save_general(dossier=draft, actor=staff, contact="Ông A", proposal_number="1/TTr")
    kept = writing.nominee(draft, by=staff)
    gone = writing.nominee(draft, by=staff, name="Trần Văn Bình")
    preparing.save_nominee(nominee=kept, actor=staff, position="Chuyên viên")
    removing.remove_nominee(nominee=gone, actor=staff)

    page = signed_in(staff).get(draft.get_absolute_url())

    lines = [entry.label for entry in page.context["history"]]
    assert lines == [
        "Bỏ Ông Trần Văn Bình khỏi danh sách",
        "Sửa thông tin của Ông Lê Minh Tâm: chức vụ",
        "Viết báo cáo thành tích của Ông Trần Văn Bình",
        "Đưa Ông Trần Văn Bình vào danh sách",
        "Viết báo cáo thành tích của Ông Lê Minh Tâm",
        "Đưa Ông Lê Minh Tâm vào danh sách",
        "Ghi thông tin chung: người liên hệ, số tờ trình",
        "Lập hồ sơ",
    ]


def test_a_draft_of_others_is_no_part_of_the_history(signed_in, staff, ward, award_round):
    mine, other = (writing.draft(unit=ward, of_round=award_round, by=staff) for _n in "12")
    writing.nominee(other, by=staff)

    page = signed_in(staff).get(mine.get_absolute_url())

    assert len(page.context["history"]) == 1


def test_each_nominee_left_out_has_a_line_with_the_reason(staff, officer, ward, award_round):
    dossier = sent.passed(unit=ward, of_round=award_round, by=staff, nominees=3, votes=14)
    _first, *left = dossier.nominations.all()
    before = set(Entry.objects.values_list("pk", flat=True))

    deciding.leave_out(nominations=left, reason=" Vượt chỉ tiêu ", actor=officer)

    lines = Entry.objects.exclude(pk__in=before).order_by("pk").select_related("words", "actor")
    assert [(line.label, line.note, line.actor, line.unit) for line in lines] == [
        (f"Không đưa {one.titled} vào quyết định, vượt số suất", "Vượt chỉ tiêu", officer, ward)
        for one in left
    ]
    assert set(lines) <= set(Entry.objects.about(dossier, staff))  # the unit reads why


# --- a draft made by mistake -------------------------------------------------------------------


def test_staff_drop_a_draft_that_was_never_sent(signed_in, staff, ward, award_round):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)
    client, step = signed_in(staff), f"{draft.get_absolute_url()}drop/"
    assert step in client.get(draft.get_absolute_url()).content.decode()

    silent = client.post(step, {"note": ""})
    client.post(step, {"note": "Lập nhầm hai lần."})

    draft.refresh_from_db()
    assert (silent.status_code, draft.state) == (409, "withdrawn")
    entry = Entry.objects.about(draft, staff)[0]
    assert (entry.label, entry.note) == ("Bỏ bản nháp", "Lập nhầm hai lần.")
    assert f"/ho-so/{draft.pk}/" not in client.get(reverse("home")).content.decode()


def test_a_reason_is_kept_without_what_no_database_keeps(signed_in, staff, ward, award_round):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)

    signed_in(staff).post(
        f"{draft.get_absolute_url()}drop/", {"note": "La\u0323\x00p nhầm\x07.\r\nHai lần."}
    )

    assert Entry.objects.about(draft, staff)[0].note == "Lạp nhầm.\nHai lần."


def test_a_reason_of_nothing_but_control_characters_is_none(signed_in, staff, ward, award_round):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)

    answer = signed_in(staff).post(f"{draft.get_absolute_url()}drop/", {"note": "\x00\x01"})

    assert answer.status_code == 409


@pytest.mark.parametrize(("there", "code"), [(MOST_NOTE, 302), (MOST_NOTE + 1, 409)])
def test_a_reason_that_is_too_long_is_shown_again(signed_in, staff, ward, award_round, there, code):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)
    note = "Lập nhầm.\r\n" + "a" * (there - 10)  # the end of a line counts once

    answer = signed_in(staff).post(f"{draft.get_absolute_url()}drop/", {"note": note})

    assert answer.status_code == code
    if code == 409:
        text = answer.content.decode()
        assert "Lý do dài 4001 ký tự; chỉ viết tối đa 4000 ký tự." in text
        assert "a" * (there - 10) in text
        assert not Entry.objects.filter(verb="dossier.drop").exists()


def test_staff_do_not_drop_what_was_sent_once(dossier_in, staff):
    returned = dossier_in("returned")

    assert "drop" not in {offer.step.name for offer in DOSSIER.offers(returned, staff)}


# --- found by its receipts ---------------------------------------------------------------------


@pytest.mark.parametrize("ordinal", [1, 2])
@pytest.mark.parametrize("address", ["/tim/", "/ho-so/"])
def test_a_dossier_is_found_by_each_of_its_receipts(
    signed_in, staff, unit_leader, ward, award_round, address, ordinal
):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)
    Dossier.objects.filter(pk=dossier.pk).update(state="unit_review")
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)

    page = signed_in(staff).get(address, {"q": f"{dossier.number}/{ordinal}"}).content.decode()

    assert dossier.get_absolute_url() in page


# --- the report as it is read --------------------------------------------------------------------


def test_a_locked_report_has_its_contents_in_part_two(
    signed_in, staff, unit_leader, ward, award_round
):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    nominee = dossier.nominations.get()
    nominee.report.observance = "Chấp hành tốt."
    nominee.report.save()

    text = signed_in(staff).get(reverse("dossiers:report", args=[nominee.pk])).content.decode()

    parts = ["Hoàn thành xuất sắc nhiệm vụ", "Đưa 92,4 %", "Chấp hành tốt.", "III. "]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
