"""Numbers that leaders look at. The page, the lists behind its numbers and the summary
report ask the same functions, so a number and the list that it opens cannot differ."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitKind
from accounts.permissions import Perm
from awards.models import NomineeKind, PositionClass
from campaigns.models import AwardRound, Participation, Quota
from core.clock import clock
from core.clock.days import DayOf
from dossiers.models import Dossier, Nomination

State, Result = Dossier.State, Nomination.Result
READS = (Perm.FIGURES_READ, Perm.DOSSIER_AGGREGATE)

AWARDED = {State.AWARDED}
PROPOSED = AWARDED | {State.PROPOSED}
AGREED = PROPOSED | {State.PASSED}
APPRAISED = AGREED | {State.COUNCIL, State.APPRAISED}
FORWARDED = APPRAISED | {State.APPRAISING, State.AGGREGATED}
AGREED_TO = {Result.PASSED, Result.ENTERED, Result.AWARDED}
IN_APPRAISAL = {State.AGGREGATED, State.APPRAISING}


@dataclass(frozen=True)
class Cell:
    """So many dossiers of a round that are alike: in one state, sent on one day or never."""

    state: str
    sent_on: date | None
    late: bool
    dossiers: int


@dataclass(frozen=True)
class Selection:
    """Dossiers that one number of the page counts: in one of the states, and if asked so, sent
    before or past their day."""

    name: str
    label: Any
    states: Collection[str]
    sent: bool = False
    late: bool = False

    def where(self, today: date) -> Q:
        """The same for a list."""
        found = Q(state__in=sorted(self.states))
        if self.sent:
            found &= Q(submitted_at__isnull=False)
        return found & Q(due_on__lt=today) if self.late else found

    def count(self, cells: Iterable[Cell]) -> int:
        return sum(cell.dossiers for cell in cells if self.holds(cell))

    def holds(self, cell: Cell) -> bool:
        return (
            cell.state in self.states
            and (cell.sent_on is not None or not self.sent)
            and (cell.late or not self.late)
        )


FUNNEL = (
    Selection("sent", _("Sent"), set(State) - {State.WITHDRAWN}, sent=True),
    Selection("forwarded", _("On the agency's list"), FORWARDED),
    Selection("appraised", _("Appraised"), APPRAISED),
    Selection("agreed", _("The council agreed"), AGREED),
    Selection("awarded", _("Awarded"), AWARDED),
)
SELECTIONS = {
    selection.name: selection
    for selection in (
        *FUNNEL,
        Selection("returned", _("With their units for supplement"), {State.RETURNED}),
        Selection("late", _("Appraisal overdue"), IN_APPRAISAL, late=True),
        Selection("signing", _("In a draft decision"), {State.PROPOSED}),
        Selection("refused", _("Not approved"), {State.NOT_APPROVED}),
    )
}


def rounds(user: Any) -> QuerySet[AwardRound]:
    """Rounds whose figures this person may read, newest first."""
    seen = AwardRound.objects.visible_to(user, Perm.CAMPAIGN_READ)
    return seen.select_related("campaign", "award_type").order_by("-achieved_to", "-order")


def dossiers(user: Any, of_round: AwardRound) -> Any:
    """Dossiers of a round in this person's reach."""
    return Dossier.objects.visible_to(user, *READS).filter(round=of_round)


def selected(user: Any, of_round: AwardRound, name: str) -> Any:
    """The dossiers behind one number. Raises KeyError for a name that no number has."""
    where = SELECTIONS[name].where(clock.today())
    return dossiers(user, of_round).filter(where)


def registered(user: Any, of_round: AwardRound) -> Any:
    """Units registered for the campaign of a round."""
    seen = Participation.objects.visible_to(user, *READS)
    here = seen.filter(campaign=of_round.campaign_id, unit__closed_on=None)
    return here.select_related("unit")


def without_dossier(user: Any, of_round: AwardRound) -> Any:
    """Registered units that have sent nothing in this round."""
    sent = Dossier.objects.sent().filter(round=of_round, unit=OuterRef("unit"))
    return registered(user, of_round).exclude(Exists(sent))


def cells(user: Any, of_round: AwardRound) -> list[Cell]:
    """The dossiers of a round in this person's reach, alike ones together, in one query."""
    late = ExpressionWrapper(Q(due_on__lt=clock.today()), output_field=BooleanField())
    rows = dossiers(user, of_round).order_by()
    alike = rows.annotate(day=DayOf("submitted_at"), late=late).values_list("state", "day", "late")
    found = alike.annotate(n=Count("*"))
    return [Cell(state, day, bool(late), n) for state, day, late, n in found]


def counts(user: Any, of_round: AwardRound, table: list[Cell] | None = None) -> dict[str, int]:
    """How many dossiers each selection holds: {name: dossiers}.

    `table` is what `cells` says, for a page that has asked already.
    """
    found = _days_together(cells(user, of_round) if table is None else table)
    return {name: selection.count(found) for name, selection in SELECTIONS.items()}


def _days_together(table: Iterable[Cell]) -> list[Cell]:
    """Fewer cells, for who asks only whether dossiers were sent: under one of their days."""
    days: dict[tuple[str, bool, bool], date | None] = {}
    dossiers: Counter[tuple[str, bool, bool]] = Counter()
    for cell in table:
        key = (cell.state, cell.sent_on is not None, cell.late)
        days.setdefault(key, cell.sent_on)
        dossiers[key] += cell.dossiers
    return [Cell(key[0], day, key[2], dossiers[key]) for key, day in days.items()]


Standing = list[tuple[str, str, str, int]]


def standing(user: Any, of_round: AwardRound) -> Standing:
    """(kind, class of position, result, how many) of the nominees who still stand, in one query."""
    rows = Nomination.objects.visible_to(user, *READS).filter(round=of_round, stands=True)
    kinds = rows.order_by().values_list("kind", "position_class", "result")
    return list(kinds.annotate(n=Count("*")))


def quotas(user: Any, of_round: AwardRound, table: Standing | None = None) -> list[dict[str, Any]]:
    """Places of a round beside what is proposed and still standing.

    Keys: label, size, used (in decisions), proposed (standing nominations), agreed (council).
    `table` is what `standing` says, for a page that has asked already.
    """
    found = standing(user, of_round) if table is None else table
    return [
        {
            "label": quota.get_kind_display(),
            "kind": quota.kind,
            "size": quota.size,
            "used": quota.used,
            "proposed": sum(n for kind, _c, _r, n in found if kind == quota.kind),
            "agreed": sum(n for kind, _c, r, n in found if kind == quota.kind and r in AGREED_TO),
        }
        for quota in Quota.objects.filter(round=of_round).order_by("pk")
    ]


def nominees(user: Any, of_round: AwardRound, table: Standing | None = None) -> dict[str, Any]:
    """Standing nominees by kind and class of position, and those awarded by kind.

    Keys: kinds, classes, awarded: lists of (label, number); direct: share of direct workers
    among individuals in per cent with one decimal, or None without individuals. `table` as above.
    """
    table = standing(user, of_round) if table is None else table
    individuals = sum(n for kind, _c, _r, n in table if kind == NomineeKind.INDIVIDUAL)
    direct = sum(n for _k, cls, _r, n in table if cls == PositionClass.DIRECT)
    return {
        "kinds": _sum(NomineeKind, [(kind, n) for kind, _c, _r, n in table]),
        "classes": _sum(PositionClass, [(cls, n) for _k, cls, _r, n in table if cls]),
        "awarded": _sum(NomineeKind, [(k, n) for k, _c, r, n in table if r == "awarded"]),
        "direct": round(1000 * direct / individuals) / 10 if individuals else None,
    }


def _sum(choices: Any, pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [
        (choice.label, sum(n for key, n in pairs if key == choice))
        for choice in choices
        if any(key == choice for key, _n in pairs)
    ]


def sent_by_day(table: Iterable[Cell]) -> list[tuple[date, int]]:
    """(day, dossiers sent until then) from the first sending to today; empty when none.

    `table` is what `cells` says.
    """
    rows: Counter[date] = Counter()
    for cell in table:
        if cell.sent_on and FUNNEL[0].holds(cell):
            rows[cell.sent_on] += cell.dossiers
    if not rows:
        return []
    day, last, total, series = min(rows), max(max(rows), clock.today()), 0, []
    while day <= last:
        total += rows[day]
        series.append((day, total))
        day += timedelta(days=1)
    return series


def sent_by_kind(user: Any, of_round: AwardRound) -> list[tuple[str, int, int]]:
    """(kind of unit, units that sent, units registered), most registered first."""
    sent = Dossier.objects.sent().filter(round=of_round, unit=OuterRef("unit"))
    rows = (
        registered(user, of_round)
        .annotate(has_sent=Exists(sent))
        .order_by()
        .values_list("unit__kind")
        .annotate(done=Count("pk", filter=Q(has_sent=True)), all=Count("pk"))
    )
    return sorted(
        ((str(UnitKind(kind).label), done, total) for kind, done, total in rows),
        key=lambda row: -row[2],
    )
