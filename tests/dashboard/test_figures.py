"""Every number is the length of the list that it opens, in the reach of its reader."""

import datetime

import pytest

from campaigns.models import Participation
from dashboard import figures
from dossiers.models import Dossier
from tests import factories
from tests.factories.dossiers import dossier, nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(province, agency):
    return factories.award_round(factories.campaign(unit=province, steward=agency))


@pytest.fixture
def one_of_each(round_, ward, staff):
    return {
        state: dossier(unit=ward, round=round_, by=staff, state=state)
        for state in Dossier.State.values
    }


def test_each_number_is_the_length_of_its_list(round_, one_of_each, leader):
    counts = figures.counts(leader, round_)

    assert counts == {
        name: figures.selected(leader, round_, name).count() for name in figures.SELECTIONS
    }
    assert counts["sent"] == 10


def test_the_funnel_never_widens(round_, one_of_each, leader):
    counts = figures.counts(leader, round_)

    steps = [counts[step.name] for step in figures.FUNNEL]
    assert steps == sorted(steps, reverse=True)


def test_an_overdue_appraisal_is_counted_from_the_day_after(round_, ward, staff, leader, today):
    dossier(unit=ward, round=round_, by=staff, state="appraising", due_on=today)
    dossier(
        unit=ward,
        round=round_,
        by=staff,
        state="appraising",
        due_on=today - datetime.timedelta(days=1),
    )

    assert figures.counts(leader, round_)["late"] == 1


def test_figures_stay_in_the_readers_reach(round_, one_of_each, staff, province):
    elsewhere = factories.unit("Tỉnh khác", kind="province")
    stranger = factories.member("leader_view", elsewhere)

    assert set(figures.counts(stranger, round_).values()) == {0}
    assert set(figures.counts(staff, round_).values()) == {0}


def test_units_without_a_dossier_are_registered_ones_that_sent_nothing(
    round_, ward, agency, staff, leader
):
    for unit in (ward, agency):
        Participation.objects.create(
            campaign=round_.campaign, unit=unit, unit_name=unit.name, registered_by=staff
        )
    dossier(unit=ward, round=round_, by=staff, state="submitted")
    dossier(unit=agency, round=round_, by=staff, state="draft")

    assert [p.unit for p in figures.without_dossier(leader, round_)] == [agency]


def test_quotas_show_what_is_proposed_beside_the_places(round_, ward, staff, leader):
    factories.quota(round_, size=30)
    made = dossier(unit=ward, round=round_, by=staff, state="council")
    nominee(made, stands=True)
    nominee(made, stands=True, result="passed")
    nominee(made, stands=False)

    [row] = figures.quotas(leader, round_)

    assert (row["size"], row["proposed"], row["agreed"], row["used"]) == (30, 2, 1, 0)


def test_the_share_of_direct_workers_is_of_individuals(round_, ward, staff, leader):
    made = dossier(unit=ward, round=round_, by=staff, state="council")
    for cls in ("direct", "direct", "manager"):
        nominee(made, stands=True, position_class=cls)
    nominee(made, stands=True, kind="collective", position_class="")

    assert figures.nominees(leader, round_)["direct"] == 66.7
