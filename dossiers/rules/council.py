"""The council's count: shares of all members, thresholds of the day, what cannot be right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from itertools import groupby
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.permissions import Role
from awards.models import Award, Decision
from core.audit.models import Entry
from core.clock import clock
from core.findings import Finding, Weight
from criteria.rules import law
from dossiers.models import Dossier, Nomination, Sitting

CENT = Decimal("0.01")
BROUGHT = "dossier.confirm"  # as the history calls the step
SEATS = (Role.COUNCIL_MEMBER, Role.COUNCIL_CHAIR)


@dataclass(frozen=True)
class Presence:
    """Numbers of one sitting: all members, those present, opinions of the absent in writing."""

    total: int
    present: int
    written: int = 0

    @property
    def voters(self) -> int:
        return self.present + self.written


@dataclass(frozen=True)
class Count:
    """The ballots on one nominee. Only sums: who voted how is never kept (domain 6.3, 8)."""

    votes_for: int
    against: int = 0
    blank: int = 0
    recused: int = 0

    @property
    def taken(self) -> int:
        return self.votes_for + self.against + self.blank + self.recused


def share(votes_for: int, members: int) -> Decimal:
    """Per cent of all members, rounded down to two decimals: 79.99… is never shown as 80."""
    if members <= 0:
        return Decimal(0)
    return (Decimal(votes_for * 100) / members).quantize(CENT, ROUND_DOWN)


def passes(votes_for: int, members: int, threshold: Decimal) -> bool:
    """Whether the votes reach the threshold, in per cent of all members; exact at the edge."""
    return members > 0 and Decimal(votes_for * 100) >= threshold * members


def needed(members: int, threshold: Decimal) -> int:
    """The fewest votes that reach the threshold."""
    return int((threshold * members / 100).to_integral_value(ROUND_CEILING))


def thresholds(nominations: Iterable[Nomination], day: date) -> dict[str, Decimal]:
    """{code of an award type: per cent in force on the day}; a code without one is left out."""
    numbers = law.in_force(day)
    keys = {code: f"vote_share.{code}" for code in {one.award_type.code for one in nominations}}
    return {code: numbers[key].value.quantize(CENT) for code, key in keys.items() if key in numbers}


def must_stand_aside(nomination: Nomination, members: Sequence[Any]) -> list[Any]:
    """Members of the council who belong to the unit that proposes this nominee (R25)."""
    return [user for user in members if user.works_in(nomination.dossier.unit)]


def members_on(day: date) -> list[Any]:
    """Users who sit in the provincial council on a day."""
    seats = Membership.objects.in_force(day).filter(role__in=SEATS)
    held = seats.select_related("user__home_unit")
    return list({seat.user: None for seat in held})


def quorum_on(day: date) -> Decimal | None:
    """The per cent of members who must be present that day; None if no number is in force."""
    row = law.in_force(day).get("quorum_share")
    return row.value.quantize(CENT) if row else None


def unsound_day(held_on: date, nominations: Iterable[Nomination]) -> Iterator[Finding]:
    """A sitting lies between the day its dossiers came before the council and today (R19)."""
    today, part = clock.today(), "held_on"
    if held_on > today:
        text = _("%(day)s is after today (%(today)s); enter the day on which the council met.")
        yield Finding(text % {"day": _said(held_on), "today": _said(today)}, part=part)
        return
    dossiers = {nomination.dossier_id: nomination.dossier for nomination in nominations}
    brought = brought_on(dossiers)
    since = {pk: brought.get(pk) or _sent_on(dossier) for pk, dossier in dossiers.items()}
    last = max(since, key=lambda pk: since[pk], default=None)
    if last is None or held_on >= since[last]:
        return
    if last in brought:
        text = _(
            "%(day)s is before dossier %(dossier)s was brought before the council (%(since)s); "
            "enter the day on which the council voted on it."
        )
    else:
        text = _(
            "%(day)s is before dossier %(dossier)s was sent (%(since)s); "
            "enter the day on which the council voted on it."
        )
    words = {"day": _said(held_on), "dossier": dossiers[last], "since": _said(since[last])}
    yield Finding(text % words, rule="R19", part=part)


def brought_on(dossiers: Iterable[int]) -> dict[int, date]:
    """{id: the day on which its appraisal was confirmed for the council}, by the history.

    Not `held_since`: a result that was withdrawn brings a dossier back much later. One query.
    """
    lines = Entry.objects.filter(
        target_type=Dossier._meta.label_lower,
        target_id__in=[str(pk) for pk in dossiers],
        verb=BROUGHT,
    )
    rows = lines.order_by("pk").values_list("target_id", "at")
    return {int(target): localtime(at).date() for target, at in rows}


def unsound_presence(presence: Presence, quorum: Decimal | None = None) -> Iterator[Finding]:
    """What cannot be right in the numbers of the sitting."""
    if presence.total < 1:
        yield Finding(_("Enter how many members the council has."), part="members_total")
    if presence.present > presence.total:
        yield Finding(_("No more members are present than there are."), part="members_present")
    elif presence.voters > presence.total:
        yield Finding(_("Only absent members send a written opinion."), part="written_opinions")
    elif presence.total and presence.voters < 1:
        yield Finding(_("Nobody took part in the vote."), part="members_present")
    elif quorum and not passes(presence.present, presence.total, quorum):
        text = _("The council meets with %(number)d members present or more.")
        yield Finding(
            text % {"number": needed(presence.total, quorum)}, rule="R19", part="members_present"
        )


def unsound_count(
    nomination: Nomination, count: Count, presence: Presence, members: Sequence[Any]
) -> Iterator[Finding]:
    """What cannot be right in the count of one nominee; `part` names the nominee.

    Asks for a sound presence: of a council in which more sit than it has, nobody is away.
    """
    part = f"nominee:{nomination.pk}"
    if count.taken > presence.voters:
        yield Finding(
            _("%(votes)d ballots, but only %(voters)d members took part.")
            % {"votes": count.taken, "voters": presence.voters},
            rule="R19",
            part=part,
        )
    aside = must_stand_aside(nomination, members)
    away = presence.total - presence.voters
    if len(aside) > count.recused + away:
        yield Finding(
            ngettext(
                "%(who)s belongs to the proposing unit and does not vote; "
                "count %(number)d member as standing aside.",
                "%(who)s belong to the proposing unit and do not vote; "
                "count %(number)d members as standing aside.",
                len(aside) - away,
            )
            % {"who": ", ".join(map(str, aside)), "number": len(aside) - away},
            rule="R25",
            part=part,
        )


def ballots_missing(count: Count, presence: Presence) -> Iterator[Finding]:
    """Fewer ballots than voters: it happens, so the law's limit is only the other way (R19).

    It is also what a forgotten column looks like, so whoever records it is asked once.
    """
    if count.taken < presence.voters:
        text = _("%(votes)d ballots of %(voters)d members who took part: %(lacking)d are missing.")
        words = {
            "votes": count.taken,
            "voters": presence.voters,
            "lacking": presence.voters - count.taken,
        }
        yield Finding(text % words, Weight.WARN, rule="R19")


def decided_since(sitting: Sitting, reader: Any) -> Iterator[Finding]:
    """Nominees of its dossiers in a decision: on a count that others built on, nothing changes.

    The decision is a link for who may read it: a draft is of those who work on it.
    """
    voted = Dossier.objects.filter(nominations__council_result__sitting=sitting)
    awards = Award.objects.filter(nomination__dossier__in=voted).select_related("decision")
    rows = awards.order_by("decision", "pk")
    for decision, held in groupby(rows, key=lambda award: award.decision):
        number = len(list(held))
        if decision.state == Decision.State.ISSUED:
            text = ngettext(
                "%(number)d nominee is in decision %(decision)s, which is issued.",
                "%(number)d nominees are in decision %(decision)s, which is issued.",
                number,
            )
        else:
            text = ngettext(
                "%(number)d nominee is in %(decision)s; give up that draft first.",
                "%(number)d nominees are in %(decision)s; give up that draft first.",
                number,
            )
        words = {"number": number, "decision": decision}
        readable = Decision.objects.readable_by(reader).filter(pk=decision.pk).exists()
        yield Finding(text % words, href=decision.get_absolute_url() if readable else "")


def no_threshold(nominations: Iterable[Nomination], known: dict[str, Decimal]) -> list[Finding]:
    """Award types for which no number of the law is in force on the day of the sitting."""
    lacking = {n.award_type for n in nominations if n.award_type.code not in known}
    return [
        Finding(
            _("No share of votes is in force for “%(award)s” on this day.") % {"award": award},
            rule="R19",
        )
        for award in sorted(lacking, key=lambda award: award.code)
    ]


def _sent_on(dossier):
    return localtime(dossier.submitted_at).date() if dossier.submitted_at else date.min


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
