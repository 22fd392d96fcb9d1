"""Units over the years beside each other: as they were, or as they are today (domain D14).

Everything here is counted, so figures of units that went whole into another are added. A part
is named and never added: how much of it came is not known.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules as unit_rules
from accounts.models import Unit
from accounts.rules import AS_TODAY, Standing
from awards.models import Award
from core.clock import clock
from dashboard.figures.numbers import READS
from dossiers.models import Dossier

YEARS = 5


@dataclass(frozen=True)
class Counted:
    """What may be compared; `rows` are a person's, each with its unit and `counted_in`, a year."""

    label: Any
    rows: Callable[[Any], Any]


def _awards(user):
    seen = Award.objects.visible_to(user, *READS).filter(state=Award.State.VALID)
    return seen.annotate(counted_in=F("year"))


def _dossiers(user):
    seen = Dossier.objects.sent().visible_to(user, *READS)
    return seen.annotate(counted_in=ExtractYear("submitted_at", tzinfo=clock.ZONE))


COUNTED: Mapping[str, Counted] = {
    "khen-thuong": Counted(gettext_lazy("Awards granted"), _awards),
    "ho-so": Counted(gettext_lazy("Dossiers sent"), _dossiers),
}


@dataclass(frozen=True)
class Row:
    """One unit; `numbers` by year, None where there is nothing. `before` went into it whole,
    of `parts` an unknown share did."""

    unit: Unit
    numbers: list[int | None]
    before: list[Unit]
    parts: list[Unit]

    @property
    def title(self) -> str:
        """With those that are added and those of which a part came, for a workbook."""
        said = [str(self.unit)]
        if self.before:
            said.append(_("with %(names)s") % {"names": ", ".join(map(str, self.before))})
        if self.parts:
            text = _("not added, only a part: %(names)s")
            said.append(text % {"names": ", ".join(map(str, self.parts))})
        return "; ".join(said)


class Table:
    """What is counted, unit by unit and year by year, in the way that the address asks for.

    Three queries: the numbers, the units, and by units of today who went into whom.
    """

    def __init__(self, user: Any, what: str, how: str, today: date):
        self.user, self.how, self.today = user, how, today
        self.counted = COUNTED[what]
        self.years = list(range(today.year - YEARS + 1, today.year + 1))

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """{(unit id, year): how many}."""
        rows = self.counted.rows(self.user).filter(counted_in__in=self.years).order_by()
        counted = rows.values("unit", "counted_in").annotate(number=Count("pk"))
        return {(row["unit"], row["counted_in"]): row["number"] for row in counted}

    @cached_property
    def members(self) -> dict[int, Unit]:
        """The units that have a number, as they were, by id."""
        return Unit.objects.in_bulk({unit for unit, _year in self.numbers})

    @cached_property
    def found(self) -> dict[int, Standing]:
        if self.how == AS_TODAY:
            return unit_rules.as_today(self.members.values(), self.today)
        return {pk: Standing(unit, whole=[pk]) for pk, unit in self.members.items()}

    def units(self) -> Any:
        """The units that stand in the first column."""
        return Unit.objects.filter(pk__in=self.found.keys()).order_by("path")

    def rows(self, units: Iterable[Unit]) -> list[Row]:
        return [self._row(unit, self.found[unit.pk]) for unit in units]

    def _row(self, unit, standing):
        return Row(
            unit,
            [self._sum(standing.whole, year) for year in self.years],
            before=[self.members[pk] for pk in standing.whole if pk != unit.pk],
            parts=standing.parts,
        )

    def _sum(self, units, year):
        there = [self.numbers[unit, year] for unit in units if (unit, year) in self.numbers]
        return sum(there) if there else None

    def totals(self) -> list[int | None]:
        """All units together, the same in either way; None where none of them has anything."""
        units = {unit for unit, _year in self.numbers}
        return [self._sum(units, year) for year in self.years]
