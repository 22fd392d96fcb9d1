"""Two people at once, on PostgreSQL: the second is told so by a sentence."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from campaigns.models import AimCall, AimRollUp
from campaigns.services import aims
from campaigns.workflow.aims import AIM_LIST
from core.workflow import Blocked
from tests.campaigns.aiming import LAST

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def while_held(first, second):
    """What `second` raises: it begins before the transaction of `first` is over and waits for it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            done = pool.submit(_and_close, second)
            _until_somebody_waits(done)
        return done.exception(timeout=30)


def _and_close(work):
    try:
        return work()
    finally:
        connections.close_all()


def _until_somebody_waits(done):
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] or done.done():
                return
        time.sleep(0.05)


def test_a_list_that_is_refused_meanwhile_does_not_go_upward(sent, steward):
    aims.approve(lists=[sent], actor=steward)
    call = sent.call
    fault = while_held(
        lambda: AIM_LIST.perform(sent, "refuse", actor=steward, note="Xem lại."),
        lambda: aims.send_upward(call=call, actor=steward),
    )
    assert isinstance(fault, Blocked), repr(fault)
    assert not AimRollUp.objects.exists()


def test_two_who_ask_the_units_at_once_ask_them_once(running, steward):
    def ask():
        return aims.open_call(subject=running, year=2025, last_day=LAST, actor=steward)

    fault = while_held(ask, ask)
    assert isinstance(fault, Blocked), repr(fault)
    assert "đã được yêu cầu đăng ký" in str(fault)
    assert AimCall.objects.count() == 1
