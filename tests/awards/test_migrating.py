"""What earlier versions kept is brought to the form of this one."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps

from awards.models import Award
from awards.workflow import DECISION
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
once_a_year = import_module("awards.migrations.0003_one_number_a_year")


@pytest.mark.parametrize(("period", "kept"), [((None, None), 2023), ((2022, 2024), 2024)])
def test_a_year_that_was_stated_without_a_period_stays_that_of_the_achievement(
    province, officer, decider, period, kept
):
    factory.authority()
    draft = factory.decision(unit=province, actor=officer)
    years = dict(zip(("achieved_from", "achieved_to"), period, strict=True))
    factory.award(draft, name="Bà Liên", unit=province, actor=officer, **years)
    factory.sign(draft, actor=officer, signed_on=datetime.date(2025, 1, 15))
    DECISION.perform(draft, "issue", actor=decider)
    Award.objects.update(year=2023)  # as the version before stated it

    once_a_year.follow_the_signing(apps, None)

    award = Award.objects.get()
    assert (award.year, award.achievement_year) == (2025, kept)


def test_a_year_that_was_stated_in_a_draft_outlives_its_issue(province, officer, decider):
    factory.authority()
    draft = factory.decision(unit=province, actor=officer)
    unsaid = {"achieved_from": None, "achieved_to": None}
    factory.award(draft, name="Bà Liên", unit=province, actor=officer, year=2023, **unsaid)
    once_a_year.follow_the_signing(apps, None)

    factory.sign(draft, actor=officer)
    DECISION.perform(draft, "issue", actor=decider)

    award = Award.objects.get()
    assert (award.year, award.achievement_year) == (2025, 2023)
