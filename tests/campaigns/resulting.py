"""Targets and figures that the tests of results begin with."""

from campaigns.models import Target
from campaigns.services import results as acts

MONTH = "2025-11"


def target(campaign, code="T01", compare="at_least", value=30, **more):
    if compare in {"yes_no", "text"}:
        value = None
    values = {"order": 1, "name": f"Chỉ tiêu {code}", "unit_of_measure": "%"} | more
    return Target.objects.create(
        campaign=campaign, code=code, compare=compare, value=value, **values
    )


def enter(programme, unit, said, actor, period=MONTH):
    rows = {key.pk: (value, "Sở") for key, value in said.items()}
    return acts.enter(campaign=programme, unit=unit, period=period, said=rows, actor=actor)
