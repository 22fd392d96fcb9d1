"""Number, days and signer of decisions: what no form takes and no step lets pass."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import UnitKind
from awards import rules, services
from awards.workflow import DECISION
from core.workflow import Blocked
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.date(2025, 12, 1)
SIGNING = {
    "number": "1502/QĐ-UBND",
    "signed_on": "01/12/2025",
    "signer_role": "CHỦ TỊCH",
    "signer": "Trần Hoàng Nam",
    "place": "Đồng Tháp",
}
TAKEN = (
    "Quyết định số 1502/QĐ-UBND năm 2025 đã có: ngày 27/11/2025, “Về việc tặng Bằng khen của Chủ "
    "tịch Ủy ban nhân dân Tỉnh”."
)
NO_NUMBER = "“%s” không phải là số quyết định: ghi số, gạch chéo rồi ký hiệu, ví dụ 1286/QĐ-UBND."


@pytest.fixture
def draft(province, officer):
    factory.authority()
    return factory.decision(unit=province, actor=officer, awards=1)


def errors(client, draft, **said):
    """What the form of number and day says, by field."""
    address = reverse("awards:decision_signing", args=[draft.pk])
    answer = client.post(address, SIGNING | {"version": draft.version} | said)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


def parts(draft):
    return {finding.part: str(finding) for finding in rules.missing_to_issue(draft)}


# --- the submission ---------------------------------------------------------------------------


LATER = "Tờ trình ngày 01/12/2025 sau ngày ký quyết định (30/11/2025)."
TOO_EARLY = "02/12/2025 là ngày sau hôm nay (01/12/2025); ghi ngày đã ký quyết định."


@pytest.mark.parametrize(
    ("signed", "proposed", "said"),
    [
        ("01/12/2025", "01/12/2025", {}),
        ("30/11/2025", "01/12/2025", {"proposal_on": [LATER]}),
        ("02/12/2025", "02/12/2025", {"signed_on": [TOO_EARLY]}),
    ],
)
def test_a_submission_is_not_later_than_the_signing_nor_that_than_today(
    signed_in, officer, draft, signed, proposed, said
):
    values = {"signed_on": signed, "proposal_number": "4/TTr-SNV", "proposal_on": proposed}

    assert errors(signed_in(officer), draft, **values) == said


def test_a_decision_that_cites_a_later_submission_is_not_issued(draft, officer, decider):
    factory.sign(draft, actor=officer)
    draft.refresh_from_db()
    type(draft).objects.filter(pk=draft.pk).update(proposal_on=DAY + datetime.timedelta(days=1))

    with pytest.raises(Blocked) as refused:
        DECISION.perform(draft, "issue", actor=decider)

    assert [finding.part for finding in refused.value.findings] == ["proposal_on"]


# --- the number ---------------------------------------------------------------------------------


def test_a_number_of_this_year_is_refused_in_words(signed_in, officer, province, draft):
    first = factory.decision(unit=province, actor=officer)
    former = datetime.date(2025, 11, 27)
    factory.sign(first, actor=officer, number="1502/QĐ-UBND", signed_on=former)

    assert errors(signed_in(officer), draft) == {"number": [TAKEN]}
    assert errors(signed_in(officer), draft, number=" 1502 / QĐ-UBND") == {"number": [TAKEN]}
    assert errors(signed_in(officer), draft, signed_on="30/11/2024") == {}


@pytest.mark.parametrize(
    "said",
    [
        "01502/QĐ-UBND",
        "1502/QĐ-UBND.",
        "1502/QĐ-UBND-",
        "1502/QĐ-ubnd",
        "1502/qđ-UBND",
        "1502/QĐ–UBND",
        "1502/QÐ-UBND",
    ],
)
def test_a_number_is_the_same_however_it_is_typed(signed_in, officer, province, draft, said):
    first = factory.decision(unit=province, actor=officer)
    former = datetime.date(2025, 11, 27)
    factory.sign(first, actor=officer, number="1502/QĐ-UBND", signed_on=former)

    assert errors(signed_in(officer), draft, number=said) == {"number": [TAKEN]}


def test_what_is_kept_is_the_one_form(signed_in, officer, draft):
    values = {"number": "0012/QĐ-ubnd", "proposal_number": "0007/ttr-snv"}
    assert errors(signed_in(officer), draft, **values, proposal_on="01/12/2025") == {}

    draft.refresh_from_db()
    assert (draft.number, draft.proposal_number) == ("12/QĐ-UBND", "07/TTr-SNV")


@pytest.mark.parametrize(
    "said", ["abc", "1286", "1286/TTr-SNV", "/QĐ-UBND", "0/QĐ-UBND", "12/QĐ", "1/QĐ-A--B"]
)
def test_what_is_no_number_is_refused_in_words(signed_in, officer, draft, said):
    assert errors(signed_in(officer), draft, number=said) == {"number": [NO_NUMBER % said]}

    factory.sign(draft, actor=officer, number=said)
    draft.refresh_from_db()
    assert "number" in parts(draft)


@pytest.mark.parametrize("said", ["7/QĐ-UBND", "1286/QĐ-UBND-HC", "45/QĐ-TTg", "12/QĐ-SNV"])
def test_numbers_as_bodies_write_them_are_taken(signed_in, officer, draft, said):
    assert errors(signed_in(officer), draft, number=said) == {}


def test_a_number_that_revoked_an_award_is_not_given_to_a_grant(
    signed_in, officer, decider, province, draft
):
    held = factory.issued(unit=province, decider=decider, awards=2).awards.all()
    factory.revoke(held[0], actor=decider)  # by 902/QĐ-UBND
    correct(held[1], officer, by="15/QĐ-UBND")

    for number in ("902/QĐ-UBND", "15/QĐ-UBND"):
        assert errors(signed_in(officer), draft, number=number) == {
            "number": [f"Quyết định số {number} năm 2025 là quyết định hủy bỏ hoặc đính chính."]
        }


def correct(award, actor, *, by, on=DAY):
    put = {"name": "Bà Xuân", "position": "", "on": on, "actor": actor}
    return services.correct_award(award=award, by=by, **put)


def test_the_number_of_an_earlier_correction_stays_taken_and_in_sight(
    signed_in, officer, decider, province, draft
):
    award = factory.issued(unit=province, decider=decider).awards.get()
    for by in ("15/QĐ-UBND", "16/QĐ-UBND"):
        correct(award, officer, by=by)

    client = signed_in(officer)

    for number in ("15/QĐ-UBND", "16/QĐ-UBND"):
        assert errors(client, draft, number=number) == {
            "number": [f"Quyết định số {number} năm 2025 là quyết định hủy bỏ hoặc đính chính."]
        }
    facts = dict(client.get(award.get_absolute_url()).context["facts"])
    assert facts["Quyết định đính chính"] == (
        "Số 15/QĐ-UBND ngày 01/12/2025; Số 16/QĐ-UBND ngày 01/12/2025"
    )


@pytest.mark.parametrize("first", ["revoke", "correct"])
@pytest.mark.parametrize("then", ["revoke", "correct"])
def test_a_decision_that_changes_several_awards_has_one_day(
    signed_in, officer, decider, province, first, then
):
    former = datetime.date(2025, 11, 30)
    issued = factory.issued(unit=province, decider=decider, awards=2)
    type(issued).objects.update(signed_on=former)
    held = type(issued).objects.get().awards.order_by("pk")
    if first == "revoke":
        services.revoke_award(award=held[0], by="088/QĐ-UBND", on=former, cause="a", actor=decider)
    else:
        correct(held[0], officer, by="088/QĐ-UBND", on=former)
    who = signed_in(decider if then == "revoke" else officer)

    def say(award, day):
        values = {"by": "88/QĐ-UBND", "on": day, "cause": "a", "name": "Bà Xuân", "position": ""}
        address = reverse(f"awards:{then}", args=[award.pk])
        answer = who.post(address, values | {"version": award.version})
        return {} if answer.status_code == 302 else dict(answer.context["form"].errors)

    said = (
        "Quyết định số 88/QĐ-UBND năm 2025, đã dùng để hủy bỏ hoặc đính chính, là quyết định "
        "ngày 30/11/2025, không phải ngày 01/12/2025. Ghi đúng ngày đó hoặc đúng số."
    )
    assert say(held[1], "01/12/2025") == {"by": [said]}
    assert say(held[1], "30/11/2025") == {}


@pytest.mark.parametrize("act", ["revoke", "correct"])
@pytest.mark.parametrize("by", ["abc", "the same"])
def test_what_changes_an_award_has_a_number_of_its_own(
    signed_in, officer, decider, province, act, by
):
    award = factory.issued(unit=province, decider=decider).awards.get()
    by = award.decision.number if by == "the same" else by
    values = {"by": by, "on": "01/12/2025", "cause": "a", "name": "Bà Xuân", "position": ""}
    who = decider if act == "revoke" else officer

    address = reverse(f"awards:{act}", args=[award.pk])
    answer = signed_in(who).post(address, values | {"version": award.version})

    assert list(answer.context["form"].errors) == ["by"]


def test_one_decision_may_revoke_several_awards(province, decider):
    for award in factory.issued(unit=province, decider=decider, awards=2).awards.all():
        assert factory.revoke(award, actor=decider).state == "revoked"


# --- the year -------------------------------------------------------------------------------------


def test_an_award_is_of_the_year_in_which_its_decision_was_signed(draft, officer, decider):
    factory.sign(draft, actor=officer, signed_on=datetime.date(2024, 12, 30))

    award = DECISION.perform(draft, "issue", actor=decider).awards.get()

    assert (award.year, award.golden_series) == (2024, "BKT-2024")


# --- the signer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signer", "title"),
    [
        ("TS. Nguyễn Văn Bảy", "TS."),
        ("PGS.TS Nguyễn Văn Bảy", "PGS."),
        ("ThS Nguyễn Văn Bảy", "ThS"),
        ("Tiến sĩ Nguyễn Văn Bảy", "Tiến sĩ"),
        ("Nhà giáo Ưu tú Nguyễn Văn Bảy", "Nhà giáo"),
        ("PGS,TS Nguyễn Văn Bảy", "PGS"),
        ("TS-BS Nguyễn Văn Bảy", "TS"),
        ("Ts,Bs Nguyễn Văn Bảy", "Ts"),
        ("Ths: Nguyễn Văn Bảy", "Ths"),
        ("Th.S Nguyễn Văn Bảy", "Th.S"),
        ("BSCK.I Nguyễn Văn Bảy", "BSCK."),
        ("BSCKII Nguyễn Văn Bảy", "BSCKII"),
        ("BS.CKI Nguyễn Văn Bảy", "BS."),
        ("CKII. Nguyễn Văn Bảy", "CKII."),
        ("ThSBS Nguyễn Văn Bảy", "ThSBS"),
        ("TS.Nguyễn Văn Bảy", "TS."),
        ("(Thạc sĩ) Nguyễn Văn Bảy", "Thạc sĩ"),
    ],
)
def test_a_degree_before_the_signers_name_is_refused(signed_in, officer, draft, signer, title):
    said = f"Ghi tên người ký không kèm “{title}”: không ghi học hàm, học vị, danh hiệu trước tên."

    assert errors(signed_in(officer), draft, signer=signer) == {"signer": [said]}


@pytest.mark.parametrize(
    ("signer", "title"),
    [
        ("Nguyễn Văn Bảy, Tiến sĩ", "Tiến sĩ"),
        ("Nguyễn Văn Bảy, TS.", "TS."),
        ("Nguyễn Văn Bảy - Nhà giáo Nhân dân", "Nhà giáo"),
        ("Nguyễn Văn Bảy (ThS)", "ThS"),
        ("Nguyễn Văn Bảy NGƯT", "NGƯT"),
    ],
)
def test_a_degree_after_the_signers_name_is_refused(signed_in, officer, draft, signer, title):
    said = f"Chỉ ghi họ tên người ký, không kèm “{title}” sau tên."

    assert errors(signed_in(officer), draft, signer=signer) == {"signer": [said]}


@pytest.mark.parametrize(
    "signer",
    [
        "Nguyễn Văn Bảy",
        "Thái Sơn Tùng",
        "Đại tá Nguyễn Văn Bảy",
        "Nguyễn Tiến Sỹ",
        "Nguyễn Anh Hùng",
        "Y Ê-ban Niê",
        "K'Brêh",
    ],
)
def test_names_and_ranks_are_taken(signed_in, officer, draft, signer):
    assert errors(signed_in(officer), draft, signer=signer) == {}


def test_an_institution_of_education_may_write_degrees(signed_in, officer, province, draft):
    type(province).objects.filter(pk=province.pk).update(kind=UnitKind.SERVICE)

    assert errors(signed_in(officer), draft, signer="TS. Nguyễn Văn Bảy") == {}
