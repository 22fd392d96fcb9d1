"""Recording what the council decided: presence, counts, and what follows for the dossiers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from campaigns.models import AwardRound
from core.audit import log
from core.documents.models import Document
from core.findings import Finding
from core.workflow import Blocked, NotNow, act
from dossiers.models import CouncilResult, Dossier, Nomination, Sitting
from dossiers.rules import council
from dossiers.rules.council import Count, Presence
from dossiers.workflow import DOSSIER

Result = Nomination.Result


def before_the_council(award_round: AwardRound, typed: Iterable[int] = ()) -> Any:
    """Nominees of a round who wait for the council's vote.

    `typed` are those of whom a page holds counts: with them come those that were voted on
    since it was opened, each with its result.
    """
    waits = Q(dossier__state=Dossier.State.COUNCIL, result=Result.OK)
    voted_on = Q(pk__in=list(typed), council_result__isnull=False)
    rows = Nomination.objects.filter(waits | voted_on if typed else waits, round=award_round)
    if typed:
        rows = rows.select_related("council_result__sitting__recorded_by")
    rows = rows.select_related("dossier__unit", "award_type")
    return rows.order_by("kind", "dossier__unit_name", "order", "pk")


@act
def record_results(
    *,
    round: AwardRound,
    held_on: date,
    presence: Presence,
    chair: str,
    counts: dict[int, Count],
    actor: Any,
    recusals: str = "",
    minutes: Document | None = None,
) -> Sitting:
    """Keep one sitting and its counts ({id of the nominee: count}); dossiers move with them.

    Raises Blocked with a finding for each number that cannot be; `part` is the field or
    “nominee:ID”. A nominee who was voted on meanwhile is NotNow: nobody is counted twice.
    """
    if not actor.can(Perm.COUNCIL_RECORD, round):
        raise PermissionDenied
    nominations = _locked(round, counts)
    thresholds = council.thresholds(nominations, held_on)
    if wrong := list(_wrong(nominations, counts, presence, thresholds, held_on)):
        raise Blocked(wrong)
    sitting = Sitting(
        unit=round.campaign.unit,
        round=round,
        held_on=held_on,
        members_total=presence.total,
        members_present=presence.present,
        written_opinions=presence.written,
        chair=chair,
        recusals=recusals,
        minutes=minutes,
        recorded_by=actor,
    )
    with log.editing(sitting, actor=actor, label=_("Record the sitting of the council")):
        sitting.save()
    for nomination in nominations:
        _keep(sitting, nomination, counts[nomination.pk], thresholds[nomination.award_type.code])
    for dossier in {n.dossier_id: n.dossier for n in nominations}.values():
        _move(dossier, sitting, actor)
    return sitting


def _locked(round, counts):
    """The nominees, under the locks of their dossiers, in one order for everybody."""
    waiting = before_the_council(round).filter(pk__in=counts)
    dossiers = Dossier.objects.filter(pk__in=waiting.values("dossier"))
    list(dossiers.select_for_update(of=("self",)).order_by("pk"))
    nominations = list(waiting)
    if len(nominations) != len(counts):
        raise NotNow(_voted_on(counts))
    return nominations


def _voted_on(counts):
    """Who was quicker, and when."""
    sittings = Sitting.objects.filter(results__nomination__in=counts).select_related("recorded_by")
    sitting = sittings.order_by("-recorded_at", "-pk").first()
    if sitting is None:
        return _("Some of these nominees do not wait for the council any more. Look at them again.")
    text = _(
        "%(who)s recorded a result of these nominees at %(when)s: %(sitting)s. "
        "Nothing of this page was kept; compare what you typed with it."
    )
    when = f"{localtime(sitting.recorded_at):%H:%M, %d/%m/%Y}"
    return text % {"who": sitting.recorded_by, "when": when, "sitting": sitting}


def _wrong(
    nominations: Sequence[Nomination],
    counts: dict[int, Count],
    presence: Presence,
    thresholds: dict,
    held_on: date,
):
    if not nominations:
        yield Finding(_("Enter the votes for at least one nominee."), part="counts")
    yield from council.unsound_day(held_on, nominations)
    unsound = list(council.unsound_presence(presence, council.quorum_on(held_on)))
    yield from unsound
    yield from council.no_threshold(nominations, thresholds)
    members = council.members_on(held_on)
    for nomination in () if unsound else nominations:
        yield from council.unsound_count(nomination, counts[nomination.pk], presence, members)


def _keep(sitting, nomination, count, threshold):
    total = sitting.members_total
    passed = council.passes(count.votes_for, total, threshold)
    CouncilResult.objects.create(
        sitting=sitting,
        nomination=nomination,
        votes_for=count.votes_for,
        votes_against=count.against,
        votes_blank=count.blank,
        recused=count.recused,
        share=council.share(count.votes_for, total),
        threshold=threshold,
        passed=passed,
    )
    nomination.result = Result.PASSED if passed else Result.FAILED
    nomination.result_reason = "" if passed else _too_few(count, total, threshold)
    nomination.stands = passed
    nomination.version += 1
    nomination.save()


def _too_few(count, total, threshold):
    text = _("%(votes)d of %(members)d votes in the council; %(needed)d are needed.")
    needed = council.needed(total, threshold)
    return text % {"votes": count.votes_for, "members": total, "needed": needed}


def _move(dossier, sitting, actor):
    """A dossier goes on when all its nominees have a result; until then it waits."""
    for name in ("pass", "fail"):
        if DOSSIER.transitions[name].starts_from(dossier):
            DOSSIER.perform(dossier, name, actor=actor, note=str(sitting))
