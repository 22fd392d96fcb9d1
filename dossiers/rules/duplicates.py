"""One nominee, one achievement, one proposal (R03)."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.findings import Finding
from dossiers.models import Dossier, Nomination


def standing_elsewhere(dossier: Dossier) -> Iterator[Finding]:
    """Nominees who stand in the same round through another dossier.

    The sentence never says whose: it may be a unit that this reader does not know about.
    """
    taken = (
        Nomination.objects.filter(round_id=dossier.round_id, stands=True)
        .exclude(dossier=dossier)
        .values("identity")
    )
    for nomination in dossier.nominations.filter(identity__in=taken):
        yield _finding(
            nomination, _("%(name)s already stands in this round through another dossier.")
        )


def named_twice(nominations: list[Nomination]) -> Iterator[Finding]:
    """Nominees written twice in one dossier, perhaps spelt in two ways."""
    seen = Counter(nomination.identity for nomination in nominations)
    met: set[str] = set()
    for nomination in nominations:
        if seen[nomination.identity] > 1 and nomination.identity in met:
            yield _finding(nomination, _("%(name)s is in this dossier twice."))
        met.add(nomination.identity)


def _finding(nomination, sentence):
    return Finding(
        sentence % {"name": nomination.titled},
        rule="R03",
        href=nomination.get_absolute_url(),
        part=f"nominee:{nomination.pk}",
    )
