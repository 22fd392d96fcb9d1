"""No silent overwrite (reliability I6): two editors of one criterion, on PostgreSQL."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from campaigns import services
from campaigns.models import ScoreEntry, Stage
from core.ui.merging import mark
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
ROUNDS = 200


def two_at_once(pool, gate, works):
    def run(work):
        gate.wait(timeout=20)
        return work()

    return [done.result(timeout=30) for done in [pool.submit(run, work) for work in works]]


@pytest.fixture
def pair(field):
    """Two people of one unit, signed in, and the sheet that both write."""
    sheet = field.sheet()
    other = factories.member(Role.UNIT_STAFF, sheet.unit)
    clients = []
    for user in (field.staff[sheet.unit_id], other):
        client = Client()
        client.force_login(user)
        clients.append(client)
    return sheet, clients


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as threads:
        yield threads
        for _n in range(2):
            threads.submit(connections.close_all)


def kept(field, sheet):
    entry = ScoreEntry.objects.filter(sheet=sheet, criterion=field.criteria["1.2"]).first()
    return (entry.given if entry else {}), (entry.version if entry else 0)


def post(client, field, sheet, given, shown):
    """One saving as the page's script sends it, resting on what the page showed."""
    key = f"c{field.criteria['1.2'].pk}"
    marks = {name: mark(shown.get(name, "")) for name in ("a", "b")}
    posted = {f"{key}-{name}": value for name, value in given.items()}
    url = reverse("campaigns:sheet_save", args=[sheet.pk])
    return lambda: client.post(url, posted | {f"{key}-seen": json.dumps(marks)})


def test_in_two_hundred_rounds_of_two_editors_nothing_is_overwritten_silently(field, pair, pool):
    sheet, clients = pair
    gate = Barrier(2)
    for number in range(ROUNDS):
        shown, _version = kept(field, sheet)
        mine = [{"a": str(2 * number + n + 1), "b": "1000"} for n in range(2)]

        answers = two_at_once(
            pool,
            gate,
            [post(c, field, sheet, m, shown) for c, m in zip(clients, mine, strict=True)],
        )

        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == [200, 409], (number, codes)
        won, lost = codes.index(200), codes.index(409)
        assert kept(field, sheet)[0] == mine[won]
        (conflict,) = answers[lost].json()["conflicts"]  # “b” is the same, so only “a”
        assert (conflict["kept"], conflict["mine"]) == (mine[won]["a"], mine[lost]["a"])


def test_two_editors_of_different_fields_both_find_their_text(field, pair, pool):
    sheet, clients = pair
    gate = Barrier(2)
    for number in range(1, 26):
        shown, _version = kept(field, sheet)
        new = {"a": str(number), "b": str(1000 + number)}
        mine = [{"a": new["a"]}, {"b": new["b"]}]

        answers = two_at_once(
            pool,
            gate,
            [post(c, field, sheet, m, shown) for c, m in zip(clients, mine, strict=True)],
        )

        assert [answer.status_code for answer in answers] == [200, 200]
        assert kept(field, sheet)[0] == new


def test_without_the_version_both_are_told_yes_and_one_text_is_gone(field, pair, pool):
    """The control: it is the version that makes the difference."""
    sheet, _clients = pair
    actor = field.staff[sheet.unit_id]
    gate, lost = Barrier(2), 0

    def save(version, value):
        change = field.change("1.2", version, a=value, b="1000")
        try:
            services.save_entries(sheet=sheet, stage=Stage.OWN, changes=[change], actor=actor)
        except services.Stale:
            return False
        return True

    for checked, number in itertools.product((True, False), range(10)):
        version = kept(field, sheet)[1] if checked else None
        works = [
            lambda version=version, value=f"{number}{n + 1}": save(version, value) for n in range(2)
        ]
        told_yes = two_at_once(pool, gate, works)
        assert sum(told_yes) == (1 if checked else 2)
        lost += sum(told_yes) - 1
    assert lost == 10
