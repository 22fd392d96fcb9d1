"""Recording a sitting: counts, results, what follows for each dossier."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from core.clock import clock
from core.workflow import Blocked, NotNow
from criteria.models import Parameter
from dossiers.models import CouncilResult, Dossier, Nomination, Sitting
from dossiers.rules.council import Count, Presence
from dossiers.services import council
from dossiers.workflow import DOSSIER
from dossiers.workflow.sitting import SITTING
from tests import factories
from tests.factories import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
Result, State = Nomination.Result, Dossier.State
FULL = Presence(15, 13, 2)


@pytest.fixture
def waiting(dossier_in):
    """A dossier before the council with two nominees who meet the conditions."""
    dossier = dossier_in("council", nominees=2)
    dossier.nominations.update(result=Result.OK)
    return dossier


@pytest.fixture
def record(award_round, council_secretary, today):
    since = today - timedelta(days=30)
    Parameter.objects.create(key="vote_share.BKT", value=80, meaning="x", valid_from=since)

    def act(counts, **values):
        given = {
            "round": award_round,
            "held_on": today,
            "presence": FULL,
            "chair": "Trần Hoàng Nam",
            "actor": council_secretary,
        }
        return council.record_results(counts=counts, **(given | values))

    return act


@pytest.mark.usefixtures("in_english")
def test_results_follow_the_threshold_exactly(waiting, record):
    first, second = waiting.nominations.all()

    record({first.pk: Count(12, 2, 1), second.pk: Count(11, 4)})

    rows = CouncilResult.objects.order_by("nomination").values_list(
        "votes_for", "share", "threshold", "passed"
    )
    assert list(rows) == [
        (12, Decimal("80.00"), Decimal(80), True),
        (11, Decimal("73.33"), Decimal(80), False),
    ]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.result, first.stands) == (Result.PASSED, True)
    assert (second.result, second.stands) == (Result.FAILED, False)
    assert second.result_reason == "Được 11 trên 15 phiếu của Hội đồng; cần 12 phiếu."


@pytest.mark.parametrize(
    ("votes", "state"),
    [((12, 15), State.PASSED), ((11, 12), State.PASSED), ((11, 0), State.NOT_APPROVED)],
)
def test_a_dossier_goes_on_if_one_nominee_passed(votes, state, waiting, record):
    pks = waiting.nominations.values_list("pk", flat=True)

    record({pk: Count(number) for pk, number in zip(pks, votes, strict=True)})

    waiting.refresh_from_db()
    assert waiting.state == state


def test_a_dossier_waits_until_all_its_nominees_have_a_result(waiting, record):
    first, second = waiting.nominations.all()

    record({first.pk: Count(15)})
    waiting.refresh_from_db()
    between = waiting.state
    record({second.pk: Count(0)})
    waiting.refresh_from_db()

    assert (between, waiting.state) == (State.COUNCIL, State.PASSED)


def test_nobody_is_counted_twice(waiting, record):
    counts = {pk: Count(15) for pk in waiting.nominations.values_list("pk", flat=True)}
    record(counts)

    with pytest.raises(NotNow):
        record(counts)

    assert Sitting.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"presence": Presence(15, 16)}, "members_present"),
        ({"presence": Presence(15, 14, 2)}, "written_opinions"),
    ],
)
def test_numbers_that_cannot_be_are_refused(values, part, waiting, record):
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(1)}, **values)

    assert part in [finding.part for finding in caught.value.findings]
    assert not Sitting.objects.exists()


def test_more_ballots_than_voters_name_the_nominee(waiting, record):
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(14, 1, 1)})

    assert [finding.part for finding in caught.value.findings] == [f"nominee:{pk}"]


def test_a_sitting_of_tomorrow_has_no_result(waiting, record, today):
    with pytest.raises(Blocked):
        record(
            {waiting.nominations.first().pk: Count(15)},
            held_on=today + timedelta(days=1),
        )


def test_without_a_number_of_the_law_nothing_is_decided(waiting, record):
    Parameter.objects.all().delete()

    with pytest.raises(Blocked) as caught:
        record({waiting.nominations.first().pk: Count(15)})

    assert [finding.rule for finding in caught.value.findings] == ["R19"]


def test_too_few_present_cannot_meet(waiting, record, today):
    Parameter.objects.create(key="quorum_share", value="66.67", meaning="x", valid_from=today)

    with pytest.raises(Blocked):
        record({waiting.nominations.first().pk: Count(15)}, presence=Presence(15, 10, 5))


def test_a_member_of_the_unit_must_stand_aside(waiting, ward, record):
    factories.member(Role.COUNCIL_MEMBER, ward, "Võ Thành Trung")
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(14)})
    record({pk: Count(14, recused=1)})

    assert [finding.rule for finding in caught.value.findings] == ["R25"]


def test_only_the_secretary_records(waiting, record, officer):
    with pytest.raises(PermissionDenied):
        record({waiting.nominations.first().pk: Count(15)}, actor=officer)


def test_the_database_lets_no_result_contradict_its_threshold(waiting, record):
    record({waiting.nominations.first().pk: Count(11)})

    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilResult.objects.update(passed=True)


def test_a_sitting_before_the_dossier_was_sent_is_refused(waiting, record, today):
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(15)}, held_on=today - timedelta(days=1))

    finding = caught.value.findings[0]
    assert (finding.part, finding.rule) == ("held_on", "R19")
    assert str(finding).startswith(f"30/11/2025 là ngày trước khi gửi hồ sơ {waiting} (01/12/2025)")


@pytest.fixture
def confirmed(dossier_in, officer, section_head, today):
    """Sent in November, brought before the council on 1 December."""
    sent_at = clock.now() - timedelta(days=30)
    dossier = dossier_in("appraised", appraised_by=officer)
    Dossier.objects.filter(pk=dossier.pk).update(submitted_at=sent_at)
    sent.judge(dossier, by=officer)
    return DOSSIER.perform(dossier, "confirm", actor=section_head)


def test_a_sitting_before_the_dossier_came_before_the_council_is_refused(confirmed, record, today):
    pk = confirmed.nominations.get().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(15)}, held_on=today - timedelta(days=1))
    record({pk: Count(15)}, held_on=today)

    finding = caught.value.findings[0]
    assert (finding.part, finding.rule) == ("held_on", "R19")
    assert str(finding) == (
        f"30/11/2025 là ngày trước khi trình Hội đồng hồ sơ {confirmed} (01/12/2025); "
        "ghi ngày Hội đồng đã họp xét hồ sơ này."
    )


def test_a_result_that_was_withdrawn_is_recorded_anew_with_its_own_day(
    confirmed, record, council_secretary, today
):
    pk = confirmed.nominations.get().pk
    sitting = record({pk: Count(15)})
    with clock.standing_at(clock.now() + timedelta(days=3)):
        SITTING.perform(sitting, "withdraw", actor=council_secretary, note="Nhập nhầm.")

        assert record({pk: Count(14)}, held_on=today).held_on == today


def test_a_day_to_come_says_which_day_to_enter(waiting, record, today):
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(15)}, held_on=today + timedelta(days=1))

    said = "02/12/2025 là ngày sau hôm nay (01/12/2025); ghi ngày Hội đồng đã họp."
    assert [str(finding) for finding in caught.value.findings] == [said]


def test_more_present_than_members_say_nothing_of_who_stands_aside(waiting, ward, record):
    factories.member(Role.COUNCIL_MEMBER, ward, "Võ Thành Trung")
    pk = waiting.nominations.first().pk

    with pytest.raises(Blocked) as caught:
        record({pk: Count(12)}, presence=Presence(15, 20))

    assert [finding.part for finding in caught.value.findings] == ["members_present"]


def test_a_sentence_on_a_row_does_not_repeat_the_name(waiting, record):
    nomination = waiting.nominations.first()

    with pytest.raises(Blocked) as caught:
        record({nomination.pk: Count(16)})

    assert nomination.name not in str(caught.value.findings[0])
