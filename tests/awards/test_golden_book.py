"""I3: golden numbers without a gap or a double, whoever issues at once and whoever fails."""

import threading
from contextlib import closing, suppress

import pytest
from django.db import connection

from awards import workflow
from awards.models import Award
from awards.workflow import DECISION
from tests.factories import awards as factory

WRITERS, AWARDS = 20, 3
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody can race"
    ),
]


class ChangedMind(Exception):
    pass


@pytest.fixture
def drafts(today, province):
    """One signed draft for each writer."""
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    made = []
    for number in range(WRITERS):
        draft = factory.decision(unit=province, actor=officer, awards=AWARDS)
        made.append(factory.sign(draft, actor=officer, number=f"{number + 1}/QĐ-UBND"))
    return made


@pytest.fixture
def _every_third_fails(drafts, monkeypatch):
    """A follower that raises for every third decision, after the numbers were taken."""
    fail = {draft.pk for draft in drafts[::3]}
    monkeypatch.setitem(workflow._followers, "issue", [])

    @workflow.follow("issue")
    def change_mind(decision, *, actor):
        if decision.pk in fail:
            raise ChangedMind


def issue_all_at_once(drafts, decider):
    together = threading.Barrier(WRITERS)

    def writer(draft):
        with closing(connection):
            together.wait(timeout=60)
            with suppress(ChangedMind):
                DECISION.perform(draft, "issue", actor=decider)

    threads = [threading.Thread(target=writer, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    taken = Award.objects.exclude(golden_number=None).values_list("golden_number", flat=True)
    return sorted(taken)


@pytest.mark.usefixtures("_every_third_fails")
def test_twenty_writers_leave_no_gap_and_take_no_number_twice(drafts, decider):
    numbers = issue_all_at_once(drafts, decider)

    kept = WRITERS - len(drafts[::3])
    assert numbers == list(range(1, kept * AWARDS + 1))


@pytest.mark.usefixtures("_every_third_fails")
def test_control_numbers_from_a_sequence_have_gaps(drafts, decider, monkeypatch):
    """If this one has no gaps either, the writers above prove nothing."""
    monkeypatch.setattr(workflow.counter, "take_many", of_the_sequence)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE naive_golden_book")
    try:
        numbers = issue_all_at_once(drafts, decider)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE naive_golden_book")

    assert max(numbers) > len(numbers)


def of_the_sequence(series, count):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('naive_golden_book') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
