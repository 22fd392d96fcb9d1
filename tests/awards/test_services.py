import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Role
from awards import services
from awards.models import Award
from awards.workflow import DECISION
from core.audit.models import Entry
from core.jobs.models import Job
from core.workflow import Blocked, NotNow
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def draft(province, officer):
    return factory.decision(unit=province, actor=officer)


@pytest.fixture
def granted(province, decider):
    return factory.issued(unit=province, decider=decider).awards.get()


def test_a_decision_is_granted_by_the_chairman_of_its_province(draft):
    assert draft.granted_by == "Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp"


def test_drawing_up_is_in_the_history(draft, officer):
    assert [e.words.label for e in Entry.objects.about(draft, officer)] == [
        "Lập dự thảo quyết định"
    ]


def test_only_those_who_may_draw_up_a_decision_do(province, leader):
    with pytest.raises(PermissionDenied):
        factory.decision(unit=province, actor=leader)


def test_words_are_copied_into_the_award_in_one_form(draft, province, officer):
    award = factory.award(draft, name="Ba\u0300 Liên", unit=province, actor=officer)

    assert award.name == "Bà Liên"
    assert award.state == Award.State.PENDING


def test_an_award_of_the_wrong_kind_is_refused(draft, province, officer):
    of_type = factory.award_type("TTLDXS", kinds=["collective"])

    with pytest.raises(Blocked) as refused:
        factory.award(draft, name="Bà Liên", unit=province, actor=officer, of_type=of_type)

    assert [finding.rule for finding in refused.value.findings] == ["R01"]


def test_nothing_enters_an_issued_decision(granted, province, officer):
    with pytest.raises(NotNow):
        factory.award(granted.decision, name="Bà Liên", unit=province, actor=officer)


def test_nothing_is_signed_anew_in_an_issued_decision(granted, officer):
    with pytest.raises(NotNow):
        factory.sign(granted.decision, actor=officer)


def test_a_stale_page_does_not_overwrite_number_and_day(draft, officer):
    factory.sign(draft, actor=officer)

    with pytest.raises(NotNow):
        services.enter_signing(
            decision=draft,
            number="1/QĐ-UBND",
            signed_on=datetime.date(2025, 12, 1),
            signer_role="CHỦ TỊCH",
            signer="Ông Nam",
            place="Đồng Tháp",
            version=0,
            actor=officer,
        )


def test_an_award_is_taken_out_of_a_draft(draft, province, officer):
    award = factory.award(draft, name="Bà Liên", unit=province, actor=officer)

    services.take_out(award=award, actor=officer)

    assert not draft.awards.exists()


def test_a_revoked_award_keeps_its_number(granted, decider):
    number = granted.golden_number

    revoked = factory.revoke(granted, actor=decider)

    assert (revoked.state, revoked.golden_number) == (Award.State.REVOKED, number)
    line = Entry.objects.about(revoked, decider)[0]
    assert line.label == "Hủy bỏ khen thưởng"
    assert line.note.startswith("Hủy bỏ từ ngày 01/12/2025 theo Quyết định số 902/QĐ-UBND: ")
    assert line.note.endswith("Gian dối trong kê khai thành tích (Điều 93).")


def test_an_award_is_revoked_once(granted, decider):
    factory.revoke(granted, actor=decider)

    with pytest.raises(NotNow):
        factory.revoke(granted, actor=decider)


def test_an_award_in_a_draft_is_not_revoked(draft, province, officer, decider):
    award = factory.award(draft, name="Bà Liên", unit=province, actor=officer)

    with pytest.raises(NotNow):
        factory.revoke(award, actor=decider)


def test_a_correction_is_in_the_history_with_its_decision(granted, officer):
    services.correct_award(
        award=granted,
        name="Bà Xuân",
        position="",
        by="12/QĐ-UBND",
        on=granted.decision.signed_on,
        actor=officer,
    )

    words = Entry.objects.about(granted, officer)[-1].words
    assert words.label == "Đính chính theo Quyết định số 12/QĐ-UBND"
    assert words.changes["name"] == ["Bà Trần Thị Số 1", "Bà Xuân"]


def test_making_a_certificate_again_starts_a_job(granted, officer):
    before = Job.objects.count()

    services.reissue_certificate(award=granted, actor=officer)

    assert Job.objects.count() == before + 1


def test_a_revoked_award_gets_no_new_certificate(granted, decider, officer):
    factory.revoke(granted, actor=decider)

    with pytest.raises(NotNow):
        services.reissue_certificate(award=granted, actor=officer)


def test_only_those_who_draw_up_decisions_make_certificates_again(granted, leader):
    with pytest.raises(PermissionDenied):
        services.reissue_certificate(award=granted, actor=leader)


def test_a_thousand_awards_are_issued_with_few_queries_each(
    province, decider, django_assert_max_num_queries
):
    factory.authority()
    officer = factory.member(Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    first = factory.award(draft, name="Bà Số 1", unit=province, actor=officer)
    fields = [f.attname for f in Award._meta.concrete_fields if f.name not in {"id", "code"}]
    values = {name: getattr(first, name) for name in fields}
    Award.objects.bulk_create([Award(**values) for _n in range(99)])
    factory.sign(draft, actor=officer)

    with django_assert_max_num_queries(100 + 30):
        DECISION.perform(draft, "issue", actor=decider)
