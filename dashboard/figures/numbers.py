"""Numbers that leaders look at. The page, the lists behind its numbers and the summary
report ask the same functions, so a number and the list that it opens cannot differ."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitKind
from accounts.permissions import GRANTS, Perm
from awards.models import Award
from campaigns.models import AwardRound, Participation
from core.clock import clock
from core.clock.days import DayOf
from dossiers.models import Dossier, Nomination

State = Dossier.State
READS = (Perm.FIGURES_READ, Perm.DOSSIER_AGGREGATE)

AWARDED = {State.AWARDED}
PROPOSED = AWARDED | {State.PROPOSED}
AGREED = PROPOSED | {State.PASSED}
APPRAISED = AGREED | {State.COUNCIL, State.APPRAISED}
FORWARDED = APPRAISED | {State.APPRAISING, State.AGGREGATED}


@dataclass(frozen=True)
class Cell:
    """So many dossiers of a round that are alike: in one state, sent on one day or never, with
    the appraisal's day past or not, awarded by decisions of which nothing stands or not."""

    state: str
    sent_on: date | None
    late: bool
    void: bool
    dossiers: int


@dataclass(frozen=True)
class Selection:
    """Dossiers that one number of the page counts: in one of the states, and if asked so, sent
    before, past their day, or with an award that stands."""

    name: str
    label: Any
    states: Collection[str]
    sent: bool = False
    late: bool = False
    stands: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether the appraisal of some of them may still run."""
        return bool(set(self.states) & Dossier.IN_APPRAISAL)

    def where(self, today: date) -> Q:
        """The same for a list."""
        found = Q(state__in=sorted(self.states))
        if self.sent:
            found &= Q(submitted_at__isnull=False)
        if self.stands:
            found &= ~Q(pk__in=_void())
        return found & Q(due_on__lt=today) if self.late else found

    def count(self, cells: Iterable[Cell]) -> int:
        return sum(cell.dossiers for cell in cells if self.holds(cell))

    def holds(self, cell: Cell) -> bool:
        return (
            cell.state in self.states
            and (cell.sent_on is not None or not self.sent)
            and (cell.late or not self.late)
            and not (cell.void and self.stands)
        )


FUNNEL = (
    Selection("sent", _("Sent"), set(State) - {State.WITHDRAWN}, sent=True),
    Selection("forwarded", _("On the agency's list"), FORWARDED),
    Selection("appraised", _("Appraised"), APPRAISED),
    Selection("agreed", _("The council agreed"), AGREED),
    Selection("awarded", _("Awarded"), AWARDED, stands=True),
)
SELECTIONS = {
    selection.name: selection
    for selection in (
        *FUNNEL,
        Selection("returned", _("With their units for supplement"), {State.RETURNED}),
        Selection("late", _("Appraisal overdue"), Dossier.IN_APPRAISAL, late=True),
        Selection("signing", _("In a draft decision"), {State.PROPOSED}),
        Selection("refused", _("Not approved"), {State.NOT_APPROVED}),
    )
}


def rounds(user: Any) -> QuerySet[AwardRound]:
    """Rounds whose figures this person may read, newest first."""
    seen = AwardRound.objects.visible_to(user, Perm.CAMPAIGN_READ)
    return seen.select_related("campaign__unit", "campaign__steward", "award_type").order_by(
        "-achieved_to", "-order"
    )


def titles(several: Iterable[AwardRound]) -> dict[int, str]:
    """What rounds are called where one is chosen, by their key: with their campaign if there are
    several."""
    several = list(several)
    many = len({each.campaign_id for each in several}) > 1
    return {each.pk: f"{each.campaign}: {each.name}" if many else each.name for each in several}


def of_whom(user: Any, of_round: AwardRound) -> str:
    """The units of whose dossiers this person reads the figures, by name; empty for who reads
    those of the whole campaign."""
    if any(user.can(perm, of_round.campaign) for perm in READS):
        return ""
    held = user.current_memberships()
    names = (m.unit.name for m in held if Perm.FIGURES_READ in GRANTS[m.role])
    return ", ".join(dict.fromkeys(names))


def dossiers(user: Any, of_round: AwardRound) -> Any:
    """Dossiers of a round in this person's reach."""
    return Dossier.objects.visible_to(user, *READS).filter(round=of_round)


def selected(user: Any, of_round: AwardRound, name: str, until: date | None = None) -> Any:
    """The dossiers behind one number, of those sent by a day if one is given.

    Raises KeyError for a name that no number has.
    """
    found = dossiers(user, of_round).filter(SELECTIONS[name].where(clock.today()))
    return found.filter(submitted_at__lt=clock.end_of(until)) if until else found


def _void() -> QuerySet[Any]:
    """Dossiers (keys) that were awarded, and of whose awards none stands."""
    awards = Nomination.objects.filter(award__isnull=False).order_by()
    standing = awards.filter(award__state=Award.State.VALID, dossier=OuterRef("dossier"))
    revoked = awards.filter(award__state=Award.State.REVOKED)
    return revoked.exclude(Exists(standing)).values("dossier")


def registered(user: Any, of_round: AwardRound) -> Any:
    """Units registered for the campaign of a round while dossiers of the round were taken: who
    came later owes it nothing."""
    seen = Participation.objects.visible_to(user, *READS)
    here = seen.filter(campaign=of_round.campaign_id, unit__closed_on=None)
    if of_round.closes_at:
        here = here.filter(registered_at__lt=of_round.closes_at)
    return here.select_related("unit")


def with_dossier(user: Any, of_round: AwardRound) -> Any:
    """Registered units that have sent a dossier in this round."""
    return registered(user, of_round).filter(_has_sent(of_round))


def without_dossier(user: Any, of_round: AwardRound) -> Any:
    """Registered units that have sent nothing in this round."""
    return registered(user, of_round).exclude(_has_sent(of_round))


def _has_sent(of_round: AwardRound) -> Exists:
    return Exists(Dossier.objects.sent().filter(round=of_round, unit=OuterRef("unit")))


UNITS = {
    "registered": (_("Units registered"), registered),
    "reported": (_("Registered units that have sent a dossier"), with_dossier),
    "missing": (_("Registered units that have sent nothing"), without_dossier),
}


def cells(user: Any, of_round: AwardRound) -> list[Cell]:
    """The dossiers of a round in this person's reach, alike ones together, in one query."""
    late = ExpressionWrapper(Q(due_on__lt=clock.today()), output_field=BooleanField())
    void = Case(  # asked of the few that may be it
        When(
            state__in=sorted(AWARDED), then=ExpressionWrapper(Q(pk__in=_void()), late.output_field)
        ),
        default=Value(False),
    )
    rows = dossiers(user, of_round).order_by()
    alike = rows.annotate(day=DayOf("submitted_at"), late=late, void=void)
    found = alike.values_list("state", "day", "late", "void").annotate(n=Count("*"))
    return [Cell(state, day, bool(late), void, n) for state, day, late, void, n in found]


def counts(user: Any, of_round: AwardRound, table: list[Cell] | None = None) -> dict[str, int]:
    """How many dossiers each selection holds: {name: dossiers}.

    `table` is what `cells` says, for a page that has asked already.
    """
    found = _days_together(cells(user, of_round) if table is None else table)
    return {name: selection.count(found) for name, selection in SELECTIONS.items()}


def _days_together(table: Iterable[Cell]) -> list[Cell]:
    """Fewer cells, for who asks only whether dossiers were sent: under one of their days."""
    days: dict[tuple[str, bool, bool, bool], date | None] = {}
    dossiers: Counter[tuple[str, bool, bool, bool]] = Counter()
    for cell in table:
        key = (cell.state, cell.sent_on is not None, cell.late, cell.void)
        days.setdefault(key, cell.sent_on)
        dossiers[key] += cell.dossiers
    return [Cell(key[0], day, key[2], key[3], dossiers[key]) for key, day in days.items()]


def sent_by_day(of_round: AwardRound, table: Iterable[Cell]) -> list[tuple[date, int]]:
    """(day, dossiers sent until then) from the first sending to today; empty when none.

    Of a round that is over, to its last day, or to the last sending if that came later. `table`
    is what `cells` says.
    """
    rows: Counter[date] = Counter()
    for cell in table:
        if cell.sent_on and FUNNEL[0].holds(cell):
            rows[cell.sent_on] += cell.dossiers
    if not rows:
        return []
    shown = min(clock.today(), of_round.last_day or date.max)
    day, last, total, series = min(rows), max(max(rows), shown), 0, []
    while day <= last:
        total += rows[day]
        series.append((day, total))
        day += timedelta(days=1)
    return series


def sent_by_kind(user: Any, of_round: AwardRound) -> list[tuple[UnitKind, int, int]]:
    """(kind of unit, units that sent, units registered), most registered first."""
    rows = (
        registered(user, of_round)
        .annotate(has_sent=_has_sent(of_round))
        .order_by()
        .values_list("unit__kind")
        .annotate(done=Count("pk", filter=Q(has_sent=True)), all=Count("pk"))
    )
    return sorted(
        ((UnitKind(kind), done, total) for kind, done, total in rows),
        key=lambda row: -row[2],
    )
