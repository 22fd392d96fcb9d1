"""Many who write the history at once: only a real database can prove that its chain holds."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from core.audit import chain, log
from core.audit.models import Entry

WRITERS, ACTS = 6, 3

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]


def one_line(staff, ward):
    log.record(actor=staff, verb="unit.edit", label="Sửa", target=ward, unit=ward)


def several_lines(staff, ward):
    rows = [(ward, ward, {})] * 2
    log.record_many(actor=staff, verb="unit.edit", label="Sửa", rows=rows)


@pytest.mark.parametrize(("write", "lines"), [(one_line, 1), (several_lines, 2)])
def test_the_chain_holds_under_writers_at_once(staff, ward, write, lines):
    gate = Barrier(WRITERS)

    def act(_number):
        try:
            gate.wait(timeout=20)
            for _act in range(ACTS):
                with transaction.atomic():
                    write(staff, ward)
                    time.sleep(0.02)  # another act begins before this one is committed
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(act, range(WRITERS)))

    assert Entry.objects.count() == WRITERS * ACTS * lines
    assert chain.first_fault() is None
