"""A round that takes dossiers, and dossiers of one ward in any state."""

import datetime

import pytest
from django.utils import translation

from tests import factories
from tests.factories import sent


@pytest.fixture
def campaign(province):
    return factories.campaign(unit=province)


@pytest.fixture
def stewarded(province, agency):
    return factories.campaign(unit=province, steward=agency)


@pytest.fixture
def award_round(campaign):
    return factories.award_round(campaign)


@pytest.fixture
def dossier_in(ward, award_round, staff):
    """`dossier_in("appraising", nominees=2, officer=…)`: a dossier of the ward in this state."""

    def make(state="submitted", **values):
        return sent.dossier(
            **{"unit": ward, "of_round": award_round, "by": staff, "state": state, **values}
        )

    return make


@pytest.fixture
def due(dossier_in, officer, today):
    """`due(3)`: a dossier under appraisal that is due in three days of the calendar."""

    def make(days, **values):
        day = today + datetime.timedelta(days=days)
        given = {"state": "appraising", "due_on": day, "appraisal_from": today, **values}
        return dossier_in(**given)

    return make


@pytest.fixture
def nominee(dossier_in):
    """`nominee(name="Trần Văn A")`: one nominee of a dossier that was sent."""

    def make(**values):
        return sent.nominee(dossier_in(nominees=0), **values)

    return make


@pytest.fixture
def in_english(client):
    """Sentences as the code says them, whether the catalogue is compiled or not."""
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield
