"""What only a real database can prove: many at once, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from core.workflow import Blocked
from dossiers.models import Dossier, Nomination, Submission
from dossiers.workflow import DOSSIER
from tests import factories
from tests.factories import writing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]


def at_once(work, count):
    """The answers of `count` threads that begin together."""
    gate = Barrier(count)

    def run(number):
        try:
            gate.wait(timeout=20)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def press(user, url, **values):
    client = Client()
    client.force_login(user)
    return lambda _number: client.post(url, values)


@pytest.fixture
def opening(ward, award_round, staff):
    return reverse("dossiers:open", args=[award_round.pk]), {"unit": ward.pk}


def test_one_form_sent_ten_times_at_once_opens_one_dossier(opening, staff):
    url, values = opening
    clients = [press(staff, url, **values, once=str(key)) for key in [uuid4()] * 10]

    answers = at_once(lambda number: clients[number](number), 10)

    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, Dossier.objects.get().get_absolute_url())
    }


def test_without_a_key_ten_forms_open_ten_dossiers(opening, staff):
    """The control: it is the key that makes the difference."""
    url, values = opening
    clients = [press(staff, url, **values) for _n in range(10)]

    at_once(lambda number: clients[number](number), 10)

    assert Dossier.objects.count() == 10


def test_one_dossier_sent_ten_times_at_once_has_one_receipt(ward, award_round, staff, unit_leader):
    dossier = writing.with_head(unit=ward, of_round=award_round, by=staff)
    url = reverse("dossiers:step", args=[dossier.pk, "submit"])
    key = str(uuid4())
    clients = [press(unit_leader, url, once=key) for _n in range(10)]

    answers = at_once(lambda number: clients[number](number), 10)

    assert {answer.status_code for answer in answers} == {302}
    assert list(Submission.objects.values_list("number", flat=True)) == ["KH207-0001/1"]


def test_two_units_that_send_one_nominee_at_once_leave_one_standing(
    ward, province, award_round, staff
):
    other = factories.unit("Phường Mỹ Ngãi", kind="ward", superior=province)
    pairs = []
    for unit in (ward, other):
        head = factories.member("unit_leader", unit)
        pairs.append((writing.with_head(unit=unit, of_round=award_round, by=head), head))

    def send(number):
        dossier, head = pairs[number]
        try:
            return DOSSIER.perform(dossier, "submit", actor=head).number
        except Blocked as blocked:
            return [finding.rule for finding in blocked.findings]

    answers = at_once(send, 2)

    assert sorted(map(str, answers)) == ["KH207-0001", "['R03']"]
    assert Nomination.objects.filter(stands=True).count() == 1


def test_numbers_of_dossiers_sent_at_once_have_no_gap(province, award_round):
    pairs = []
    for number in range(6):
        unit = factories.unit(kind="ward", superior=province)
        head = factories.member("unit_leader", unit)
        dossier = writing.complete(unit=unit, of_round=award_round, by=head)
        nominee = dossier.nominations.get()
        nominee.name = f"Trần Văn {'ABCDEF'[number]}"
        nominee.save()
        pairs.append((DOSSIER.perform(dossier, "to_head", actor=head), head))

    at_once(lambda n: DOSSIER.perform(pairs[n][0], "submit", actor=pairs[n][1]), 6)

    assert sorted(Dossier.objects.values_list("number", flat=True)) == [
        f"KH207-{number:04d}" for number in range(1, 7)
    ]
