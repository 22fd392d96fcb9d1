"""What units set out to earn beside what they got: lists of aims beside decided nominees."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Award, NomineeKind
from campaigns.models import AimCall, AimList
from campaigns.rules import aims as aim_rules
from core.text import fold
from dossiers.models import Nomination

Result = Nomination.Result
OPEN = frozenset({Result.PENDING, Result.OK, Result.PASSED, Result.ENTERED})
COUNTS = (AimList.State.SENT, AimList.State.APPROVED)


@dataclass(frozen=True)
class Outcome:
    """One aim of a unit beside its result. `aimed` is None where nothing was registered, `got`
    where nobody can say yet: nothing was handed in, or nothing is decided. None is never 0."""

    unit_name: str
    award: str
    kind: str
    name: str
    aimed: int | None
    got: int | None
    words: str
    open: bool = False  # something is not decided yet

    @property
    def reached(self) -> bool | None:
        """Whether the aim was reached; None where one of the two is missing, or more may come."""
        if self.aimed is None or self.got is None:
            return None
        reached = self.got >= self.aimed
        return True if reached else None if self.open else False


@dataclass(frozen=True)
class _Case:
    """One nominee of the year, or an award that came without a dossier here."""

    award: tuple[int, str]
    kind: str
    name: str
    open: bool
    awarded: bool


def outcomes(call: AimCall, units: Collection[int] | None = None) -> list[Outcome]:
    """Every unit that takes part (or those of `units`), aim by aim: six queries or seven. Units
    without aim and result stand last.

    Only lists that were sent count as aims. Results are those of rounds whose achievement
    period ends in the year; for a block awards of the register count too, by the same year.
    """
    pairs = [(u, name) for u, name in aim_rules.units_of(call) if units is None or u.pk in units]
    keys = [unit.pk for unit, _name in pairs]
    aims, cases = _aims(call, keys), _cases(call, keys)
    rows = call.lists.filter(unit__in=keys, state__in=aim_rules.WAITS)
    begun = dict(rows.values_list("unit", "state"))
    lines = [
        line
        for unit, name in pairs
        for line in _of_unit(name, aims.get(unit.pk), cases.get(unit.pk, []), begun.get(unit.pk))
    ]
    silent = {name for unit, name in pairs if unit.pk not in aims and unit.pk not in cases}
    return sorted(lines, key=lambda line: line.unit_name in silent)


def _aims(call, keys) -> dict[int, list[Any]]:
    rows = call.lists.filter(unit__in=keys, state__in=COUNTS)
    return {row.unit_id: list(row.aims.all()) for row in rows.prefetch_related("aims__award_type")}


def _cases(call, keys) -> dict[int, list[_Case]]:
    rows = Nomination.objects.filter(
        dossier__unit__in=keys, round__achieved_to=call.year, dossier__submitted_at__isnull=False
    ).exclude(dossier__state="withdrawn")
    if call.campaign_id:
        rows = rows.filter(round__campaign=call.campaign_id)
    found: dict[int, list[_Case]] = {}
    fields = ("dossier__unit", "award_type", "award_type__name", "kind", "name", "result")
    for unit, key, award, kind, name, result, state in rows.values_list(*fields, "award__state"):
        awarded = result == Result.AWARDED and state == Award.State.VALID
        case = _Case((key, award), kind, name, result in OPEN, awarded)
        found.setdefault(unit, []).append(case)
    if call.campaign_id is None:
        for unit, case in _of_register(call, keys):
            found.setdefault(unit, []).append(case)
    return found


def _of_register(call, keys) -> Iterator[tuple[int, _Case]]:
    granted = Award.objects.standing().of_achievement(call.year)
    rows = granted.filter(unit__in=keys, nomination=None)
    fields = ("unit", "award_type", "award_type__name", "kind", "name")
    for unit, key, award, kind, name in rows.values_list(*fields):
        yield unit, _Case((key, award), kind, name, open=False, awarded=True)


def _registered_nothing(state: str | None) -> str:
    """What to say of a unit whose list, if it wrote one, is not with the receiver."""
    if state is None:
        return _("registered nothing")
    return _("list refused") if state == AimList.State.REFUSED else _("list not sent")


def _of_unit(unit_name, aims, cases, begun) -> Iterator[Outcome]:
    """Named aims take their nominee first; what is left answers the numbers; then the rest."""
    left = list(cases)
    if aims is None:
        words = _registered_nothing(begun)
        yield Outcome(unit_name, "", "", "", None, None, words)
    for aim in sorted(aims or (), key=lambda aim: (not aim.name, aim.order)):
        mine = [case for case in left if _answers(aim, case)]
        left = [case for case in left if case not in mine]
        got, words = _result(mine)
        waits = any(case.open for case in mine)
        kind = str(NomineeKind(aim.kind).label)
        yield Outcome(unit_name, str(aim.award_type), kind, aim.name, aim.number, got, words, waits)
    groups = dict.fromkeys((case.award, case.kind) for case in left)
    for award, kind in groups:
        mine = [case for case in left if (case.award, case.kind) == (award, kind)]
        got, words = _result(mine)
        yield Outcome(unit_name, award[1], str(NomineeKind(kind).label), "", None, got, words)


def _answers(aim, case) -> bool:
    same = case.award[0] == aim.award_type_id and case.kind == aim.kind
    return same and (not aim.name or fold(aim.name) == fold(case.name))


def _result(cases) -> tuple[int | None, str]:
    awarded = sum(case.awarded for case in cases)
    waiting = any(case.open for case in cases)
    if not cases:
        return None, _("no dossier")
    if waiting:
        return awarded or None, _("not all is decided yet") if awarded else _("not decided yet")
    return awarded, _("decided")
