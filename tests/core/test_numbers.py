import threading
from contextlib import closing

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from core.numbers import counter

TAKERS = 20
TURNS = 10


class Changed(Exception):
    pass


@pytest.mark.django_db
def test_numbers_of_a_series_run_from_one():
    assert [counter.take("receipt/2025") for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_many_numbers_taken_at_once_follow_on():
    counter.take("golden-book")

    assert [*counter.take_many("golden-book", 3)] == [2, 3, 4]
    assert counter.take("golden-book") == 5


@pytest.mark.django_db
def test_each_series_runs_by_itself():
    counter.take("receipt/2025")

    assert counter.take("receipt/2026") == 1


@pytest.mark.django_db
def test_a_number_rolled_back_is_given_again():
    counter.take("receipt")
    savepoint = transaction.savepoint()
    counter.take("receipt")
    transaction.savepoint_rollback(savepoint)

    assert counter.take("receipt") == 2


@pytest.mark.django_db(transaction=True)
def test_no_number_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        counter.take("receipt")


@pytest.mark.django_db(transaction=True)
def test_twenty_takers_leave_no_gap_and_take_no_number_twice():
    only_where_writers_meet()

    kept = taken_by_many(lambda: counter.take("golden-book"))

    assert sorted(kept) == list(range(1, len(kept) + 1))


@pytest.mark.django_db(transaction=True)
def test_control_a_sequence_leaves_gaps():
    """If this one has no gaps either, the takers above prove nothing."""
    only_where_writers_meet()
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE naive_numbers")
    try:
        kept = taken_by_many(next_of_the_sequence)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE naive_numbers")

    assert max(kept) > len(kept)


def only_where_writers_meet():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, so nobody can race for a number")


def next_of_the_sequence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('naive_numbers')")
        return cursor.fetchone()[0]


def taken_by_many(take):
    """What 20 threads keep, who start together and roll back every third transaction."""
    kept, together = [], threading.Barrier(TAKERS)

    def taker(place):
        with closing(connection):
            together.wait(timeout=30)
            for turn in range(TURNS):
                try:
                    with transaction.atomic():
                        number = take()
                        if (place + turn) % 3 == 0:
                            raise Changed
                    kept.append(number)
                except Changed:
                    pass

    threads = [threading.Thread(target=taker, args=(place,)) for place in range(TAKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert kept
    return kept
