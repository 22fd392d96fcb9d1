"""Numbers beside dossiers in a list: asked once for a page, never for each row."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from core.clock import clock
from core.workdays import count
from criteria.figures import whole
from dossiers.models import Nomination, Submission
from dossiers.models.dossier import WITH_AGENCY
from dossiers.rules import holding, parts

SOON = 2  # working days; where the province has set no number


def dress(dossiers: Sequence[Any]) -> Sequence[Any]:
    """Give each row of a page what its cells say: nominees and holder. One query."""
    pks = [dossier.pk for dossier in dossiers]
    nominees = defaultdict(list)
    rows = Nomination.objects.filter(dossier__in=pks).order_by("dossier_id")
    for nomination in rows.values_list("dossier_id", "kind", named=True):
        nominees[nomination.dossier_id].append(nomination)
    holders = holding.holders(dossiers)
    for dossier in dossiers:
        dossier.nominees_text = parts.counted(nominees[dossier.pk])
        dossier.holder = holders[dossier.pk]
    return dossiers


def soon(user: Any) -> int:
    """Working days from which an officer's clock turns yellow; asked once a request."""
    if not hasattr(user, "_soon_days"):
        user._soon_days = whole("soon_days.officer", clock.today(), without=SOON)
    return user._soon_days


def queue_counts(dossiers: Any, user: Any) -> dict[str, int]:
    """How many of a queue are mine, soon due, late, sent again. One query."""
    today = clock.today()
    running = ~Q(state="returned")  # and with a day: one that is not set is neither near nor past
    near = Q(due_on__range=(today, count.due(today, soon(user))))
    again = Submission.objects.filter(ordinal__gt=1).values("dossier")
    return dossiers.order_by().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(officer=user)),
        soon=Count("pk", filter=running & near),
        late=Count("pk", filter=running & Q(due_on__lt=today)),
        again=Count("pk", filter=Q(pk__in=again)),
    )


def incoming_counts(dossiers: Any) -> dict[str, int]:
    """How many of an agency's dossiers wait for it, went on, are back with units. One query."""
    return dossiers.order_by().aggregate(
        all=Count("pk", filter=WITH_AGENCY),
        listed=Count("pk", filter=~Q(state__in=["submitted", "returned"])),
        returned=Count("pk", filter=Q(state="returned")),
        sent=Count("pk"),
    )
