"""The appraisal clock: working days, standing still while the unit mends."""

import datetime

import pytest
from django.core.management import call_command

from core.workdays import count
from dossiers.models import Dossier
from tests import factories

MONDAY = datetime.date(2026, 2, 9)  # the week before Tết Bính Ngọ (16–20/02/2026)


@pytest.fixture
def dossier(province, ward, staff):
    call_command("load_holidays", verbosity=0)
    campaign = factories.campaign(unit=province)
    return Dossier.objects.create(
        unit=ward,
        unit_name=ward.name,
        campaign=campaign,
        round=factories.award_round(campaign),
        created_by=staff,
    )


def spent(dossier, until):
    """Working days on the clock from its start to a day, stops left out."""
    stretches, start = [], dossier.appraisal_from
    for stop in dossier.stops.order_by("from_day"):
        stretches.append((start, stop.from_day))
        start = stop.until_day
    return count.spent([*stretches, (start, until)])


def test_the_clock_counts_working_days_over_tet(dossier):
    dossier.start_clock(MONDAY, 10)

    assert count.between(MONDAY, dossier.due_on) == 10
    assert dossier.due_on > MONDAY + datetime.timedelta(days=18)


def test_a_clock_that_runs_is_not_started_again(dossier):
    dossier.start_clock(MONDAY, 10)
    due = dossier.due_on

    dossier.start_clock(MONDAY + datetime.timedelta(days=3), 10)

    assert (dossier.appraisal_from, dossier.due_on) == (MONDAY, due)


@pytest.mark.parametrize(
    ("back", "again"),
    [(0, 0), (1, 1), (1, 2), (2, 4), (4, 18), (3, 5), (5, 6), (6, 14), (1, 40)],
)
def test_the_unit_s_days_are_not_the_officer_s(dossier, back, again):
    day = datetime.timedelta(days=1)
    dossier.start_clock(MONDAY, 25)

    dossier.stop_clock(MONDAY + day * back)
    dossier.restart_clock(MONDAY + day * again)

    assert spent(dossier, dossier.due_on) == 25


def test_two_stops_add_up(dossier):
    day = datetime.timedelta(days=1)
    dossier.start_clock(MONDAY, 25)

    for back, again in [(1, 3), (3, 21)]:
        dossier.stop_clock(MONDAY + day * back)
        dossier.restart_clock(MONDAY + day * again)

    assert spent(dossier, dossier.due_on) == 25


def test_a_return_before_appraisal_stops_no_clock(dossier):
    dossier.stop_clock(MONDAY)
    dossier.restart_clock(MONDAY)

    assert (dossier.stops.count(), dossier.due_on) == (0, None)
