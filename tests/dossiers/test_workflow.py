"""The steps of a unit, from every state."""

import pytest

from core.findings import Weight
from core.workflow import Blocked, NotNow
from dossiers.models import Dossier
from dossiers.workflow import DOSSIER
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_dossier_without_nominees_is_not_handed_to_the_head(staff, ward, province):
    campaign = factories.campaign(unit=province)
    dossier = Dossier.objects.create(
        unit=ward,
        unit_name=ward.name,
        campaign=campaign,
        round=factories.award_round(campaign),
        created_by=staff,
    )

    with pytest.raises(Blocked) as caught:
        DOSSIER.perform(dossier, "to_head", actor=staff)

    assert caught.value.findings[0].weight is Weight.BLOCK
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.DRAFT


def test_a_draft_is_not_sent_past_its_head(unit_leader, staff, ward, province):
    campaign = factories.campaign(unit=province)
    dossier = Dossier.objects.create(
        unit=ward,
        unit_name=ward.name,
        campaign=campaign,
        round=factories.award_round(campaign),
        created_by=staff,
    )

    with pytest.raises(NotNow):
        DOSSIER.perform(dossier, "submit", actor=unit_leader)
