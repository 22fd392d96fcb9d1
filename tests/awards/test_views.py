import datetime
import io
import re

import openpyxl
import pytest
from django.urls import reverse

from accounts.permissions import Role
from awards.models import Decision
from core.jobs import background
from core.jobs.models import Job
from tests import factories
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def issued(province, decider):
    return factory.issued(unit=province, decider=decider, awards=2)


@pytest.fixture
def printed(issued):
    for job in Job.objects.all():
        background.run(str(job.pk))
    issued.refresh_from_db()
    return issued


@pytest.fixture
def of_the_ward(province, ward, decider):
    """An award that the ward proposed, and one of another ward."""
    factory.authority()
    officer = factory.member(Role.OFFICER, province)
    other = factories.unit("Xã Tân Hồng", kind="commune", superior=province)
    draft = factory.decision(unit=province, actor=officer)
    mine = factory.award(draft, name="Bà Hòa Ái", unit=ward, actor=officer)
    factory.award(draft, name="Ông Lê Văn Sáu", unit=other, actor=officer)
    factory.sign(draft, actor=officer)
    factory.DECISION.perform(draft, "issue", actor=decider)
    return mine


def names(page):
    return [row.record.name for row in page.context["table"].rows]


def used(client):
    """A session that was stretched a moment ago: that is done once a minute, not on each page."""
    client.get(reverse("awards:decisions"))
    return client


# --- the register -------------------------------------------------------------------------


def test_a_unit_reads_its_own_awards_only(signed_in, staff, of_the_ward):
    page = signed_in(staff).get(reverse("awards:register"))

    assert names(page) == ["Bà Hòa Ái"]


def test_awards_are_found_without_accents(signed_in, officer, of_the_ward):
    page = signed_in(officer).get(reverse("awards:register"), {"q": "hoa ai"})

    assert names(page) == ["Bà Hòa Ái"]


def test_official_numbers_in_tables_stand_on_one_line(signed_in, officer, of_the_ward):
    award, client = of_the_ward, signed_in(officer)
    award.refresh_from_db()

    register = client.get(reverse("awards:register")).content.decode()

    for number in (award.golden_entry, award.decision.number):
        assert re.search(rf'<td[^>]* class="nowrap"[^>]*>{number}</td>', register)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"year": 2025}, 2),
        ({"year": 2024}, 0),  # a year of which nothing is kept
        ({"year": "abc"}, 2),  # no year: the field says so and the list stays whole
        ({"kind": "individual"}, 2),
        ({"kind": "household"}, 0),
        ({"state": "revoked"}, 0),
        ({"state": "valid"}, 2),
    ],
)
def test_filters_narrow_the_register(signed_in, officer, of_the_ward, filters, found):
    page = signed_in(officer).get(reverse("awards:register"), filters)

    assert len(names(page)) == found


def test_the_unit_filter_holds_those_below_too(signed_in, officer, province, ward, of_the_ward):
    client = signed_in(officer)

    one = client.get(reverse("awards:register"), {"unit": ward.pk})
    both = client.get(reverse("awards:register"), {"unit": province.pk})

    assert (names(one), len(names(both))) == (["Bà Hòa Ái"], 2)


def test_awards_of_a_draft_are_not_in_the_register(signed_in, officer, province):
    award = factory.decision(unit=province, awards=1).awards.get()
    client = signed_in(officer)

    assert names(client.get(reverse("awards:register"))) == []
    assert client.get(award.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_the_register_asks_few_queries_for_any_length(
    signed_in, officer, province, rows, django_assert_max_num_queries
):
    factory.issued(unit=province, awards=rows)
    client = used(signed_in(officer))

    with django_assert_max_num_queries(12):
        client.get(reverse("awards:register"))


def test_the_register_is_exported_as_filtered(signed_in, officer, of_the_ward):
    answer = signed_in(officer).get(reverse("awards:register_export"), {"q": "hoa ai"})

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[3] for row in rows] == ["Người được tặng", "Bà Hòa Ái"]


def test_a_year_without_awards_is_named_and_exported_as_empty(signed_in, officer, of_the_ward):
    client = signed_in(officer)

    page = client.get(reverse("awards:register"), {"year": "2024"})
    answer = client.get(reverse("awards:register_export"), {"year": "2024"})

    assert [str(pill["label"]) for pill in page.context["filter"].pills()] == ["Năm: 2024"]
    assert "Không tìm thấy" in page.content.decode() or "Chưa có" in page.content.decode()
    assert len(list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)) == 1


# --- one award ----------------------------------------------------------------------------


def test_an_award_out_of_reach_is_404(signed_in, agency, of_the_ward):
    elsewhere = factory.member(Role.UNIT_STAFF, agency)

    assert signed_in(elsewhere).get(of_the_ward.get_absolute_url()).status_code == 404


def test_the_page_of_an_award_shows_what_was_printed(signed_in, officer, issued):
    award = issued.awards.first()

    text = signed_in(officer).get(award.get_absolute_url()).content.decode()

    assert award.golden_entry in text
    assert award.reason in text


def test_the_certificate_is_downloaded(signed_in, officer, printed):
    award = printed.awards.first()

    answer = signed_in(officer).get(reverse("awards:certificate", args=[award.pk]))

    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_certificate_out_of_reach_is_404(signed_in, agency, printed):
    elsewhere = factory.member(Role.UNIT_STAFF, agency)
    address = reverse("awards:certificate", args=[printed.awards.first().pk])

    assert signed_in(elsewhere).get(address).status_code == 404


def test_a_certificate_that_is_not_made_yet_is_404(signed_in, officer, issued):
    address = reverse("awards:certificate", args=[issued.awards.first().pk])

    assert signed_in(officer).get(address).status_code == 404


def test_a_certificate_is_made_again(signed_in, officer, printed):
    award = printed.awards.first()

    answer = signed_in(officer).post(reverse("awards:reissue", args=[award.pk]))

    award.refresh_from_db()
    assert answer.url == award.get_absolute_url()
    assert award.certificate is None
    assert award.former_certificates.count() == 1


def test_words_are_corrected(signed_in, officer, issued):
    award = issued.awards.first()
    words = {"name": "Bà Trần Thị Xuân", "position": "Công chức"}
    values = {**words, "by": "12/QĐ-UBND", "on": "01/12/2025"}

    signed_in(officer).post(reverse("awards:correct", args=[award.pk]), values)

    award.refresh_from_db()
    assert (award.name, award.position) == ("Bà Trần Thị Xuân", "Công chức")
    assert award.corrected_on == datetime.date(2025, 12, 1)


def test_the_history_says_what_a_correction_changed(signed_in, officer, province, issued):
    award = issued.awards.first()
    words = {"name": "Bà Trần Thị Xuân", "position": "Công chức"}
    values = {**words, "by": "7/QĐ-UBND", "on": "01/12/2025"}
    client = signed_in(officer)

    client.post(reverse("awards:correct", args=[award.pk]), values)

    page = " ".join(client.get(award.get_absolute_url()).content.decode().split())
    auditor = factory.member(Role.AUDITOR, province)
    inspected = signed_in(auditor).get(reverse("accounts:history")).content.decode()
    for text in (page, inspected):
        assert "Đính chính theo Quyết định số 07/QĐ-UBND" in text
        assert "Bà Trần Thị Số 1 → Bà Trần Thị Xuân" in text
        assert "(để trống) → Công chức" in text
        assert "(để trống) → 01/12/2025" in text


def test_the_history_says_what_a_change_of_the_number_changed(signed_in, officer, province):
    draft = factory.decision(unit=province, actor=officer)
    for number, day in (("7/QĐ-UBND", 1), ("8/QĐ-UBND", 2)):
        factory.sign(draft, actor=officer, number=number, signed_on=datetime.date(2025, 11, day))

    text = signed_in(officer).get(draft.get_absolute_url()).content.decode()

    assert "Số: 07/QĐ-UBND → 08/QĐ-UBND" in text
    assert "Ngày ký: 01/11/2025 → 02/11/2025" in text
    assert "Người ký:" in text


def test_a_former_certificate_is_offered_to_those_who_keep_the_record(
    signed_in, officer, staff, printed
):
    award = printed.awards.first()
    former = award.certificate
    type(award).objects.filter(pk=award.pk).update(unit=staff.home_unit)
    client, address = signed_in(officer), award.get_absolute_url()
    client.post(reverse("awards:reissue", args=[award.pk]))
    kept = reverse("awards:former_certificate", args=[award.pk, former.pk])

    offered, answer = client.get(address).content.decode(), client.get(kept)

    assert kept in offered
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    elsewhere = reverse("awards:former_certificate", args=[printed.awards.last().pk, former.pk])
    assert client.get(elsewhere).status_code == 404
    reader = signed_in(staff)
    assert kept not in reader.get(address).content.decode()
    assert reader.get(kept).status_code in (403, 404)


def test_a_revoked_certificate_is_kept_for_the_record_only(
    signed_in, officer, staff, decider, printed
):
    award = printed.awards.first()
    type(award).objects.filter(pk=award.pk).update(unit=staff.home_unit)
    award.refresh_from_db()
    address, file = award.get_absolute_url(), reverse("awards:certificate", args=[award.pk])
    assert signed_in(staff).get(file).status_code == 200
    factory.revoke(award, actor=decider)

    reader = signed_in(staff)

    said = reader.get(address).content.decode()
    assert "bằng không còn giá trị" in said
    assert file not in said
    assert reader.get(file).status_code == 404
    keeper = signed_in(officer)
    assert "Bằng đã bị hủy, chỉ lưu làm hồ sơ" in keeper.get(address).content.decode()
    assert keeper.get(file).status_code == 200


def test_an_award_is_revoked(signed_in, decider, issued):
    award = issued.awards.first()
    values = {"by": "902/QĐ-UBND", "on": "01/12/2025", "cause": "a"}

    answer = signed_in(decider).post(reverse("awards:revoke", args=[award.pk]), values)

    award.refresh_from_db()
    assert answer.url == award.get_absolute_url()
    assert (award.state, award.revoked_by, award.revoked_cause) == ("revoked", "902/QĐ-UBND", "a")
    assert award.golden_number is not None


AHEAD = "02/12/2025 là ngày sau hôm nay (01/12/2025); ghi ngày theo quyết định đã ký."
BEFORE = (
    "01/06/2025 là ngày trước khi khen thưởng: Quyết định {number} ký ngày 01/12/2025. "
    "Ghi từ ngày đó trở đi."
)


@pytest.mark.parametrize("act", ["revoke", "correct"])
@pytest.mark.parametrize(("on", "said"), [("02/12/2025", AHEAD), ("01/06/2025", BEFORE)])
def test_a_day_on_which_it_cannot_have_been_is_refused(
    signed_in, decider, officer, issued, act, on, said
):
    award = issued.awards.first()
    values = {"by": "902/QĐ-UBND", "on": on, "cause": "a", "name": "Bà Xuân", "position": ""}
    user = decider if act == "revoke" else officer

    answer = signed_in(user).post(reverse(f"awards:{act}", args=[award.pk]), values)

    assert answer.status_code == 422
    assert answer.context["form"].errors["on"] == [said.format(number=issued.number)]
    award.refresh_from_db()
    assert (award.state, award.corrected_on) == ("valid", None)


@pytest.mark.parametrize("act", ["reissue", "correct", "revoke"])
def test_those_who_only_read_cannot_act(signed_in, leader, issued, act):
    address = reverse(f"awards:{act}", args=[issued.awards.first().pk])

    assert signed_in(leader).get(address).status_code == 404


@pytest.mark.parametrize("act", ["reissue", "correct", "revoke"])
def test_an_act_on_an_award_in_a_draft_is_404(signed_in, province, act):
    award = factory.decision(unit=province, awards=1).awards.get()
    both = factory.member(Role.DIRECTOR, province)

    assert signed_in(both).get(reverse(f"awards:{act}", args=[award.pk])).status_code == 404


# --- decisions ----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_of_decisions_asks_few_queries_for_any_length(
    signed_in, officer, province, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        factory.decision(unit=province, awards=2)
    client = used(signed_in(officer))

    with django_assert_max_num_queries(10):
        client.get(reverse("awards:decisions"))


def test_drafts_are_seen_by_those_who_work_on_them(signed_in, officer, leader, province, issued):
    draft = factory.decision(unit=province)

    seen = [row.record for row in decisions_of(signed_in(officer))]
    assert seen == [draft, issued]
    seen = [row.record for row in decisions_of(signed_in(leader))]
    assert seen == [issued]


def decisions_of(client):
    return client.get(reverse("awards:decisions")).context["table"].rows


def test_a_draft_is_404_for_those_who_only_read(signed_in, leader, province):
    draft = factory.decision(unit=province)

    assert signed_in(leader).get(draft.get_absolute_url()).status_code == 404


def test_the_page_of_a_draft_says_what_is_missing(signed_in, decider, province):
    draft = factory.decision(unit=province)

    text = signed_in(decider).get(draft.get_absolute_url()).content.decode()

    assert "Nhập số quyết định." in text
    assert reverse("awards:decision_signing", args=[draft.pk]) in text


def test_whoever_draws_a_decision_up_reads_what_is_still_to_be_done(
    signed_in, officer, province, django_assert_max_num_queries
):
    draft = factory.decision(unit=province, actor=officer)
    client = used(signed_in(officer))

    with django_assert_max_num_queries(15):
        before = client.get(draft.get_absolute_url()).content.decode()
    factory.sign(draft, actor=officer)
    after = client.get(draft.get_absolute_url()).content.decode()

    assert "Cần có trước khi ban hành:" in before
    assert "Nhập số quyết định." in before
    assert "Nhập số quyết định." not in after


@pytest.mark.parametrize("awards", [1, 5])
def test_the_page_of_a_decision_asks_few_queries_for_any_number_of_awards(
    signed_in, decider, province, awards, django_assert_max_num_queries
):
    decision = factory.issued(unit=province, decider=decider, awards=awards)
    client = used(signed_in(decider))

    with django_assert_max_num_queries(12):
        client.get(decision.get_absolute_url())


def test_number_and_day_are_entered(signed_in, officer, province):
    draft = factory.decision(unit=province, actor=officer)

    answer = signed_in(officer).post(reverse("awards:decision_signing", args=[draft.pk]), SIGNING)

    draft.refresh_from_db()
    assert answer.url == draft.get_absolute_url()
    assert (draft.number, draft.signer_role) == ("1286/QĐ-UBND", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")


def test_a_save_of_a_colleague_in_between_is_not_overwritten(signed_in, officer, province):
    draft = factory.decision(unit=province, actor=officer)
    factory.sign(draft, actor=officer)

    answer = signed_in(officer).post(
        reverse("awards:decision_signing", args=[draft.pk]), {**SIGNING, "version": 0}
    )

    assert answer.status_code == 422
    assert Decision.objects.get().number != "1286/QĐ-UBND"


def test_issuing_by_button_starts_the_job_once_for_two_clicks(signed_in, decider, province):
    factory.authority()
    draft = factory.decision(unit=province, awards=1, signed=True)
    address = f"{draft.get_absolute_url()}issue/"
    sent = {"version": draft.version, "once": "5f0e8a52-3a5c-4a3b-9c53-9f2f6a3f0a11"}
    client = signed_in(decider)

    answers = [client.post(address, sent) for _click in range(2)]

    assert [answer.url for answer in answers] == [draft.get_absolute_url()] * 2
    assert Job.objects.filter(task="awards.tasks.render_certificates").count() == 1


def test_a_draft_that_lacks_something_is_refused_in_words(signed_in, decider, province):
    draft = factory.decision(unit=province)

    answer = signed_in(decider).post(f"{draft.get_absolute_url()}issue/")

    assert answer.status_code == 409
    assert "Quyết định chưa có trường hợp khen thưởng nào." in answer.content.decode()


@pytest.mark.parametrize("paper", ["decision_paper", "booklet", "bundle"])
def test_the_papers_of_a_decision_are_downloaded(signed_in, leader, printed, paper):
    answer = signed_in(leader).get(reverse(f"awards:{paper}", args=[printed.pk]))

    assert len(b"".join(answer.streaming_content)) == int(answer["Content-Length"]) > 1000


@pytest.mark.parametrize("paper", ["decision_paper", "booklet", "bundle"])
def test_the_papers_are_404_for_a_unit(signed_in, staff, printed, paper):
    address = reverse(f"awards:{paper}", args=[printed.pk])

    assert signed_in(staff).get(address).status_code == 404


def test_the_page_says_how_far_the_certificates_are(signed_in, decider, issued):
    text = signed_in(decider).get(issued.get_absolute_url()).content.decode()

    assert "Đang in bằng: xong 0 trên 2." in text
    assert "Xem tiến độ" in text


def test_a_job_is_linked_for_those_who_may_see_it_only(signed_in, leader, issued):
    text = signed_in(leader).get(issued.get_absolute_url()).content.decode()

    assert "Đang in bằng: xong 0 trên 2." in text
    assert "Xem tiến độ" not in text


def test_the_page_says_that_the_certificates_have_stopped(signed_in, decider, issued):
    Job.objects.update(state="parked", error="Hết chỗ trên đĩa.")

    text = signed_in(decider).get(issued.get_absolute_url()).content.decode()

    assert "Hết chỗ trên đĩa." in text


def test_long_decisions_are_shown_in_pages(signed_in, decider, province, monkeypatch):
    monkeypatch.setattr("awards.views.decision.AWARDS_A_PAGE", 2)
    decision = factory.issued(unit=province, decider=decider, awards=3)

    page = signed_in(decider).get(decision.get_absolute_url(), {"trang": 2})

    assert [award.golden_number for award in page.context["awards"]] == [3]


def test_the_signer_of_the_last_decision_is_offered(signed_in, officer, province):
    factory.sign(factory.decision(unit=province, actor=officer), actor=officer)
    draft = factory.decision(unit=province, actor=officer)

    page = signed_in(officer).get(reverse("awards:decision_signing", args=[draft.pk]))

    assert page.context["form"].initial["signer"] == "Huỳnh Minh Tuấn"


SIGNING = {
    "number": "1286/QĐ-UBND",
    "signed_on": "01/12/2025",
    "signer_role": "KT. CHỦ TỊCH\r\nPHÓ CHỦ TỊCH",
    "signer": "Huỳnh Minh Tuấn",
    "place": "Đồng Tháp",
}


def test_before_a_decision_is_issued_the_page_says_what_it_does(signed_in, decider, province):
    factory.authority(confirmed=False)
    draft = factory.decision(unit=province, awards=3, signed=True)

    page = " ".join(signed_in(decider).get(draft.get_absolute_url()).content.decode().split())

    form = page[page.index(f'action="{draft.get_absolute_url()}issue/"') :]
    asked = form[: form.index("</form>")]
    assert f"Ban hành Quyết định {draft.number} ngày 01/12/2025, người ký: Huỳnh Minh Tuấn" in asked
    assert "3 trường hợp khen thưởng được cấp số sổ vàng" in asked
    assert "chưa được đối chiếu" in asked
    assert "Việc này không hoàn tác được." in asked
    before = page[: page.index(f'action="{draft.get_absolute_url()}issue/"')]
    assert before.rindex('<details class="ask">') > before.rindex("</details>")


def test_when_all_awards_are_revoked_no_certificates_are_awaited(signed_in, decider, printed):
    for award in printed.awards.all():
        factory.revoke(award, actor=decider)

    page = signed_in(decider).get(printed.get_absolute_url())

    assert "making" not in page.context


def test_a_submission_is_entered_by_number_and_day(signed_in, officer, province):
    draft = factory.decision(unit=province)
    values = {
        "number": "1286/QĐ-UBND",
        "signed_on": "01/12/2025",
        "signer_role": "CHỦ TỊCH",
        "signer": "Trần Hoàng Nam",
        "place": "Đồng Tháp",
        "proposal_number": "412/TTr-SNV",
        "version": draft.version,
    }
    browser, address = signed_in(officer), reverse("awards:decision_signing", args=[draft.pk])

    refused = browser.post(address, values)
    browser.post(address, values | {"proposal_on": "28/11/2025"})

    assert list(refused.context["form"].errors) == ["proposal_on"]
    draft.refresh_from_db()
    assert draft.proposed == "Số 412/TTr-SNV ngày 28/11/2025"
