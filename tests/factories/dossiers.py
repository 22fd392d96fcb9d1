"""Dossiers put straight into a state, for figures and lists; the workflows have tests of their own."""

import itertools

from core.clock import clock
from dossiers.models import Dossier, Nomination

_count = itertools.count(1)


def dossier(*, unit, round, by, state="draft", **values):
    number = next(_count)
    sent = state not in {"draft", "unit_review"}
    defaults = {
        "unit_name": unit.name,
        "campaign": round.campaign,
        "created_by": by,
        "state": state,
        "number": f"KH207-{number:04d}" if sent else "",
        "submitted_at": clock.now() if sent else None,
        "submitted_by": by if sent else None,
    }
    return Dossier.objects.create(unit=unit, round=round, **(defaults | values))


def nominee(of_dossier, **values):
    number = next(_count)
    defaults = {
        "round": of_dossier.round,
        "award_type": of_dossier.round.award_type,
        "kind": "individual",
        "name": f"Nguyễn Văn Số {number}",
        "sex": "male",
        "position_class": "direct",
        "workplace": of_dossier.unit_name,
    }
    return Nomination.objects.create(dossier=of_dossier, **(defaults | values))
