"""One nominee, one achievement, one proposal (R03), one award (R04)."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Award
from core.findings import Finding
from dossiers.models import Dossier, Nomination


def elsewhere(dossier: Dossier, nominations: Sequence[Nomination]) -> Iterator[Finding]:
    """Nominees who stand in the same round through another dossier, or were awarded in it.

    The sentence never says whose dossier: it may be a unit that this reader does not know of.
    """
    by_identity = {nomination.identity: nomination for nomination in nominations}
    taken = (
        Nomination.objects.filter(round_id=dossier.round_id, identity__in=by_identity)
        .exclude(dossier=dossier)
        .filter(Q(stands=True) | Q(award__state=Award.State.VALID))
        .order_by()
        .values_list("identity", "award__state")
    )
    for identity, award in sorted(set(taken), key=str):
        nomination = by_identity[identity]
        if award == Award.State.VALID:
            text, rule = _("%(name)s has been awarded in this round already."), "R04"
        else:
            text, rule = _("%(name)s stands in this round already, in another dossier."), "R03"
        yield _finding(nomination, text, rule)


def named_twice(nominations: Sequence[Nomination]) -> Iterator[Finding]:
    """Nominees written twice in one dossier, perhaps spelt in two ways."""
    met: set[str] = set()
    for nomination in nominations:
        if nomination.identity in met:
            yield _finding(nomination, _("%(name)s is in this dossier twice."), "R03")
        met.add(nomination.identity)


def _finding(nomination, text, rule):
    return Finding(
        text % {"name": nomination.titled},
        rule=rule,
        href=nomination.get_absolute_url(),
        part=f"nominee:{nomination.pk}",
    )
