"""The places of a block for people to read: frozen once published, provisional until then."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rules import AS_TODAY, AS_WAS
from campaigns.figures.sheets import ranking
from campaigns.figures.years import last_year_of
from campaigns.models import Block, ScoreSheet
from core.clock import clock
from criteria.rules.numbers import shown

BROKEN_BY = {
    "base": _("more points without bonus"),
    "main": _("more points in the main group"),
}


@dataclass(frozen=True)
class Ranked:
    """One line. `place` is None for who is not ranked, `why_not` says the reason; `moved` is
    how many places it went up against last year, None where there is nothing to compare."""

    sheet: ScoreSheet
    unit_name: str
    points: Decimal | None
    place: int | None
    tied: bool = False
    parted: Any = ""
    why_not: str = ""
    last_place: int | None = None
    last_points: Decimal | None = None
    moved: int | None = None
    before: tuple[ScoreSheet, ...] = ()  # by units of today: several that went into this one

    @property
    def apart(self) -> str:
        """Last year of several that went into this one, in words; nothing of it is added."""
        return "; ".join(f"{sheet.unit_name}: {_last_year_of(sheet)}" for sheet in self.before)


def _last_year_of(sheet):
    points = points_of(sheet)
    words = {"place": sheet.place, "points": "–" if points is None else shown(points)}
    if sheet.place:
        return gettext("place %(place)s, %(points)s points") % words
    return gettext("not ranked, %(points)s points") % words


def is_published(block: Block) -> bool:
    """Whether there are sheets, and all of them are published."""
    states = set(block.sheets.values_list("state", flat=True))
    return states == {ScoreSheet.State.PUBLISHED}


def table(block: Block, how: str = AS_WAS) -> list[Ranked]:
    """All members with a sheet, by place; those not ranked at the end, by points.

    `how` last year is looked up: by the unit itself, or by all that went whole into it.
    """
    sheets = list(block.sheets.select_related("unit"))
    published = bool(sheets) and all(sheet.state == ScoreSheet.State.PUBLISHED for sheet in sheets)
    places = {place.runner.key: place for place in ranking(block)}
    numbers = {sheet.pk: sheet.place if published else places[sheet.pk].number for sheet in sheets}
    shared = Counter(number for number in numbers.values() if number)
    why_not = dict(block.members.values_list("unit", "not_ranked"))
    before = _last_year(block, sheets, how)
    rows = [
        _row(
            sheet,
            numbers[sheet.pk],
            shared,
            str(BROKEN_BY.get(places[sheet.pk].broken_by, "")),
            why_not.get(sheet.unit_id, ""),
            before.get(sheet.unit_id, []),
            block,
            points_of(sheet) if published else places[sheet.pk].runner.points,
        )
        for sheet in sheets
    ]
    return sorted(rows, key=lambda row: (row.place or 10_000, -(row.points or 0), row.unit_name))


def points_of(sheet: ScoreSheet) -> Decimal | None:
    """What a sheet keeps of the last stage that it reached."""
    kept = (sheet.appraised_points, sheet.verified_points, sheet.own_points)
    return next((points for points in kept if points is not None), None)


def _row(
    sheet: ScoreSheet,
    number: int | None,
    shared: Counter,
    parted: str,
    why_not: str,
    earlier: list[ScoreSheet],
    block: Block,
    points: Decimal | None,
) -> Ranked:
    moved = None
    before = earlier[0] if len(earlier) == 1 else None
    if number and before and before.place and before.block_id == block.previous_id:
        moved = before.place - number
    return Ranked(
        sheet=sheet,
        unit_name=sheet.unit_name,
        points=points,
        place=number,
        tied=bool(number) and shared[number] > 1,
        parted=parted,
        why_not=why_not if number is None else "",
        last_place=before.place if before else None,
        last_points=points_of(before) if before else None,
        moved=moved,
        before=tuple(earlier) if len(earlier) > 1 else (),
    )


def _last_year(block: Block, sheets: list[ScoreSheet], how: str) -> dict[int, list[ScoreSheet]]:
    """{unit id: what was published of it last year}; by units of today it may be several."""
    rows = ScoreSheet.objects.filter(block__year=block.year - 1, state=ScoreSheet.State.PUBLISHED)
    rows = rows.select_related("unit").order_by("place", "unit_name", "pk")
    if how == AS_TODAY:
        mine = rows.filter(block__unit=block.unit_id)
        return last_year_of([sheet.unit for sheet in sheets], mine, clock.today())
    own = rows.filter(unit__in=[sheet.unit_id for sheet in sheets])
    return {sheet.unit_id: [sheet] for sheet in own}
