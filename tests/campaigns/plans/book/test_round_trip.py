"""A plan, its workbook and the plan again: the same canonical file."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from campaigns.plans import export
from campaigns.plans.book import entering, writing
from tests.campaigns.plans.book.books import FILES, plan_of
from tests.campaigns.plans.test_round_trip import PLANS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_that_ships_comes_back_from_its_workbook(path):
    plan = plan_of(path)

    reading = entering.read(writing.write(plan))

    assert [str(fault) for fault in reading.faults] == []
    assert export.write(reading.plan) == export.write(plan)


@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(PLANS)
def test_any_plan_comes_back_from_its_workbook(plan):
    reading = entering.read(writing.write(plan))

    assert [str(fault) for fault in reading.faults] == []
    assert reading.plan == plan
