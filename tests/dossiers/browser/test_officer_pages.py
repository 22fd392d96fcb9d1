"""The officer's pages of council and decision in Chromium: no faults, nothing covers a name."""

import pytest
from django.db import connection
from django.urls import reverse

from dossiers.models import Sitting
from tests.factories import sent

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="tables are emptied afterwards, which on SQLite the history's trigger refuses",
    ),
]
PLACES = """() => {
    const box = (node) => { const r = node.getBoundingClientRect(); return [r.left, r.right]; };
    return [...document.querySelectorAll('#passed tbody tr')].map((row) => {
        const words = document.createRange();
        words.selectNodeContents(row.cells[1]);
        return [box(words), box(row.querySelector('input'))];
    });
}"""


@pytest.fixture
def staff(officer):
    """Whom `enter` signs in."""
    return officer


@pytest.fixture
def passed(ward, award_round, staff):
    return sent.passed(
        unit=ward,
        of_round=award_round,
        by=staff,
        nominees=2,
        name="Ủy ban nhân dân phường Long Thuận",
    )


def test_no_tick_box_covers_a_name_on_a_phone(enter, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]), width=360)

    places = page.evaluate(PLACES)

    assert len(places) == 2
    assert all(words[1] <= box[0] for words, box in places)


def test_number_of_a_dossier_stands_on_one_line(enter, passed, award_round):
    page = enter(reverse("dossiers:compose", args=[award_round.pk]))

    link = page.get_by_role("link", name=passed.number).first

    assert link.evaluate("node => node.getClientRects().length") == 1


def test_pages_of_council_and_decision_have_no_faults(
    enter, faults, complaints, passed, award_round
):
    page, found = enter("/"), {}

    for path in (
        Sitting.objects.get().get_absolute_url(),
        reverse("dossiers:compose", args=[award_round.pk]),
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found[path] = faults(page)

    assert found == {path: [] for path in found}
    assert complaints == []
