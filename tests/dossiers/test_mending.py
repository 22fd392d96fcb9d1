"""A dossier that came back: what was mended, what was explained, what is as it was."""

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.ui.models import Draft
from core.workflow import Blocked, NotNow
from dossiers.models import Defect, Dossier
from dossiers.rules import contents, mending
from dossiers.services import appraising, papers, preparing, removing
from dossiers.views.reading import Reading
from dossiers.workflow import DOSSIER
from tests.factories import sent, writing

pytestmark = pytest.mark.django_db
REASON = "Hồ sơ còn hai điểm cần bổ sung."


@pytest.fixture
def returned(ward, award_round, staff, unit_leader, officer):
    """Sent once, then returned for a paper and for its nominee."""
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)
    nominee = dossier.nominations.get()
    return appraising.return_to_unit(
        dossier=dossier,
        note=REASON,
        defects=[("paper:BB", "Thiếu số phiếu."), (f"nominee:{nominee.pk}", "Sai chức vụ.")],
        actor=officer,
    )


def mend_nominee(dossier, by):
    preparing.save_nominee(nominee=dossier.nominations.get(), actor=by, position="Chuyên viên")


def mend_paper(dossier, by):
    paper = dossier.papers.get(component__code="BB")
    papers.attach_paper(
        dossier=dossier,
        component=paper.component,
        document=writing.document(dossier.unit, by, name="moi.pdf", content=b"%PDF-1.4 new"),
        actor=by,
    )


def explain(dossier, part, by):
    defect = dossier.defects.get(part=part)
    return preparing.explain_flaw(defect=defect, actor=by, answer="Biên bản đúng mẫu.")


def fresh(dossier):
    return Dossier.objects.get(pk=dossier.pk)


def test_a_return_with_nothing_mended_is_not_handed_over(returned, staff):
    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(returned, "to_head", actor=staff)

    assert [finding.part.split(":")[0] for finding in caught.value.findings] == ["paper", "nominee"]
    assert "Thiếu số phiếu." in str(caught.value)


def test_half_mended_is_not_mended(returned, staff):
    mend_nominee(returned, staff)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(returned, "to_head", actor=staff)

    assert [finding.part for finding in caught.value.findings] == ["paper:BB"]


def test_what_was_mended_goes_on(returned, staff):
    mend_nominee(returned, staff)
    mend_paper(returned, staff)

    assert DOSSIER.perform(returned, "to_head", actor=staff).state == Dossier.State.UNIT_REVIEW


def test_another_number_of_the_same_file_is_a_change(returned, staff):
    mend_nominee(returned, staff)
    returned.papers.filter(component__code="BB").update(number="12/BB-UBND")

    assert all(flaw.changed for flaw in mending.open_flaws(fresh(returned)))


def test_an_explanation_lets_it_go_on_and_everybody_reads_it(
    signed_in, returned, staff, unit_leader, officer
):
    mend_nominee(returned, staff)
    client = signed_in(staff)
    defect = returned.defects.get(part="paper:BB")
    address = reverse("dossiers:explain", args=[defect.pk])
    assert address in client.get(returned.get_absolute_url()).content.decode()
    assert client.post(address, {"answer": "Biên bản đúng mẫu."}).status_code == 302

    DOSSIER.perform(returned, "to_head", actor=staff)
    preview = signed_in(unit_leader).get(reverse("dossiers:preview", args=[returned.pk]))
    DOSSIER.perform(returned, "submit", actor=unit_leader)
    desk = signed_in(officer).get(reverse("dossiers:appraise", args=[returned.pk]))

    for page in (preview, desk):
        text = page.content.decode()
        assert "Thiếu số phiếu." in text
        assert "Chưa sửa" in text
        assert "Biên bản đúng mẫu." in text
    assert [row["flaw"].changed for row in desk.context["earlier"]] == [False, True]


def test_nobody_explains_what_is_with_others(returned, staff, unit_leader, signed_in):
    defect = returned.defects.get(part="paper:BB")
    Dossier.objects.filter(pk=returned.pk).update(state="submitted")

    answer = signed_in(staff).post(
        reverse("dossiers:explain", args=[defect.pk]), {"answer": "Muộn rồi."}
    )

    assert answer.status_code == 409
    assert Defect.objects.get(pk=defect.pk).answer == ""


def test_a_second_sending_with_nothing_changed_says_so_at_the_desk(
    signed_in, returned, staff, unit_leader, officer
):
    for defect in returned.defects.all():
        explain(returned, defect.part, staff)
    DOSSIER.perform(returned, "to_head", actor=staff)
    DOSSIER.perform(returned, "submit", actor=unit_leader)

    text = signed_in(officer).get(reverse("dossiers:appraise", args=[returned.pk])).content.decode()

    assert "Không có gì thay đổi so với lần gửi trước." in text
    assert text.count("Chưa sửa") == 2


def test_the_rail_and_the_row_show_the_flag_until_it_is_mended(returned, staff):
    reading = Reading(fresh(returned), staff)
    tones = {row["title"]: row["tone"] for row in reading.rail}
    (row,) = reading.rows()
    mend_nominee(returned, staff)
    after = Reading(fresh(returned), staff)

    assert (tones["Danh sách đề nghị"], tones["Biên bản"]) == ("warn", "warn")
    assert (row["tone"], row["words"]) == ("err", "1 phải sửa")
    assert {r["title"]: r["text"] for r in after.rail}["Danh sách đề nghị"] == "Đã sửa theo yêu cầu"
    assert after.rows()[0]["tone"] == "ok"


def test_the_flag_stays_in_sight_of_the_head(returned, staff, unit_leader):
    mend_nominee(returned, staff)
    explain(returned, "paper:BB", staff)
    DOSSIER.perform(returned, "to_head", actor=staff)

    rail = {row["title"]: row for row in Reading(fresh(returned), unit_leader).rail}

    assert rail["Biên bản"]["tone"] == "warn"


def test_a_nominee_taken_off_the_list_is_mended_with_its_report(
    ward, award_round, staff, unit_leader, officer
):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)
    gone = dossier.nominations.get()
    appraising.return_to_unit(
        dossier=dossier,
        note=REASON,
        defects=[("nominees", "Bỏ một người."), (f"report:{gone.pk}", "Báo cáo quá ngắn.")],
        actor=officer,
    )
    gone.delete()

    assert [flaw.changed for flaw in mending.open_flaws(fresh(dossier))] == [True, True]


@pytest.fixture
def listed(ward, award_round, staff, unit_leader, officer):
    """Appraised in part, then returned for the list of nominees and the report of its only one."""
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)
    nominee = dossier.nominations.get()
    sent.judge(dossier, by=officer, opinion="drop", remark="Chưa đủ thời gian.")
    return appraising.return_to_unit(
        dossier=dossier,
        note=REASON,
        defects=[("nominees", "Bỏ một người."), (f"report:{nominee.pk}", "Báo cáo quá ngắn.")],
        actor=officer,
    )


def test_a_nominee_taken_off_the_list_and_put_back_mends_nothing(listed, staff):
    nominee = listed.nominations.get()
    before, stood = contents.contents_of(listed), nominee.stands

    removed = removing.remove_nominee(nominee=nominee, actor=staff)
    removing.restore_nominee(dossier=listed, removed=removed, actor=staff)

    back = fresh(listed).nominations.get()
    assert contents.contents_of(fresh(listed)) == before
    assert [flaw.changed for flaw in mending.open_flaws(fresh(listed))] == [False, False]
    assert (back.verdict.opinion, back.verdict.remark) == ("drop", "Chưa đủ thời gian.")
    assert (back.pk, back.stands, back.report.pk) == (nominee.pk, stood, nominee.report.pk)
    with pytest.raises(Blocked):
        DOSSIER.perform(listed, "to_head", actor=staff)


def test_a_flaw_leads_to_its_part_while_the_nominee_is_off_the_list_too(signed_in, listed, staff):
    client, nominee = signed_in(staff), listed.nominations.get()
    removed = removing.remove_nominee(nominee=nominee, actor=staff)
    off = [row["url"] for row in client.get(listed.get_absolute_url()).context["defects"]]

    removing.restore_nominee(dossier=listed, removed=removed, actor=staff)
    on = [row["url"] for row in client.get(listed.get_absolute_url()).context["defects"]]

    report = reverse("dossiers:report", args=[nominee.pk])
    assert off == [f"{listed.get_absolute_url()}#nominees", ""]
    assert on == [f"{listed.get_absolute_url()}#nominees", report]
    assert client.get(report).status_code == 200


def test_a_place_taken_meanwhile_is_not_taken_twice(listed, staff):
    nominee = listed.nominations.get()
    removed = removing.remove_nominee(nominee=nominee, actor=staff)
    other = writing.draft(unit=listed.unit, of_round=listed.round, by=staff)
    sent.nominee(other, name=nominee.name, birth_day=nominee.birth_day, workplace=nominee.workplace)
    assert other.nominations.get().identity == nominee.identity

    back = removing.restore_nominee(dossier=listed, removed=removed, actor=staff)

    assert not back.stands


def test_what_was_put_back_is_not_put_back_again(listed, staff):
    removed = removing.remove_nominee(nominee=listed.nominations.get(), actor=staff)
    removing.restore_nominee(dossier=listed, removed=Draft.objects.get(), actor=staff)

    with pytest.raises(NotNow):
        removing.restore_nominee(dossier=listed, removed=removed, actor=staff)


@pytest.mark.parametrize("page", ["dossier", "home", "general"])
def test_the_unit_reads_the_reason_first(signed_in, returned, staff, page):
    addresses = {
        "dossier": returned.get_absolute_url(),
        "home": reverse("home"),
        "general": reverse("dossiers:papers", args=[returned.pk, _component(returned)]),
    }

    text = signed_in(staff).get(addresses[page]).content.decode()

    assert 0 < text.index(REASON) < text.index("Thiếu số phiếu.")
    assert text.index("Nội dung phải sửa") < text.index("Thiếu số phiếu.")


def test_the_first_page_does_not_ask_again_for_what_is_explained(signed_in, returned, staff):
    client = signed_in(staff)

    def asked():
        (task,) = client.get(reverse("home")).context["tasks"]
        return task.verb, task.reasons, bool(task.reasons_by)

    assert asked() == ("Sửa 2 mục", ["Thiếu số phiếu.", "Sai chức vụ."], True)
    explain(returned, "paper:BB", staff)
    assert asked() == ("Sửa 1 mục", ["Sai chức vụ."], True)
    explain(returned, returned.defects.last().part, staff)
    assert asked() == ("Làm tiếp", [], False)


WHY = "Ghi lại số phiếu\ncho khớp biên bản."


@pytest.fixture
def given_back(request, ward, award_round, staff, unit_leader):
    """`given_back(True)`: mended after a return, and the head gives it back to the writer."""

    def make(sent_before):
        if sent_before:
            returned = request.getfixturevalue("returned")
            mend_nominee(returned, staff)
            mend_paper(returned, staff)
            dossier = DOSSIER.perform(returned, "to_head", actor=staff)
        else:
            dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
        step = "back_to_mend" if sent_before else "back_to_staff"
        return DOSSIER.perform(dossier, step, actor=unit_leader, note=WHY)

    return make


@pytest.mark.parametrize("sent_before", [False, True])
def test_the_writer_reads_first_why_the_head_gave_it_back(
    signed_in, given_back, staff, unit_leader, sent_before
):
    dossier, client = given_back(sent_before), signed_in(staff)

    home = client.get(reverse("home"))
    pages = [
        client.get(dossier.get_absolute_url()).content.decode().partition('id="history"')[0],
        client.get(reverse("dossiers:general", args=[dossier.pk])).content.decode(),
    ]

    backs = [task.back for task in home.context["tasks"] if task.back.given]
    assert [(back.given, back.given_by) for back in backs] == [(WHY, str(unit_leader))]
    assert "Ghi lại số phiếu" in home.content.decode()
    assert all("Ghi lại số phiếu" in page and str(unit_leader) in page for page in pages)
    assert WHY in Notice.objects.filter(user=staff).first().text


def test_what_the_head_said_is_answered_by_handing_it_over_again(given_back, staff):
    dossier = given_back(False)
    before = mending.back_of(fresh(dossier)).given

    DOSSIER.perform(dossier, "to_head", actor=staff)

    assert (before, mending.back_of(fresh(dossier))) == (WHY, mending.Back())


def test_a_return_after_what_the_head_said_speaks_alone(given_back, staff, unit_leader, officer):
    dossier = DOSSIER.perform(given_back(True), "to_head", actor=staff)
    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)

    appraising.return_to_unit(
        dossier=dossier, note="Lần hai.", defects=[("general", "Sai ngày.")], actor=officer
    )

    assert mending.back_of(fresh(dossier)) == mending.Back("Lần hai.")


def test_a_part_is_offered_to_be_mended_while_it_may_be_written(
    ward, award_round, staff, unit_leader
):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)
    few_places(award_round)
    waiting = writing.with_head(unit=ward, of_round=award_round, by=staff)

    assert all(finding.href for finding in Reading(draft, staff).findings)
    assert [each.rule for each in Reading(waiting, unit_leader).findings] == ["R17"]
    assert not Reading(waiting, unit_leader).findings[0].href


def test_a_part_that_did_not_come_back_is_not_offered_to_be_mended(returned, staff):
    """The plan gave the round fewer places meanwhile; the list of a return is locked."""
    few_places(returned.round)

    found = {each.rule: each.href for each in Reading(fresh(returned), staff).findings}

    assert found["R17"] == ""
    assert found["return"]


def few_places(of_round):
    of_round.quotas.create(award_type=of_round.award_type, kind="individual", size=0)


def _component(dossier):
    return dossier.campaign.components.get(code="BB").pk


def test_nobody_nominated_means_no_report_done(ward, award_round, staff):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)
    reading = Reading(draft, staff)

    assert {row["title"]: row["tone"] for row in reading.rail}["Báo cáo thành tích"] == "idle"
    assert reading.passed == 0
