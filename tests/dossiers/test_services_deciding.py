"""From the council's list to a decision: the quota, the draft, its issue and its end."""

import threading
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Notice
from awards import services as award_services
from awards.models import Decision
from awards.workflow import DECISION
from campaigns.models import Quota
from core.workflow import Blocked, NotNow
from dossiers.models import Dossier, Nomination
from dossiers.services import deciding
from tests import factories
from tests.factories import awards as award_factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
Result, State = Nomination.Result, Dossier.State
WORDS = {"subject": "Tặng Bằng khen", "reason": "Đã có thành tích", "place": "Đồng Tháp"}


@pytest.fixture
def quota(award_round):
    return factories.quota(award_round, size=3)


@pytest.fixture
def passed(ward, award_round, staff):
    def make(nominees=1):
        return sent.passed(unit=ward, of_round=award_round, by=staff, nominees=nominees)

    return make


@pytest.fixture
def decide(officer):
    def act(nominations, actor=officer):
        return deciding.decide(nominations=nominations, actor=actor, **WORDS)

    return act


def results(dossier):
    return list(dossier.nominations.order_by("pk").values_list("result", flat=True))


def issue(draft, officer, decider):
    award_factories.authority()
    award_services.enter_signing(
        decision=draft,
        number="1286/QĐ-UBND",
        signed_on=draft.created_at.date(),
        signer_role="CHỦ TỊCH",
        signer="Trần Hoàng Nam",
        place="Đồng Tháp",
        actor=officer,
    )
    return DECISION.perform(draft, "issue", actor=decider)


def test_each_nominee_becomes_an_award_of_the_draft(passed, quota, decide):
    dossier = passed(2)

    draft = decide(dossier.nominations.all())

    assert sorted(draft.awards.values_list("name", flat=True)) == sorted(
        nomination.titled for nomination in dossier.nominations.all()
    )
    dossier.refresh_from_db()
    quota.refresh_from_db()
    assert (dossier.state, results(dossier), quota.used) == (
        State.PROPOSED,
        [Result.ENTERED, Result.ENTERED],
        2,
    )


@pytest.mark.usefixtures("in_english")
def test_over_the_quota_nobody_is_entered(passed, quota, decide):
    dossier = passed(4)

    with pytest.raises(Blocked) as caught:
        decide(dossier.nominations.all())

    quota.refresh_from_db()
    assert [str(finding) for finding in caught.value.findings] == [
        "Individual: 4 chosen, 3 places left of 3."
    ]
    assert (quota.used, Decision.objects.count()) == (0, 0)


def test_a_dossier_waits_while_one_of_its_nominees_does(passed, quota, decide, officer):
    dossier = passed(2)
    first, second = dossier.nominations.all()

    decide([first])
    dossier.refresh_from_db()
    between = dossier.state
    deciding.leave_out(nominations=[second], reason="Vượt chỉ tiêu", actor=officer)
    dossier.refresh_from_db()

    assert (between, dossier.state) == (State.PASSED, State.PROPOSED)
    assert results(dossier) == [Result.ENTERED, Result.OVER_QUOTA]


def test_a_dossier_of_whom_all_are_left_out_ends(passed, officer, staff):
    dossier = passed(2)

    deciding.leave_out(nominations=dossier.nominations.all(), reason="Vượt chỉ tiêu", actor=officer)

    dossier.refresh_from_db()
    assert dossier.state == State.NOT_APPROVED
    assert list(dossier.nominations.values_list("result_reason", "stands")) == [
        ("Vượt chỉ tiêu", False),
        ("Vượt chỉ tiêu", False),
    ]
    assert staff in [notice.user for notice in Notice.objects.all()]


def test_leaving_out_needs_a_reason(passed, officer):
    with pytest.raises(Blocked):
        deciding.leave_out(nominations=passed().nominations.all(), reason=" ", actor=officer)


def test_nobody_is_in_two_drafts(passed, quota, decide):
    nominations = list(passed().nominations.all())
    decide(nominations)

    with pytest.raises(NotNow):
        decide(nominations)

    quota.refresh_from_db()
    assert quota.used == 1


def test_issuing_awards_the_nominees(passed, quota, decide, officer, decider, staff):
    dossier = passed(2)

    issue(decide(dossier.nominations.all()), officer, decider)

    dossier.refresh_from_db()
    assert (dossier.state, results(dossier)) == (State.AWARDED, [Result.AWARDED] * 2)
    assert staff in [notice.user for notice in Notice.objects.all()]


def test_a_unit_hears_that_an_award_is_revoked_and_reads_it_in_its_dossier(
    passed, quota, decide, officer, decider, staff, signed_in
):
    dossier = passed()
    award = issue(decide(dossier.nominations.all()), officer, decider).awards.get()
    Notice.objects.all().delete()

    award_factories.revoke(award, actor=decider, on=award.decision.signed_on)

    told = Notice.objects.get(user=staff, address=dossier.get_absolute_url()).text
    assert award.name in told
    assert "902/QĐ-UBND" in told
    text = signed_in(staff).get(dossier.get_absolute_url()).content.decode()
    assert "Đã hủy bỏ" in text
    day = f"{award.decision.signed_on:%d/%m/%Y}"
    assert f"Hủy bỏ từ ngày {day} theo Quyết định số 902/QĐ-UBND." in text


def test_a_unit_reads_the_corrected_words_in_its_dossier(
    passed, quota, decide, officer, decider, staff, signed_in
):
    dossier = passed()
    award = issue(decide(dossier.nominations.all()), officer, decider).awards.get()

    award_services.correct_award(
        award=award,
        name="Bà Trần Thị Xuân",
        position="",
        by="903/QĐ-UBND",
        on=award.decision.signed_on,
        actor=officer,
    )

    text = signed_in(staff).get(dossier.get_absolute_url()).content.decode()
    assert "theo Quyết định số 903/QĐ-UBND: Bà Trần Thị Xuân." in text


def test_a_dossier_in_two_decisions_is_awarded_with_the_last(
    passed, quota, decide, officer, decider
):
    dossier = passed(2)
    first, second = dossier.nominations.all()
    issue(decide([first]), officer, decider)
    dossier.refresh_from_db()
    between = dossier.state

    deciding.leave_out(nominations=[second], reason="Vượt chỉ tiêu", actor=officer)

    dossier.refresh_from_db()
    assert (between, dossier.state) == (State.PASSED, State.AWARDED)


def test_a_draft_given_up_gives_the_places_back(passed, quota, decide, officer):
    dossier = passed(2)
    draft = decide(dossier.nominations.all())

    DECISION.perform(draft, "cancel", actor=officer, note="Soạn lại")

    dossier.refresh_from_db()
    quota.refresh_from_db()
    assert (dossier.state, results(dossier), quota.used) == (
        State.PASSED,
        [Result.PASSED] * 2,
        0,
    )
    assert draft.awards.count() == 0


def test_given_up_and_drawn_up_again(passed, quota, decide, officer):
    dossier = passed(3)
    DECISION.perform(decide(dossier.nominations.all()), "cancel", actor=officer, note="x")

    decide(dossier.nominations.all())

    quota.refresh_from_db()
    assert quota.used == 3


def test_the_unit_draws_up_no_decision(passed, quota, decide, staff):
    with pytest.raises(PermissionDenied):
        decide(passed().nominations.all(), actor=staff)


def test_a_kind_without_a_quota_has_no_limit(passed, decide):
    dossier = passed(5)

    assert decide(dossier.nominations.all()).awards.count() == 5


# --- many at once -------------------------------------------------------------------------

DECIDERS = 6


def at_once(acts):
    ready, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        with closing(connection):
            ready.wait()
            try:
                act()
                outcomes.append("in")
            except (Blocked, NotNow):
                outcomes.append("refused")

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def only_where_writers_meet():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; the race is for PostgreSQL.")


@pytest.mark.django_db(transaction=True)
def test_many_who_decide_at_once_take_exactly_the_places_there_are(passed, quota, decide):
    only_where_writers_meet()
    lists = [list(passed().nominations.all()) for _n in range(DECIDERS)]

    outcomes = at_once([lambda chosen=chosen: decide(chosen) for chosen in lists])

    quota.refresh_from_db()
    assert outcomes == ["in"] * 3 + ["refused"] * 3
    assert (quota.used, Nomination.objects.filter(result=Result.ENTERED).count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_control_counting_first_would_exceed_the_quota(passed, quota):
    """If reading and then entering never went over, the test above would prove nothing."""
    only_where_writers_meet()
    lists = [passed().nominations.get() for _n in range(DECIDERS)]
    seen = threading.Barrier(DECIDERS)

    def naive(nomination):
        free = Nomination.objects.filter(result=Result.OVER_QUOTA).count() < quota.size
        seen.wait()
        if free:
            Nomination.objects.filter(pk=nomination.pk).update(result=Result.OVER_QUOTA)

    at_once([lambda one=one: naive(one) for one in lists])

    assert Nomination.objects.filter(result=Result.OVER_QUOTA).count() > quota.size


@pytest.mark.django_db(transaction=True)
def test_one_nominee_chosen_twice_at_once_is_in_one_draft(passed, quota, decide):
    only_where_writers_meet()
    chosen = list(passed().nominations.all())

    outcomes = at_once([lambda: decide(chosen), lambda: decide(chosen)])

    assert outcomes == ["in", "refused"]
    assert Quota.objects.get().used == 1


def test_a_decision_is_not_signed_before_the_council_voted(passed, quota, decide, officer, decider):
    draft = decide(passed(1).nominations.all())
    before = draft.created_at.date() - timedelta(days=1)
    draft = award_factories.sign(draft, actor=officer, signed_on=before)
    award_factories.authority()

    with pytest.raises(Blocked) as refused:
        DECISION.perform(draft, "issue", actor=decider)

    assert [str(finding) for finding in refused.value.findings] == [
        "Ngày ký 30/11/2025 trước ngày Hội đồng họp xét (01/12/2025); ghi ngày đã ký quyết định."
    ]
