"""Who holds a dossier now, in words that everybody understands."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import clock
from core.province import here_lazy
from dossiers.models import Dossier
from dossiers.rules import appraisal

_State = Dossier.State
WITH_UNIT = {_State.DRAFT, _State.RETURNED}
WITH_HOME_AFFAIRS = {_State.SUBMITTED, _State.AGGREGATED, _State.APPRAISING, _State.PASSED}
ELSEWHERE = {
    _State.APPRAISED: gettext_lazy("Head of section, Department of Home Affairs"),
    _State.COUNCIL: here_lazy(gettext_lazy("Provincial council of emulation and commendation")),
    _State.PROPOSED: here_lazy(gettext_lazy("Chairman of the provincial People's Committee")),
}
OVER = {_State.AWARDED, _State.NOT_APPROVED, _State.WITHDRAWN}


def holder(dossier: Dossier) -> str:
    """The person or body that has to act; empty when nobody has to."""
    return holders([dossier])[dossier.pk]


def receiver(dossier: Dossier) -> str:
    """Who gets the dossier when the unit sends it now."""
    if appraisal.first_to_the_steward(dossier):
        return _agency(dossier.campaign, {})
    return f"{dossier.officer}, {_home()}" if dossier.officer else _home()


def holders(dossiers: Iterable[Dossier]) -> dict[int, str]:
    """The same for many rows, asking for each standing agency once."""
    agencies: dict[int, str] = {}
    return {dossier.pk: _holder(dossier, agencies) for dossier in dossiers}


def _holder(dossier, agencies):
    state = dossier.state
    if state == _State.SUBMITTED and appraisal.first_to_the_steward(dossier):
        return _agency(dossier.campaign, agencies)
    if state in {_State.APPRAISING, _State.SUBMITTED} and dossier.officer:
        return f"{dossier.officer}, {_home()}"
    if state in WITH_UNIT:
        return dossier.unit_name
    if state == _State.UNIT_REVIEW:
        return _("Head of %(unit)s") % {"unit": dossier.unit_name}
    if state in WITH_HOME_AFFAIRS:
        return _home()
    return str(ELSEWHERE.get(state, ""))


def _home():
    return _("Department of Home Affairs")


def _agency(campaign, known):
    if campaign.pk not in known:
        unit = campaign.steward_on(clock.today())
        known[campaign.pk] = unit.name if unit else ""
    return known[campaign.pk]
