"""When a dossier goes on after the council and the decision, and who hears of it."""

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from accounts.services import notify, people_who
from dossiers.models import Nomination
from dossiers.workflow.appraising import unit_people

Result = Nomination.Result


def nobody_left(dossier) -> bool:
    """Whether no nominee waits, has passed, or is in a decision: the dossier's way ends."""
    return not dossier.nominations.filter(
        result__in=[Result.PENDING, Result.OK, Result.PASSED, Result.ENTERED, Result.AWARDED]
    ).exists()


def some_passed(dossier) -> bool:
    """Every nominee before the council has a result, and one at least passed."""
    return (
        not dossier.nominations.filter(result=Result.OK).exists()
        and dossier.nominations.filter(result=Result.PASSED).exists()
    )


def all_in_decisions(dossier) -> bool:
    """Nobody is left to choose from, and one at least waits in a draft decision."""
    return (
        not dossier.nominations.filter(result=Result.PASSED).exists()
        and dossier.nominations.filter(result=Result.ENTERED).exists()
    )


def all_awarded(dossier) -> bool:
    waiting = dossier.nominations.filter(result__in=[Result.PASSED, Result.ENTERED])
    return not waiting.exists() and dossier.nominations.filter(result=Result.AWARDED).exists()


def tell_the_drafters(dossier, *, actor):
    _tell(dossier, _drafters(dossier, actor), _("The council agreed to %(dossier)s of %(unit)s."))


def tell_the_drafters_to_wait(dossier, *, actor):
    text = _("%(dossier)s of %(unit)s is before the council again: its result was withdrawn.")
    _tell(dossier, _drafters(dossier, actor), text)


def tell_the_unit_to_wait(dossier, *, actor):
    text = _("%(dossier)s of %(unit)s is before the council again: its result was withdrawn.")
    _tell(dossier, unit_people(dossier), text)


def tell_the_unit_yes(dossier, *, actor):
    _tell(dossier, unit_people(dossier), _("%(dossier)s: the decision is issued."))


def _drafters(dossier, actor):
    return [u for u in people_who(perm=Perm.DECISION_DRAFT, obj=dossier) if u.pk != actor.pk]


def _tell(dossier, people, sentence):
    text = sentence % {"unit": dossier.unit_name, "dossier": dossier}
    notify(users=people, text=text, address=dossier.get_absolute_url())
