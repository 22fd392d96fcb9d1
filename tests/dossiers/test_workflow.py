"""The steps of a unit: from every state, and what each of them leaves."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from core.audit.models import Entry
from core.jobs.models import Job
from core.workflow import Blocked, NotNow
from dossiers.models import Dossier, Nomination, Submission
from dossiers.rules import contents
from dossiers.workflow import DOSSIER
from tests import factories
from tests.factories import writing

pytestmark = pytest.mark.django_db
State = Dossier.State

STARTS = {
    "to_head": {State.DRAFT, State.RETURNED},
    "back_to_staff": {State.UNIT_REVIEW},
    "back_to_mend": {State.UNIT_REVIEW},
    "submit": {State.UNIT_REVIEW},
    "withdraw": {
        State.DRAFT,
        State.UNIT_REVIEW,
        State.SUBMITTED,
        State.AGGREGATED,
        State.RETURNED,
    },
}


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("state", State)
def test_each_step_starts_from_its_states_only(name, state):
    sent_before = name != "back_to_staff"
    dossier = Dossier(state=state)
    dossier.submitted_at = "then" if sent_before else None

    assert DOSSIER.transitions[name].starts_from(dossier) is (state in STARTS[name])


@pytest.fixture
def complete(ward, award_round, staff):
    return writing.complete(unit=ward, of_round=award_round, by=staff)


@pytest.fixture
def with_head(complete, staff):
    return DOSSIER.perform(complete, "to_head", actor=staff)


def test_a_dossier_with_something_missing_stays_with_its_staff(ward, award_round, staff):
    draft = writing.draft(unit=ward, of_round=award_round, by=staff)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(draft, "to_head", actor=staff)

    assert "Đề nghị ít nhất một tập thể hoặc cá nhân." in map(str, caught.value.findings)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_handing_to_the_head_tells_the_head(complete, staff, unit_leader):
    dossier = DOSSIER.perform(complete, "to_head", actor=staff)

    assert dossier.state == State.UNIT_REVIEW
    assert [notice.user for notice in Notice.objects.all()] == [unit_leader]


def test_staff_do_not_send(with_head, staff):
    with pytest.raises(PermissionDenied):
        DOSSIER.perform(with_head, "submit", actor=staff)


def test_a_head_does_not_send_past_the_staff(complete, unit_leader):
    with pytest.raises(NotNow):
        DOSSIER.perform(complete, "submit", actor=unit_leader)


def test_sending_gives_number_receipt_and_places(with_head, unit_leader):
    dossier = DOSSIER.perform(with_head, "submit", actor=unit_leader)

    assert (dossier.state, dossier.number) == (State.SUBMITTED, "KH207-0001")
    assert dossier.submitted_by == unit_leader
    assert set(dossier.nominations.values_list("stands", flat=True)) == {True}
    kept = Submission.objects.get()
    assert (kept.number, kept.by) == ("KH207-0001/1", unit_leader)
    assert kept.sha256 == contents.sha256_of(kept.contents)
    assert Job.objects.get().params == {"submission": kept.pk}


def test_the_digest_covers_every_word_and_file(with_head, unit_leader):
    before = contents.sha256_of(contents.contents_of(with_head))
    report = with_head.nominations.get().report
    report.sections.update(text="Đưa 92,5 % hồ sơ lên trực tuyến.")

    after = contents.contents_of(with_head)

    assert contents.sha256_of(after) != before
    assert {paper["sha256"] for paper in after["papers"]} == set(
        with_head.papers.values_list("document__sha256", flat=True)
    )


def test_numbers_of_a_campaign_have_no_gap(with_head, province, award_round, unit_leader):
    broken = writing.draft(unit=with_head.unit, of_round=award_round, by=unit_leader)
    Dossier.objects.filter(pk=broken.pk).update(state=State.UNIT_REVIEW)
    with pytest.raises(Blocked):
        DOSSIER.perform(broken, "submit", actor=unit_leader)
    other = factories.unit("Phường Mỹ Ngãi", kind="ward", superior=province)
    head = factories.member("unit_leader", other)
    first = DOSSIER.perform(with_head, "submit", actor=unit_leader)
    second = writing.complete(unit=other, of_round=award_round, by=head)
    second.nominations.update(name="Trần Văn Bình", identity="individual:tran van binh:x")
    DOSSIER.perform(second, "to_head", actor=head)

    second = DOSSIER.perform(second, "submit", actor=head)

    assert [first.number, second.number] == ["KH207-0001", "KH207-0002"]


def test_sending_again_keeps_the_number_and_both_receipts(
    with_head, unit_leader, staff, django_capture_on_commit_callbacks
):
    dossier = DOSSIER.perform(with_head, "submit", actor=unit_leader)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RETURNED)
    DOSSIER.perform(dossier, "to_head", actor=staff)

    dossier = DOSSIER.perform(dossier, "submit", actor=unit_leader)

    assert dossier.number == "KH207-0001"
    assert list(dossier.submissions.values_list("number", flat=True)) == [
        "KH207-0001/2",
        "KH207-0001/1",
    ]


def test_two_units_do_not_send_one_nominee(with_head, province, award_round, unit_leader):
    DOSSIER.perform(with_head, "submit", actor=unit_leader)
    other = factories.unit("Phường Mỹ Ngãi", kind="ward", superior=province)
    head = factories.member("unit_leader", other)
    twin = writing.complete(unit=other, of_round=award_round, by=head)
    Dossier.objects.filter(pk=twin.pk).update(state=State.UNIT_REVIEW)

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(twin, "submit", actor=head)

    assert [finding.rule for finding in caught.value.findings] == ["R03"]
    assert Nomination.objects.filter(stands=True).count() == 1


@pytest.mark.parametrize(
    ("sent_before", "step", "target"),
    [(False, "back_to_staff", State.DRAFT), (True, "back_to_mend", State.RETURNED)],
)
def test_giving_back_needs_a_reason(with_head, unit_leader, staff, sent_before, step, target):
    if sent_before:
        DOSSIER.perform(with_head, "submit", actor=unit_leader)
        Dossier.objects.filter(pk=with_head.pk).update(state=State.RETURNED)
        with_head = DOSSIER.perform(with_head, "to_head", actor=staff)
    offered = {offer.step.name for offer in DOSSIER.offers(with_head, unit_leader)}
    assert offered == {"submit", step, "withdraw"}

    with pytest.raises(Blocked):
        DOSSIER.perform(with_head, step, actor=unit_leader)
    dossier = DOSSIER.perform(with_head, step, actor=unit_leader, note="Sửa tên tập thể.")

    assert dossier.state == target
    assert Entry.objects.first().words.note == "Sửa tên tập thể."


def test_withdrawing_gives_the_places_back(with_head, unit_leader):
    dossier = DOSSIER.perform(with_head, "submit", actor=unit_leader)

    dossier = DOSSIER.perform(dossier, "withdraw", actor=unit_leader, note="Nộp nhầm đợt.")

    assert dossier.state == State.WITHDRAWN
    assert not dossier.nominations.filter(stands=True).exists()


def test_a_head_who_looked_at_an_older_dossier_is_told_so(with_head, unit_leader):
    with pytest.raises(NotNow):
        DOSSIER.perform(with_head, "submit", actor=unit_leader, version=with_head.version - 1)


def test_the_standing_agency_is_told(stewarded, ward, staff, unit_leader, steward):
    award_round = factories.award_round(stewarded)
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)

    DOSSIER.perform(dossier, "submit", actor=unit_leader)

    assert Notice.objects.filter(user=steward).count() == 1
