"""Nominees that leaders look at: proposed, agreed to, in decisions, awarded, turned down, beside
the places of the plan. As with dossiers, numbers and the lists behind them are one definition."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Value, When
from django.utils.translation import gettext_lazy as _

from awards.models import Award, NomineeKind, PositionClass
from campaigns.models import AwardRound, Quota
from dashboard.figures.numbers import READS
from dossiers.models import Nomination

Result = Nomination.Result
REVOKED = "revoked"  # the result of those whose award was taken back; no result of the model

ENTERED = {Result.ENTERED, Result.AWARDED, REVOKED}  # a place that was taken stays taken


@dataclass(frozen=True)
class Alike:
    """So many nominees of a round that are alike; `award_type` is a key."""

    kind: str
    award_type: int
    position_class: str
    result: str
    nominees: int


@dataclass(frozen=True)
class Chosen:
    """Proposed nominees that one number counts: all, or those with one of the results."""

    label: Any
    results: Collection[str] | None = None

    def holds(self, row: Alike) -> bool:
        return self.results is None or row.result in self.results


NOMINEES = {
    "proposed": Chosen(_("Nominees proposed")),
    "council-agreed": Chosen(
        _("Nominees the council agreed to"), ENTERED | {Result.PASSED, Result.OVER_QUOTA}
    ),
    "entered": Chosen(_("Nominees in decisions"), ENTERED),
    "granted": Chosen(_("Nominees awarded"), {Result.AWARDED}),
    "turned-down": Chosen(
        _("Nominees not approved"), {Result.DROPPED, Result.FAILED, Result.OVER_QUOTA}
    ),
    "revoked": Chosen(_("Awards revoked"), {REVOKED}),
}


def _proposed(user: Any, of_round: AwardRound) -> Any:
    """Proposed nominees in this person's reach; `became` is their result, or that it is revoked."""
    revoked = Award.objects.filter(state=Award.State.REVOKED).values("pk")
    seen = Nomination.objects.proposed().visible_to(user, *READS).filter(round=of_round)
    became = Case(When(award__in=revoked, then=Value(REVOKED)), default=F("result"))
    return seen.annotate(became=became)


def nominees(user: Any, of_round: AwardRound) -> list[Alike]:
    """All that were proposed in a round in this person's reach, alike ones together, in one query."""
    rows = _proposed(user, of_round).order_by()
    found = rows.values_list("kind", "award_type_id", "position_class", "became")
    return [Alike(*row) for row in found.annotate(n=Count("*"))]


def chosen(user: Any, of_round: AwardRound, name: str, **narrowed: Any) -> Any:
    """The nominees behind one number; `narrowed` says of which kind, award_type, position_class.

    Raises KeyError for a name that no number has.
    """
    found, results = _proposed(user, of_round).filter(**narrowed), NOMINEES[name].results
    return found if results is None else found.filter(became__in=sorted(results))


def how_many(table: Iterable[Alike], name: str, **narrowed: Any) -> int:
    """How many nominees a number holds; the same words as for its list."""
    choice = NOMINEES[name]
    return sum(
        row.nominees
        for row in table
        if choice.holds(row) and all(getattr(row, key) == value for key, value in narrowed.items())
    )


def quotas(of_round: AwardRound, table: list[Alike]) -> list[dict[str, Any]]:
    """Places of a round beside its nominees, then the nominees of each kind without a quota.

    Keys: label, kind, award_type (a key), size (None without a quota), used (places taken by
    decisions); proposed, agreed (by the council), refused and entered: nominees in the reader's
    reach.
    """
    rows = [
        _beside(table, quota.kind, quota.award_type_id) | {"size": quota.size, "used": quota.used}
        for quota in Quota.objects.filter(round=of_round).order_by("pk")
    ]
    named = {(row["kind"], row["award_type"]) for row in rows}
    others = {(row.kind, row.award_type) for row in table} - named
    for kind, award_type in sorted(others, key=lambda of: (NomineeKind.values.index(of[0]), of[1])):
        row = _beside(table, kind, award_type)
        rows.append(row | {"size": None, "used": row["entered"]})
    return rows


def _beside(table: list[Alike], kind: str, award_type: int) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": kind, "award_type": award_type}
    numbers = {
        key: how_many(table, name, **said)
        for key, name in (
            ("proposed", "proposed"),
            ("agreed", "council-agreed"),
            ("refused", "turned-down"),
            ("entered", "entered"),
        )
    }
    return said | {"label": NomineeKind(kind).label} | numbers


def by_kind(table: list[Alike], also: Collection[str] = ()) -> list[dict[str, Any]]:
    """One row for each kind of nominee that was proposed, and for the kinds `also`. Keys: kind,
    label, and a number of nominees for each of proposed, granted, turned-down, revoked."""
    names = ("proposed", "granted", "turned-down", "revoked")
    return [
        {"kind": kind, "label": NomineeKind(kind).label}
        | {name: how_many(table, name, kind=kind) for name in names}
        for kind in NomineeKind.values
        if kind in also or how_many(table, "proposed", kind=kind)
    ]


def direct_workers(table: list[Alike]) -> dict[str, Any] | None:
    """Direct workers among the individuals proposed. Keys: direct, individuals, share (per cent
    with one decimal). None without individuals."""
    individuals = how_many(table, "proposed", kind=NomineeKind.INDIVIDUAL)
    if not individuals:
        return None
    cls = PositionClass.DIRECT
    direct = how_many(table, "proposed", kind=NomineeKind.INDIVIDUAL, position_class=cls)
    share = round(1000 * direct / individuals) / 10
    return {"direct": direct, "individuals": individuals, "share": share}
